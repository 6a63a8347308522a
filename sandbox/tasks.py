"""Benchmark tasks: a folder read into one immutable value.

A task folder holds `task.toml`, `input.schema.json`, `output.schema.json`, `public.jsonl`, one or more `test_*.py` with
the helper modules they import, `generate.py` with the `generate_*.py` it imports, and perhaps `vary.py` and
`requirements.txt`. `starter/`, `baseline/` and `controls/` are prototypes for people and for the check of the task;
they do not count towards its hash.
"""

import ast
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from sandbox import toml
from sandbox.errors import TaskInvalid
from sandbox.limits import MIB, RunLimits
from sandbox.model import Aggregate, Case, CaseSet, Direction, Protocol, Text
from sandbox.task_packages import NAME as REQUIREMENTS
from sandbox.task_packages import Package, read_packages

_SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_METRIC = r"^[a-z][a-z0-9_]*$"
_VERSION = r"^\d+\.\d+\.\d+$"
_CASE_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
_MAX_FILE_BYTES = 16 * MIB
_MAX_CASES = 10_000

WORDING = "vary.py"
"""A task's own way to put a case in other words; without it `sandbox.grader.variation` does."""

_APART = ("generate.py", WORDING)
"""Modules that run in a container of their own, never beside a prototype."""

