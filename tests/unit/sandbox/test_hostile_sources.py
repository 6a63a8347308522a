"""Sources made of attacks, in any combination: what is let through keeps every promise, by an eye of its own.

The other unit tests name each attack and its rule; here nobody chose which ones meet.
"""

import contextlib
import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path, PurePosixPath

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.archive import Archive, open_archive
from sandbox.bases.recipes import BASES
from sandbox.dockerfile.vet import Vetted, vet
from sandbox.limits import ArchiveLimits, BuildLimits
from sandbox.manifest import Kit, Manifest, read_manifest
from sandbox.refusal import Refusal, Refused
from tests.unit.sandbox.hostile import Part, pax, tar_gz, tar_header, tar_member, zip_bytes

LIMITS = ArchiveLimits(compressed_bytes=10**6, unpacked_bytes=60_000, files=12, ratio=100, depth=4, name_bytes=40)

NAMES = st.sampled_from(
    [
        *(
            b"app.py",
            b"a/b.py",
            b"A/b.py",
            b"a/b.py/c",
            b"a",
            b"./a",
            b"a//b",
            b"a/",
            b"",
            b".",
            b"..",
            b"../x",
            b"a/../x",
        ),
        *(b"/etc/passwd", b"C:\\x", b"a\\b", b"C:x", b"a\x00b", b"a\nb", b"\xff\xfe", "a\u202eb".encode(), b"x" * 60),
        *(b"e\xcc\x81", "\u00e9".encode(), b"con/aux", b"__MACOSX/x", b".git/config", b"a/b/c/d/e/f", b"~root", b"-rf"),
    ]
) | st.binary(min_size=1, max_size=12)
DATA = st.sampled_from([b"", b"x", b"print(1)\n", bytes(5000), bytes(70_000)]) | st.binary(max_size=40)
NUMBERS = st.sampled_from([None, None, None, 0, 1, 5, 2**16 - 1, 2**31, 2**32 - 1])
LIES = st.builds(
    Part,
    NAMES,
    DATA,
    method=st.sampled_from([8, 8, 8, 0, 12, 14, 99]),
    flags=st.sampled_from([0x800, 0x800, 0, 0x808, 0x801, 0xFFFF]),
    mode=st.sampled_from([0o100644, 0o100644, 0o120777, 0o040755, 0o060600, 0o104755, 0]),
    crc=NUMBERS,
    size=NUMBERS,
    packed=NUMBERS,
    offset=NUMBERS,
    local_name=st.none() | NAMES,
    local_size=NUMBERS,
    behind=st.sampled_from([b"", b"", b"PK\x07\x08" + bytes(12), b"PK\x03\x04"]),
)
HONEST = st.builds(Part, st.integers(0, 999).map(lambda number: b"karya/%d.py" % number), st.binary(max_size=40))
# Mostly honest, or the first lie would hide the others.
PARTS = st.one_of(HONEST, HONEST, HONEST, st.builds(Part, NAMES, DATA), LIES)
LIE_OF_ZIP = st.sampled_from(
    [
        *({}, {}, {}, {"count": 1}, {"front": b"#!/bin/sh\n"}, {"front": b"PK\x03\x04"}, {"gap": b"x"}, {"back": b"x"}),
        *({"back": b"PK\x05\x06" + bytes(18)}, {"comment": b"PK\x05\x06" + bytes(18)}, {"start": 0}, {"length": 5}),
    ]
)
ZIPS = st.builds(lambda parts, lie: zip_bytes(parts, **lie), st.lists(PARTS, max_size=6), LIE_OF_ZIP)
_MEMBER = st.builds(tar_member, st.integers(0, 999).map(lambda number: b"karya/%d.py" % number), DATA)
MEMBERS = st.one_of(
    _MEMBER,
    _MEMBER,
    _MEMBER,
    st.builds(tar_member, NAMES.filter(lambda name: len(name) <= 100), DATA),
    st.builds(
        lambda name, kind, link: tar_header(name, kind=kind, link=link),
        NAMES,
        st.sampled_from([b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"S", b"V", b"\0", b"L"]),
        st.sampled_from([b"", b"/etc/shadow", b"../x"]),
    ),
    st.sampled_from(["../x", "/x", "a/b", "\u202e"]).map(lambda path: pax({"path": path})),
    st.sampled_from(["0", "99999999999", "-1"]).map(lambda size: pax({"size": size})),
    st.builds(tar_header, NAMES, st.sampled_from([0, 1, 600, 8**11 - 1])),
)
TARS = st.builds(
    lambda members, end, behind: tar_gz(*members, end=end, behind=behind),
    st.lists(MEMBERS, max_size=8),
    st.sampled_from([bytes(1024)] * 6 + [b"", bytes(512)]),
    st.sampled_from([b""] * 6 + [b"x", b"\x1f\x8b"]),
)


