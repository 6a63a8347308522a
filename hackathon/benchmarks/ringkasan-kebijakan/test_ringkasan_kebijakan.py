"""Ringkasan kebijakan: a paper of an office in few words, its facts kept, none twisted, nothing made up.

Answer wanted: {"ringkasan": text} of at most `batas_kata` words. A longer one, an empty one or an answer of any other
shape fails the case: every metric then counts at its worst.
"""

import re

from data_chrf import chrf

LONGEST = 20_000
TWISTED = 2
"""What a twisted fact costs, in kept ones: a head who decides by it is worse off than one who was not told."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CAPITAL = re.compile(r"(?:(?<=[^\W_] )|(?<=[,;] ))[A-Z][^\W\d_]+")


def test_ringkasan(prototype, case, record):
    text = read(prototype(case.input), case.input["batas_kata"])
    wanted, facts = case.expected["ringkasan"], case.expected["fakta"]
    spoken = sentences(text)
    kept = [any(keeps(fact, one) for one in spoken) for fact in facts]
    twisted = [not good and any(twists(fact, one) for one in spoken) for good, fact in zip(kept, facts, strict=True)]
    count = len(facts)
    record("fakta", sum(kept) / count, weight=count)
    record("setia", max(0.0, (sum(kept) - TWISTED * sum(twisted)) / count), weight=count)
    record("rekaan", named_rightly(text, case.input["naskah"], wanted))
    # Facts a word, against our own summary.
    record("padat", min(1.0, sum(kept) / count * len(wanted.split()) / len(text.split())))
    record("chrf", chrf(text, wanted))
    faults = [f"hilang / lost: {_first(fact)}" for fact, good in zip(facts, kept, strict=True) if not good]
    faults = [f"keliru / twisted: {_first(fact)}" for fact, bad in zip(facts, twisted, strict=True) if bad] + faults
    strange = invented(text, case.input["naskah"])
    faults += [f"tidak ada di naskah / not in the paper: {_short(one)}" for one in sorted(strange)[:5]]
    assert not faults, "; ".join(faults)


def read(answer, limit):
    """The summary. Raises AssertionError for another shape, an empty one and one that is too long."""
    told = 'Jawaban harus / the answer must be {"ringkasan": "..."}.'
    assert isinstance(answer, dict) and isinstance(answer.get("ringkasan"), str), told
    text = answer["ringkasan"]
    assert text.strip(), "Ringkasan kosong. / The summary is empty."
    assert len(text) <= LONGEST, f"Paling banyak {LONGEST} huruf. / At most {LONGEST} characters."
    words = len(text.split())
    assert words <= limit, f"{words} kata, paling banyak {limit}. / {words} words, at most {limit}."
    longest = max(len(word) for word in text.split())
    assert longest <= 60, f"Ada kata sepanjang {longest} huruf. / A word has {longest} characters."
    return text


def sentences(text):
    """Sentences, plain."""
    return [plain(one) for one in re.split(r"(?<=[.!?;])\s+|\n+", text) if one.strip()]


def plain(text):
    """Lower case, single spaces, no points within numbers."""
    return re.sub(r"(?<=\d)\.(?=\d{3})", "", " ".join(text.casefold().split()))


def says(groups, sentence):
    """Whether the sentence has a word of each group."""
    return all(any(has(sentence, one) for one in group) for group in groups)


def has(sentence, phrase):
    """Whether the phrase is there; one that begins or ends with a digit is not part of a longer number."""
    phrase = plain(phrase)
    before = r"(?<![\d.,])" if phrase[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if phrase[-1].isdigit() else ""
    return re.search(before + re.escape(phrase) + after, sentence) is not None


def keeps(fact, sentence):
    return says(fact["pokok"], sentence) and says(fact["nilai"], sentence)


def twists(fact, sentence):
    """Speaks of it, and puts something else in its place."""
    return (
        says(fact["pokok"], sentence)
        and not says(fact["nilai"], sentence)
        and any(has(sentence, wrong) for wrong in fact["salah"])
    )


def invented(text, paper):
    """Numbers, and words with a capital within a sentence, that the paper does not have."""
    known = set(NUMBER.findall(plain(paper))) | {word.casefold() for word in WORD.findall(paper)}
    told = set(NUMBER.findall(plain(text))) | set(CAPITAL.findall(text))
    return {one for one in told if one.casefold() not in known}


def named_rightly(text, paper, wanted):
    """F1 of numbers and names: right are those of the paper, wanted are those of our own summary."""
    told = set(NUMBER.findall(plain(text))) | {word.casefold() for word in CAPITAL.findall(text)}
    needed = set(NUMBER.findall(plain(wanted))) | {word.casefold() for word in CAPITAL.findall(wanted)}
    if not told:
        return 0.0
    made_up = {one.casefold() for one in invented(text, paper)}
    precision = 1 - len(told & made_up) / len(told)
    recall = len(needed & told) / len(needed)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _first(fact):
    return _short(" + ".join(group[0] for group in fact["nilai"]))


def _short(value):
    # An answer may hold half a surrogate pair or line breaks; the message must travel as one line of UTF-8.
    text = " ".join(str(value)[:200].encode(errors="replace").decode().split())
    return text if len(text) <= 40 else text[:37] + "..."
