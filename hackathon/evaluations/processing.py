"""One claim from archive to score: build, run, store; and back to the queue where our side fails.

Every write is fenced by the claim. What the team's program does wrong is stored with the score; what our side does
wrong is an exception: counted, told to the organizer, tried again, never charged.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

import structlog

from hackathon import outbox
from hackathon import store as database
from hackathon.evaluations import store
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.errors import HandedBack, StaleLease, TaskBroken
from hackathon.evaluations.hidden import HiddenCases
from hackathon.evaluations.leases import Held, Leases
from hackathon.evaluations.model import (
    Claim,
    ClaimedEvaluation,
    PlannedTask,
    Score,
    log_key,
    overall_status,
    pause_after,
)
from hackathon.evaluations.reporting import Reporter
from hackathon.evaluations.sweep import give_back
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from sandbox.errors import Cancelled, GraderFailed
from sandbox.model import Build, Case, CaseSet, Failure, Report, Run, Status, Text
from sandbox.provider import EngineFacts, Job, Provider
from sandbox.scoring import AutomatedScore, score_runs
from sandbox.tasks import Task

_log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

REASON_LETTERS = 500
CLEANUP_SECONDS = 60.0
"""How long the provider may take to clean up after a cancel, before the worker stops to wait for it."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where this worker runs, and with what."""

    name: str
    facts: EngineFacts


@dataclass(frozen=True, slots=True)
class _Work:
    """One job of the prototype, and the evaluation it counts for."""

    evaluation: ClaimedEvaluation
    planned: PlannedTask
    job: Job


@dataclass(slots=True)
class _Timings:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(time.monotonic() - started, 6)


