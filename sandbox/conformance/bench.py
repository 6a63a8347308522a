"""The bench a check works on: a provider, a folder for samples, tight limits, and a count of what is left behind."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox.conformance import samples
from sandbox.limits import MIB, Limits, PrototypeLimits, RunLimits
from sandbox.model import Build, Case, CaseSet, Report, Run
from sandbox.provider import Cancel, Job, Provider, Watch
from sandbox.tasks import Task, load_task

LABEL = "conformance"
_SETTLE_SECONDS = 15.0
_SETTLE_STEP = 0.02


class ConformanceFailed(AssertionError):
    """A provider does not keep the contract."""


def expect(holds: object, seen: object) -> None:
    """Raise ConformanceFailed with `seen` unless `holds`."""
    if not holds:
        raise ConformanceFailed(str(seen))


@dataclass
class Bench:
    """`leftovers()` counts prototypes, builds and other work of the provider that still exist; warm graders not."""

    provider: Provider
    folder: Path
    leftovers: Callable[[], int]
    limits: Limits = field(
        default_factory=lambda: Limits(
            prototype=PrototypeLimits(memory_bytes=192 * MIB, tmp_bytes=32 * MIB, log_bytes=256 * 1024),
            run=RunLimits(ready_seconds=20.0, case_seconds=5.0, total_seconds=60.0),
        )
    )
    _names: "itertools.count[int]" = field(default_factory=itertools.count)

    def task(self, test: str = samples.ECHO_TEST, generate: str = samples.GENERATE, slug: str = "gema") -> Task:
        """A task written into a new folder and loaded."""
        return load_task(samples.write_task(self._new_folder() / slug, slug, test, generate))

    def source(self, files: dict[str, str]) -> Path:
        """A folder with these files."""
        folder = self._new_folder()
        for name, text in files.items():
            (folder / name).write_text(text)
        return folder

    def build(self, files: dict[str, str], cancel: Cancel | None = None) -> Build:
        """Build a folder with these files."""
        return self.provider.build(self.source(files), limits=self.limits, label=LABEL, cancel=cancel)

    def image(self, app: str) -> str:
        """The image of a python-kit prototype."""
        build = self.build({"app.py": app})
        expect(build.image is not None, build)
        return str(build.image)

    def evaluate(
        self,
        image: str,
        *jobs: Job,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
        run: RunLimits | None = None,
        fresh: bool = False,
    ) -> Report:
        """Evaluate with the bench's limits, or other times."""
        limits = self.limits if run is None else replace(self.limits, run=run)
        return self.provider.evaluate(
            image, jobs, limits=limits, label=LABEL, watch=watch or Watch(), cancel=cancel, fresh=fresh
        )

    def run(self, app: str, cases: Sequence[Case] | None = None, run: RunLimits | None = None) -> tuple[Run, bytes]:
        """The only run of an evaluation of `app` on public cases, and the log."""
        job = Job(self.task(), CaseSet.PUBLIC, tuple(cases) if cases is not None else samples.cases(10))
        report = self.evaluate(self.image(app), job, run=run)
        return report.runs[0], report.log

    def expect_nothing_left(self) -> None:
        """Teardown is off the way of a report, so it may take a moment."""
        end = time.monotonic() + _SETTLE_SECONDS
        while self.leftovers() and time.monotonic() < end:
            time.sleep(_SETTLE_STEP)
        expect(self.leftovers() == 0, f"{self.leftovers()} left behind")

    def _new_folder(self) -> Path:
        folder = self.folder / str(next(self._names))
        folder.mkdir()
        return folder
