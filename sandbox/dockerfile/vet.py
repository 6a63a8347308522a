"""What a team's Dockerfile may say, and what of it is written otherwise for the engine.

`FROM` and `COPY --from` may name a base of this host or an own stage; names of official images are replaced by the
base they mean, so that the engine
never looks for a registry. `ADD` becomes `COPY`: the engine itself would fetch URLs, whatever the network mode, and
unpack archives without a limit.
"""

import difflib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NoReturn

from sandbox.bases.recipes import BASES, BaseRecipe, resolve
from sandbox.dockerfile.growth import MOST, Growth
from sandbox.dockerfile.parse import NAME, Dockerfile, Instruction, parse
from sandbox.limits import KIB, BuildLimits
from sandbox.model import Text
from sandbox.refusal import printable, refuse

KEYWORDS = frozenset(
    {
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"),
        *("MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)
_OUR_LABELS = "gelanggang"
_STAGE_NAME = re.compile(r"[a-z][a-z0-9._-]*")
_STAGE_NUMBER = re.compile(r"[0-9]{1,3}")
_VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::([-+])([^}$]*))?\})")
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst))$", re.IGNORECASE)
_VERSIONED = re.compile(r":[0-9.]+$")
_COPY_FLAGS = frozenset({"--from", "--chown"})


class DockerfileRule(StrEnum):
    """Every reason to refuse what a Dockerfile says."""

    NO_FROM = "dockerfile_no_from"
    BASE = "dockerfile_base"
    UNKNOWN_INSTRUCTION = "dockerfile_unknown_instruction"
    STEPS = "dockerfile_steps"
    SYNTAX_DIRECTIVE = "dockerfile_syntax_directive"
    FLAG = "dockerfile_flag"
    ADD = "dockerfile_add"
    ONBUILD = "dockerfile_onbuild"
    VOLUME = "dockerfile_volume"
    LABEL = "dockerfile_label"
    NO_COMMAND = "dockerfile_no_command"
    STAGE = "dockerfile_stage"
    GROWTH = "dockerfile_growth"


@dataclass(frozen=True, slots=True)
class Vetted:
    """A Dockerfile that may be built.

    `text` is what the engine gets, `steps` its instructions in order (with the lines of the team's file), `bases`
    every base it stands
    on, `base` the one under its last stage, `notes` what was written otherwise.
    """

    text: str
    steps: tuple[Instruction, ...]
    base: BaseRecipe
    bases: tuple[BaseRecipe, ...]
    notes: tuple[Text, ...]

    @property
    def runs(self) -> bool:
        """Whether a step of it runs a program."""
        return any(step.keyword == "RUN" for step in self.steps)


@dataclass(slots=True)
class _Stage:
    name: str | None
    base: BaseRecipe
    has_command: bool


def vet(data: bytes, limits: BuildLimits) -> Vetted:
    """Check a Dockerfile and write it for the engine. Raises Refused with the line and what to write instead."""
    return _Vetting(parse(data), limits).run()


