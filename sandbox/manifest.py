"""prototype.toml: what a team says about its prototype. Every key is optional, unknown ones are refused.

name = "Ringkas"                 # at most 80 signs
summary = "Meringkas kebijakan"  # at most 500 signs
kit = "python"                   # or "docker"; else told from the files

[card]                           # at most 4,000 signs each
data_used = "..."
limits = "..."
human_oversight = "..."

[http]                           # for a server that exists already (docker kit)
port = 5000
ready = "/health-check"
call = "/predictions"
request = '{"input": "$input"}'  # JSON, or a TOML table; "$input" and "$task" are replaced
output = "/output"               # JSON pointer (RFC 6901) into the answer

[ui]
path = "/"                       # a web page of its own, opened from the live try-out
"""

import difflib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, NoReturn

import msgspec

from sandbox import toml
from sandbox.limits import KIB
from sandbox.refusal import printable, refuse

NAME = "prototype.toml"
MAX_BYTES = 64 * KIB

_MAX_NAME = 80
_MAX_SUMMARY = 500
_MAX_CARD = 4000
_MAX_PATH = 200
_MAX_REQUEST = 4 * KIB
_MAX_PORT = 65535
_INPUT = "$input"

_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_WRONG_TYPE = re.compile(r"Expected `([^`]+)`, got `([^`]+)`(?: - at `\$\.?([^`]*)`)?")
_WRONG_ENUM = re.compile(r"Invalid enum value '?([^' ]*)'?.*- at `\$\.?([^`]*)`")
_TOO_DOTTED = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){33}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_PATH = re.compile(r"/(?!/)[\x21-\x7e]*")
_POINTER = re.compile(r"(?:/(?:[^/~\x00-\x1f]|~[01])*)*")
_TYPES = {
    "str": ("teks dalam tanda kutip", "text in quotes"),
    "int": ("bilangan bulat", "a whole number"),
    "object": ("tabel", "a table"),
    "bool": ("true atau false", "true or false"),
    "array": ("daftar", "a list"),
    "float": ("bilangan pecahan", "a fraction"),
    "date": ("tanggal", "a date"),
    "datetime": ("tanggal dan jam", "a date and time"),
    "time": ("jam", "a time"),
    "null": ("kosong", "empty"),
}


class Kit(StrEnum):
    """How a source becomes an image."""

    DOCKER = "docker"
    PYTHON = "python"


class ManifestRule(StrEnum):
    """Every reason to refuse a manifest."""

    TOO_LARGE = "manifest_too_large"
    ENCODING = "manifest_encoding"
    SYNTAX = "manifest_syntax"
    UNKNOWN_KEY = "manifest_unknown_key"
    TYPE = "manifest_type"
    VALUE = "manifest_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The prototype card: what an accountable event asks for."""

    data_used: str = ""
    limits: str = ""
    human_oversight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Http:
    """How the prototype is called, where that differs from contract v1. `request` is a JSON template as parsed."""

    port: int | None = None
    ready: str | None = None
    call: str | None = None
    request: Any = None
    output: str | None = None

    def table(self) -> dict[str, Any]:
        """The keys that were given."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ui:
    """The prototype's own web page."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A read manifest; every field at its default where there is no file."""

    name: str = ""
    summary: str = ""
    kit: Kit | None = None
    card: Card = field(default_factory=Card)
    http: Http | None = None
    ui: Ui | None = None


_TABLES: dict[str, type] = {"card": Card, "http": Http, "ui": Ui}


