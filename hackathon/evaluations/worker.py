"""The worker process: wakes up, claims, evaluates, heals; ends in order.

Composition root of everything that evaluates. It needs this package and an engine, nothing of judging or the web.
"""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

import structlog
from procrastinate import App

from hackathon import store as database
from hackathon.commits.fetching import Fetcher
from hackathon.database import open_database
from hackathon.evaluations import store, sweep
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.claiming import QUEUE, claim_next
from hackathon.evaluations.encoding import clean_text
from hackathon.evaluations.hidden import HiddenCases
from hackathon.evaluations.leases import Leases
from hackathon.evaluations.mirror import MirrorWatch
from hackathon.evaluations.model import PROVING, STARTING, WALLS_MISSING, WorkerState
from hackathon.evaluations.processing import Host, Processor
from hackathon.evaluations.queue import POLL_SECONDS, make_app
from hackathon.evaluations.warming import Warming
from hackathon.events import read_seed
from hackathon.images import Housekeeper, NoRoom
from hackathon.images.room import LOOK_SECONDS
from hackathon.keys import load_key
from hackathon.model import SYSTEM
from hackathon.objects import open_objects
from hackathon.pitches.drawing import Drawer
from hackathon.settings import Settings
from hackathon.tryouts.hosting import Host as TryoutHost
from hackathon.tryouts.origin import Origin
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing
from sandbox.model import CaseSet, Finding
from sandbox.proof import proven
from sandbox.provider import Cancel, EngineFacts, Provider

_log = structlog.get_logger(__name__)

DRAIN_SECONDS = 75.0
"""How long a worker that was asked to end lets its evaluations go on; under the 90 seconds that systemd gives."""

SWEEP_SECONDS = 1.0
HOST_SWEEP_SECONDS = 5.0
_ROUNDS_A_CLEANING = 60
_PROBE_SECONDS = 5.0
_WALL_SECONDS = 60.0
"""Until walls that were missing are tried again: an organizer mends them, and trying is work."""

_HAND_BACK_SECONDS = 60.0
SCRATCH_SECONDS = 6 * 3600.0
"""Files on their way that are older than this were left by a process that died."""


class WallsMissing(Exception):
    """This host does not keep in what teams hand in: nothing is evaluated on it. Raised with what is missing."""

    def __init__(self, missing: Sequence[Finding]) -> None:
        super().__init__(WALLS_MISSING + ", ".join(finding.wall for finding in missing))
        self.missing = missing


