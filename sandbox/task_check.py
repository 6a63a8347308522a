"""The proof of a benchmark task: what it declares is measured, by the engine that an event uses.

A task is sound when perfect answers earn 100 and doing nothing earns 0, when right answers to other questions earn
little, when what is right stays right in other words, when every metric moves with its own cause, when two runs agree,
and when its hidden cases are new.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema

from sandbox.aggregates import odd_groups
from sandbox.errors import TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Case, CaseResult, CaseSet, Protocol, Status, Text
from sandbox.provider import Cancel, Job, Provider
from sandbox.qualities import case_seed
from sandbox.scoring import TaskScore, score_task
from sandbox.task_nearness import nearest
from sandbox.task_probes import FAULTS, Known, known_answers, shuffled_answers, write_probe
from sandbox.task_words import load_words
from sandbox.tasks import WORDING, Task, load_public_cases, load_task

PUBLIC_CASES = 30
SEEDS = 3
"""How many seeds are tried for every hidden set."""

DOING_NOTHING = 5.0
SHUFFLED = 50.0
"""Points that constant, echo (empty: none) and right answers to other questions may earn at most."""

VARIED = 99.0
"""Points that perfect answers must still earn in other words."""

MOVES = 10.0
"""Points that a metric must lose to its planted cause."""

_SAME = 0.001
_LABEL = "task-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a stable name, whether it holds, what was found, and where to mend it."""

    check: str
    passed: bool
    message: Text
    path: str | None = None
    line: int | None = None


def check_task(
    folder: Path,
    provider: Provider,
    *,
    on_finding: Callable[[Finding], None] = lambda finding: None,
    cancel: Cancel | None = None,
) -> tuple[Finding, ...]:
    """Look at everything a task promises; takes a minute on the real engine. `on_finding` is told each as it comes.

    A broken task is a finding, never an exception. Raises EngineUnavailable, ImageMissing, GraderFailed, Cancelled.
    """
    findings = []
    for finding in _findings(folder, provider, cancel):
        findings.append(finding)
        on_finding(finding)
    return tuple(findings)


def _findings(folder: Path, provider: Provider, cancel: Cancel | None) -> Iterator[Finding]:
    try:
        task = load_task(folder)
        public = load_public_cases(task)
        load_words(task)
    except TaskInvalid as error:
        yield Finding("load", False, Text(error.reason, error.reason), error.path, error.line)
        return
    told = f"{task.slug} {task.version}, {len(public)}"
    yield Finding("load", True, Text(f"{told} kasus publik", f"{told} public cases"), "task.toml")
    yield from _public(task, public)
    yield from _hidden(task, public, provider, cancel)
    if task.protocol is not Protocol.INVOCATIONS:
        yield _failed("probes", "hanya protokol invocations yang diperiksa", "only invocations can be checked")
        return
    with tempfile.TemporaryDirectory(prefix="gelanggang-task-check-") as room:
        yield from _Bench(task, public, provider, cancel, Path(room)).findings()


def _public(task: Task, public: tuple[Case, ...]) -> Iterator[Finding]:
    there = len(public)
    told = Text(f"{there} kasus publik, paling sedikit {PUBLIC_CASES}", f"{there} cases, at least {PUBLIC_CASES}")
    yield Finding("public-cases", there >= PUBLIC_CASES, told, "public.jsonl")
    twins = len(public) - len({repr(case.input) for case in public})
    yield Finding(
        "public-twins",
        not twins,
        Text(f"{twins} masukan kembar", f"{twins} inputs are there twice"),
        "public.jsonl",
    )
    yield _schemas("public-schema", task, public, "public.jsonl")


def _schemas(name: str, task: Task, cases: tuple[Case, ...], path: str) -> Finding:
    """Every input fits the input schema, every expected value, as the perfect answer, the output schema; likewise the
    answers to earlier turns, which stand in `giliran` of the expected value.
    """
    try:
        wanted = [
            (schema, jsonschema.validators.validator_for(schema)(schema), part)
            for schema, part in ((dict(task.input_schema), "input"), (dict(task.output_schema), "expected"))
        ]
        for schema, validator, _ in wanted:
            validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return _failed(name, error.message, error.message, path="*.schema.json")
    for line, case in enumerate(cases, start=1):
        for _, validator, part in wanted:
            for place, value in _parts(case, part):
                broken = jsonschema.exceptions.best_match(validator.iter_errors(value))
                if broken is not None:
                    reason = f"{case.id}: {place}{broken.json_path.removeprefix('$')}: {broken.message[:200]}"
                    return _failed(name, reason, reason, path=path, line=line if path == "public.jsonl" else None)
    told = f"{len(cases)}"
    return Finding(name, True, Text(f"{told} kasus sesuai skema", f"{told} cases fit the schemas"), path)


