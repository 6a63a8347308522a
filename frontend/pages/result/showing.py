"""A submission's page as its templates are filled, and as streams send it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.live import Face, Rendered, Topic
from frontend.pages.frame import milliseconds
from frontend.pages.outcomes import OUTCOMES
from frontend.pages.result import log
from frontend.pages.result.advice import BY_STATUS
from frontend.pages.result.cases import A_FEW, CaseTable, draw_cases
from frontend.pages.result.changes import draw_changes
from frontend.pages.result.choice import draw_choice
from frontend.pages.result.pipeline import draw_pipeline, ended_badly, moment_exact
from frontend.pages.result.reading import ResultReader, Seen
from frontend.pages.result.scores import draw_result
from frontend.rendering import render
from hackathon import evaluations
from hackathon.errors import NotFound
from hackathon.submissions import Submission
from sandbox.model import CaseSet


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at it: language, zone, and what they asked to see of the cases. `organizer`: choosing is
    never over.
    """

    language: Language
    zone: ZoneInfo
    only_failed: bool = False
    page: int = 1
    organizer: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended badly: a word, what happened, and what to do."""

    icon: str
    word: str
    message: str
    advice: str


def fill(seen: Seen, look: Look) -> dict[str, Any]:
    """What the moving part of the page is filled with."""
    standing, language = seen.standing, look.language
    progress, submission = standing.progress, standing.submission
    pipeline = draw_pipeline(progress, look.zone, language)
    tables = _tables(seen, look)
    return {
        "id": str(submission.id),
        "entry": standing.entry,
        "number": submission.number,
        # Organizers look on: the page for handing in is the team's.
        "open": standing.open and not look.organizer,
        "version": standing.version,
        "pipeline": pipeline,
        "zone": look.zone,
        "ages": [milliseconds(node.since) if node.since else 0 for node in pipeline.nodes],
        "outcome": _outcome(seen, language),
        "result": draw_result(progress, seen.difference, seen.tasks, seen.titles, language),
        "tables": tables,
        "few": A_FEW,
        "anchors": [row.anchor for table in tables for row in table.rows],
        "only_failed": look.only_failed,
        "changes": None
        if seen.difference is None or seen.earlier is None
        else draw_changes(seen.difference, str(seen.earlier.submission_id), seen.titles, language),
        "choice": draw_choice(
            standing.versions,
            standing.entry.chosen_submission_id,
            submission.id,
            may_choose=standing.judged is None and (standing.open or look.organizer),
            judged=standing.judged,
            deadline=standing.deadline,
            zone=look.zone,
            language=language,
        ),
        "tail": log.tail(standing.log.data),
        "log_lines": log.count_lines(standing.log.data),
        "log_complete": standing.log.complete,
        "proof": _proof(seen, look),
    }


def _outcome(seen: Seen, language: Language) -> Outcome | None:
    progress = seen.standing.progress
    bad = ended_badly(progress)
    if bad is None:
        return None
    ended = next(one for one in progress.evaluations if one.status is bad)
    shown = OUTCOMES[bad]
    return Outcome(
        icon=shown.icon,
        word=pick(shown.word, language),
        message=pick(ended.message or shown.detail, language),
        advice=pick(BY_STATUS[bad], language),
    )


def _tables(seen: Seen, look: Look) -> tuple[CaseTable, ...]:
    progress = seen.standing.progress
    if not progress.finished:
        return ()
    changes = () if seen.difference is None else seen.difference.cases
    return tuple(
        draw_cases(
            run,
            seen.cases.get(run.task, {}),
            seen.tasks.get(run.task),
            {change.case_id: change for change in changes if change.task == run.task},
            title=pick(seen.titles[run.task], look.language),
            only_failed=look.only_failed,
            page=look.page,
            language=look.language,
        )
        for one in progress.evaluations
        if one.case_set is CaseSet.PUBLIC
        for run in one.tasks
        if run.cases
    )


def _proof(seen: Seen, look: Look) -> list[tuple[str, str]]:
    submission, language = seen.standing.submission, look.language
    hashes = {task.task: task.hash for one in seen.standing.progress.evaluations for task in one.tasks}
    versions = [
        f"{slug} {seen.tasks[slug].version if slug in seen.tasks else ''} ({digest[:12]})".replace("  ", " ")
        for slug, digest in hashes.items()
    ]
    return [
        (say(language, "Berkas"), submission.filename),
        *_origin(submission, language),
        (
            say(language, "Ukuran"),
            say_count(language, "{n} bita", submission.size, formats.whole(submission.size, language)),
        ),
        ("SHA-256", submission.sha256),
        (say(language, "Kit"), submission.kit),
        (say(language, "Didaftarkan"), _exactly(submission.registered_at, look)),
        (say(language, "Diterima"), _exactly(submission.received_at, look)),
        (say(language, "Tugas uji"), ", ".join(versions)),
    ]


def _origin(submission: Submission, language: Language) -> list[tuple[str, str]]:
    """Where it was fetched from, if it was not sent."""
    if submission.repository is None or submission.commit is None:
        return []
    return [(say(language, "Repositori"), submission.repository), (say(language, "Commit"), submission.commit)]


def _exactly(moment: datetime, look: Look) -> str:
    return f"{formats.short_day(moment, look.zone, look.language)}, {moment_exact(moment, look.zone, look.language)}"


class ResultStreams:
    """What streams of submissions send. Who may look is asked elsewhere, before each message."""

    def __init__(self, reader: ResultReader) -> None:
        self._reader = reader

    async def message(self, topic: Topic) -> Rendered | None:
        """A topic's page; None for a submission that is gone."""
        try:
            if topic.face is Face.LOG:
                found = await self._reader.log(topic.subject)
                return _log_message(found, Language(topic.language))
            return await self._page(topic.subject, Look(Language(topic.language), ZoneInfo(topic.zone)))
        except NotFound:
            return None

    async def version(self, topic: Topic) -> str | None:
        """The version of a topic's page."""
        if topic.face is Face.LOG:
            try:
                return log_version(await self._reader.log(topic.subject))
            except NotFound:
                return None
        return await self._reader.version(topic.subject)

    async def _page(self, submission_id: UUID, look: Look) -> Rendered:
        seen = await self._reader.seen(submission_id)
        filled = fill(seen, look)
        return Rendered(seen.standing.version, render("result/message.html", look.language, **filled))


def log_version(found: evaluations.Log) -> str:
    """Of a log's page: it changes with every line."""
    return f"{found.size}-{found.complete:d}"


def _log_message(found: evaluations.Log, language: Language) -> Rendered:
    version, total = log_version(found), log.count_lines(found.data)
    content = render(
        "result/log-message.html", language, version=version, total=total, complete=found.complete, sought=""
    )
    return Rendered(version, content)
