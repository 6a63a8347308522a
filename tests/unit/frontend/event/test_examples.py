"""Cases laid out for reading."""

from typing import Any

import pytest

from frontend.pages.event.examples import MOST, MOST_ROWS, Shape, compact, lay_out


def test_a_letter_is_a_letter_and_a_list_a_table() -> None:
    letter, fields, count = lay_out(
        {
            "teks": "Baris satu\nBaris dua",
            "isian": [{"nama": "sifat", "pilihan": ["biasa", "segera"]}, {"nama": "jumlah", "wajib": True}],
            "n": 3,
        }
    )
    assert (letter.shape, letter.value) == (Shape.PROSE, "Baris satu\nBaris dua")
    assert (fields.shape, fields.columns) == (Shape.ROWS, ("nama", "pilihan", "wajib"))
    assert fields.rows == (("sifat", "biasa, segera", ""), ("jumlah", "", "true"))
    assert (count.shape, count.value) == (Shape.JSON, "3")


def test_an_answer_is_names_with_values_and_null_is_nothing() -> None:
    (answer,) = lay_out({"isian": {"tanggal": "2026-03-09", "jumlah": 2500, "telepon": None, "surel": ""}})
    assert answer.shape is Shape.PAIRS
    assert answer.rows == (("tanggal", "2026-03-09"), ("jumlah", "2500"), ("telepon", None), ("surel", ""))


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [1, 2],
        [{"a": {"b": 1}}],
        [{"a": [[1]]}],
        [{str(number): 1 for number in range(6)}],
        [{"a": 1}] * (MOST_ROWS + 1),
        {"a": {"b": 1}},
        "satu baris",
    ],
)
def test_everything_else_is_json(value: Any) -> None:
    (field,) = lay_out({"x": value})
    assert field.shape is Shape.JSON


def test_what_is_too_long_for_a_page_is_cut() -> None:
    prose, data = lay_out({"a": "baris\n" * MOST, "b": [["panjang" * 10] * 10] * 100})
    assert len(prose.value) == len(data.value) == MOST + 2
    assert prose.value.endswith(" …")


def test_json_breaks_only_where_it_does_not_fit() -> None:
    assert compact({"a": [1, 2], "b": None}) == '{"a": [1, 2], "b": null}'
    assert compact({"teks": "é" * 70, "isian": [{"nama": "a"}]}) == (
        '{\n  "teks": "' + "é" * 70 + '",\n  "isian": [{"nama": "a"}]\n}'
    )