Positive = Annotated[float, msgspec.Meta(gt=0)]
CaseCount = Annotated[int, msgspec.Meta(ge=1, le=_MAX_CASES)]


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured number of a task and how it becomes points: 0 at `floor`, 100 at `target` (see `sandbox.scoring`).

    `worst` is what a case without an answer counts. `weight` is the share in the task's score, relative to the other
    metrics'; 0: it is shown, and counts for nothing. `aggregate` says how what the cases recorded becomes one value.
    """

    name: str
    title: Text
    direction: Direction
    weight: float
    floor: float
    target: float
    worst: float
    unit: str
    decimals: int
    why: Text
    source: str
    aggregate: Aggregate = Aggregate.MEAN

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return self.weight > 0


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """Seconds a prototype has to start, to answer one case, and for all cases of one set (None: the event's limit)."""

    ready_seconds: float
    case_seconds: float
    total_seconds: float | None = None

    def within(self, run: RunLimits) -> RunLimits:
        """The stricter of the task's and the event's limits."""
        total = run.total_seconds if self.total_seconds is None else min(self.total_seconds, run.total_seconds)
        return RunLimits(
            ready_seconds=min(self.ready_seconds, run.ready_seconds),
            case_seconds=min(self.case_seconds, run.case_seconds),
            total_seconds=total,
        )


@dataclass(frozen=True, slots=True)
class TaskQualities:
    """How the platform measures what is not part of the score (`sandbox.qualities`): the most cases put once more (0:
    none), why they are not put in other words, and the minutes that checking an answer takes.
    """

    sample: int = 8
    unvaried: Text | None = None
    review_minutes: float | None = None

    def review(self, human_minutes: float) -> float:
        """Minutes of a review: as the task says, else a sixth of the work by hand (`qualities.productivity`)."""
        return human_minutes / 6 if self.review_minutes is None else self.review_minutes


@dataclass(frozen=True, slots=True)
class Task:
    """A benchmark task, complete.

    `cases` says how many board and final cases an event generates. `human_minutes` is what a case takes by hand.
    `baseline` holds the measured metric values of `baseline/` on the public cases. `files` are the grader's (name to
    bytes), `generator` the generator's; `packages` are what the grader must hold for them. `hash` (hex SHA-256) covers
    everything that can change a score.
    """

    slug: str
    version: str
    title: Text
    summary: Text
    protocol: Protocol
    input_schema: Mapping[str, Any]
    output_schema: Mapping[str, Any]
    metrics: tuple[Metric, ...]
    limits: TaskLimits
    cases: Mapping[CaseSet, int]
    human_minutes: float
    human_minutes_why: Text
    baseline: Mapping[str, float]
    folder: Path
    files: Mapping[str, bytes]
    generator: Mapping[str, bytes]
    hash: str
    qualities: TaskQualities = field(default_factory=TaskQualities)
    packages: tuple[Package, ...] = ()

    def metric(self, name: str) -> Metric:
        """The metric of that name. Raises KeyError."""
        for metric in self.metrics:
            if metric.name == name:
                return metric
        raise KeyError(name)


class _MetricRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: Annotated[str, msgspec.Meta(pattern=_METRIC)]
    title: Text
    direction: Direction
    weight: Annotated[float, msgspec.Meta(ge=0)]
    floor: float
    target: float
    worst: float
    why: Text
    source: Annotated[str, msgspec.Meta(min_length=1)]
    unit: str = ""
    decimals: Annotated[int, msgspec.Meta(ge=0, le=6)] = 3
    aggregate: Aggregate = Aggregate.MEAN


class _LimitsTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    ready_seconds: Positive
    case_seconds: Positive
    total_seconds: Positive | None = None


class _CasesTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    board: CaseCount
    final: CaseCount


class _QualitiesTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    sample: Annotated[int, msgspec.Meta(ge=0, le=8)] = 8
    unvaried: Text | None = None
    review_minutes: Positive | None = None


class _TaskDocument(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    slug: Annotated[str, msgspec.Meta(pattern=_SLUG, max_length=64)]
    version: Annotated[str, msgspec.Meta(pattern=_VERSION)]
    protocol: Protocol
    human_minutes: Positive
    human_minutes_why: Text
    title: Text
    summary: Text
    limits: _LimitsTable
    cases: _CasesTable
    metrics: Annotated[tuple[_MetricRow, ...], msgspec.Meta(min_length=1)]
    baseline: dict[str, float]
    qualities: _QualitiesTable = _QualitiesTable()


class _CaseLine(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: str
    input: dict[str, Any]
    expected: Any


def load_task(folder: Path) -> Task:
    """Read and check a task folder. Raises TaskInvalid naming the file and, where it can be told, the line."""
    raw = _read(folder / "task.toml")
    try:
        document = toml.decode(raw, _TaskDocument)
    except toml.TomlInvalid as error:
        raise TaskInvalid("task.toml", error.reason, error.line) from error
    _check_metrics(document, raw.decode())
    modules = {path.name: _read(path) for path in sorted(folder.glob("*.py"))}
    generator = {name: data for name, data in modules.items() if name in _APART or name.startswith("generate_")}
    files = {name: data for name, data in modules.items() if name not in generator}
    _check_modules(files, generator)
    schemas = {name: _read(folder / name) for name in ("input.schema.json", "output.schema.json")}
    wanted = {REQUIREMENTS: _read(folder / REQUIREMENTS)} if (folder / REQUIREMENTS).exists() else {}
    public = _read(folder / "public.jsonl")
    parse_cases(public, "public.jsonl")
    return Task(
        slug=document.slug,
        version=document.version,
        title=document.title,
        summary=document.summary,
        protocol=document.protocol,
        input_schema=_schema("input.schema.json", schemas["input.schema.json"]),
        output_schema=_schema("output.schema.json", schemas["output.schema.json"]),
        metrics=tuple(Metric(**msgspec.structs.asdict(row)) for row in document.metrics),
        limits=TaskLimits(**msgspec.structs.asdict(document.limits)),
        cases=MappingProxyType({CaseSet.BOARD: document.cases.board, CaseSet.FINAL: document.cases.final}),
        human_minutes=document.human_minutes,
        human_minutes_why=document.human_minutes_why,
        baseline=MappingProxyType(document.baseline),
        folder=folder,
        files=MappingProxyType(files),
        generator=MappingProxyType(generator),
        hash=_content_hash({"task.toml": raw, "public.jsonl": public, **schemas, **modules, **wanted}),
        qualities=TaskQualities(**msgspec.structs.asdict(document.qualities)),
        packages=read_packages(wanted[REQUIREMENTS]) if wanted else (),
    )


def find_tasks(folder: Path) -> dict[str, Task]:
    """Every task in the sub-folders of `folder`, by slug, sorted. Raises TaskInvalid, also for another folder name."""
    tasks = {}
    for path in sorted(folder.glob("*/task.toml")):
        task = load_task(path.parent)
        if task.slug != path.parent.name:
            raise TaskInvalid(str(path), f"slug `{task.slug}` differs from the folder's name `{path.parent.name}`")
        tasks[task.slug] = task
    return tasks


def load_public_cases(task: Task) -> tuple[Case, ...]:
    """The public cases in the order of the file. Raises TaskInvalid."""
    return parse_cases(_read(task.folder / "public.jsonl"), "public.jsonl")


def parse_cases(data: bytes, path: str) -> tuple[Case, ...]:
    """Read JSON lines `{"id", "input", "expected"}` into cases; blank lines are skipped.

    Raises TaskInvalid (with `path` and line) for bad UTF-8 or JSON, wrong types, unknown or missing keys, bad or
    repeated ids, no case at all or too many.
    """
    decoder = msgspec.json.Decoder(_CaseLine)
    cases: dict[str, Case] = {}
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except UnicodeDecodeError as error:
            raise TaskInvalid(path, "not UTF-8", number) from error
        except (msgspec.DecodeError, RecursionError) as error:
            raise TaskInvalid(path, str(error) or "nested too deeply", number) from error
        if not _CASE_ID.match(row.id):
            raise TaskInvalid(path, f"id {row.id!r}: 1 to 64 letters, digits, `.`, `_`, `-`", number)
        if row.id in cases:
            raise TaskInvalid(path, f"id `{row.id}` is there twice", number)
        if len(cases) >= _MAX_CASES:
            raise TaskInvalid(path, f"more than {_MAX_CASES} cases", number)
        cases[row.id] = Case(id=row.id, input=row.input, expected=row.expected)
    if not cases:
        raise TaskInvalid(path, "holds no case")
    return tuple(cases.values())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise TaskInvalid(path.name, f"larger than {_MAX_FILE_BYTES // MIB} MiB")
        return path.read_bytes()
    except OSError as error:
        raise TaskInvalid(path.name, "is missing or cannot be read") from error


def _check_metrics(document: _TaskDocument, text: str) -> None:
    seen: set[str] = set()
    for position, row in enumerate(document.metrics):

        def refuse(reason: str, key: str, position: int = position) -> TaskInvalid:
            return TaskInvalid("task.toml", reason, toml.line_of(text, ("metrics", position, key)))

        for key in ("weight", "floor", "target", "worst"):
            if not math.isfinite(getattr(row, key)):
                raise refuse(f"`{key}` must be a finite number", key)
        sign = 1 if row.direction is Direction.HIGHER else -1
        if row.name in seen:
            raise refuse(f"metric `{row.name}` is there twice", "name")
        if sign * (row.target - row.floor) <= 0:
            raise refuse(f"metric `{row.name}`: target {row.target} is not better than floor {row.floor}", "target")
        if sign * (row.worst - row.floor) > 0:
            raise refuse(f"metric `{row.name}`: worst {row.worst} is better than floor {row.floor}", "worst")
        if row.aggregate is not Aggregate.MEAN and row.direction is not Direction.LOWER:
            raise refuse(f"metric `{row.name}`: a {row.aggregate.value} is better the lower it is", "direction")
        seen.add(row.name)
    if not any(row.weight for row in document.metrics):
        raise TaskInvalid("task.toml", "no metric has a weight above 0", toml.line_of(text, ("metrics", 0, "weight")))
    if document.baseline.keys() != seen:
        odd = ", ".join(sorted(document.baseline.keys() ^ seen))
        raise TaskInvalid(
            "task.toml", f"[baseline] must name exactly the metrics; look at: {odd}", toml.line_of(text, ("baseline",))
        )


def _check_modules(files: Mapping[str, bytes], generator: Mapping[str, bytes]) -> None:
    trees = {}
    for name, data in {**files, **generator}.items():
        try:
            trees[name] = ast.parse(data, filename=name)
        except SyntaxError as error:
            raise TaskInvalid(name, error.msg, error.lineno) from error
        except ValueError as error:
            raise TaskInvalid(name, str(error)) from error
    if not any(name.startswith("test_") and _functions(trees[name], "test_") for name in files):
        there = next((name for name in files if name.startswith("test_")), "test_*.py")
        raise TaskInvalid(there, "no function `test_...(prototype, case, record)` in the folder")
    if "generate.py" not in generator:
        raise TaskInvalid("generate.py", "is missing or cannot be read")
    if WORDING in generator and "vary" not in _functions(trees[WORDING], "vary"):
        raise TaskInvalid(WORDING, "has no function `vary(case_input, expected, rng)`")
    if "generate" not in _functions(trees["generate.py"], "generate"):
        raise TaskInvalid("generate.py", "has no function `generate(seed, count)`")


def _functions(tree: ast.Module, prefix: str) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith(prefix)}


def _schema(path: str, data: bytes) -> Mapping[str, Any]:
    try:
        return MappingProxyType(msgspec.json.decode(data, type=dict[str, Any]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad_json(path, data, error) from error


def _bad_json(path: str, data: bytes, error: Exception) -> TaskInvalid:
    """With the line, which only the parser of the standard library tells."""
    try:
        json.loads(data)
    except json.JSONDecodeError as found:
        return TaskInvalid(path, found.msg, found.lineno)
    except UnicodeDecodeError as found:
        return TaskInvalid(path, "not UTF-8", data[: found.start].count(b"\n") + 1)
    except RecursionError:
        return TaskInvalid(path, "nested too deeply")
    return TaskInvalid(path, str(error), 1)


def _content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over name and length-prefixed content of each file, sorted by name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()