class _Vetting:
    def __init__(self, dockerfile: Dockerfile, limits: BuildLimits) -> None:
        self._dockerfile = dockerfile
        self._limits = limits
        self._stages: list[_Stage] = []
        self._arguments: dict[str, str] = {}
        self._bases: dict[str, BaseRecipe] = {}
        self._notes: list[Text] = []
        self._growth = Growth()

    def run(self) -> Vetted:
        self._check_directive()
        count = len(self._dockerfile.instructions)
        if count > self._limits.steps:
            most = self._limits.steps
            _refuse(
                DockerfileRule.STEPS,
                self._dockerfile.instructions[most].line,
                f"Dockerfile memuat {count} langkah; batasnya {most}. Gabungkan beberapa RUN dengan &&",
                f"the Dockerfile has {count} steps; the limit is {most}. Join RUN steps with &&",
            )
        steps = tuple(self._step(instruction) for instruction in self._dockerfile.instructions)
        if not self._stages:
            self._refuse_no_from()
        last = self._stages[-1]
        if not last.has_command:
            _refuse(
                DockerfileRule.NO_COMMAND,
                steps[-1].line,
                'tidak ada CMD atau ENTRYPOINT, jadi tidak ada yang dijalankan. Tambahkan misalnya CMD ["python3", '
                '"server.py"]',
                'there is no CMD or ENTRYPOINT, so nothing would run. Add for instance CMD ["python3", "server.py"]',
            )
        text = replace(self._dockerfile, instructions=steps).text
        return Vetted(text, steps, last.base, tuple(self._bases.values()), tuple(self._notes))

    def _check_directive(self) -> None:
        if "syntax" in self._dockerfile.directives:
            _, line = self._dockerfile.directives["syntax"]
            _refuse(
                DockerfileRule.SYNTAX_DIRECTIVE,
                line,
                "“# syntax=” meminta pembaca Dockerfile dari internet. Hapus baris ini",
                "“# syntax=” asks for a Dockerfile frontend from the internet. Remove this line",
            )

    def _refuse_no_from(self) -> NoReturn:
        refuse(
            DockerfileRule.NO_FROM,
            f"Dockerfile tidak punya FROM. Mulailah dengan salah satu: {_offered()}.",
            f"The Dockerfile has no FROM. Start with one of: {_offered()}.",
            entry=NAME,
        )

    def _step(self, step: Instruction) -> Instruction:
        keyword = step.keyword
        if keyword not in KEYWORDS:
            near = difflib.get_close_matches(keyword, sorted(KEYWORDS), 1)
            id_hint, en_hint = (
                (f". Mungkin maksudnya {near[0]}", f". Perhaps {near[0]} was meant") if near else ("", "")
            )
            shown = printable(keyword)
            _refuse(
                DockerfileRule.UNKNOWN_INSTRUCTION,
                step.line,
                f"“{shown}” bukan instruksi Dockerfile{id_hint}",
                f"“{shown}” is no Dockerfile instruction{en_hint}",
            )
        if not self._growth.fits(step):
            _refuse(
                DockerfileRule.GROWTH,
                step.line,
                f"nilai variabel membuat instruksi ini lebih dari {MOST // KIB} KiB. Pakai nilai yang lebih pendek",
                f"the values of its variables make this instruction longer than {MOST // KIB} KiB. Use shorter values",
            )
        if keyword == "FROM":
            return self._from(step)
        if not self._stages:
            if keyword != "ARG":
                self._refuse_no_from()
            self._learn_argument(step)
            return step
        if keyword in ("CMD", "ENTRYPOINT"):
            self._stages[-1].has_command = True
        elif keyword in ("COPY", "ADD"):
            return self._copy(step)
        elif keyword == "RUN":
            self._check_run(step)
        elif keyword in ("ONBUILD", "VOLUME"):
            self._refuse_keyword(step)
        elif keyword == "LABEL" and _OUR_LABELS in step.arguments.lower():
            _refuse(
                DockerfileRule.LABEL,
                step.line,
                f"label “{_OUR_LABELS}” dipakai oleh sistem ini. Pakai nama label lain",
                f"labels named “{_OUR_LABELS}” belong to this system. Use another name",
            )
        return step

    def _refuse_keyword(self, step: Instruction) -> NoReturn:
        if step.keyword == "VOLUME":
            _refuse(
                DockerfileRule.VOLUME,
                step.line,
                "VOLUME ditolak: prototipe hanya boleh menulis ke /tmp. Hapus baris ini",
                "VOLUME is refused: a prototype may write to /tmp only. Remove this line",
            )
        _refuse(
            DockerfileRule.ONBUILD,
            step.line,
            "ONBUILD ditolak. Tulis instruksinya langsung, tanpa ONBUILD",
            "ONBUILD is refused. Write the instruction itself, without ONBUILD",
        )

    def _learn_argument(self, step: Instruction) -> None:
        for word in step.words():
            name, equals, value = word.partition("=")
            if equals:
                self._arguments[name] = self._expand(value.strip("\"'"), step)

    def _expand(self, text: str, step: Instruction) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1] or found[2]
            known = self._arguments.get(name, "")
            if found[3] == "+":
                return found[4] if known else ""
            if not known and found[3] != "-":
                _refuse(
                    DockerfileRule.BASE,
                    step.line,
                    f"variabel {name} tidak punya nilai. Tulis nilainya, misalnya ARG {name}=... sebelum FROM",
                    f"the variable {name} has no value. Give it one, such as ARG {name}=... before FROM",
                )
            return known or found[4]

        return _VARIABLE.sub(value, text)

    def _from(self, step: Instruction) -> Instruction:
        words = step.words()
        named = len(words) == 3 and words[1].upper() == "AS"
        if len(words) != 1 and not named:
            _refuse(
                DockerfileRule.STAGE,
                step.line,
                "tulis FROM NAMA atau FROM NAMA AS TAHAP",
                "write FROM NAME or FROM NAME AS STAGE",
            )
        name = words[2].lower() if named else None
        if name is not None and (not _STAGE_NAME.fullmatch(name) or any(stage.name == name for stage in self._stages)):
            shown = printable(name)
            _refuse(
                DockerfileRule.STAGE,
                step.line,
                f"nama tahap “{shown}” tidak sah atau dipakai dua kali. Pakai huruf kecil dan angka, masing-masing "
                "sekali",
                f"the stage name “{shown}” is not valid or used twice. Use small letters and digits, each name once",
            )
        wanted = self._expand(words[0], step)
        own = next((stage for stage in self._stages if stage.name and stage.name == wanted.lower()), None)
        if own:
            self._stages.append(_Stage(name, own.base, own.has_command))
            source = str(own.name)
        else:
            base = self._base(wanted, step)
            self._stages.append(_Stage(name, base, has_command=False))
            source = base.latest
        return replace(step, flags=(), arguments=f"{source} AS {name}" if name else source)

    def _base(self, wanted: str, step: Instruction) -> BaseRecipe:
        base = resolve(wanted)
        if base is None:
            shown = printable(wanted)
            _refuse(
                DockerfileRule.BASE,
                step.line,
                f"image “{shown}” tidak tersedia di sini. Pakai salah satu: {_offered()}",
                f"the image “{shown}” is not available here. Use one of: {_offered()}",
            )
        if wanted not in (base.latest, base.repository):
            self._note(step, f"{printable(wanted)} memakai {base.latest}", f"{printable(wanted)} means {base.latest}")
        self._bases[base.name] = base
        return base

    def _note(self, step: Instruction, id: str, en: str) -> None:
        self._notes.append(Text(id=f"Dockerfile baris {step.line}: {id}", en=f"Dockerfile line {step.line}: {en}"))

    def _copy(self, step: Instruction) -> Instruction:
        adds = step.keyword == "ADD"
        allowed = {"--chown"} if adds else _COPY_FLAGS
        for flag in step.flags:
            if flag.partition("=")[0] not in allowed:
                _refuse_flag(step, flag)
        words = step.words()
        if len(words) < 2:
            _refuse(
                DockerfileRule.STAGE,
                step.line,
                f"{step.keyword} butuh asal dan tujuan, misalnya COPY app.py /app/",
                f"{step.keyword} needs a source and a destination, such as COPY app.py /app/",
            )
        if adds:
            return self._add(step, words[:-1])
        source = step.flag("from")
        if source is None:
            return step
        flags = tuple(flag for flag in step.flags if not flag.startswith("--from"))
        return replace(step, flags=(f"--from={self._copy_source(source, step)}", *flags))

    def _copy_source(self, source: str, step: Instruction) -> str:
        earlier = self._stages[:-1]
        # Written anew: the engine must not read another stage out of digits that only begin like this number.
        if _STAGE_NUMBER.fullmatch(source) and int(source) < len(earlier):
            return str(int(source))
        if any(stage.name and stage.name == source.lower() for stage in earlier):
            return source.lower()
        if "$" in source:
            _refuse(
                DockerfileRule.BASE,
                step.line,
                "COPY --from tidak boleh memakai variabel. Tulis nama tahapnya langsung",
                "COPY --from may not use variables. Write the stage's name itself",
            )
        return self._base(source, step).latest

    def _add(self, step: Instruction, sources: list[str]) -> Instruction:
        for source in sources:
            shown = printable(source)
            if "://" in source or source.startswith("git@") or "$" in source:
                _refuse(
                    DockerfileRule.ADD,
                    step.line,
                    f"ADD “{shown}” ditolak: tidak ada unduhan saat build. Sertakan berkasnya di dalam arsip, lalu "
                    "pakai COPY",
                    f"ADD “{shown}” is refused: nothing is downloaded in a build. Put the file into the archive and "
                    "use COPY",
                )
            if _ARCHIVE.search(source):
                _refuse(
                    DockerfileRule.ADD,
                    step.line,
                    f"ADD “{shown}” tidak dibuka otomatis. Pakai COPY, lalu RUN tar xf {shown}",
                    f"ADD “{shown}” is not unpacked by itself. Use COPY, then RUN tar xf {shown}",
                )
        self._note(step, "ADD dibaca sebagai COPY", "ADD is read as COPY")
        return replace(step, keyword="COPY")

    def _check_run(self, step: Instruction) -> None:
        for flag in step.flags:
            _refuse_flag(step, flag)


def _refuse_flag(step: Instruction, flag: str) -> NoReturn:
    shown = printable(flag)
    name = flag.partition("=")[0]
    instead = {
        "--mount": ("tulis RUN tanpa --mount", "write RUN without --mount"),
        "--chmod": ("pakai RUN chmod setelahnya", "use RUN chmod after it"),
        "--checksum": ("hapus --checksum", "remove --checksum"),
    }.get(name, (f"hapus {name}", f"remove {name}"))
    _refuse(
        DockerfileRule.FLAG,
        step.line,
        f"{step.keyword} {shown} tidak didukung: {instead[0]}",
        f"{step.keyword} {shown} is not supported: {instead[1]}",
    )


def _offered() -> str:
    """The bases, each with the most telling official name."""
    return ", ".join(_introduced(base) for base in BASES)


def _introduced(base: BaseRecipe) -> str:
    official = [alias for alias in base.aliases if _VERSIONED.search(alias)]
    return f"{base.repository} ({max(official, key=len)})" if official else base.repository


def _refuse(rule: DockerfileRule, line: int, id: str, en: str) -> NoReturn:
    refuse(rule, f"Dockerfile baris {line}: {id}.", f"Dockerfile line {line}: {en}.", entry=NAME, line=line)
