"""Strict reading of answers: everything doubtful is refused, nothing takes long."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.grader import answers
from sandbox.grader.faults import BAD_ANSWER, PrototypeFault

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def _reason(body: bytes, depth: int = 8) -> str:
    with pytest.raises(PrototypeFault) as caught:
        answers.parse_json(body, depth)
    assert caught.value.reason.failure == BAD_ANSWER
    return caught.value.reason.id


@given(_JSON)
def test_reads_what_json_writes(value: Any) -> None:
    try:
        body = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        body = json.dumps(value).encode()
        with pytest.raises(PrototypeFault):
            answers.parse_json(body, 64)
        return
    assert answers.parse_json(body, 64) == value


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "JSON"),
        (b"halo", "JSON"),
        (b'{"a": 1} {}', "JSON"),
        (b"{'a': 1}", "JSON"),
        (b'{"a": 1,}', "JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": 1e999}', "1e999"),
        (b'{"a": ' + b"9" * 5000 + b"}", "300 digit"),
        (b'{"a": -' + b"9" * 301 + b"}", "300 digit"),
        (b'{"a": 1, "a": 2}', "`a`"),
        (b'{"\\ud800": 1}', "surrogate"),
        (b'{"a": "x\\uDFFF"}', "surrogate"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b"[[[[[[[[[1]]]]]]]]]", "8 tingkat"),
    ],
)
def test_refuses_with_the_reason(body: bytes, word: str) -> None:
    assert word in _reason(body)


def test_takes_a_whole_surrogate_pair_and_a_byte_order_mark() -> None:
    assert answers.parse_json(b'\xef\xbb\xbf{"a": "\\ud83d\\ude00"}', 8) == {"a": "😀"}


def test_brackets_in_texts_are_no_depth() -> None:
    assert answers.parse_json(b'["[[[[[[[[[[[[", "\\"[[[[[[[[[[["]', 2) == ["[[[[[[[[[[[[", '"[[[[[[[[[[[']


def test_depth_counts_levels_not_brackets() -> None:
    assert answers.parse_json(b"[" + b"[]," * 5000 + b"[]]", 2) == [[]] * 5001


@pytest.mark.parametrize(
    "body",
    [b"[" * 2**20, b'{"a":' * 200_000, b'"' + b'\\"' * 2**19, b'"' * 2**20, b"[]," * 300_000, b'["' + b"\\" * 2**20],
)
def test_hostile_bodies_are_refused_quickly(body: bytes) -> None:
    began = time.process_time()
    assert _reason(body)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("answer", "pointer", "output"),
    [
        ({"output": {"a": 1}}, None, {"a": 1}),
        ({"output": {"a": 1}, "lain": 2}, None, {"a": 1}),
        ({"a": [{"b": {}}]}, "/a/0/b", {}),
        ({"a/b": {"~c": {"d": 1}}}, "/a~1b/~0c", {"d": 1}),
        ({"": {"a": 1}}, "/", {"a": 1}),
        ({"a": 1}, "", {"a": 1}),
    ],
)
def test_finds_the_output(answer: Any, pointer: str | None, output: dict[str, Any]) -> None:
    assert answers.output_of(answer, pointer) == output


@pytest.mark.parametrize(
    ("answer", "pointer"),
    [
        ([], None),
        ({}, None),
        ({"output": "x"}, None),
        ({"output": [{}]}, None),
        ({"output": None}, None),
        ([{}], "/1"),
        ([{}], "/-"),
        ([{}], "/²"),
        ([{}], "/" + "9" * 5000),
        ({"a": "teks"}, "/a/0"),
        ("teks", ""),
    ],
)
def test_refuses_an_answer_without_output(answer: Any, pointer: str | None) -> None:
    with pytest.raises(PrototypeFault) as caught:
        answers.output_of(answer, pointer)
    assert caught.value.reason.failure == BAD_ANSWER


def test_says_what_came_instead_of_the_output() -> None:
    with pytest.raises(PrototypeFault) as caught:
        answers.output_of({"output": [1]}, None)
    assert "daftar" in caught.value.reason.id
    assert "`output`" in caught.value.reason.id


def test_finds_the_text_of_a_chat_answer() -> None:
    assert answers.chat_output_of({"choices": [{"message": {"content": "halo"}}]}) == {"text": "halo"}


@pytest.mark.parametrize(
    "answer",
    [None, {}, {"choices": []}, {"choices": [{"message": {"content": None}}]}, {"choices": {"0": 1}}, [1], "choices"],
)
def test_refuses_a_chat_answer_without_text(answer: Any) -> None:
    with pytest.raises(PrototypeFault):
        answers.chat_output_of(answer)


def test_an_excerpt_is_one_short_printable_line() -> None:
    text = answers.excerpt(b"<html>\n\n\x1b[31m" + b"x" * 5000 + b"\xff")
    assert text.startswith("<html> ?[31m")
    assert len(text) == 201
    assert text.isprintable()
