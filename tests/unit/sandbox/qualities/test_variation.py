"""Other words for a text: what carries a fact stays, whatever the text."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from sandbox.grader.variation import vary_case, vary_text
from sandbox.grader.variation_words import KEPT, SENTENCE_STARTS, SHORTENED, SPOKEN

WORDS = sorted({*SHORTENED, *SPOKEN, *KEPT, *SENTENCE_STARTS})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(str.title),
    st.sampled_from(
        ("NIP", "12", "Rp7.350.000,00", "Dewi", "a.n.", "PERL/2026", "b1", "surel@contoh.id", "permohonan,")
    ),
    st.text("abcdefghijkl", min_size=1, max_size=9),
)
GAPS = st.sampled_from((" ", " ", " ", "\n", "  ", "\t"))
LETTER = (
    "Mohon agar permohonan kami yang sudah lengkap ini tidak ditolak hanya karena terlambat 3 hari dari tanggal 4 Mei."
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(PIECES, GAPS), min_size=8, max_size=40))
    return "".join(piece + gap for piece, gap in pieces)


@given(texts(), st.integers(), st.frozensets(st.sampled_from(WORDS)))
def test_facts_stay_whatever_the_text(text: str, seed: int, kept: frozenset[str]) -> None:
    varied = vary_text(text, random.Random(seed), kept=kept)
    assert varied == vary_text(text, random.Random(seed), kept=kept)
    before, after = text.split(), varied.split()
    assert len(before) == len(after)
    assert re.findall(r"[\n\t]", text) == re.findall(r"[\n\t]", varied)
    for old, new in zip(before, after, strict=True):
        small = old.strip(",.").lower()
        if any(sign.isdigit() for sign in old) or small in kept | KEPT or "@" in old:
            assert new == old
        elif not old.islower():
            assert new in (old, old.lower())
            assert new == old or small in SENTENCE_STARTS
        assert old.endswith(",") == new.endswith(",")


@given(texts(), st.integers(), st.data())
def test_what_is_quoted_can_still_be_quoted(text: str, seed: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    given_, expected = {"teks": text, "isian": ["tanggal surat", "perihal"], "n": 3}, {"bukti": [quote], "n": 1}
    varied, wanted = vary_case(given_, expected, random.Random(seed))
    assert wanted == expected
    assert quote in varied["teks"]
    assert (varied["isian"], varied["n"]) == (given_["isian"], 3)


def test_people_would_write_so() -> None:
    seen = {word for seed in range(60) for word in vary_text(LETTER, random.Random(seed)).split()}
    assert {"yg", "sdh", "udah", "ndak", "tdk", "mohon", "krn", "cuma", "biar"} <= seen
    assert {"3", "hari", "tanggal", "4", "Mei."} <= seen
    # A letter beside, or two swapped: never another first letter.
    mistyped = {word for word in seen if word.startswith("per") and word != "permohonan"}
    assert mistyped


def test_short_texts_and_other_values_are_left_alone() -> None:
    given_ = {"nama": "tidak ada yang tahu", "angka": [1, None, True, {"x": "saya sudah tidak tahu"}]}
    assert vary_case(given_, None, random.Random(1)) == (given_, None)
