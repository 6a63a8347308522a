"""Expected and got side by side, folded where they are long."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.language import Language
from frontend.pages.result.cases import Value, compare_answers, shown_seconds
from hackathon import benchmarks

TASK = benchmarks.load("otomasi-formulir")


def rows(expected: Any, got: Any, *, of_task: bool = False) -> list[tuple[str, str | None, str | None, bool]]:
    return [
        (
            field.name,
            None if field.expected is None else field.expected.text,
            None if field.got is None else field.got.text,
            field.differs,
        )
        for field in compare_answers(expected, got, TASK if of_task else None)
    ]


def test_parts_of_objects_stand_beside_each_other() -> None:
    expected = {"isian": {"nama": "Sari", "jumlah": 3, "telepon": None}}
    got = {"isian": {"nama": "Budi", "jumlah": 3, "lain": True}}
    assert rows(expected, got) == [
        ("isian.nama", "Sari", "Budi", True),
        ("isian.jumlah", "3", "3", False),
        ("isian.telepon", "null", None, False),  # left out and null say the same
        ("isian.lain", None, "true", True),
    ]


def test_what_a_task_keeps_for_itself_is_left_out() -> None:
    expected = {"isian": {"nama": "Sari"}, "juga": {"nama": ["Ibu Sari"]}}
    assert [row[0] for row in rows(expected, {"isian": {"nama": "Sari"}}, of_task=True)] == ["isian.nama"]
    assert [row[0] for row in rows(expected, {}, of_task=False)] == ["isian.nama", "juga.nama", ""]


@pytest.mark.parametrize(
    ("expected", "got", "found"),
    [
        ("Sari", "Sari", [("", "Sari", "Sari", False)]),
        ([1, 2], [1, 2], [("", "[1, 2]", "[1, 2]", False)]),
        (None, None, [("", "null", "null", False)]),
        ({"a": 1}, "bukan JSON", [("a", "1", None, True), ("", None, "bukan JSON", True)]),
    ],
)
def test_anything_that_is_no_object_is_one_part(expected: Any, got: Any, found: list[object]) -> None:
    assert rows(expected, got) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, JSON)
def test_any_two_answers_can_be_compared(expected: Any, got: Any) -> None:
    assert len(rows(expected, got)) <= 60
    assert not any(differs for *_, differs in rows(expected, expected))


def test_long_values_are_folded() -> None:
    assert not Value("pendek").long
    assert Value("x" * 300).long
    assert Value("a\nb\nc\nd\ne\nf").long
    assert Value('[\n {"nama": "perihal"},\n "x"' + "x" * 300).beginning.startswith('[ {"nama": "perihal"}, "x')


@pytest.mark.parametrize(("seconds", "shown"), [(0.0123, "12 md"), (0.9999, "1,0 dtk"), (2.44, "2,4 dtk"), (0, "0 md")])
def test_times_of_answers(seconds: float, shown: str) -> None:
    assert shown_seconds(seconds, Language.ID) == shown
