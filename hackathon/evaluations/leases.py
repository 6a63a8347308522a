"""The leases of one worker: which claims it holds, kept alive by a heartbeat, and told when one is lost."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import structlog

from hackathon.evaluations import store
from hackathon.evaluations.errors import HandedBack, StaleLease
from hackathon.evaluations.model import Claim, Fence
from sandbox.provider import Cancel

_log = structlog.get_logger(__name__)

BEATS_A_LEASE = 3
"""How many heartbeats fit into a lease: two may fail before it is lost."""


@dataclass(slots=True, eq=False)
class Held:
    """A claim in the hands of this worker. `cancel` ends what the provider does for it."""

    claim: Claim
    cancel: Cancel = field(default_factory=Cancel)
    lost: bool = False
    handed_back: bool = False

    def lose(self) -> None:
        """Somebody else has it, or soon will: stop, and write nothing."""
        self.lost = True
        self.cancel.set()

    def hand_back(self) -> None:
        """Stop, so that it can go back to the queue."""
        self.handed_back = True
        self.cancel.set()

    def check(self) -> None:
        """Raise StaleLease or HandedBack where the work must stop."""
        if self.lost:
            raise StaleLease("the lease was lost")
        if self.handed_back:
            raise HandedBack("the worker is ending")


class Leases:
    """The claims of one worker. Used from its event loop only."""

    def __init__(self, worker_id: UUID, *, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._worker_id = worker_id
        self._seconds = seconds
        self._clock = clock
        self._held: set[Held] = set()
        self._extended_at = clock()

    @property
    def lease(self) -> timedelta:
        """How long a claim belongs to a worker that says nothing."""
        return timedelta(seconds=self._seconds)

    @property
    def held(self) -> tuple[Held, ...]:
        """What this worker has at hand."""
        return tuple(self._held)

    def add(self, claim: Claim) -> Held:
        """Start to keep a claim alive."""
        held = Held(claim)
        if not self._held:
            self._extended_at = self._clock()
        self._held.add(held)
        return held

    def drop(self, held: Held) -> None:
        """Stop to keep a claim alive."""
        self._held.discard(held)

    async def run(self) -> None:
        """Extend all leases again and again; ends only by being cancelled.

        When the database can't be reached for as long as a lease lasts, every claim is given up: another worker may
        have it.
        """
        while True:
            await asyncio.sleep(self._seconds / BEATS_A_LEASE)
            try:
                async with asyncio.timeout(self._seconds):
                    await self.beat()
            except Exception as error:
                _log.warning("lease.beat_failed", worker=str(self._worker_id), error=repr(error))
                if self._clock() - self._extended_at > self._seconds:
                    self._lose_all("the database does not answer")

    async def beat(self) -> None:
        """Extend all leases once; what is no longer this worker's is lost. Raises what the database raises."""
        asked = tuple(self._held)
        moment = self._clock()
        fences: list[Fence] = [fence for held in asked for fence in held.claim.fences]
        kept = await store.extend(self._worker_id, fences, lease=self.lease) if fences else frozenset()
        self._extended_at = moment
        for held in asked:
            # One that finished meanwhile is no longer in the set, and rightly no longer leased.
            if held in self._held and not held.lost and any(f.evaluation_id not in kept for f in held.claim.fences):
                _log.warning("lease.lost", submission=str(held.claim.submission_id), attempt=held.claim.attempt)
                held.lose()

    def _lose_all(self, why: str) -> None:
        for held in self._held:
            _log.warning("lease.lost", submission=str(held.claim.submission_id), attempt=held.claim.attempt, why=why)
            held.lose()
