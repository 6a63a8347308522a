"""The syntax of a Dockerfile: directives, continued lines, comments, flags, JSON arguments.

Follows the parser of Docker Engine (moby/buildkit, frontend/dockerfile/parser). Where that parser and others could
read a file differently, it is
refused: what the engine gets is written anew from the instructions found here (`Dockerfile.text`), so it can only see
what was vetted.
"""

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NoReturn

from sandbox.limits import KIB
from sandbox.refusal import printable, refuse

NAME = "Dockerfile"
MAX_BYTES = 128 * KIB
MAX_INSTRUCTION = 60_000
"""Signs of one instruction with its continued lines: the engine reads no line above 64 KiB."""

_DIRECTIVE = re.compile(r"#\s*+([A-Za-z][A-Za-z0-9]*+)\s*+=\s*+(\S.*)$")
_DIRECTIVES = frozenset({"escape", "syntax", "check"})
_FLAG = re.compile(r"--[A-Za-z][A-Za-z-]*(?:=[^\s\"'\\`]*)?(?:\s+|$)")
_HEREDOC = re.compile(r"(?:^|\s)\d*<<-?[\"']?[A-Za-z_]")
_WITH_FLAGS = frozenset({"ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"})
_WITH_HEREDOCS = frozenset({"ADD", "COPY", "RUN"})