class Stop:
    """How a worker is asked to end: once, it takes nothing new and finishes; twice, it hands back what it has."""

    def __init__(self) -> None:
        self.draining = asyncio.Event()
        self.at_once = asyncio.Event()

    def request(self) -> None:
        """Ask to end; the second call asks to end at once."""
        (self.at_once if self.draining.is_set() else self.draining).set()

    def on_signals(self) -> None:
        """Let SIGTERM and SIGINT ask. Called in the event loop of the main thread."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.request)


async def run_worker(
    settings: Settings,
    provider: Provider,
    stop: Stop,
    *,
    catalog: Catalog | None = None,
    drain_seconds: float = DRAIN_SECONDS,
) -> None:
    """Evaluate until `stop` asks for the end and what is under way has ended or was handed back.

    The caller owns `provider` and closes it afterwards. The database has been migrated. Raises Unavailable where it
    does not answer at the start; later it is waited for, as the engine is.
    """
    found = await open_database(settings)
    async with database.connected(found.dsn):
        worker = _Worker(settings, provider, stop, catalog or Catalog(settings.benchmarks_dir))
        try:
            await worker.run(found.dsn, drain_seconds=drain_seconds)
        finally:
            worker.executor.shutdown(wait=False, cancel_futures=True)


P = ParamSpec("P")
T = TypeVar("T")


class _Worker:
    def __init__(self, settings: Settings, provider: Provider, stop: Stop, catalog: Catalog) -> None:
        self.id: UUID = uuid4()
        self.slots = settings.worker_slots
        self.packages = settings.packages
        self.provider = provider
        self.stop = stop
        self.catalog = catalog
        self.objects = open_objects(settings)
        self.house = Housekeeper(settings, self.objects, provider.image_store)
        self.leases = Leases(self.id, seconds=settings.lease_seconds)
        self.hidden = HiddenCases(self._read_seed)
        self.secret_file = settings.secret_file
        self.proofs = settings.proofs_dir
        self.mirror = None if settings.mirror_socket is None else MirrorWatch(settings.mirror_socket)
        self.git_hosts = settings.git_hosts
        self.tryouts = settings.tryouts
        self.origin = (
            None
            if settings.tryout_listen is None
            else Origin(*settings.tryout_listen, address=settings.tryout_url or None)
        )
        self.tolerated = frozenset(settings.tolerated_walls)
        # A verb of the provider for each slot, and room for the sweep, files and scores beside them.
        self.executor = ThreadPoolExecutor(max_workers=2 * self.slots + 2, thread_name_prefix="evaluate")
        self.warming = Warming(provider, catalog, self.executor)
        self.host = socket.gethostname()
        self.processor: Processor | None = None
        self.sick = asyncio.Event()
        self.reason: str | None = STARTING

    async def run(self, dsn: str, *, drain_seconds: float) -> None:
        """From registering to leaving."""
        await store.register_worker(self.id, host=self.host, pid=os.getpid(), slots=self.slots)
        drawer = Drawer(self.objects, self.provider)
        fetcher = Fetcher(
            self.objects, self.provider, hosts=self.git_hosts, catalog=self.catalog, packages=self.packages
        )
        tryouts = TryoutHost(
            self.id,
            self.provider,
            dsn=dsn,
            objects=self.objects,
            house=self.house,
            catalog=self.catalog,
            places=self.tryouts,
            key=partial(load_key, self.secret_file),
            origin=self.origin,
        )
        loops = [
            asyncio.create_task(loop)
            for loop in (
                self.leases.run(),
                self._sweep_rows(),
                self._sweep_host(),
                self._watch_room(),
                self.house.run(self.id),
                drawer.run(self.stop.draining),
                fetcher.run(self.stop.draining, may=lambda: self.reason is None),
                tryouts.run(self.stop.draining, may=lambda: self.reason is None),
            )
        ]
        if self.mirror is not None:
            loops.append(asyncio.create_task(self.mirror.run(self.id)))
        app = make_app(dsn, self._serve, connections=self.slots + 3)
        try:
            async with app.open_async():
                while await self._make_ready():
                    await self._take_jobs(app, drain_seconds)
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.wait(loops)
            await self.warming.end()
            self.objects.close()
            await self._leave()

    async def _leave(self) -> None:
        try:
            await store.see_worker(self.id, WorkerState.GONE)
        except Exception:
            # Then the others find out.
            _log.exception("worker.left_unseen", worker=str(self.id))
        else:
            _log.info("worker.ended", worker=str(self.id))

    async def _make_ready(self) -> bool:
        """Wait for the engine and warm it up; False where the worker shall end instead."""
        while not self.stop.draining.is_set():
            try:
                await self._warm_up()
            except Cancelled:
                continue  # it was asked to end while it tried its walls
            except WallsMissing as missing:
                self.reason = str(missing)
                for finding in missing.missing:
                    _log.error("worker.wall_missing", worker=str(self.id), wall=finding.wall, found=finding.found)
                await _first(self.stop.draining, seconds=_WALL_SECONDS)
            except NoRoom as short:
                self.reason = str(short)
                await _first(self.stop.draining, seconds=_PROBE_SECONDS)
            except Exception as error:
                self.reason = clean_text(f"{type(error).__name__}: {error}")
                _log.warning("worker.sick", worker=str(self.id), reason=self.reason)
                await _first(self.stop.draining, seconds=_PROBE_SECONDS)
            else:
                return True
        return False

    async def _warm_up(self) -> None:
        await self.house.room.look()
        if self.house.room.short is not None:
            raise self.house.room.short
        # First something that only a living engine answers.
        await self._in_thread(self.provider.sweep)
        facts = await self._in_thread(self.provider.facts)
        await self._prove(facts)
        await self.warming.plain()
        self.processor = Processor(
            self.provider,
            objects=self.objects,
            catalog=self.catalog,
            hidden=self.hidden,
            leases=self.leases,
            executor=self.executor,
            host=Host(self.host, facts),
            house=self.house,
        )
        # First, or the loop that says how the worker is would still call it sick.
        self.reason = None
        await store.see_worker(self.id, WorkerState.RUNNING, engine=facts)
        self.sick.clear()
        self.warming.begin_sets()
        _log.info("worker.ready", worker=str(self.id), slots=self.slots, runtime=facts.runtime)

    async def _prove(self, facts: EngineFacts) -> None:
        """Prove this host's walls before anything of a team's runs on it, and note it. Raises WallsMissing."""
        self.reason = PROVING
        cancel = Cancel()
        trying = asyncio.ensure_future(self._in_thread(proven, self.provider, self.proofs, cancel=cancel))
        await _first(self.stop.draining, trying)
        if not trying.done():
            cancel.set()
        proof = await trying
        missing = [finding for finding in proof.missing if finding.wall not in self.tolerated]
        state = WorkerState.SICK if missing else self._state()
        await store.see_worker(self.id, state, self.reason, engine=facts, proof=proof)
        if missing:
            raise WallsMissing(missing)
        for finding in proof.missing:
            _log.warning("worker.wall_tolerated", worker=str(self.id), wall=finding.wall, found=finding.found)
        held, seconds = len(proof.findings) - len(proof.missing), round(proof.seconds, 1)
        _log.info("worker.walls_hold", worker=str(self.id), walls=held, kept=proof.kept, seconds=seconds)

    async def _take_jobs(self, app: App, drain_seconds: float) -> None:
        """Take wake-ups until the worker shall end, is sick, or the queue can't be reached; then let what runs come to
        its end.
        """
        jobs = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                concurrency=self.slots,
                fetch_job_polling_interval=POLL_SECONDS,
                install_signal_handlers=False,
            )
        )
        await _first(self.stop.draining, self.sick, jobs)
        # Cancelled, it fetches no more and waits for the jobs that run.
        jobs.cancel()
        await _first(self.stop.draining, jobs)
        if not jobs.done():
            await self._drain(jobs, drain_seconds)
        error = jobs.exception() if jobs.done() and not jobs.cancelled() else None
        if error is not None:
            _log.warning("worker.queue_lost", error=repr(error))
            await _first(self.stop.draining, seconds=POLL_SECONDS)

    async def _drain(self, jobs: asyncio.Task[None], seconds: float) -> None:
        """Let what runs come to its end for a while, then hand it back."""
        _log.info("worker.draining", worker=str(self.id), running=len(self.leases.held))
        await _first(self.stop.at_once, jobs, seconds=seconds)
        for held in self.leases.held:
            held.hand_back()
        await _first(jobs, seconds=_HAND_BACK_SECONDS)
        if not jobs.done():
            _log.error("worker.stuck", worker=str(self.id), running=len(self.leases.held))

    async def _serve(self) -> None:
        """Claim and evaluate until there is nothing to claim. Called for each wake-up."""
        while self.processor is not None and not self.stop.draining.is_set() and not self.sick.is_set():
            claim = await claim_next(self.id, lease=self.leases.lease)
            if claim is None:
                return
            error = await self.processor.process(claim)
            if isinstance(error, EngineUnavailable | ImageMissing):
                self.reason = str(error)
                self.sick.set()

    async def _sweep_rows(self) -> None:
        round_number = 0
        while True:
            try:
                await sweep.sweep(lease=self.leases.lease)
                if round_number % _ROUNDS_A_CLEANING == 0:
                    await sweep.forget_old_jobs()
                    await self.objects.sweep_scratch(SCRATCH_SECONDS, now=time.time())
                await store.see_worker(self.id, self._state(), self.reason)
            except Exception:
                _log.exception("sweep.failed")
            round_number += 1
            await asyncio.sleep(SWEEP_SECONDS)

    async def _sweep_host(self) -> None:
        """Remove what dead workers of this host left in the engine."""
        while True:
            await asyncio.sleep(HOST_SWEEP_SECONDS)
            try:
                await self._in_thread(self.provider.sweep)
            except Exception as error:
                _log.warning("sweep.host_failed", error=repr(error))

    async def _watch_room(self) -> None:
        """Take nothing more while a disk is nearly full; what runs goes on."""
        while True:
            await self.house.room.falls_short.wait()
            if not self.sick.is_set():
                self.reason = str(self.house.room.short)
                self.sick.set()
            await asyncio.sleep(LOOK_SECONDS)

    async def _read_seed(self, event_id: UUID, case_set: CaseSet) -> bytes:
        key = await self._in_thread(load_key, self.secret_file)
        return await read_seed(event_id, case_set, key=key, actor=SYSTEM, reason="hidden cases are generated")

    def _state(self) -> WorkerState:
        if self.stop.draining.is_set():
            return WorkerState.DRAINING
        return WorkerState.RUNNING if self.reason is None else WorkerState.SICK

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.executor, partial(function, *args, **kwargs))


async def _first(*ends: asyncio.Event | asyncio.Future[Any], seconds: float | None = None) -> None:
    """Wait until one of these is set or done, or the seconds are over."""
    waits = {end if isinstance(end, asyncio.Future) else asyncio.ensure_future(end.wait()) for end in ends}
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits - set(ends):
        wait.cancel()
