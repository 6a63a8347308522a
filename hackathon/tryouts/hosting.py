"""The worker's side of try-outs: take one that is wanted, run it, put inputs to it, end it in time.

The row is the truth: a claim is a lease on it, and every later write names the claim's attempt. Whoever wants it to end
writes that into the row, and the worker that has it finds the row no longer its own. A worker that dies leaves a lease
that runs out, and the person is told to start it again.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import ParamSpec, TypeVar
from uuid import UUID

import structlog

from hackathon import events, store, submissions, teams
from hackathon.evaluations import Catalog
from hackathon.images import Housekeeper
from hackathon.listen import Listener
from hackathon.objects import Objects
from hackathon.tryouts import errors
from hackathon.tryouts import store as rows
from hackathon.tryouts.model import IDLE, LASTING, PATIENCE, TryoutCall, token_of
from hackathon.tryouts.origin import Origin
from hackathon.tryouts.store import Claim
from hackathon.waiting import set_within
from sandbox.errors import TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Failure, Status, Text
from sandbox.provider import Cancel, Provider, TryOut
from sandbox.tryout import Tried

_log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

LEASE = timedelta(seconds=10)
LOOK_SECONDS = 1.0
_BEAT_SECONDS = 0.25
_ELSEWHERE = timedelta(seconds=0.8)
"""So long a worker that has the image is given to take it, before one that must bring the image first does."""


class _NotOursError(Exception):
    """It was ended by somebody, or is another worker's."""


