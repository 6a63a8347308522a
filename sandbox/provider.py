"""The contract of an engine: what a provider must do, and what each of its failures means.

A provider turns sources into images and runs images beside a grader. It is synchronous and thread-safe: every verb may
be called from several threads at once, and blocks until its work has ended or its deadline has passed. No verb waits
without a deadline.

Life cycle:  provider = X(...)   →   warm()   →   build() / evaluate() / generate() ...   →   close()

- What the team's program does wrong comes back as a value (`Build.status`, `Run.status`, `CaseResult.failure`).
- What our side does wrong is raised (`sandbox.errors`); the caller may try again, here or elsewhere.
- Whatever ends a call (success, failure, exception, cancel), no container, volume or process of it is left behind. A
  provider that was killed leaves labelled containers; `sweep()` of the next one removes those whose owner is gone.

`sandbox.conformance` holds the checks that every provider must pass; the Docker provider and the fake both run them.
"""

import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from typing import Protocol as Interface

from sandbox.endings import Ending
from sandbox.git import Fetched, GitLimits, Wanted
from sandbox.images.store import ImageStore
from sandbox.limits import Limits
from sandbox.model import Build, Case, CaseResult, CaseSet, Finding, Report
from sandbox.pages import Drawing, PageLimits
from sandbox.tasks import Task
from sandbox.tryout import Tried

LogSink = Callable[[bytes], None]
"""Receives log bytes as they come; called from a thread of the provider, must not block for long, must not raise."""


@dataclass(slots=True)
class Cancel:
    """Set by the caller to end a verb early; the verb then raises `errors.Cancelled` after cleaning up."""

    event: threading.Event = field(default_factory=threading.Event)

    def set(self) -> None:
        self.event.set()

    @property
    def is_set(self) -> bool:
        return self.event.is_set()


@dataclass(frozen=True, slots=True)
class Job:
    """One task with the cases to run. `visible` (public set): log, answers and messages may be shown to the team.

    `beside`: its cases are not scored (`sandbox.qualities`). It has what its task's time left over, and whatever ends
    it, our own failures too, ends it alone.
    """

    task: Task
    case_set: CaseSet
    cases: tuple[Case, ...]
    beside: bool = False

    @property
    def visible(self) -> bool:
        return self.case_set is CaseSet.PUBLIC