def _parts(case: Case, part: str) -> Iterator[tuple[str, Any]]:
    """What a schema holds of a case: the input, or the answers to all its turns."""
    value = getattr(case, part)
    yield part, value
    if part == "expected" and isinstance(value, Mapping) and isinstance(value.get("giliran"), list):
        for at, answer in enumerate(value["giliran"]):
            yield f"{part}.giliran[{at}]", answer


def _hidden(task: Task, public: tuple[Case, ...], provider: Provider, cancel: Cancel | None) -> Iterator[Finding]:
    made: list[tuple[Case, ...]] = []
    try:
        for case_set in (CaseSet.BOARD, CaseSet.FINAL):
            for number in range(SEEDS):
                made.append(provider.generate(task, case_set, _seed(number), cancel=cancel))
                if len(made[-1]) != task.cases[case_set]:
                    told = f"{case_set.value}: {len(made[-1])} != {task.cases[case_set]}"
                    yield _failed("generator-count", told, told, path="generate.py")
                    return
        # Providers remember the cases of a task by its hash; under another one the generator runs again.
        twin = replace(task, hash=task.hash[::-1])
        again = provider.generate(twin, CaseSet.BOARD, _seed(0), cancel=cancel)
    except TaskInvalid as error:
        yield Finding("generator", False, Text(error.reason, error.reason), error.path, error.line)
        return
    every = tuple(case for cases in made for case in cases)
    yield Finding(
        "generator",
        again == made[0],
        Text("benih yang sama harus memberi kasus yang sama", "the same seed must give the same cases"),
        "generate.py",
    )
    yield _schemas("generator-schema", task, every, "generate.py")
    # Sets of one seed may share their beginning; different seeds must not.
    board = [{repr(case.input) for case in cases} for cases in made[:SEEDS]]
    shared = sum(len(cases) for cases in board) - len(set().union(*board))
    yield Finding(
        "generator-seeds",
        not shared,
        Text(f"{shared} masukan sama pada benih berbeda", f"{shared} inputs come up under different seeds"),
        "generate.py",
    )
    near = nearest(every, public)
    told = f"{near.hidden} ~ {near.public}: {near.index:.2f}" if near else ""
    yield Finding(
        "hidden-is-new",
        near is None,
        Text(
            told or f"{len(every)} kasus tersembunyi tidak mirip kasus publik",
            told or f"none of {len(every)} hidden cases is near a public one",
        ),
        "generate.py",
    )


def _seed(number: int) -> bytes:
    return bytes([number + 1]) * 32


def _failed(name: str, id: str, en: str, *, path: str | None = None, line: int | None = None) -> Finding:
    return Finding(name, False, Text(id, en), path, line)


