"""One claim from archive to score: build, run, store; and back to the queue where our side fails.

Every write is fenced by the claim. What the team's program does wrong is stored with the score; what our side does
wrong is an exception: counted, told to the organizer, tried again, never charged.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

import structlog

from hackathon import store as database
from hackathon.evaluations import qualities, results, store
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.encoding import clean_text
from hackathon.evaluations.errors import ImageAway, ImageLost, StaleLease
from hackathon.evaluations.giving_up import AWAY_TRIES, PACKAGE_TRIES, without_package
from hackathon.evaluations.hidden import HiddenCases
from hackathon.evaluations.leases import Held, Leases
from hackathon.evaluations.model import Claim, ClaimedEvaluation, pause_after
from hackathon.evaluations.reporting import Reporter
from hackathon.evaluations.results import Circumstances, Work
from hackathon.evaluations.sweep import give_back
from hackathon.images import Housekeeper
from hackathon.objects import Objects
from sandbox.errors import Cancelled, PackageUnavailable
from sandbox.model import Build, Case, CaseSet, Status
from sandbox.provider import EngineFacts, Job, Provider
from sandbox.qualities import prepare_probe
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
        house: Housekeeper,
    ) -> None:
        self._provider = provider
        self._objects = objects
        self._catalog = catalog
        self._hidden = hidden
        self._leases = leases
        self._executor = executor
        self._host = host
        self._house = house

    async def process(self, claim: Claim) -> Exception | None:
        """Evaluate a claim. Returns what went wrong on our side, after putting the claim back into the queue, else
        None.
        """
        held = self._leases.add(claim)
        log = _log.bind(submission=str(claim.submission_id), attempt=claim.attempt)
        try:
            async with Reporter(held, self._objects, claim.log_key) as reporter:
                await self._evaluate(held, reporter)
        except StaleLease:
            log.warning("evaluation.dropped")
        except Exception as error:
            if held.lost:
                log.warning("evaluation.dropped", error=repr(error))
            elif held.handed_back:
                log.info("evaluation.handed_back")
                await self._return(claim, "the worker ended", count=False)
            else:
                log.exception("evaluation.failed", host=self._host.name)
                reason = clean_text(f"{type(error).__name__}: {error}")[:REASON_LETTERS]
                await self._return(claim, reason, count=True)
                return error
        finally:
            self._leases.drop(held)
        return None

    async def _evaluate(self, held: Held, reporter: Reporter) -> None:
        claim, timings = held.claim, _Timings()
        limits = claim.evaluations[0].plan.limits
        build, charge = await self._image(held, reporter, timings)
        if reporter.log_size == 0:
            reporter.feed(build.log)
        if build.status is not Status.OK or build.image is None:
            await reporter.flush_log()
            await results.store_failed_build(claim, build, self._circumstances(timings), charge=charge)
            self._leases.drop(held)
            return
        # Noted while the prototype starts; where that fails nothing of the result is stored.
        noted = asyncio.create_task(results.store_build(claim, build))
        try:
            with timings.stage("cases"):
                works = [work for evaluation in claim.evaluations for work in await self._works(held, evaluation)]
                prepare = partial(prepare_probe, self._provider, cancel=held.cancel)
                probes = await self._call(held, qualities.probes_of, works, prepare)
            jobs = [work.job for work in works] + [probe.job for probe in probes.values()]
            with timings.stage("evaluate"):
                report = await self._call(
                    held,
                    self._provider.evaluate,
                    build.image,
                    jobs,
                    limits=limits,
                    label=claim.label,
                    fresh=claim.final,
                    watch=reporter.expect([(work.evaluation.fence, work.job) for work in works]),
                    cancel=held.cancel,
                )
        finally:
            await asyncio.gather(noted, return_exceptions=True)
        noted.result()
        results.check(jobs, report)
        with timings.stage("score"):
            scores, _ = await asyncio.gather(self._in_thread(results.score, works, report.runs), reporter.flush_log())
            measured = await self._in_thread(qualities.measured, works, report.runs, probes)
        timings.seconds |= {f"engine.{name}": seconds for name, seconds in report.timings.items()}
        await results.store_report(claim, works, report, scores, measured, build.image, self._circumstances(timings))
        self._leases.drop(held)

    async def _image(self, held: Held, reporter: Reporter, timings: _Timings) -> tuple[Build, bool]:
        """What to run, and whether it costs an attempt where there is no image."""
        claim = held.claim
        with timings.stage("saved"):
            build = await self._house.saved.ready(claim.submission_id)
        if build is not None:
            return build, True
        if claim.final:
            return await self._judged_image(held, reporter, timings), False
        try:
            return await self._build(held, reporter, timings), True
        except PackageUnavailable as error:
            if claim.failures + 1 < PACKAGE_TRIES:
                raise
            return without_package(error), False

    async def _judged_image(self, held: Held, reporter: Reporter, timings: _Timings) -> Build:
        """The image that the board's cases ran from: what judges score is that program and no other.

        Only one that stays away is made again. Raises ImageAway, ImageLost, and what building raises.
        """
        claim = held.claim
        judged = await self._house.saved.scored(claim.submission_id)
        if judged is None:
            return await self._build(held, reporter, timings)
        build = await self._house.saved.here(judged)
        if build is not None:
            return build
        if claim.failures + 1 < AWAY_TRIES:
            raise ImageAway(judged)
        build = await self._build(held, reporter, timings)
        if build.image is None:
            raise ImageLost(judged, build.message.en)
        if build.image != judged:
            _log.warning("evaluation.other_image", submission=str(claim.submission_id), judged=judged, now=build.image)
        return build

    async def _build(self, held: Held, reporter: Reporter, timings: _Timings) -> Build:
        """Source to image. Raises NoRoom where the disk was full meanwhile: then a build that failed says nothing."""
        claim, began = held.claim, time.monotonic()
        async with self._objects.scratch() as folder:
            archive = folder / "source"
            with timings.stage("fetch"):
                await self._objects.fetch(claim.object_key, archive)
            with timings.stage("build"):
                build = await self._call(
                    held,
                    self._provider.build,
                    archive,
                    limits=claim.evaluations[0].plan.limits,
                    label=claim.label,
                    on_log=reporter.feed,
                    cancel=held.cancel,
                )
        if build.status is Status.BUILD_FAILED:
            self._house.room.check_since(began)
        return build

    def _circumstances(self, timings: _Timings) -> Circumstances:
        return Circumstances(self._host.facts, timings.seconds)

    async def _works(self, held: Held, evaluation: ClaimedEvaluation) -> list[Work]:
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
            works.append(Work(evaluation, planned, Job(task, plan.case_set, cases)))
        return works

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
