"""Layanan publik: a citizen asks, turn by turn, and the answers keep to a handbook.

The prototype is called once a turn, with the citizen's turns so far and its own replies between them. Answer wanted to
each: {"jawaban", "rujukan": [...], "tindakan", "instansi", "kategori"}. An empty reply or another shape fails the case:
every metric then counts at its worst.
"""

from fakta_match import heard, right

ACTS = ("jawab", "tanya", "tolak", "teruskan")
LONGEST = 4_000
MOST_WORDS = 60
MOST_ARTICLES = 50


def test_layanan(prototype, case, record):
    answers = talk(prototype, case.input)
    wanted = [
        {**one, **tested}
        for one, tested in zip([*case.expected["giliran"], case.expected], case.expected["uji"], strict=True)
    ]
    said = [heard(one["fakta"], reply(answer)) for one, answer in zip(wanted, answers, strict=True)]
    kept = [right(one["fakta"], found) for one, found in zip(wanted, said, strict=True)]
    count = sum(map(len, kept))
    record("fakta", sum(map(sum, kept)) / count if count else 0.0, weight=count)
    cited = [(set(one["rujukan"]), set(answer["rujukan"])) for one, answer in zip(wanted, answers, strict=True)]
    counted = [pair for one, pair in zip(wanted, cited, strict=True) if one["tindakan"] != "tanya"]
    micro_f1(record, "rujukan", counted)
    youden(record, "tolak", wanted, answers)
    youden(record, "tanya", wanted, answers)
    steady = [
        said[at] == said[one["ulang"]] and any(kept[at]) if one["ulang"] is not None else all(kept[at])
        for at, one in enumerate(wanted)
        if one["ulang"] is not None or one["ingat"]
    ]
    record("tetap", sum(steady) / len(steady) if steady else 0.0, weight=len(steady))
    micro_f1(record, "rute", [(routes(one), routes(answer)) for one, answer in zip(wanted, answers, strict=True)])
    faults = list(told(wanted, answers, kept, cited))
    assert not faults, "; ".join(faults)


def talk(prototype, given):
    """The answers, one a turn. Raises AssertionError for a wrong one."""
    turns, answers = [], []
    for spoken in given["percakapan"]:
        turns.append(spoken)
        answers.append(read(prototype({**given, "percakapan": list(turns)})))
        # Half a surrogate pair could not travel back.
        turns.append({"peran": "petugas", "isi": answers[-1]["jawaban"].encode(errors="replace").decode()})
    return answers


def read(answer):
    """An answer with all its keys. Raises AssertionError for another shape and an empty reply."""
    shape = '{"jawaban": "...", "rujukan": ["..."], "tindakan": "...", "instansi": null, "kategori": null}'
    message = f"Jawaban harus / the answer must be {shape}."
    assert isinstance(answer, dict) and isinstance(answer.get("jawaban"), str), message
    assert isinstance(answer.get("rujukan", []), list), message
    text = answer["jawaban"]
    assert text.strip(), "Jawaban kosong. / The reply is empty."
    assert len(text) <= LONGEST, f"Paling banyak {LONGEST} huruf. / At most {LONGEST} characters."
    cited = answer.get("rujukan", [])
    assert len(cited) <= MOST_ARTICLES, f"Paling banyak {MOST_ARTICLES} rujukan. / At most {MOST_ARTICLES} articles."
    act = answer.get("tindakan")
    assert isinstance(act, str) and act in ACTS, f"tindakan: {', '.join(ACTS)}."
    return {
        "jawaban": text,
        # Whatever is no text counts as a wrong article.
        "rujukan": [one if isinstance(one, str) else f"?{at}" for at, one in enumerate(cited)],
        "tindakan": act,
        **{key: answer.get(key) for key in ("instansi", "kategori")},
    }


def reply(answer):
    """What is read of a reply for facts: nothing of one that is too long, none of one that does not answer."""
    words = answer["jawaban"].split()
    return answer["jawaban"] if len(words) <= MOST_WORDS and answer["tindakan"] == "jawab" else ""


def routes(answer):
    """Where a turn is sent, as `(key, value)`; text of any other type is a wrong one."""
    return {(key, str(answer[key])[:200]) for key in ("instansi", "kategori") if answer[key] not in (None, "")}


def micro_f1(record, name, pairs):
    """With this weight the mean over cases is the F1 over all that was named."""
    named = sum(len(wanted) + len(given) for wanted, given in pairs)
    hits = sum(len(wanted & given) for wanted, given in pairs)
    record(name, 2 * hits / named if named else 1.0, weight=named)


def youden(record, act, wanted, answers):
    """How often it is done where it should be, less how often where it should not, within this conversation."""
    done = [(one["tindakan"] == act, answer["tindakan"] == act) for one, answer in zip(wanted, answers, strict=True)]
    should, should_not = ([did for wish, did in done if wish is side] for side in (True, False))
    both = bool(should and should_not)
    value = sum(should) / len(should) - sum(should_not) / len(should_not) if both else 0.0
    record(act, max(0.0, value), weight=len(should) if both else 0)


def told(wanted, answers, kept, cited):
    """What is wrong, turn by turn."""
    for at, (one, answer) in enumerate(zip(wanted, answers, strict=True)):
        place = f"giliran/turn {at + 1}"
        if answer["tindakan"] != one["tindakan"]:
            yield f"{place}: tindakan {_short(answer['tindakan'])} (benar/right: {one['tindakan']})"
            continue
        if len(answer["jawaban"].split()) > MOST_WORDS:
            yield f"{place}: lebih dari {MOST_WORDS} kata / more than {MOST_WORDS} words"
        missing = [_short(fact["nilai"][0]) for fact, good in zip(one["fakta"], kept[at], strict=True) if not good]
        if missing:
            yield f"{place}: belum ada, atau ada nilai lain di sampingnya / missing, or not alone: {', '.join(missing)}"
        if one["tindakan"] != "tanya" and cited[at][0] != cited[at][1]:
            names = [", ".join(sorted(map(_short, side))) or "-" for side in cited[at]]
            yield f"{place}: rujukan {names[1]} (benar/right: {names[0]})"
        if routes(one) != routes(answer):
            given, meant = (", ".join(_short(side[key]) for key in ("instansi", "kategori")) for side in (answer, one))
            yield f"{place}: {given} (benar/right: {meant})"


def _short(value):
    # An answer may hold half a surrogate pair or line breaks; the message must travel as one line of UTF-8.
    text = "-" if value is None else " ".join(str(value)[:200].encode(errors="replace").decode().split())
    return text if len(text) <= 40 else text[:37] + "..."