def opened(data: bytes, folder: Path) -> Archive | Refusal:
    path = folder / "karya"
    path.write_bytes(data)
    return open_archive(path, LIMITS)


def check_words(refusal: Refusal) -> None:
    assert refusal.message.id != refusal.message.en
    assert refusal.message.id.isprintable()


def check(archive: Archive, folder: Path) -> dict[str, bytes]:
    """Every promise of a source that was taken, looked at from outside; returns its files."""
    paths = [entry.path for entry in archive.entries]
    files = [entry for entry in archive.entries if not entry.directory]
    for path in paths:
        # As a careless program would write it.
        target = (folder / path).resolve()
        assert target.is_relative_to(folder.resolve()), path
        assert str(PurePosixPath(path)) == path
        assert path.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\\]", path)
        assert len(path.split("/")) <= LIMITS.depth
    assert len({path.casefold() for path in paths}) == len(paths) <= LIMITS.files
    assert sum(entry.size for entry in files) <= LIMITS.unpacked_bytes
    contents = archive.read(*(entry.path for entry in files))
    for entry in files:
        assert len(contents[entry.path]) == entry.size
        assert hashlib.sha256(contents[entry.path]).hexdigest() == entry.sha256
    return contents


@settings(max_examples=300)
@example([Part(b"app.py"), Part(b"a/b.py")])
@given(st.lists(PARTS, max_size=8))
def test_a_zip_that_is_taken_is_read_alike_by_others(parts: list[Part]) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = zip_bytes(parts)
        found = opened(data, Path(name))
        if isinstance(found, Refusal):
            check_words(found)
            return
        contents = check(found, Path(name))
        with zipfile.ZipFile(io.BytesIO(data)) as other:
            for path, content in contents.items():
                names = [one for one in other.namelist() if one.removeprefix("./") == found.top + path]
                assert [other.read(one) for one in names] == [content]