def read_manifest(data: bytes | None) -> Manifest:
    """Read prototype.toml; None where the source has none. Raises Refused with key and line."""
    if data is None:
        return Manifest()
    text = _decode(data)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _SYNTAX_LINE.search(str(error))
        reason = _SYNTAX_LINE.sub("", str(error)).strip()
        _refuse(
            ManifestRule.SYNTAX,
            int(found[1]) if found else None,
            f"bukan TOML yang sah ({reason})",
            f"not valid TOML ({reason})",
        )
    _check_keys(document, text)
    try:
        manifest = msgspec.convert(document, Manifest)
    except msgspec.ValidationError as error:
        _refuse_type(str(error), text)
    return _check_values(manifest, text)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        _refuse(
            ManifestRule.TOO_LARGE,
            None,
            f"lebih besar dari {MAX_BYTES // KIB} KiB",
            f"larger than {MAX_BYTES // KIB} KiB",
        )
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = None if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data[: error.start].count(b"\n") + 1
        _refuse(
            ManifestRule.ENCODING,
            line,
            "bukan teks UTF-8; simpan ulang sebagai UTF-8",
            "not UTF-8 text; save it as UTF-8",
        )
    if "\0" in text:
        _refuse(
            ManifestRule.ENCODING,
            None,
            "bukan teks UTF-8; simpan ulang sebagai UTF-8",
            "not UTF-8 text; save it as UTF-8",
        )
    if found := _TOO_DOTTED.search(text):
        # Each dot is another table inside the last; reading thousands takes a quarter of a minute.
        _refuse(
            ManifestRule.SYNTAX,
            text.count("\n", 0, found.start()) + 1,
            "ada kunci dengan lebih dari 32 titik",
            "there is a key with more than 32 dots",
        )
    return text


def _check_keys(document: dict[str, Any], text: str) -> None:
    _check_known(document, [item.name for item in fields(Manifest)], (), text)
    for name, kind in _TABLES.items():
        table = document.get(name)
        if isinstance(table, dict):
            _check_known(table, [item.name for item in fields(kind)], (name,), text)


def _check_known(table: dict[str, Any], known: list[str], where: tuple[str, ...], text: str) -> None:
    for key in table:
        if key in known:
            continue
        near = difflib.get_close_matches(key.lower(), known, 1)
        elsewhere = [
            name for name, kind in _TABLES.items() if not where and key in {item.name for item in fields(kind)}
        ]
        hint_id, hint_en = f"yang dikenal: {', '.join(known)}", f"known are: {', '.join(known)}"
        if near:
            hint_id, hint_en = f"mungkin maksudnya “{near[0]}”", f"perhaps “{near[0]}” was meant"
        elif elsewhere:
            hint_id, hint_en = f"tulis di bawah [{elsewhere[0]}]", f"write it below [{elsewhere[0]}]"
        shown = printable(".".join((*where, key)))
        _refuse(
            ManifestRule.UNKNOWN_KEY,
            toml.line_of(text, (*where, key)),
            f"kunci “{shown}” tidak dikenal; {hint_id}",
            f"the key “{shown}” is unknown; {hint_en}",
        )


def _refuse_type(message: str, text: str) -> NoReturn:
    if found := _WRONG_TYPE.search(message):
        wanted, got, path = found[1].split(" ")[0], found[2], found[3] or ""
        line = toml.line_of(text, tuple(path.split("."))) if path else None
        wanted_id, wanted_en = _TYPES.get(wanted, (wanted, wanted))
        got_id, got_en = _TYPES.get(got, (got, got))
        _refuse(
            ManifestRule.TYPE,
            line,
            f"“{path}” harus berupa {wanted_id}, bukan {got_id}",
            f"“{path}” must be {wanted_en}, not {got_en}",
        )
    if found := _WRONG_ENUM.search(message):
        kits = ", ".join(f'"{kit.value}"' for kit in Kit)
        _refuse(
            ManifestRule.VALUE,
            toml.line_of(text, (found[2],)),
            f"“{printable(found[1])}” bukan kit; pilih salah satu: {kits}",
            f"“{printable(found[1])}” is no kit; choose one of: {kits}",
        )
    _refuse(ManifestRule.TYPE, None, message, message)


