"""What an evaluation gave, put into rows: every transaction here begins with holding the claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hackathon import outbox
from hackathon import store as database
from hackathon.evaluations import store
from hackathon.evaluations.errors import TaskBroken
from hackathon.evaluations.model import Claim, ClaimedEvaluation, PlannedTask, Score, overall_status
from hackathon.model import SYSTEM
from sandbox.errors import GraderFailed
from sandbox.model import Build, Failure, Report, Run, Status, Text
from sandbox.provider import EngineFacts, Job
from sandbox.qualities import Productivity, Qualities
from sandbox.scoring import AutomatedScore, score_runs


@dataclass(frozen=True, slots=True)
class Work:
    """One job of the prototype, and the evaluation it counts for."""

    evaluation: ClaimedEvaluation
    planned: PlannedTask
    job: Job


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is stored with each result besides the result. `timings` are seconds by stage."""

    engine: EngineFacts
    timings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured beside the score: by the position of a work, and over all tasks by evaluation."""

    runs: Mapping[int, Qualities] = field(default_factory=dict)
    evaluations: Mapping[UUID, Productivity] = field(default_factory=dict)


def check(jobs: Sequence[Job], report: Report) -> None:
    """Raise GraderFailed or TaskBroken where the report says nothing about the prototype."""
    if [(job.task.slug, job.case_set) for job in jobs] != [(run.task, run.case_set) for run in report.runs]:
        raise GraderFailed("the report's runs are not those of the jobs")
    for job, run in zip(jobs, report.runs, strict=True):
        for case in () if job.beside else run.cases:
            if case.failure is Failure.TASK_ERROR:
                raise TaskBroken(run.task, case.case_id)


def score(works: Sequence[Work], runs: Sequence[Run]) -> tuple[AutomatedScore, ...]:
    """The score of each evaluation, in their order; the interval's draws are seeded from the evaluation's id.

    `runs` are those of the works; what comes behind them is not scored.
    """
    evaluations = {work.evaluation.id: work.evaluation for work in works}
    return tuple(
        score_runs(
            [
                (work.job.task, run.cases, work.planned.cases)
                for work, run in zip(works, runs, strict=False)
                if work.evaluation.id == evaluation.id
            ],
            evaluation.plan.weights,
            seed=evaluation.id.bytes,
        )
        for evaluation in evaluations.values()
    )


async def store_build(claim: Claim, build: Build) -> None:
    """The image is there; testing begins. Raises StaleLease."""
    async with database.transaction():
        # The disk belongs to the prototype that starts now. A crash that loses this loses nothing that was promised.
        await database.execute("SET LOCAL synchronous_commit = off")
        await store.hold(claim.fences)
        if not claim.final:
            await store.end_build(claim.submission_id, build)
        await store.begin_running(claim.fences)
        await database.notify("submission", claim.submission_id)


async def store_failed_build(claim: Claim, build: Build, circumstances: Circumstances, *, charge: bool = True) -> None:
    """There is no image: all evaluations end with 0. It costs no attempt where it is a refusal, or where not to
    `charge`. Raises StaleLease.
    """
    async with database.transaction():
        await store.hold(claim.fences)
        if claim.final:
            pass  # what it cost its team was settled when it was handed in
        elif build.status is Status.REFUSED or not charge:
            await store.end_build(claim.submission_id, build)
            await store.uncharge(claim.submission_id)
        else:
            await store.end_build(claim.submission_id, build)
            await store.charge(claim.submission_id)
        for evaluation in claim.evaluations:
            nothing = Score(0.0, 0.0, 0.0, {task.slug: 0.0 for task in evaluation.plan.tasks})
            await _finish(claim, evaluation, build.status, build.message, nothing, None, circumstances)
        await database.notify("submission", claim.submission_id)


async def store_report(
    claim: Claim,
    works: Sequence[Work],
    report: Report,
    scores: Sequence[AutomatedScore],
    measured: Measured,
    image: str,
    circumstances: Circumstances,
) -> None:
    """Store runs and scores, and tell of it, in one transaction. Raises StaleLease."""
    async with database.transaction():
        await store.hold(claim.fences)
        if not claim.final:
            await store.charge(claim.submission_id)
        for evaluation, automated in zip(claim.evaluations, scores, strict=True):
            runs = []
            for position, (work, run) in enumerate(zip(works, report.runs, strict=False)):
                if work.evaluation is evaluation:
                    runs.append(run)
                    await store.insert_run(
                        evaluation.fence,
                        run,
                        work.planned,
                        work.job.cases,
                        automated.tasks[work.planned.slug],
                        measured.runs.get(position),
                    )
            status, message = overall_status(tuple(runs))
            tasks = {slug: task.score for slug, task in automated.tasks.items()}
            whole = Score(automated.score, automated.low, automated.high, tasks)
            productivity = measured.evaluations.get(evaluation.id)
            await _finish(claim, evaluation, status, message, whole, image, circumstances, productivity)
        await database.notify("submission", claim.submission_id)


async def _finish(
    claim: Claim,
    evaluation: ClaimedEvaluation,
    status: Status,
    message: Text,
    whole: Score,
    image: str | None,
    circumstances: Circumstances,
    productivity: Productivity | None = None,
) -> None:
    await store.finish(
        evaluation.fence,
        status=status,
        message=message,
        score=whole,
        image=image,
        engine=circumstances.engine,
        timings=circumstances.timings,
        productivity=productivity,
    )
    await outbox.append(
        "evaluation.finished",
        {
            "evaluation": evaluation.id,
            "submission": claim.submission_id,
            "entry": claim.entry_id,
            "team": claim.team_id,
            "track": claim.track_id,
            "case_set": str(evaluation.plan.case_set),
            "status": str(status),
        },
        actor=SYSTEM,
    )
