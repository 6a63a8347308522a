""".dockerignore: which files stay out of a build."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.kits import KitRule
from sandbox.kits import ignore as ignore_module
from sandbox.kits.ignore import read_ignore
from sandbox.refusal import Refused


@pytest.mark.parametrize(
    ("patterns", "path", "excluded"),
    [
        ("", "a", False),
        ("# a", "a", False),
        ("a", "a", True),
        ("a", "b/a", False),
        ("a", "a/b/c", True),
        ("a/", "a/b", True),
        ("/a", "a", True),
        ("./a/../b", "b", True),
        ("*.log", "x.log", True),
        ("*.log", "d/x.log", False),
        ("*/*.log", "d/x.log", True),
        ("**/*.log", "x.log", True),
        ("**/*.log", "d/e/x.log", True),
        ("d/**/x", "d/x", True),
        ("d/**/x", "d/e/f/x", True),
        ("d/**", "d/e", True),
        ("d/**", "d", False),
        ("**", "a/b", True),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("[a-c]1", "b1", True),
        ("[^a-c]1", "b1", False),
        ("[ab]*", "bcd", True),
        ("x[", "x[", True),
        (r"\*", "*", True),
        (r"\*", "a", False),
        ("*\n!a", "a", False),
        ("*\n!a", "b", True),
        ("d\n!d/penting", "d/penting", False),
        ("d\n!d/penting\nd/pen*", "d/penting", True),
        ("! a ", "a", False),
        ("!a\na", "a", True),
        (" a \r\n", "a", True),
        ("\ufeffa", "a", True),
        (".", "a", False),
        ("!", "a", False),
    ],
)
def test_what_is_left_out(patterns: str, path: str, excluded: bool) -> None:
    assert read_ignore(patterns.encode()).excludes(path) is excluded


def test_without_a_file_nothing_is() -> None:
    assert not read_ignore(None).excludes("a")


def test_evil_patterns_take_no_time() -> None:
    ignore = read_ignore(b"\n".join([b"*a" * 100 + b"b", b"**/" * 60 + b"x", b"/".join([b"**", b"*a*"] * 20)]))
    started = time.process_time()
    assert not ignore.excludes("/".join(["a" * 200] * 5))
    assert time.process_time() - started < 0.5


def test_many_folders_of_any_depth_in_a_row_are_one() -> None:
    started = time.process_time()
    ignore = read_ignore(b"**/" * 20_000 + b"x")
    assert ignore.excludes("a/b/x")
    assert not ignore.excludes("a/b")
    assert time.process_time() - started < 0.5


def test_patterns_that_would_take_hours_for_all_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ignore_module, "MAX_STEPS", 300_000)
    ignore = read_ignore(b"\n".join([b"*" + b"a" * 125 + b"b"] * 100))
    names = [f"{'a' * 250}{number:05}" for number in range(100)]
    with pytest.raises(Refused) as caught:
        [ignore.excludes(name) for name in names]
    assert caught.value.refusal.rule == KitRule.IGNORE


@pytest.mark.parametrize(
    ("pattern", "path", "excluded"),
    [
        ("[z-a]", "m", False),
        ("[^z-a]", "m", True),
        ("[]a]x", "]x", True),
        ("[\\^-]x", "^x", True),
        ("[a\\]x", "\\x", True),
    ],
)
def test_odd_sets_of_signs(pattern: str, path: str, excluded: bool) -> None:
    assert read_ignore(pattern.encode()).excludes(path) is excluded


@pytest.mark.parametrize("data", [b"\xff", b"x" * 70_000, b"a\n" * 101])
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_ignore(data)
    assert caught.value.refusal.rule == KitRule.IGNORE


@given(st.text("ab*?[]^-!/\\.\n", max_size=30), st.text("ab/[]*", min_size=1, max_size=10))
def test_any_pattern_is_read(patterns: str, path: str) -> None:
    with contextlib.suppress(Refused):
        assert read_ignore(patterns.encode()).excludes(path) in (True, False)
