"""Where cases of the corpus are played: the real provider, a task with hidden cases, and what must hold for all."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sandbox.conformance import Bench
from sandbox.docker import DockerProvider
from sandbox.limits import Limits
from sandbox.model import Build, Case, CaseResult, CaseSet, Report, Run, Status, Text
from sandbox.provider import Job, Watch
from sandbox.tasks import Task
from tests.docker.hostile.case import Change, Hostile, Outcome
from tests.docker.proof.removing import changed

SECRET = "RAHASIA-5512"
"""Stands in every hidden case, and must never be seen again."""

TEST = """
def test_a(prototype, case, record):
    right = prototype(case.input).get("y") == case.expected
    record("same", float(right))
    assert right, "y berbeda"
"""
PUBLIC = tuple(Case(f"p{x}", {"x": x}, x * x + 7) for x in range(3))
BOARD = tuple(Case(f"h{x}", {"x": x, "rahasia": SECRET}, x * x + 7) for x in range(100, 105))


@dataclass
class Seen:
    """What came of a submission."""

    build: Build
    report: Report | None = None
    told: list[CaseResult] = field(default_factory=list)
    logged: list[bytes] = field(default_factory=list)

    @property
    def public(self) -> Run:
        assert self.report is not None, self.build
        return self.report.runs[0]

    @property
    def board(self) -> Run:
        assert self.report is not None, self.build
        return self.report.runs[1]

    @property
    def score(self) -> float:
        """The share of hidden cases that counted as right; 0 where nothing ran."""
        if self.report is None:
            return 0.0
        return sum(case.metrics["same"].value for case in self.board.cases if "same" in case.metrics) / len(BOARD)

    @property
    def saw(self) -> str:
        """What the program told of itself in the public cases."""
        return " | ".join(str(case.got["saw"]) for case in self.public.cases if case.got and "saw" in case.got)

    @property
    def messages(self) -> Iterator[Text]:
        """Every sentence that somebody may be shown."""
        yield self.build.message
        for run in self.report.runs if self.report else ():
            yield run.message
            yield from (case.message for case in run.cases if case.message is not None)


@dataclass
class Stage:
    """Plays submissions on one provider; images go when the stage goes."""

    provider: DockerProvider
    bench: Bench
    task: Task
    images: set[str] = field(default_factory=set)
    _played: dict[Any, Seen] = field(default_factory=dict)

    def seen(self, case: Hostile, limits: Limits, change: Change | None = None) -> Seen:
        """What comes of a case; several cases that hand in one source look at one evaluation of it."""
        key = (tuple(case.files.items()), case.archive, limits, change)
        if key not in self._played:
            self._played[key] = self.play(case, limits, change)
        return self._played[key]

    def play(self, case: Hostile, limits: Limits, change: Change | None = None) -> Seen:
        """Build and evaluate, as a worker does; with other limits or another container where told."""
        with ExitStack() as stack:
            path = Path(stack.enter_context(TemporaryDirectory(prefix="gelanggang-hostile-"))) / "karya"
            write(path, case)
            build = self.provider.build(path, limits=limits, label="hostile")
            seen = Seen(build)
            if build.image is not None:
                self.images.add(build.image)
                if change is not None:
                    stack.enter_context(changed("prototype_config", change))
                self._evaluate(build.image, limits, seen)
        self.bench.expect_nothing_left()
        return seen

    def _evaluate(self, image: str, limits: Limits, seen: Seen) -> None:
        jobs = [Job(self.task, CaseSet.PUBLIC, PUBLIC), Job(self.task, CaseSet.BOARD, BOARD)]
        watch = Watch(on_case=lambda job, result: seen.told.append(result), on_log=seen.logged.append)
        seen.report = self.provider.evaluate(image, jobs, limits=limits, label="hostile", watch=watch)


@contextmanager
def stage(provider: DockerProvider, folder: Path, leftovers: Callable[[], int]) -> Iterator[Stage]:
    """A stage on this provider."""
    bench = Bench(provider, folder, leftovers)
    made = Stage(provider, bench, bench.task(TEST))
    try:
        yield made
    finally:
        for image in made.images:
            provider.remove_image(image)


def write(path: Path, case: Hostile) -> None:
    """Put a case's source where it can be handed in."""
    if case.archive is not None:
        path.write_bytes(case.archive())
        return
    for name, content in case.files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def expect(outcome: Outcome, seen: Seen) -> None:
    """Fail where a submission came to something else."""
    shown = (seen.build.message, seen.report and seen.report.runs, seen.report and seen.report.log[-2000:])
    assert seen.build.status is outcome.build, shown
    log = seen.build.log
    if outcome.build is Status.OK:
        assert seen.report is not None
        log += seen.report.log
        assert seen.public.status is outcome.status, shown
        assert seen.board.status is (outcome.board or outcome.status), shown
        assert outcome.words in seen.public.message.id, shown
        assert outcome.saw in seen.saw, shown
        if outcome.failures is not None:
            first = seen.public.cases[: len(outcome.failures)]
            assert tuple(case.failure for case in first) == outcome.failures, shown
    else:
        assert seen.report is None
        assert outcome.words in seen.build.message.id, shown
    assert outcome.log in log.decode(errors="replace"), shown
    assert outcome.score is None or abs(seen.score - outcome.score) < 1e-9, (seen.score, shown)


def expect_always(seen: Seen, limits: Limits) -> None:
    """What no submission may do, whatever it is."""
    assert SECRET not in f"{seen.report!r}{seen.told!r}{seen.logged!r}", "a hidden case was told"
    for text in seen.messages:
        # A message is a sentence of ours in both languages: no line of it can pose as another, nothing in it steers.
        assert text.id.isprintable(), text
        assert text.en.isprintable(), text
        assert text.id != text.en, text
        assert len(text.id) < 1000, text
    assert len(seen.build.log) <= limits.build.log_bytes + 1000
    if seen.report is not None:
        assert len(seen.report.log) <= limits.prototype.log_bytes
        assert b"".join(seen.logged) == seen.report.log
        assert all(case.got is None and case.message is None for case in seen.board.cases)
        assert not [case for run in seen.report.runs for case in run.cases if case.failure == "task_error"]


def loosened(case: Hostile) -> Limits:
    """The limits of a case's control."""
    return case.loose or case.limits