def _check_values(manifest: Manifest, text: str) -> Manifest:
    _check_lengths([("name", manifest.name, _MAX_NAME), ("summary", manifest.summary, _MAX_SUMMARY)], text)
    card = manifest.card
    _check_lengths([(f"card.{item.name}", getattr(card, item.name), _MAX_CARD) for item in fields(card)], text)
    if manifest.ui is not None:
        _check_path("ui.path", manifest.ui.path, text)
    if manifest.http is None:
        return manifest
    return replace(manifest, http=_check_http(manifest.http, text))


def _check_lengths(values: Iterable[tuple[str, str, int]], text: str) -> None:
    for key, value, most in values:
        if len(value) > most:
            _refuse(
                ManifestRule.VALUE,
                toml.line_of(text, tuple(key.split("."))),
                f"“{key}” berisi {len(value)} huruf; batasnya {most}",
                f"“{key}” has {len(value)} signs; the limit is {most}",
            )
        if _CONTROLS.search(value):
            _refuse(
                ManifestRule.VALUE,
                toml.line_of(text, tuple(key.split("."))),
                f"“{key}” memuat tanda yang tidak terlihat; ketik ulang",
                f"“{key}” holds signs that cannot be seen; type it again",
            )


def _check_path(key: str, value: str, text: str) -> None:
    if len(value) > _MAX_PATH or not _PATH.fullmatch(value):
        _refuse(
            ManifestRule.VALUE,
            toml.line_of(text, tuple(key.split("."))),
            f"“{key}” harus alamat yang diawali “/”, tanpa spasi, paling panjang {_MAX_PATH} huruf",
            f"“{key}” must be a path that starts with “/”, without blanks, at most {_MAX_PATH} signs",
        )


def _check_http(http: Http, text: str) -> Http:
    if http.port is not None and not 0 < http.port <= _MAX_PORT:
        _refuse(
            ManifestRule.VALUE,
            toml.line_of(text, ("http", "port")),
            f"“http.port” harus 1 sampai {_MAX_PORT}",
            f"“http.port” must be 1 to {_MAX_PORT}",
        )
    if http.ready is not None:
        _check_path("http.ready", http.ready, text)
    if http.call is not None:
        _check_path("http.call", http.call, text)
    if http.output is not None and (len(http.output) > _MAX_PATH or not _POINTER.fullmatch(http.output)):
        _refuse(
            ManifestRule.VALUE,
            toml.line_of(text, ("http", "output")),
            "“http.output” harus penunjuk JSON seperti “/output” atau “/data/0”",
            "“http.output” must be a JSON pointer such as “/output” or “/data/0”",
        )
    if http.request is None:
        return http
    return replace(http, request=_check_request(http.request, toml.line_of(text, ("http", "request"))))


def _check_request(request: Any, line: int | None) -> Any:
    template = request
    try:
        if isinstance(request, str):
            template = json.loads(request)
        written = json.dumps(template, allow_nan=False)
        # Half a surrogate pair can be written in JSON and sent to nobody.
        json.dumps(template, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):
        _refuse(
            ManifestRule.VALUE,
            line,
            """“http.request” bukan JSON; contoh: request = '{"input": "$input"}'""",
            """“http.request” is not JSON; an example: request = '{"input": "$input"}'""",
        )
    if len(written) > _MAX_REQUEST or f'"{_INPUT}"' not in written or _NUL.search(written):
        _refuse(
            ManifestRule.VALUE,
            line,
            f"“http.request” harus memuat “{_INPUT}” sebagai nilai, dan paling besar {_MAX_REQUEST // KIB} KiB",
            f"“http.request” must hold “{_INPUT}” as a value, and at most {_MAX_REQUEST // KIB} KiB",
        )
    return template


def _refuse(rule: ManifestRule, line: int | None, id: str, en: str) -> NoReturn:
    where_id, where_en = (f"{NAME} baris {line}", f"{NAME} line {line}") if line else (NAME, NAME)
    refuse(
        rule,
        f"{where_id}: {id}. Perbaiki, lalu kirim lagi.",
        f"{where_en}: {en}. Mend it and send it again.",
        entry=NAME,
        line=line,
    )
