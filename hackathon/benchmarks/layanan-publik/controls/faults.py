"""Planted causes: for each metric a way to spoil a perfect answer that this metric, above all, must notice; and how a
case is played.
"""

import re


def turns(input, expected, give):
    """Play a case as the test does, with `give(call's input, perfect answer)` in place of the prototype."""
    talk = []
    # What an answer is tested for stands beside it: `tetap` asks for it.
    answers = [{**one, **tested} for one, tested in zip([*expected["giliran"], expected], expected["uji"], strict=True)]
    for at, spoken in enumerate(input["percakapan"]):
        talk.append(spoken)
        # Another case's answers may be fewer.
        answer = give({**input, "percakapan": list(talk)}, answers[at % len(answers)])
        talk.append({"peran": "petugas", "isi": answer["jawaban"]})


def fakta(answer, input):
    """The figures are others, and the papers and places are left to the citizen."""
    return {**answer, "jawaban": _false(answer)}


def rujukan(answer, input):
    """The first article is cited, whatever was asked."""
    return {**answer, "rujukan": [input["panduan"][0]["pasal"]]}


def tolak(answer, input):
    """Everything is answered."""
    if answer["tindakan"] != "tolak":
        return answer
    first = input["panduan"][0]
    return {**answer, "tindakan": "jawab", "jawaban": first["isi"], "rujukan": [first["pasal"]]}


def tanya(answer, input):
    """Nothing is asked for."""
    return {**answer, "tindakan": "jawab"} if answer["tindakan"] == "tanya" else answer


def tetap(answer, input):
    """What was said before is forgotten: questions asked again and follow-ups get other facts."""
    forgets = answer["ingat"] or answer["ulang"] is not None
    return {**answer, "jawaban": _false(answer)} if forgets else answer


def rute(answer, input):
    """Every complaint goes to the same office."""
    if answer["tindakan"] != "teruskan":
        return answer
    return {**answer, "instansi": input["instansi"][0]["nama"], "kategori": input["kategori"][0]}


def _false(answer):
    if answer["tindakan"] != "jawab":
        return answer["jawaban"]
    return (
        re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), answer["jawaban"].split(":")[0])
        + ": ada di panduan."
    )
