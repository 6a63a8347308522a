"""Values of the event as bodies of the API. Pure; what a team may not see is left out here and nowhere kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from frontend.api.qualities import productivity_body, qualities_body
from frontend.api.shapes import (
    BasisBody,
    CaseBody,
    CommitBody,
    EntryBody,
    EvaluationBody,
    EventBody,
    JudgesBody,
    LeaderboardBody,
    MetricBody,
    PartBody,
    ReceiptBody,
    RowBody,
    StepBody,
    SubmissionBody,
    SubmissionSummary,
    TaskBody,
    TrackBody,
    UploadBody,
    Words,
)
from frontend.api.telling import task_scores, told_metric, told_moment, told_score
from hackathon.commits import CommitFetch
from hackathon.evaluations import EvaluationProgress, Progress, Step, TaskProgress
from hackathon.events import Event, Track, is_frozen, phase
from hackathon.submissions import Part, Receipt, Submission, Upload
from hackathon.teams import EntryView
from judging.publications import Publication
from judging.results import Basis
from judging.standings import JudgesPart
from sandbox.model import Case, CaseSet, Status, Text

Cases = Mapping[str, Mapping[str, Case]]
"""Public cases by task and id."""

_NONE: Cases = {}


def words(text: Text) -> Words:
    """A text in both languages."""
    return Words(id=text.id, en=text.en)


def event_body(event: Event, now: datetime) -> EventBody:
    """An event as everybody may see it."""
    schedule = event.schedule
    return EventBody(
        slug=event.slug,
        title=words(event.title),
        zone=event.zone,
        phase=phase(schedule, now).value,
        opens_at=schedule.building_opens,
        closes_at=schedule.building_closes,
        seeds={str(case_set): sha256 for case_set, sha256 in event.seeds.items()},
        tracks=[_track(track) for track in event.tracks],
    )


def leaderboard_body(
    event: Event, track: Track, publication: Publication | None, names: Mapping[UUID, tuple[str, str]], now: datetime
) -> LeaderboardBody:
    """A publication with names; an empty board before the first."""
    rows = () if publication is None else publication.rows
    return LeaderboardBody(
        event=event.slug,
        track=track.slug,
        number=0 if publication is None else publication.number,
        published_at=None if publication is None else told_moment(publication.created_at),
        sha256=None if publication is None else publication.sha256,
        frozen=is_frozen(event.schedule, now),
        rows=[
            RowBody(
                place=row.place,
                place_low=row.place_low,
                place_high=row.place_high,
                tie=row.tie,
                team=names.get(row.team_id, ("", ""))[0],
                agency=names.get(row.team_id, ("", ""))[1],
                score=told_score(row.score),
                low=told_score(row.low),
                high=told_score(row.high),
                status=row.status,
                tasks=task_scores(row.tasks),
                submission_number=row.submission_number,
                evaluated_at=told_moment(row.evaluated_at),
                trend=row.trend,
                automated=None if row.automated is None else told_score(row.automated),
                judges=_judges(row.judges),
                fourfold=row.fourfold and event.rules.fourfold,
            )
            for row in rows
        ],
        basis=None if publication is None else _basis(publication.basis),
        final=publication is not None and publication.final,
    )


def _judges(given: JudgesPart | None) -> JudgesBody | None:
    return None if given is None else JudgesBody(given.value, given.low, given.high, given.scorecards)


def _basis(basis: Basis | None) -> BasisBody | None:
    return None if basis is None else BasisBody(basis.share, basis.method.value, basis.filler)


def entry_body(entry: EntryView, event: Event, closes_at: datetime, now: datetime) -> EntryBody:
    """An entry as its team sees it."""
    return EntryBody(
        id=entry.id,
        event=entry.event_slug,
        track=entry.track_slug,
        team=entry.team_name,
        phase=phase(event.schedule, now).value,
        closes_at=closes_at,
        chosen_submission=entry.chosen_submission_id,
    )


def upload_body(upload: Upload) -> UploadBody:
    """An upload and what is missing of it."""
    return UploadBody(
        id=upload.id,
        entry=upload.entry_id,
        state=upload.state.value,
        size=upload.size,
        sha256=upload.sha256,
        part_bytes=upload.part_bytes,
        registered_at=upload.registered_at,
        parts=[part_body(part) for part in upload.parts],
        missing=list(upload.missing),
        same_as=upload.same_as,
    )


def part_body(part: Part) -> PartBody:
    """A stored part."""
    return PartBody(part.number, part.size, part.sha256)


def commit_body(fetch: CommitFetch, receipt: ReceiptBody | None = None) -> CommitBody:
    """A commit that was asked for, and how far it is."""
    return CommitBody(
        id=fetch.id,
        entry=fetch.entry_id,
        repository=fetch.repository,
        asked=fetch.revision,
        commit=fetch.commit,
        state=fetch.state.value,
        registered_at=fetch.asked_at,
        failures=fetch.failures,
        message=None if fetch.message is None else words(fetch.message),
        receipt=receipt,
    )


def receipt_body(receipt: Receipt, entry: EntryView) -> ReceiptBody:
    """The receipt, with the names that people know the entry by."""
    return ReceiptBody(
        submission=receipt.submission_id,
        entry=receipt.entry_id,
        event=entry.event_slug,
        track=entry.track_slug,
        team=entry.team_name,
        number=receipt.number,
        sha256=receipt.sha256,
        size=receipt.size,
        kit=receipt.kit,
        registered_at=receipt.registered_at,
        received_at=receipt.received_at,
        attempts_used=receipt.attempts.used,
        attempts_allowed=receipt.attempts.allowed,
        attempts_reset_at=receipt.attempts.resets_at,
    )


def summary_body(submission: Submission) -> SubmissionSummary:
    """A submission in a list."""
    return SubmissionSummary(
        id=submission.id,
        number=submission.number,
        filename=submission.filename,
        sha256=submission.sha256,
        size=submission.size,
        kit=submission.kit,
        received_at=submission.received_at,
        charged=submission.charged,
    )


def submission_body(submission: Submission, progress: Progress, cases: Cases = _NONE) -> SubmissionBody:
    """A submission with everything its team may know. `cases` give the public ones their input."""
    status, message = outcome(progress)
    return SubmissionBody(
        id=submission.id,
        entry=submission.entry_id,
        number=submission.number,
        filename=submission.filename,
        sha256=submission.sha256,
        size=submission.size,
        kit=submission.kit,
        received_at=submission.received_at,
        finished=progress.finished,
        charged=progress.charged,
        status=None if status is None else status.value,
        message=None if message is None else words(message),
        steps=[step_body(step) for step in progress.steps],
        place=progress.place,
        waiting=progress.waiting,
        estimate_seconds=progress.estimate_seconds,
        failures_of_ours=progress.failures,
        evaluations=[evaluation_body(evaluation, cases) for evaluation in progress.evaluations],
        now=progress.now,
        repository=submission.repository,
        commit=submission.commit,
    )


def outcome(progress: Progress) -> tuple[Status | None, Text | None]:
    """Status and message of a finished submission: of the first evaluation that ended badly, else of the last one."""
    if not progress.finished:
        return None, None
    ended = progress.evaluations
    bad = next((one for one in ended if one.status is not Status.OK), ended[-1])
    return bad.status, bad.message


def step_body(step: Step) -> StepBody:
    """A step, with times in whole seconds: they tell of hidden runs."""
    return StepBody(
        name=step.name.value,
        title=words(step.title),
        state=step.state.value,
        since=told_moment(step.since),
        until=told_moment(step.until),
        cause=words(step.cause),
    )


def evaluation_body(evaluation: EvaluationProgress, cases: Cases = _NONE) -> EvaluationBody:
    """An evaluation; of hidden cases only counts and rounded figures. `cases` give the public ones their input."""
    told = _exactly if evaluation.case_set is CaseSet.PUBLIC else told_score
    return EvaluationBody(
        case_set=evaluation.case_set.value,
        state=evaluation.state.value,
        status=None if evaluation.status is None else evaluation.status.value,
        message=None if evaluation.message is None else words(evaluation.message),
        score=told(evaluation.score),
        low=told(evaluation.low),
        high=told(evaluation.high),
        finished_at=told_moment(evaluation.finished_at),
        tasks=[_task(task, evaluation.case_set, cases.get(task.task, {})) for task in evaluation.tasks],
        productivity=productivity_body(evaluation.productivity),
    )


def _exactly(score: float | None) -> float | None:
    return score


def _task(task: TaskProgress, case_set: CaseSet, known: Mapping[str, Case]) -> TaskBody:
    public = case_set is CaseSet.PUBLIC
    return TaskBody(
        task=task.task,
        status=None if task.status is None else task.status.value,
        message=None if task.message is None else words(task.message),
        done=task.done,
        total=task.total,
        passed=task.passed,
        score=task.score if public else told_score(task.score),
        metrics={name: _metric(value, exactly=public) for name, value in task.metrics.items()},
        failed={str(failure): count for failure, count in task.failed.items()},
        cases=[_case(case, known.get(case["id"])) for case in task.cases] if public else None,
        qualities=qualities_body(task.qualities),
    )


def _metric(metric: Mapping[str, float], *, exactly: bool) -> MetricBody:
    value, points = metric["value"], metric["points"]
    return MetricBody(value, points) if exactly else MetricBody(told_metric(value), told_score(points))


def _case(case: Mapping[str, Any], known: Case | None) -> CaseBody:
    message = case.get("message")
    return CaseBody(
        id=case["id"],
        passed=case["passed"],
        seconds=case["seconds"],
        metrics={name: value for name, (value, _) in case["metrics"].items()},
        failure=case["failure"],
        message=None if message is None else Words(id=message["id"], en=message["en"]),
        got=case.get("got"),
        input=None if known is None else dict(known.input),
        expected=case.get("expected"),
    )


def _track(track: Track) -> TrackBody:
    return TrackBody(slug=track.slug, title=words(track.title), tasks={task.slug: task.weight for task in track.tasks})
