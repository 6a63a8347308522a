"""Planted causes: for each metric a way to spoil a perfect answer that this metric, above all, must notice."""

import re

FILLER = "Hal ini perlu mendapat perhatian semua pihak yang terkait sesuai dengan kebutuhan dan keadaan di lapangan"


def fakta(answer, input):
    """Every second sentence is left out."""
    return {"ringkasan": " ".join(_sentences(answer)[::2])}


def setia(answer, input):
    """What is wrong stands where the right thing stood, in every second fact that has a wrong one."""
    text = answer["ringkasan"]
    for fact in [fact for fact in answer["fakta"] if fact["salah"]][::2]:
        for value in fact["nilai"][0]:
            text = re.sub(re.escape(value), fact["salah"][0], text, flags=re.IGNORECASE)
    return {"ringkasan": text}


def rekaan(answer, input):
    """Every number is another one, every name somebody else's."""
    text = re.sub(r"\d", lambda digit: str(9 - int(digit[0])), answer["ringkasan"])
    return {"ringkasan": re.sub(r"(?<=\w )([A-Z]\w+)", r"\1oko", text)}


def padat(answer, input):
    """Half of it is padding."""
    kept, words = _sentences(answer)[::2], FILLER.split()
    room = max(input["batas_kata"] - len(" ".join(kept).split()), 1)
    padding = [words[at % len(words)] for at in range(room)]
    return {"ringkasan": " ".join([*kept, *padding])}


def chrf(answer, input):
    """The words in the order of the alphabet."""
    return {"ringkasan": " ".join(sorted(answer["ringkasan"].split(), key=lambda word: word[::-1])[::2])}


def _sentences(answer):
    return re.split(r"(?<=[.!?]) ", answer["ringkasan"])