@dataclass(frozen=True, slots=True)
class Watch:
    """Callbacks of a running evaluation; each is called from a thread of the provider and must return quickly.

    `on_stage(name)` at `starting`, `ready`, `job:<n>` (0-based), `done`; `on_case(n, result)` after each case of job n;
    `on_log(bytes)` with output of the prototype that the team may see.
    """

    on_stage: Callable[[str], None] = lambda stage: None
    on_case: Callable[[int, CaseResult], None] = lambda job, result: None
    on_log: LogSink = lambda data: None


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What this host runs prototypes with; stored with each score. `cores` are those that each prototype gets one of,
    empty where they are not pinned.
    """

    provider: str
    engine: str
    runtime: str
    cgroup: str
    host_class: str
    grader: str
    cores: str = ""


class TryOut(Interface):
    """A prototype that runs for one person. A context manager: leaving it is `close()`. Safe to use from several
    threads; calls are put one after the other.
    """

    @property
    def ended(self) -> Ending | None:
        """Why it runs no more; None while it does: it crashed, printed too much, or its time is over."""

    @property
    def seconds(self) -> float:
        """How long it took to be ready."""

    def call(self, task: Task, given: Mapping[str, Any]) -> Tried:
        """Put one input to it, as an evaluation does. What is wrong with the answer is a value."""

    def dial(self) -> socket.socket | None:
        """A connection to its port, for its own page; None where it takes none. The caller closes it."""

    def close(self) -> None:
        """End it; nothing of it is left behind. A second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Provider(Interface):
    """An engine. See the module's docstring for the rules that hold for every verb."""

    @property
    def image_store(self) -> ImageStore:
        """The images that this engine holds. Nothing is asked of it yet."""

    def facts(self) -> EngineFacts:
        """Describe the host. Raises EngineUnavailable."""

    def circumstances(self) -> Mapping[str, str]:
        """What the proof of this host's walls depends on: boot, engine, runtime, profile, our own code. With any other
        it says nothing. Raises EngineUnavailable, ImageMissing.
        """

    def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        """Try each wall from inside, now; see `sandbox.proof`, which keeps the outcome. An engine that promises no
        walls finds none. Raises EngineUnavailable, ImageMissing, GraderFailed, Cancelled.
        """

    def warm(self, tasks: Sequence[Task] = ()) -> None:
        """Make ready what an evaluation of these tasks together would otherwise wait for: graders, with the packages
        that the tasks ask for. Raises EngineUnavailable, ImageMissing, MirrorUnavailable where those packages cannot
        be had, TaskInvalid where they are the reason, GraderFailed.
        """

    def build(
        self, archive: Path, *, limits: Limits, label: str, on_log: LogSink = ..., cancel: Cancel | None = None
    ) -> Build:
        """Turn a source (a zip or tar.gz file, or a folder) into an image.

        The source is checked and vetted first; what breaks a rule is `REFUSED` with the entry or line and the rule. An
        image of the same source, kit and base on this host is used again (`cached`). `label` names the owner of what is
        made, for sweeping and collection.
        Raises EngineUnavailable, ImageMissing, MirrorUnavailable, Cancelled.
        """

    def evaluate(
        self,
        image: str,
        jobs: Sequence[Job],
        *,
        limits: Limits,
        label: str,
        fresh: bool = False,
        watch: Watch = ...,
        cancel: Cancel | None = None,
    ) -> Report:
        """Start one prototype from `image` and run `jobs` against it in order.

        All jobs meet the same running prototype. When it ends early, the jobs not finished get the status of the end
        and the cases they finished. `limits.run.total_seconds` bounds everything from the prototype's start.
        `fresh` asks for a grader nobody used. Jobs with public cases come first: what a prototype shows after it saw
        hidden ones would give them away. Jobs `beside` the scored ones come last.
        Raises EngineUnavailable, ImageMissing, MirrorUnavailable (for packages of the tasks), GraderFailed,
        TaskInvalid, Cancelled; ValueError for another order of jobs, for none, or for one without cases.
        """

    def try_out(
        self,
        image: str,
        *,
        limits: Limits,
        seconds: float,
        label: str,
        cancel: Cancel | None = None,
    ) -> TryOut:
        """Start one prototype from `image` for somebody to try, behind the same walls as in an evaluation.

        Returns when it is ready, or has ended before (`TryOut.ended`); once ready it runs for `seconds` at most. Where
        cores are short, evaluations have them first.
        Raises EngineUnavailable, ImageMissing, GraderFailed, Cancelled.
        """

    def generate(self, task: Task, case_set: CaseSet, seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        """Make the hidden cases of `task` from a seed (32 bytes) by running the task's generator inside the sandbox.

        The same task version, set and seed give the same cases on every host. Raises TaskInvalid, EngineUnavailable,
        Cancelled.
        """

    def vary(self, task: Task, cases: Sequence[Case], seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        """The cases in other words, each under its id: by the task's `vary.py` inside the sandbox, else by
        `sandbox.grader.variation`. The same cases and seed give the same on every host.

        Raises TaskInvalid, EngineUnavailable, Cancelled.
        """

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        """Draw the pages of a PDF as PNG files in the folder `into`, each whole and small.

        What is wrong with the document (locked, broken, too many pages, too heavy) is a value, with a message for
        whoever made it; then what is in `into` counts for nothing. Raises EngineUnavailable, ImageMissing, Cancelled.
        """

    def fetch_commit(
        self,
        wanted: Wanted,
        into: Path,
        *,
        hosts: Sequence[str],
        limits: GitLimits,
        label: str,
        cancel: Cancel | None = None,
    ) -> Fetched:
        """Write the files of a commit to `into` as a tar.gz, exactly as they were committed.

        Only `hosts` (lower case) are asked, over https, without name or password. What is wrong with the repository,
        its host or the commit is a value, with a message for whoever asked; then `into` counts for nothing.
        Raises EngineUnavailable, ImageMissing, Cancelled.
        """

    def remove_image(self, image: str) -> None:
        """Forget an image; unknown ones are fine, one that a prototype runs from stays. Raises EngineUnavailable."""

    def sweep(self) -> int:
        """Remove what dead owners left behind; returns how many containers went."""

    def close(self) -> None:
        """End graders and clients. Further calls raise EngineUnavailable."""
