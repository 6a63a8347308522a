"""Codes: how they are made, read, and how mistakes are found."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hackathon.codes.model import SYMBOLS, hash_code, make_code, read, show

codes = some.integers(0, 2**32).map(lambda seed: make_code(random.Random(seed).randrange))


@given(codes)
def test_a_code_is_read_as_it_was_printed(code: str) -> None:
    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("01ILO")
    assert read(code) == code
    assert read(f"  {code.lower().replace('-', ' – ')}\n") == code
    assert read(code.replace("-", "")) == code


@given(codes, some.integers(0, 7), some.sampled_from(SYMBOLS))
def test_every_mistyped_symbol_is_found(code: str, place: int, symbol: str) -> None:
    symbols = code.replace("-", "")
    wrong = symbols[:place] + symbol + symbols[place + 1 :]
    assert (read(wrong) is None) == (wrong != symbols)


@given(codes, some.integers(0, 7), some.integers(0, 7))
def test_every_two_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    symbols = list(code.replace("-", ""))
    symbols[one], symbols[other] = symbols[other], symbols[one]
    wrong = show("".join(symbols))
    assert (read(wrong) is None) == (wrong != code)


@pytest.mark.parametrize("text", ["", "-", "K7MR", "K7MR2XW", "K7MR2XWDD", "0000-0000", "é" * 8, "\0" * 8, "A" * 10**6])
def test_what_is_no_code(text: str) -> None:
    assert read(text) is None


@given(some.text(max_size=30))
def test_reading_never_fails(text: str) -> None:
    found = read(text)
    assert found is None or read(found) == found


def test_what_is_kept_of_a_code_needs_the_key() -> None:
    code = make_code()
    assert hash_code(code, bytes(32)) == hash_code(code, bytes(32))
    assert hash_code(code, bytes(32)) != hash_code(code, b"\1" * 32)
    assert len(hash_code(code, bytes(32))) == 32