class Processor:
    """Works claims off. One a worker; several claims at once."""

    def __init__(
        self,
        provider: Provider,
        *,
        objects: Objects,
        catalog: Catalog,
        hidden: HiddenCases,
        leases: Leases,
        executor: Executor,
        host: Host,
    ) -> None:
        self._provider = provider
        self._objects = objects
        self._catalog = catalog
        self._hidden = hidden
        self._leases = leases
        self._executor = executor
        self._host = host

    async def process(self, claim: Claim) -> Exception | None:
        """Evaluate a claim. Returns what went wrong on our side, after putting the claim back into the queue, else
        None.
        """
        held = self._leases.add(claim)
        log = _log.bind(submission=str(claim.submission_id), attempt=claim.attempt)
        try:
            async with Reporter(held, self._objects, log_key(claim.submission_id, claim.attempt)) as reporter:
                await self._evaluate(held, reporter)
        except StaleLease:
            log.warning("evaluation.dropped")
        except HandedBack:
            log.info("evaluation.handed_back")
            await self._return(claim, "the worker ended", count=False)
        except Exception as error:
            log.exception("evaluation.failed", host=self._host.name)
            await self._return(claim, f"{type(error).__name__}: {error}"[:REASON_LETTERS], count=True)
            return error
        finally:
            self._leases.drop(held)
        return None

    async def _evaluate(self, held: Held, reporter: Reporter) -> None:
        claim, timings = held.claim, _Timings()
        limits = claim.evaluations[0].plan.limits
        label = f"{claim.submission_id}-{claim.attempt}"
        async with self._objects.scratch() as folder:
            archive = folder / "source"
            with timings.stage("fetch"):
                await self._objects.fetch(claim.object_key, archive)
            with timings.stage("build"):
                build = await self._call(
                    held,
                    self._provider.build,
                    archive,
                    limits=limits,
                    label=label,
                    on_log=reporter.feed,
                    cancel=held.cancel,
                )
        if reporter.log_size == 0:
            reporter.feed(build.log)
        if build.status is not Status.OK or build.image is None:
            await reporter.flush()
            await self._store_failed_build(held, build, timings)
            return
        await self._store_build(held, build)
        with timings.stage("cases"):
            works = [work for evaluation in claim.evaluations for work in await self._works(held, evaluation)]
        with timings.stage("evaluate"):
            report = await self._call(
                held,
                self._provider.evaluate,
                build.image,
                [work.job for work in works],
                limits=limits,
                label=label,
                fresh=any(evaluation.plan.case_set is CaseSet.FINAL for evaluation in claim.evaluations),
                watch=reporter.expect([(work.evaluation.fence, work.job) for work in works]),
                cancel=held.cancel,
            )
        _check(works, report)
        with timings.stage("score"):
            scores = await self._in_thread(_score, works, report.runs)
        with timings.stage("log"):
            await reporter.flush()
        timings.seconds |= {f"engine.{name}": seconds for name, seconds in report.timings.items()}
        await self._store_report(held, works, report, scores, build.image, timings)

    async def _works(self, held: Held, evaluation: ClaimedEvaluation) -> list[_Work]:
        plan = evaluation.plan

        async def generate(task: Task, case_set: CaseSet, seed: bytes) -> tuple[Case, ...]:
            return await self._call(held, self._provider.generate, task, case_set, seed, cancel=held.cancel)

        works = []
        for planned in plan.tasks:
            task = await self._in_thread(self._catalog.planned, planned)
            if plan.case_set is CaseSet.PUBLIC:
                cases = await self._in_thread(self._catalog.public_cases, task)
            else:
                cases = await self._hidden.get(task, planned, plan, held.claim.event_id, generate)
            works.append(_Work(evaluation, planned, Job(task, plan.case_set, cases)))
        return works

    async def _store_build(self, held: Held, build: Build) -> None:
        async with database.transaction():
            await store.hold(held.claim.fences)
            await store.end_build(held.claim.submission_id, build)
            await store.begin_running(held.claim.fences)
            await database.notify("submission", held.claim.submission_id)

    async def _store_failed_build(self, held: Held, build: Build, timings: _Timings) -> None:
        async with database.transaction():
            await store.hold(held.claim.fences)
            await store.end_build(held.claim.submission_id, build)
            if build.status is Status.REFUSED:
                await store.uncharge(held.claim.submission_id)
            for evaluation in held.claim.evaluations:
                nothing = Score(0.0, 0.0, 0.0, {task.slug: 0.0 for task in evaluation.plan.tasks})
                await self._finish(held.claim, evaluation, build.status, build.message, nothing, None, timings)
            await database.notify("submission", held.claim.submission_id)
        self._leases.drop(held)

    async def _store_report(
        self,
        held: Held,
        works: Sequence[_Work],
        report: Report,
        scores: Sequence[AutomatedScore],
        image: str,
        timings: _Timings,
    ) -> None:
        claim = held.claim
        async with database.transaction():
            await store.hold(claim.fences)
            for evaluation, score in zip(claim.evaluations, scores, strict=True):
                runs = []
                for work, run in zip(works, report.runs, strict=True):
                    if work.evaluation is evaluation:
                        runs.append(run)
                        await store.insert_run(
                            evaluation.fence,
                            run,
                            version=work.planned.version,
                            digest=work.planned.hash,
                            expected=work.planned.cases,
                            score=score.tasks[work.planned.slug],
                        )
                status, message = overall_status(tuple(runs))
                tasks = {slug: task.score for slug, task in score.tasks.items()}
                whole = Score(score.score, score.low, score.high, tasks)
                await self._finish(claim, evaluation, status, message, whole, image, timings)
            await database.notify("submission", claim.submission_id)
        self._leases.drop(held)

    async def _finish(
        self,
        claim: Claim,
        evaluation: ClaimedEvaluation,
        status: Status,
        message: Text,
        score: Score,
        image: str | None,
        timings: _Timings,
    ) -> None:
        await store.finish(
            evaluation.fence,
            status=status,
            message=message,
            score=score,
            image=image,
            engine=self._host.facts,
            timings=timings.seconds,
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

    async def _return(self, claim: Claim, reason: str, *, count: bool) -> None:
        """Put the claim back into the queue. Where even that fails the lease runs out, and the sweep does it."""
        try:
            async with database.transaction():
                await store.hold(claim.fences)
                await give_back(
                    claim.team_id,
                    claim.submission_id,
                    claim.fences,
                    reason=reason,
                    host=self._host.name,
                    pause=pause_after(claim.failures + 1 if count else 0),
                    count=count,
                )
        except StaleLease:
            _log.info("evaluation.returned_already", submission=str(claim.submission_id))
        except Exception:
            _log.exception("evaluation.return_failed", submission=str(claim.submission_id))

    async def _call(self, held: Held, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb of the provider in a thread. Raises StaleLease or HandedBack where the work was told to stop."""
        held.check()
        future = asyncio.get_running_loop().run_in_executor(self._executor, partial(verb, *args, **kwargs))
        try:
            return await asyncio.shield(future)
        except Cancelled:
            held.check()
            raise
        except asyncio.CancelledError:
            held.cancel.set()
            await asyncio.wait({future}, timeout=CLEANUP_SECONDS)
            raise

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, partial(function, *args, **kwargs))


def _check(works: Sequence[_Work], report: Report) -> None:
    """Raise where the report says nothing about the prototype."""
    if [(work.job.task.slug, work.job.case_set) for work in works] != [(run.task, run.case_set) for run in report.runs]:
        raise GraderFailed("the report's runs are not those of the jobs")
    for run in report.runs:
        for case in run.cases:
            if case.failure is Failure.TASK_ERROR:
                raise TaskBroken(run.task, case.case_id)


def _score(works: Sequence[_Work], runs: Sequence[Run]) -> tuple[AutomatedScore, ...]:
    """The score of each evaluation, in their order; the interval's draws are seeded from the evaluation's id."""
    evaluations = list(dict.fromkeys(work.evaluation.id for work in works))
    by_id = {work.evaluation.id: work.evaluation for work in works}
    return tuple(
        score_runs(
            [
                (work.job.task, run.cases, work.planned.cases)
                for work, run in zip(works, runs, strict=True)
                if work.evaluation.id == evaluation_id
            ],
            by_id[evaluation_id].plan.weights,
            seed=evaluation_id.bytes,
        )
        for evaluation_id in evaluations
    )
