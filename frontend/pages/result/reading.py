"""What the pages of a submission need, read and put together once for whoever shows it: a page or a stream."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from frontend.api.telling import told_score
from hackathon import evaluations, events, finals, submissions, teams
from hackathon.errors import NotFound
from hackathon.evaluations import Catalog, Progress, TaskProgress, Version
from hackathon.evaluations.difference import Difference, comparable, compare
from hackathon.events import Event, Track
from hackathon.finals import Judged
from hackathon.objects import Objects
from hackathon.submissions import Submission
from hackathon.teams import EntryView
from sandbox.errors import TaskInvalid
from sandbox.model import Case, CaseSet, Text
from sandbox.tasks import Task

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """What moves about a submission: how far it is, its entry's versions, and whether another may be chosen.
    `judged` is the version that is fixed for the judges.
    """

    submission: Submission
    entry: EntryView
    event: Event
    deadline: datetime
    progress: Progress
    versions: tuple[Version, ...]
    log: evaluations.Log
    judged: Judged | None = None

    @property
    def open(self) -> bool:
        """Whether the team may still choose."""
        return self.progress.now < self.deadline

    @property
    def track(self) -> Track:
        """The track of its entry."""
        return next(track for track in self.event.tracks if track.id == self.entry.track_id)

    @property
    def version(self) -> str:
        """Changes whenever the page would. Made only of what is told: a hash of more could be guessed back."""
        moving = (
            [(step.name, step.state, "" if self.progress.failures else step.cause.id) for step in self.progress.steps],
            (self.progress.place, self.progress.waiting, self.progress.failures, self.progress.next_try_at),
            [
                (one.id, one.state, one.attempt, [_told(task, one.case_set) for task in one.tasks])
                for one in self.progress.evaluations
            ],
            [(one.number, one.state, one.round, told_score(one.score), one.charged) for one in self.versions],
            (self.entry.chosen_submission_id, self.open, self.log.size, self.log.complete),
            None if self.judged is None else self.judged.revision,
        )
        return hashlib.sha256(repr(moving).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of a submission's page. `tasks` are those that this host can read just as they were run."""

    standing: Standing
    earlier: Progress | None
    difference: Difference | None
    titles: Mapping[str, Text]
    tasks: Mapping[str, Task]
    cases: Mapping[str, Mapping[str, Case]]


def _told(task: TaskProgress, case_set: CaseSet) -> tuple[int, int]:
    return task.done, task.passed if case_set is CaseSet.PUBLIC else 0


class ResultReader:
    """Reads submissions for whoever was found to be allowed to see them. `objects` is the store of this process."""

    def __init__(self, catalog: Catalog, objects: Callable[[], Objects]) -> None:
        self._catalog = catalog
        self._objects = objects

    async def standing(self, submission_id: UUID) -> Standing:
        """How far it is. Raises NotFound."""
        submission = await submissions.get_submission(submission_id)
        entry = await teams.get_entry(submission.entry_id)
        event = await events.get_event_by_id(entry.event_id)
        extensions = await events.list_extensions(event.id)
        return Standing(
            submission=submission,
            entry=entry,
            event=event,
            deadline=events.deadline(event.schedule, extensions, entry.standing),
            progress=await evaluations.status_of(submission_id),
            versions=await evaluations.versions_of(entry.id),
            log=await self.log(submission_id),
            judged=await finals.judged(entry.id),
        )

    async def log(self, submission_id: UUID) -> evaluations.Log:
        """The whole log so far. Raises NotFound."""
        return await evaluations.read_log(submission_id, objects=self._objects())

    async def seen(self, submission_id: UUID) -> Seen:
        """Everything. Raises NotFound."""
        standing = await self.standing(submission_id)
        earlier = await self._earlier(standing)
        slugs = list(dict.fromkeys(task.task for one in standing.progress.evaluations for task in one.tasks))
        read = {slug: await self._task(slug) for slug in slugs}
        as_run = {
            task.task: found
            for one in standing.progress.evaluations
            for task in one.tasks
            if (found := read[task.task]) is not None and found.hash == task.hash
        }
        known = {
            task.task: await evaluations.public_cases(self._catalog, task.task, task.hash)
            for one in standing.progress.evaluations
            if one.case_set is CaseSet.PUBLIC and standing.progress.finished
            for task in one.tasks
        }
        return Seen(
            standing=standing,
            earlier=earlier,
            difference=None if earlier is None else compare(earlier, standing.progress, as_run),
            titles={slug: Text(slug, slug) if task is None else task.title for slug, task in read.items()},
            tasks=as_run,
            cases=known,
        )

    async def version(self, submission_id: UUID) -> str | None:
        """The version of a submission's page, without making it; None for one that is gone."""
        try:
            return (await self.standing(submission_id)).version
        except NotFound:
            return None

    async def _earlier(self, standing: Standing) -> Progress | None:
        """The last version before this one that has a result to compare with, once this one has."""
        if not comparable(standing.progress):
            return None
        for version in standing.versions:
            if version.number < standing.submission.number and version.evaluated:
                progress = await evaluations.status_of(version.submission_id)
                if comparable(progress):
                    return progress
        return None

    async def _task(self, slug: str) -> Task | None:
        try:
            return await asyncio.to_thread(self._catalog.get, slug)
        except TaskInvalid:
            _log.warning("task.unreadable", task=slug, exc_info=True)
            return None