@settings(max_examples=300)
@given(ZIPS | TARS | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_archive_is_taken_whole_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        found = opened(data, Path(name))
        if isinstance(found, Archive):
            check(found, Path(name))
        else:
            check_words(found)


LINES = st.sampled_from(
    [
        *(
            "FROM python",
            "from python as a",
            "FROM python AS b",
            "FROM a",
            "FROM scratch",
            "FROM contoh.id/x",
            "FROM $B",
        ),
        *("ARG B=python", "ARG B=contoh.id/x", "ARG B", "ENV B=contoh.id/x", "CMD x", 'CMD ["x"]', 'ENTRYPOINT ["x"]'),
        *(
            "ADD http://x/y /z",
            "ADD app.py /",
            "add --chown=0 a /b",
            "ADD git@x:y /z",
            "COPY a /b",
            "COPY --from=a /x /",
        ),
        *("COPY --from=contoh.id/x /x /", "COPY --from=0 /x /", "COPY --from=9 /x /", "COPY --from=$B /x /", "RUN x"),
        *("RUN --mount=type=bind,source=/ x", "RUN --network=host x", "RUN --security=insecure x", "RUN <<E", "E"),
        *("VOLUME /x", "volume /x", "Volume /x", "ONBUILD VOLUME /x", "ONBUILD RUN x", "HEALTHCHECK CMD x"),
        *("LABEL gelanggang.http=x", "LABEL a=b", "USER 0", "WORKDIR /", "EXPOSE 80", "SHELL [x]", "STOPSIGNAL 9"),
        *(
            "# syntax=x",
            "# escape=`",
            "#escape=\\",
            "# x",
            "",
            "\\",
            "RUN x \\",
            "VOL\\",
            "UME /x",
            "RUN x `",
            "\t",
            "\u00a0",
        ),
        *("\ufeffFROM python", "VOLUME\u00a0/x", "ENV A=$A$A", "RUN x # \\", "  VOLUME /x", "FROM --platform=x python"),
    ]
)
FILES = st.builds(
    lambda lines, end: end.join(lines), st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n", "\r\n", "\r"])
)
_OURS = {base.latest for base in BASES}


def instructions(text: str) -> Iterable[tuple[str, list[str]]]:
    """What the engine gets, read by words: each instruction is a line of its own there."""
    for line in text.splitlines():
        keyword, _, rest = line.strip().partition(" ")
        if keyword and not keyword.startswith("#"):
            yield keyword.upper(), rest.split()


def check_vetted(vetted: Vetted) -> None:
    stages: set[str] = set()
    count = 0
    for keyword, words in instructions(vetted.text):
        # Those in front; behind the first other word the engine reads none.
        flags = list(takewhile(lambda word: word.startswith("--"), words))
        assert keyword not in ("VOLUME", "ONBUILD", "ADD"), vetted.text
        if keyword == "FROM":
            assert not flags
            assert words[0] in _OURS | stages, vetted.text
            stages |= {str(count), *(word for word in words[2:3])}
            count += 1
        elif keyword == "COPY":
            sources = [flag.partition("=")[2] for flag in flags if flag.startswith("--from")]
            assert set(sources) <= stages, vetted.text
        elif keyword == "RUN":
            assert not [flag for flag in flags if flag.partition("=")[0] in ("--mount", "--network", "--security")]
        elif keyword == "LABEL":
            assert "gelanggang" not in " ".join(words).lower()
    assert not re.search(r"^\s*#\s*syntax", vetted.text, re.IGNORECASE | re.MULTILINE)


@settings(max_examples=500)
@example("FROM python\nVOL\\\nUME /x\nCMD x")
@example("# escape=`\nFROM python\nVOL`\nUME /x\nCMD x")
@example("FROM python\rVOLUME /x\rCMD x")
@example("FROM python\nRUN x \\\nRUN --mount=type=bind,source=/ x\nCMD x")
@example("ARG B=python\nFROM $B AS a\nARG B=contoh.id/x\nCOPY --from=$B /x /\nCMD x")
@given(FILES | FILES.map(lambda text: f"FROM python\n{text}\nCMD x"))
def test_a_dockerfile_that_is_taken_asks_for_nothing_more(text: str) -> None:
    with contextlib.suppress(Refused):
        check_vetted(vet(text.encode(), BuildLimits()))


def table(head: str, /, **values: list[str]) -> st.SearchStrategy[str]:
    """A table of the manifest with some of its keys."""
    rows = [st.just("") | st.sampled_from([f"{key} = {value}\n" for value in found]) for key, found in values.items()]
    begin = st.just(f"[{head}]\n" if head else "")
    return st.tuples(begin, *rows).map(lambda parts: "".join(parts[1:]) and "".join(parts))


_PATHS = ["'/x'", "'//x'", "'http://x/'", "'/../x'", "'x'", '"/x\\r\\nHost: y"', '"/\\u202e"', "'/x y'", "''", "7"]
TOML = st.tuples(
    table(
        "",
        name=["'Karya'", '"<b>\\u202e"', '"\\u0000"', "nan", "1979-05-27", "['x']"],
        kit=["'python'", "'docker'", "'x'"],
    ),
    table("card", limits=["'teks'", '"\\u2066"', "{}"]),
    table(
        "http",
        port=["80", "5000", "0", "70000", "-1", "'80'", "true", "8e1"],
        ready=_PATHS,
        call=_PATHS,
        output=["'/output'", "'/a/~2'", "'output'", "''"],
        request=["{a = '$input'}", '\'{"a": "$input"}\'', "'{'", "'" + "[" * 2000 + "'", "{}"],
    ),
    table("ui", path=_PATHS),
    st.sampled_from(["", "", "", "[lain]\n", "[http]\n", "[[http]]\n", "a.b.c = 1\n", "port\n"]),
).map("".join)


@settings(max_examples=300)
@given(TOML)
def test_a_manifest_that_is_read_leads_nowhere_else(text: str) -> None:
    try:
        manifest = read_manifest(text.encode())
    except Refused as refused:
        check_words(refused.refusal)
        return
    assert isinstance(manifest, Manifest)
    assert manifest.kit in (None, *Kit)
    assert "\u202e" not in manifest.name + manifest.summary
    if manifest.http is not None:
        assert manifest.http.port is None or 1 <= manifest.http.port <= 65535
        for path in (manifest.http.ready, manifest.http.call):
            # It stands in the first line of a request: no break, no sign that is none of a path.
            assert path is None or re.fullmatch(r"/(?!/)[\x21-\x7e]*", path)
    if manifest.ui is not None:
        assert manifest.ui.path.startswith("/")
