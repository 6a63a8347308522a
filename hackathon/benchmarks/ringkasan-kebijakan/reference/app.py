"""Rujukan: kalimat dipilih menurut kata kuncinya, dipendekkan sampai intinya, satu untuk setiap jenis hal."""

import re

from cores import CUES, REFUSED, core_of, split


def predict(task, input):
    sentences = split(input["naskah"])
    useful = [(at, one) for at, one in enumerate(sentences) if not re.search(REFUSED, one, re.IGNORECASE)]
    picked, said = [], set()
    for at, sentence in sorted(useful, key=lambda pair: -worth(pair[1]) / len(short(pair[1]).split())):
        if kinds_of(sentence) - said:
            picked.append((at, short(sentence)))
            said |= kinds_of(sentence)
    text, room = [], input["batas_kata"]
    for at, line in picked:
        if len(line.split()) <= room:
            text.append((at, line))
            room -= len(line.split())
    summary = " ".join(line for _, line in sorted(text))
    return {"ringkasan": summary or " ".join(sentences[0].split()[: input["batas_kata"]])}


def kinds_of(sentence):
    return {kind for kind, cue in CUES.items() if re.search(cue, sentence, re.IGNORECASE)}


def short(sentence):
    return core_of(kinds_of(sentence), sentence)


def worth(sentence):
    """How many kinds of things it tells; figures and names count a little."""
    return (
        len(kinds_of(sentence))
        + 0.5 * bool(re.search(r"\d", sentence))
        + 0.3 * bool(re.search(r"[a-z] [A-Z]\w+ [A-Z]\w+", sentence))
    )
