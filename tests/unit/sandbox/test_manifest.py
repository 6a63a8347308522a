"""prototype.toml: what it may say, and how a mistake is told."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.manifest import Card, Http, Kit, Manifest, ManifestRule, Ui, read_manifest
from sandbox.refusal import Refusal, Refused

WHOLE = """
name = "Ringkas Sukaraya"
summary = "Meringkas kebijakan daerah"
kit = "docker"

[card]
data_used = "Peraturan daerah 2020-2025"
limits = "Tidak membaca tabel"
human_oversight = "Diperiksa staf bagian hukum"

[http]
port = 5000
ready = "/health-check"
call = "/predictions?sync=1"
request = '{"input": "$input", "task": "$task"}'
output = "/output/0"

[ui]
path = "/"
"""


def refused(text: str | bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        read_manifest(text.encode() if isinstance(text, str) else text)
    refusal = caught.value.refusal
    assert refusal.entry == "prototype.toml"
    return refusal


def test_the_whole_of_it() -> None:
    assert read_manifest(WHOLE.encode()) == Manifest(
        name="Ringkas Sukaraya",
        summary="Meringkas kebijakan daerah",
        kit=Kit.DOCKER,
        card=Card(
            data_used="Peraturan daerah 2020-2025",
            limits="Tidak membaca tabel",
            human_oversight="Diperiksa staf bagian hukum",
        ),
        http=Http(
            port=5000,
            ready="/health-check",
            call="/predictions?sync=1",
            request={"input": "$input", "task": "$task"},
            output="/output/0",
        ),
        ui=Ui(path="/"),
    )


@pytest.mark.parametrize("data", [None, b"", b"# kosong\n", b"\xef\xbb\xbf", b"\xef\xbb\xbfname = ''\r\n"])
def test_everything_may_be_left_out(data: bytes | None) -> None:
    assert read_manifest(data) == Manifest()


def test_request_as_a_table() -> None:
    manifest = read_manifest(b'[http.request]\ninstances = ["$input"]\n')
    assert manifest.http is not None
    assert manifest.http.table() == {"request": {"instances": ["$input"]}}


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('nama = "x"', 1, "name"),
        ('\n\nsumary = "x"', 3, "summary"),
        ('KIT = "python"', 1, "kit"),
        ('[card]\ndata = "x"', 2, "data_used"),
        ("[http]\nports = 1", 2, "port"),
        ('[kartu]\nx = "y"', 1, "card"),
        ("port = 5000", 1, "[http]"),
        ('zzz = "x"', 1, "summary"),
    ],
)
def test_unknown_keys_come_with_a_guess(text: str, line: int, hint: str) -> None:
    refusal = refused(text)
    assert (refusal.rule, refusal.line) == (ManifestRule.UNKNOWN_KEY, line)
    assert hint in refusal.message.id
    assert hint in refusal.message.en


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("name = 5", 1, "name"),
        ("summary = ['a']", 1, "summary"),
        ("card = 'x'", 1, "card"),
        ("[http]\nport = '80'", 2, "http.port"),
        ("[http]\nport = 80.5", 2, "http.port"),
        ("[http]\nport = true", 2, "http.port"),
        ("[card]\n\nlimits = {}", 3, "card.limits"),
        ("name = 2026-11-24", 1, "name"),
    ],
)
def test_wrong_types_are_named(text: str, line: int, key: str) -> None:
    refusal = refused(text)
    assert (refusal.rule, refusal.line) == (ManifestRule.TYPE, line)
    assert f"“{key}”" in refusal.message.id


def test_lines_and_tabs_belong_to_long_texts() -> None:
    manifest = read_manifest(b'summary = """Baris satu\n\tbaris dua"""\n')
    assert manifest.summary == "Baris satu\n\tbaris dua"


def test_an_escaped_backslash_is_no_zero_byte() -> None:
    manifest = read_manifest(b'[http]\nrequest = \'{"a": "\\\\u0000", "b": "$input"}\'')
    assert manifest.http is not None
    assert manifest.http.request == {"a": "\\u0000", "b": "$input"}


@pytest.mark.parametrize(
    "text",
    [
        f"{' ' * 60_000}# komentar\nnama = 'x'",
        f"card = [\n[{' ' * 60_000}\n]\n]\nnama = 'x'",
        f"card.data_used = 'x'{' ' * 30_000}\n{' ' * 30_000}#=\nsumary = 'x'",
    ],
)
def test_long_rows_of_blanks_are_read_in_no_time(text: str) -> None:
    started = time.process_time()
    assert refused(text).rule is ManifestRule.UNKNOWN_KEY
    assert time.process_time() - started < 2.0


@pytest.mark.parametrize("before", ["", "[http]\n", "[http]\nrequest.", "card = {", "["])
def test_keys_of_thousands_of_tables_are_not_read(before: str) -> None:
    started = time.process_time()
    assert refused(f"{before}{'a . ' * 10_000}a = 1").rule is ManifestRule.SYNTAX
    assert time.process_time() - started < 2.0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('kit = "phyton"', 1),
        ('kit = "prompt"', 1),
        (f'name = "{"x" * 81}"', 1),
        (f'[card]\nlimits = "{"x" * 4001}"', 2),
        ("[http]\nport = 0", 2),
        ("[http]\nport = 65536", 2),
        ('[http]\nready = "health"', 2),
        ('[http]\nready = "//evil.example/x"', 2),
        ('[http]\ncall = "/a b"', 2),
        ('[http]\ncall = "/a\\r\\nX: y"', 2),
        ('[http]\noutput = "output"', 2),
        ('[http]\noutput = "/a~2"', 2),
        ("[http]\nrequest = '{'", 2),
        ('[http]\nrequest = \'{"text": "x"}\'', 2),
        ("[http]\nrequest = {input = 2026-11-24, x = '$input'}", 2),
        ("[http]\nrequest = {input = nan, x = '$input'}", 2),
        (f"[http]\nrequest = ['$input', '{'x' * 5000}']", 2),
        ('[ui]\npath = "https://evil.example"', 2),
        ('name = "Ring\\u0000kas"', 1),
        ('summary = "\\u001b[2Jbersih"', 1),
        ('[card]\nlimits = "\\u202eterbalik"', 2),
        ('[http]\nrequest = \'{"a": "\\u0000", "b": "$input"}\'', 2),
        ('[http]\nrequest = \'{"a": "\\ud800", "b": "$input"}\'', 2),
        ('[http.request]\nx = "$input"\ny = "\\u0000"', 1),
    ],
)
def test_values_out_of_range(text: str, line: int) -> None:
    refusal = refused(text)
    assert (refusal.rule, refusal.line) == (ManifestRule.VALUE, line)
    assert refusal.message.id.startswith(f"prototype.toml baris {line}: ")


def test_ui_needs_a_path() -> None:
    assert refused("[ui]\n").rule == ManifestRule.TYPE


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"name = ", ManifestRule.SYNTAX),
        (b"name = 'a'\nname = 'b'", ManifestRule.SYNTAX),
        (b"x = " + b"[" * 5000, ManifestRule.SYNTAX),
        ("name = 'x'".encode("utf-16"), ManifestRule.ENCODING),
        ("name = 'x'".encode("utf-16-le"), ManifestRule.ENCODING),
        (b"name = '\xff'", ManifestRule.ENCODING),
        (b"#" * 70_000, ManifestRule.TOO_LARGE),
    ],
)
def test_what_is_no_manifest(data: bytes, rule: ManifestRule) -> None:
    assert refused(data).rule == rule


@given(st.binary(max_size=150) | st.text("nameckitr =[]{}'\"\n$.-19#", max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(read_manifest(data), Manifest)
