"""Names inside an archive: what is refused, and what never gets through."""

import posixpath
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.archive import Rule
from sandbox.archive.model import Kind
from sandbox.archive.rules import Names, caseless, check_kind, left_out, plain_path
from sandbox.limits import ArchiveLimits
from sandbox.refusal import Refused, printable

LIMITS = ArchiveLimits()


def rule_of(name: str, limits: ArchiveLimits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        plain_path(name, limits)
    return caught.value.refusal.rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../app.py", Rule.TRAVERSAL),
        ("data/../../app.py", Rule.TRAVERSAL),
        ("..", Rule.TRAVERSAL),
        ("./../x", Rule.TRAVERSAL),
        ("/etc/passwd", Rule.ABSOLUTE_PATH),
        ("//server/share", Rule.ABSOLUTE_PATH),
        ("C:/Windows/x", Rule.ABSOLUTE_PATH),
        ("c:app.py", Rule.ABSOLUTE_PATH),
        ("data\\app.py", Rule.BACKSLASH),
        ("..\\app.py", Rule.BACKSLASH),
        ("app\x00.py", Rule.CONTROL_CHARACTER),
        ("app\n.py", Rule.CONTROL_CHARACTER),
        ("\x1b[2Japp.py", Rule.CONTROL_CHARACTER),
        ("app\u202eyp.exe", Rule.CONTROL_CHARACTER),
        ("app\u2028.py", Rule.CONTROL_CHARACTER),
        ("app\x85.py", Rule.CONTROL_CHARACTER),
        ("app\udcff.py", Rule.NAME_ENCODING),
        ("data//app.py", Rule.BAD_NAME),
        ("data/./app.py", Rule.BAD_NAME),
        ("x" * 256, Rule.NAME_LENGTH),
        ("é" * 128, Rule.NAME_LENGTH),
        ("/".join(["x" * 200] * 6), Rule.NAME_LENGTH),
        ("/".join(["x"] * 33), Rule.DEPTH),
    ],
)
def test_refused_names(name: str, rule: Rule) -> None:
    assert rule_of(name) == rule


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("app.py", "app.py"),
        ("data/", "data"),
        ("./app.py", "app.py"),
        ("././app.py", "app.py"),
        ("./", ""),
        (".", ""),
        ("", ""),
        ("..data/...x", "..data/...x"),
        ("berkas penting (2).txt", "berkas penting (2).txt"),
        ("data/é💡.txt", "data/é💡.txt"),
        ("x" * 255, "x" * 255),
        ("/".join(["x"] * 32), "/".join(["x"] * 32)),
    ],
)
def test_sound_names(name: str, path: str) -> None:
    assert plain_path(name, LIMITS) == path


@given(st.text(st.sampled_from("./\\:aC\x00\n\u202e\udcffé "), max_size=40) | st.text(max_size=80))
def test_what_gets_through_stays_inside(name: str) -> None:
    try:
        path = plain_path(name, LIMITS)
    except Refused as refused:
        shown = refused.refusal.entry or ""
        assert shown.isprintable()
        assert shown.encode()
        return
    assert posixpath.normpath(posixpath.join("/akar", path)) == posixpath.join("/akar", path).removesuffix("/")
    assert path.encode().decode() == path
    assert not any(unicodedata.category(sign) == "Cc" for sign in path)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_caseless_key_is_stable(name: str) -> None:
    assert (
        caseless(name) == caseless(unicodedata.normalize("NFC", name)) == caseless(unicodedata.normalize("NFD", name))
    )


class TestNames:
    @pytest.mark.parametrize(
        ("first", "second", "rule"),
        [
            (("app.py", False), ("app.py", False), Rule.DUPLICATE),
            (("data", True), ("data", False), Rule.DUPLICATE),
            (("data", False), ("data", True), Rule.DUPLICATE),
            (("data", False), ("data/x", False), Rule.DUPLICATE),
            (("data/x", False), ("data", False), Rule.DUPLICATE),
            (("app.py", False), ("APP.py", False), Rule.COLLISION),
            (("data/a", False), ("Data/b", False), Rule.COLLISION),
            (("straße", False), ("STRASSE", False), Rule.COLLISION),
            (("caf\u00e9", False), ("cafe\u0301", False), Rule.COLLISION),
            (("x/data/a", False), ("x/DATA", True), Rule.COLLISION),
        ],
    )
    def test_clashes(self, first: tuple[str, bool], second: tuple[str, bool], rule: Rule) -> None:
        names = Names(LIMITS)
        names.add(first[0], directory=first[1])
        with pytest.raises(Refused) as caught:
            names.add(second[0], directory=second[1])
        assert caught.value.refusal.rule == rule

    def test_a_folder_may_be_listed_again(self) -> None:
        names = Names(LIMITS)
        names.add("data/a", directory=False)
        names.add("data", directory=True)
        names.add("data", directory=True)
        names.add("data/b", directory=False)

    def test_folders_that_names_only_imply_are_counted(self) -> None:
        names = Names(ArchiveLimits(files=20))
        for number in range(6):
            names.add(f"{number}/b/c/d", directory=False)
        with pytest.raises(Refused) as caught:
            names.add("6/b/c/d", directory=False)
        assert caught.value.refusal.rule == Rule.TOO_MANY_FILES

    @given(st.lists(st.text(st.sampled_from("aAbé/\u0301"), min_size=1, max_size=6), max_size=8))
    def test_accepted_names_differ_on_every_system(self, candidates: list[str]) -> None:
        names = Names(LIMITS)
        accepted: list[str] = []
        for candidate in candidates:
            try:
                path = plain_path(candidate, LIMITS)
                if path:
                    names.add(path, directory=False)
                    accepted.append(path)
            except Refused:
                break
        assert len({caseless(path) for path in accepted}) == len(accepted)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.FILE, Kind.DIRECTORY)])
def test_only_files_and_folders(kind: Kind) -> None:
    with pytest.raises(Refused):
        check_kind("x", kind)
    check_kind("x", Kind.FILE)


@pytest.mark.parametrize(
    ("path", "directory"),
    [
        ("__MACOSX/._app.py", False),
        ("proj/.DS_Store", False),
        ("proj/._app.py", False),
        ("proj/__pycache__/app.cpython-311.pyc", False),
        (".git", True),
        (".venv/bin/python", False),
        ("Thumbs.db", False),
    ],
)
def test_litter_is_left_out(path: str, directory: bool) -> None:
    assert left_out(path, directory=directory)


@pytest.mark.parametrize("path", ["app.py", ".gitignore", "git/x", "venv.txt", "data/.env", "_.py"])
def test_the_rest_is_kept(path: str) -> None:
    assert not left_out(path, directory=False)


def test_long_names_are_cut_when_shown() -> None:
    assert len(printable("x" * 5000)) < 130
    assert printable("a\x1b[2J\u202eb") == "a\\x1b[2J\\u202eb"