class _EndedError(Exception):
    """It has come to its end; `reason` is told."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Host:
    """Runs try-outs, `places` at once; their pages are shown by `origin`, where there is one."""

    def __init__(
        self,
        worker_id: UUID,
        provider: Provider,
        *,
        dsn: str,
        objects: Objects,
        house: Housekeeper,
        catalog: Catalog,
        places: int,
        key: Callable[[], bytes],
        origin: Origin | None = None,
        lease: timedelta = LEASE,
        lasting: timedelta = LASTING,
        idle: timedelta = IDLE,
    ) -> None:
        self._worker_id = worker_id
        self._provider = provider
        self._objects = objects
        self._house = house
        self._catalog = catalog
        self._places = places
        self._key = key
        self._origin = origin
        self._lease = lease
        self._lasting = lasting
        self._idle = idle
        self._work: set[asyncio.Task[None]] = set()
        self._wakes: set[asyncio.Event] = set()
        self._news = asyncio.Event()
        self._listener = Listener(dsn, store.CHANNEL, self._hear, self._resync)
        # Threads of its own: evaluations never wait for a judge's prototype, nor the other way round.
        self._threads = ThreadPoolExecutor(2 * places + 2, thread_name_prefix="tryout")

    async def run(self, stop: asyncio.Event, *, may: Callable[[], bool] = lambda: True) -> None:
        """Take what is wanted, while it `may`, until `stop` is set; then everything here ends, and is told so."""
        if self._places == 0:
            return
        if self._origin is not None:
            await self._origin.open()
        listening = asyncio.create_task(self._listener.run(stop))
        try:
            while not stop.is_set():
                try:
                    await self._look(may)
                except Exception:
                    _log.exception("tryouts.look_failed")
                await set_within(self._news, LOOK_SECONDS)
                self._news.clear()
        finally:
            listening.cancel()
            for task in self._work:
                task.cancel()
            await asyncio.gather(listening, *self._work, return_exceptions=True)
            if self._origin is not None:
                await self._origin.close()
            self._threads.shutdown(wait=False)

    async def _look(self, may: Callable[[], bool]) -> None:
        await rows.end_lost(errors.LOST)
        await rows.end_unclaimed(PATIENCE, errors.NOBODY)
        for wanted in await rows.read_wanted():
            if len(self._work) >= self._places or not may():
                return
            here = wanted.image is not None and await self._in_thread(self._provider.image_store.has, wanted.image)
            if not here and wanted.waited < _ELSEWHERE:
                continue
            claim = await rows.claim(wanted.tryout_id, self._worker_id, self._lease)
            if claim is not None:
                task = asyncio.create_task(self._host(claim))
                self._work.add(task)
                task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        self._news.set()

    def _hear(self, payload: str) -> None:
        if payload.startswith(f"{rows.CHANGED}:"):
            self._news.set()
            for wake in self._wakes:
                wake.set()

    async def _resync(self) -> None:
        self._hear(f"{rows.CHANGED}:")

    async def _host(self, claim: Claim) -> None:
        """One of them, from the claim to its end."""
        log = _log.bind(tryout=str(claim.tryout_id))
        cancel = Cancel()
        holding = asyncio.create_task(self._hold(claim))
        work = asyncio.create_task(self._run(claim, cancel))
        reason = errors.OURS
        try:
            await asyncio.wait({holding, work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return  # it is not ours any more
            work.result()
        except _EndedError as ended:
            reason = ended.reason
        except _NotOursError:
            return
        except asyncio.CancelledError:
            reason = errors.LEAVING
            raise
        except Exception as error:
            log.exception("tryouts.failed", error=repr(error))
        finally:
            cancel.set()
            holding.cancel()
            work.cancel()
            await asyncio.gather(holding, work, return_exceptions=True)
            await self._end(claim, reason)

    async def _end(self, claim: Claim, reason: Text) -> None:
        try:
            async with store.transaction():
                await rows.end(claim.tryout_id, reason, attempt=claim.attempt)
        except Exception:
            # Then the lease runs out.
            _log.exception("tryouts.end_unwritten", tryout=str(claim.tryout_id))

    async def _hold(self, claim: Claim) -> None:
        """Keep the lease; returns when it is lost."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await rows.keep_lease(claim, self._lease):
                    return
            except Exception:
                _log.exception("tryouts.lease_unsure")

    async def _run(self, claim: Claim, cancel: Cancel) -> None:
        """Raises _EndedError, _NotOursError, and what is our failure."""
        limits = await self._limits(claim)
        image = await self._image(claim, limits, cancel)
        tryout = await self._start(claim, image, limits, cancel)
        try:
            if tryout.ended is not None:
                raise _EndedError(tryout.ended.message)
            await self._serve(claim, tryout)
        finally:
            await asyncio.shield(self._in_thread(tryout.close))

    async def _start(self, claim: Claim, image: str, limits: Limits, cancel: Cancel) -> TryOut:
        starting = asyncio.ensure_future(
            self._in_thread(
                partial(
                    self._provider.try_out,
                    image,
                    limits=limits,
                    seconds=self._lasting.total_seconds(),
                    label=f"tryout-{claim.tryout_id}",
                    cancel=cancel,
                )
            )
        )
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            cancel.set()
            # It ends soon, and what it has started by then must not stay.
            (found,) = await asyncio.gather(starting, return_exceptions=True)
            if not isinstance(found, BaseException):
                await self._in_thread(found.close)
            raise

    async def _serve(self, claim: Claim, tryout: TryOut) -> None:
        """From ready to its end."""
        used = time.monotonic()

        def touch() -> None:
            nonlocal used
            used = time.monotonic()

        token = token_of(claim.tryout_id, await self._in_thread(self._key))
        address = None if self._origin is None else self._origin.address
        wake = asyncio.Event()
        self._wakes.add(wake)
        try:
            if self._origin is not None:
                self._origin.show(token, tryout, touch)
            if not await rows.begin(claim, lasting=self._lasting, address=address):
                raise _NotOursError
            _log.info("tryouts.ready", tryout=str(claim.tryout_id), seconds=round(tryout.seconds, 3))
            looked = 0.0
            while True:
                if tryout.ended is not None:
                    raise _EndedError(tryout.ended.message)
                if time.monotonic() - used > self._idle.total_seconds():
                    raise _EndedError(errors.IDLE)
                if wake.is_set() or time.monotonic() - looked >= LOOK_SECONDS:
                    wake.clear()
                    looked = time.monotonic()
                    if not await rows.ours(claim):
                        raise _NotOursError
                    call = await rows.next_call(claim)
                    if call is not None:
                        touch()
                        await rows.answer(call, await self._answer(tryout, call))
                        touch()
                        continue
                await set_within(wake, _BEAT_SECONDS)
        finally:
            self._wakes.discard(wake)
            if self._origin is not None:
                self._origin.hide(token)

    async def _answer(self, tryout: TryOut, call: TryoutCall) -> Tried:
        try:
            task = await self._in_thread(self._catalog.get, call.task_slug)
        except TaskInvalid as error:
            _log.warning("tryouts.task_invalid", task=call.task_slug, error=str(error))
            return Tried(0.0, None, Failure.TASK_ERROR, errors.OURS)
        return await self._in_thread(tryout.call, task, call.input)

    async def _limits(self, claim: Claim) -> Limits:
        submission = await submissions.get_submission(claim.submission_id)
        entry = await teams.get_entry(submission.entry_id)
        event = await events.get_event_by_id(entry.event_id)
        return event.rules.limits

    async def _image(self, claim: Claim, limits: Limits, cancel: Cancel) -> str:
        """The image that was judged, on this engine: it is there, or was saved, or is built again."""
        if claim.image is not None and await self._in_thread(self._provider.image_store.has, claim.image):
            return claim.image
        await rows.note(claim, errors.BRINGING)
        saved = await self._house.saved.ready(claim.submission_id)
        if saved is not None and saved.image is not None:
            return saved.image
        await rows.note(claim, errors.REBUILDING)
        submission = await submissions.get_submission(claim.submission_id)
        async with self._objects.scratch() as folder:
            archive = folder / "source"
            await self._objects.fetch(submission.object_key, archive)
            building = asyncio.ensure_future(
                self._in_thread(
                    partial(
                        self._provider.build,
                        archive,
                        limits=limits,
                        label=f"tryout-{claim.tryout_id}",
                        cancel=cancel,
                    )
                )
            )
            try:
                build = await asyncio.shield(building)
            finally:
                if not building.done():
                    cancel.set()
                    # It uses the folder until then.
                    await asyncio.gather(building, return_exceptions=True)
        if build.status is not Status.OK or build.image is None:
            raise _EndedError(build.message)
        return build.image

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(function, *args, **kwargs))