@dataclass(frozen=True, slots=True)
class _Measured:
    status: Status
    message: Text
    score: TaskScore
    cases: tuple[CaseResult, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        return {name: metric.value for name, metric in self.score.metrics.items()}


@dataclass(frozen=True, slots=True)
class _Bench:
    """Builds and runs the task's prototypes and the probes against its public cases."""

    task: Task
    public: tuple[Case, ...]
    provider: Provider
    cancel: Cancel | None
    room: Path

    def findings(self) -> Iterator[Finding]:
        perfect = self._measure(self._probe("perfect", known_answers(self.public)))
        # A metric that is shown and not counted is full marks too.
        full = min([perfect.score.score, *(metric.points for metric in perfect.score.metrics.values())])
        yield self._told("perfect", perfect, full >= 100 - _SAME, "public.jsonl")
        yield from self._groups(perfect)
        shuffled = self._measure(self._probe("shuffled", shuffled_answers(self.public)))
        yield self._told("shuffled", shuffled, shuffled.score.score <= SHUFFLED, "test_*.py")
        yield self._varied()
        yield from self._controls()
        yield from self._causes(perfect)
        yield from self._baseline()
        starter = self._measure(self.task.folder / "starter")
        yield self._told("starter", starter, starter.status is Status.OK, "starter/")

    def _groups(self, perfect: _Measured) -> Iterator[Finding]:
        for metric in self.task.metrics:
            odd = odd_groups(metric, perfect.cases)
            if odd is not None:
                yield _failed(f"groups-{metric.name}", odd, odd, path="test_*.py")

    def _varied(self) -> Finding:
        """What is right stays right in other words (`sandbox.qualities`)."""
        if self.task.qualities.unvaried is not None:
            return Finding("varied", True, self.task.qualities.unvaried, "task.toml")
        try:
            seed = case_seed(self.task, self.public)
            varied = self.provider.vary(self.task, self.public, seed, cancel=self.cancel)
        except TaskInvalid as error:
            return Finding("varied", False, Text(error.reason, error.reason), error.path, error.line)
        others = sum(one.input != other.input for one, other in zip(self.public, varied, strict=True))
        if not others:
            told = Text("tidak ada kalimat yang dapat ditulis lain", "there is no sentence to put in other words")
            return Finding("varied", True, told, "public.jsonl")
        perfect = self._measure(self._probe("varied", known_answers(varied)), varied)
        told = Text(f"{others} kasus ditulis lain: ", f"{others} cases in other words: ")
        found = self._told("varied", perfect, perfect.score.score >= VARIED, WORDING)
        return replace(found, message=Text(told.id + found.message.id, told.en + found.message.en))

    def _controls(self) -> Iterator[Finding]:
        for name, most in (("empty", 0.0), ("constant", DOING_NOTHING), ("echo", DOING_NOTHING)):
            measured = self._measure(self.task.folder / "controls" / name)
            well = measured.status is Status.OK and measured.score.score <= most
            yield self._told(f"control-{name}", measured, well, f"controls/{name}/")

    def _causes(self, perfect: _Measured) -> Iterator[Finding]:
        if not (self.task.folder / FAULTS).is_file():
            yield _failed("causes", "tidak ada", "is missing", path=str(FAULTS))
            return
        answers = known_answers(self.public)
        for metric in self.task.metrics:
            measured = self._measure(self._probe(f"fault-{metric.name}", answers, metric.name))
            lost = perfect.score.metrics[metric.name].points - measured.score.metrics[metric.name].points
            well = measured.status is Status.OK and lost >= MOVES
            yield self._told(f"cause-{metric.name}", measured, well, str(FAULTS))

    def _baseline(self) -> Iterator[Finding]:
        one = self._measure(self.task.folder / "baseline")
        other = self._measure(self.task.folder / "baseline")
        alike = all(abs(value - self.task.baseline[name]) <= _SAME for name, value in one.values.items())
        yield self._told("baseline", one, one.status is Status.OK and alike, "task.toml [baseline]")
        yield self._told("two-runs", other, other.score == one.score, "test_*.py")

    def _probe(self, name: str, known: Known, fault: str = "") -> Path:
        return write_probe(self.room / name, known, self.task.folder / FAULTS, fault)

    def _measure(self, source: Path, cases: tuple[Case, ...] = ()) -> _Measured:
        limits = replace(Limits(), run=self.task.limits.within(Limits().run))
        if not source.is_dir():
            missing = f"{source.name}/ is missing"
            return _Measured(Status.REFUSED, Text(missing, missing), score_task(self.task, [], len(self.public)))
        build = self.provider.build(source, limits=limits, label=_LABEL, cancel=self.cancel)
        if build.image is None:
            return _Measured(build.status, build.message, score_task(self.task, [], len(self.public)))
        job = Job(self.task, CaseSet.PUBLIC, cases or self.public)
        try:
            report = self.provider.evaluate(build.image, [job], limits=limits, label=_LABEL, cancel=self.cancel)
        finally:
            # An image that was there before belongs to somebody else.
            if not build.cached:
                self.provider.remove_image(build.image)
        run = report.runs[0]
        return _Measured(run.status, run.message, score_task(self.task, run.cases, len(self.public)), run.cases)

    def _told(self, name: str, measured: _Measured, passed: bool, path: str) -> Finding:
        values: Mapping[str, Any] = measured.values
        told = f"{measured.score.score:.1f} ({', '.join(f'{key} {value:.3f}' for key, value in values.items())})"
        if measured.status is not Status.OK:
            told = f"{measured.status.value}: {measured.message.en}"
        return Finding(name, passed, Text(told, told), path)