class SyntaxRule(StrEnum):
    """Every reason to refuse the form of a Dockerfile."""

    ENCODING = "dockerfile_encoding"
    TOO_LARGE = "dockerfile_too_large"
    SYNTAX = "dockerfile_syntax"
    HEREDOC = "dockerfile_heredoc"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: `keyword` in capitals, `flags` as written (`--from=x`), `arguments` on one line, `line` where
    it starts (from 1)."""

    keyword: str
    flags: tuple[str, ...]
    arguments: str
    line: int

    @property
    def text(self) -> str:
        """The instruction on one line, as the engine gets it."""
        return " ".join((self.keyword, *self.flags, self.arguments)).rstrip()

    def flag(self, name: str) -> str | None:
        """Value of the flag `--name=value`, "" where it has none; None where it is not there."""
        for flag in self.flags:
            key, _, value = flag.partition("=")
            if key == f"--{name}":
                return value
        return None

    def words(self) -> list[str]:
        """The arguments one by one, from the JSON form or split at blanks."""
        if self.arguments.startswith("["):
            try:
                listed = json.loads(self.arguments)
            except (ValueError, RecursionError):
                listed = None
            if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
                return listed
        return self.arguments.split()


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """The instructions in order, and the directives on top (name in lower case to value and line)."""

    instructions: tuple[Instruction, ...]
    directives: dict[str, tuple[str, int]]

    @property
    def escape(self) -> str:
        return self.directives.get("escape", ("\\", 0))[0]

    @property
    def text(self) -> str:
        """The file written anew: one instruction a line, no comments, the escape sign kept."""
        head = "# escape=`\n" if self.escape == "`" else ""
        return head + "".join(f"{instruction.text}\n" for instruction in self.instructions)


def parse(data: bytes) -> Dockerfile:
    """Read a Dockerfile. Raises Refused with the line."""
    found = _parse(_decode(data))
    again = _parse(found.text)
    if [replace(one, line=0) for one in again.instructions] != [replace(one, line=0) for one in found.instructions]:
        # Cannot happen by the rules above; if it does, the engine might read something else than was vetted.
        _syntax("susunannya tidak dapat dibaca dengan pasti", "its form cannot be read for certain", None)
    return found


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        refuse(
            SyntaxRule.TOO_LARGE,
            f"Dockerfile lebih besar dari {MAX_BYTES // KIB} KiB. Pindahkan isi yang panjang ke berkas lain, lalu "
            "pakai COPY.",
            f"The Dockerfile is larger than {MAX_BYTES // KIB} KiB. Move what is long to other files and COPY them.",
            entry=NAME,
        )
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        refuse(
            SyntaxRule.ENCODING,
            f"Dockerfile baris {line}: bukan teks UTF-8. Simpan ulang sebagai UTF-8, lalu kirim lagi.",
            f"Dockerfile line {line}: not UTF-8 text. Save it as UTF-8 and send it again.",
            entry=NAME,
            line=line,
        )


def _parse(text: str) -> Dockerfile:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for number, line in enumerate(lines, start=1):
        if any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in line):
            _syntax("ada karakter kendali yang tidak terlihat", "there are invisible control characters", number)
    directives, start = _read_directives(lines)
    escape = directives.get("escape", ("\\", 0))[0]
    continued = re.compile(re.escape(escape) + r"[ \t]*$")
    doubled = re.compile(re.escape(escape) * 2 + r"[ \t]*$")
    instructions: list[Instruction] = []
    parts: list[str] = []
    first = 0
    for number, line in enumerate(lines[start:], start=start + 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if doubled.search(line):
            _syntax(
                f"baris berakhir dengan “{escape}{escape}”, yang bermakna ganda",
                "a line ends with a doubled escape sign",
                number,
            )
        first = first or number
        more = continued.search(line)
        parts.append(line[: more.start()] if more else line)
        if not more:
            instructions.append(_instruction("".join(parts), first))
            parts, first = [], 0
    if parts:
        instructions.append(_instruction("".join(parts), first))
    return Dockerfile(tuple(instructions), directives)


def _read_directives(lines: list[str]) -> tuple[dict[str, tuple[str, int]], int]:
    directives: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        found = _DIRECTIVE.match(line.strip())
        name = found[1].lower() if found else ""
        if not found or name not in _DIRECTIVES:
            return directives, number - 1
        if name in directives or (name == "escape" and found[2] not in ("\\", "`")):
            _syntax(f"direktif {name} tidak sah", f"the {name} directive is not valid", number)
        directives[name] = (found[2], number)
    return directives, len(lines)


def _instruction(line: str, number: int) -> Instruction:
    keyword, _, rest = line.strip().replace("\t", " ").partition(" ")
    keyword = keyword.upper()
    rest = rest.strip()
    flags: list[str] = []
    while keyword in _WITH_FLAGS and (found := _FLAG.match(rest)):
        flags.append(found[0].rstrip())
        rest = rest[found.end() :]
    if keyword in _WITH_FLAGS and rest.startswith("--"):
        # The engine takes quotes and escape signs out of flags: `--fr\om` would be a `--from` that nobody vetted.
        _syntax(
            "tulis opsi (--...) tanpa tanda kutip dan garis miring terbalik",
            "write flags (--...) without quotes and escape signs",
            number,
        )
    if keyword in _WITH_HEREDOCS and _HEREDOC.search(rest):
        refuse(
            SyntaxRule.HEREDOC,
            f"Baris {number}: heredoc (<<) tidak didukung. Tulis perintahnya dengan && atau simpan sebagai berkas, "
            "lalu pakai COPY.",
            f"Line {number}: heredocs (<<) are not supported. Join the commands with && or put them in a file and "
            "COPY it.",
            entry=NAME,
            line=number,
        )
    if len(line) > MAX_INSTRUCTION:
        _syntax(
            f"instruksi lebih panjang dari {MAX_INSTRUCTION // 1000} ribu huruf; pindahkan isinya ke sebuah berkas",
            f"the instruction is longer than {MAX_INSTRUCTION // 1000} thousand signs; move its content to a file",
            number,
        )
    if not rest:
        shown = printable(keyword)
        _syntax(f"instruksi {shown} tidak punya isi", f"the instruction {shown} has no arguments", number)
    return Instruction(keyword, tuple(flags), rest, number)


def _syntax(id: str, en: str, line: int | None) -> NoReturn:
    where_id, where_en = (f"{NAME} baris {line}", f"{NAME} line {line}") if line else ("Dockerfile", "Dockerfile")
    refuse(
        SyntaxRule.SYNTAX,
        f"{where_id}: {id}. Perbaiki, lalu kirim lagi.",
        f"{where_en}: {en}. Mend it and send it again.",
        entry=NAME,
        line=line,
    )
