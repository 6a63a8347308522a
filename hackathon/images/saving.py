"""Images that count are kept in the object store, so that any machine runs the same program until objections close.

Which are wanted is derived from the rows. A claim is a lease on the image's row; the worker that holds it streams the
image from its engine into the store, and whoever is killed at any line is replaced when the lease is over.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import timedelta

import structlog

from hackathon.errors import Unavailable
from hackathon.images import store as rows
from hackathon.images.model import SUPERSEDED, Claim, cause_of
from hackathon.images.room import RoomWatch
from hackathon.objects import Objects
from sandbox.errors import Cancelled, SandboxError
from sandbox.images import ImageStore
from sandbox.provider import Cancel

_log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
LOOK_SECONDS = 5.0
PAUSE = timedelta(minutes=1)
_ROUNDS_A_CLEANING = 12


class Saver:
    """Saves images, one at a time."""

    def __init__(
        self,
        objects: Objects,
        images: ImageStore,
        room: RoomWatch,
        *,
        lease: timedelta = LEASE,
        superseded: timedelta = SUPERSEDED,
        pause: timedelta = PAUSE,
    ) -> None:
        self._objects = objects
        self._images = images
        self._room = room
        self._lease = lease
        self._superseded = superseded
        self._pause = pause

    async def run(self) -> None:
        """Save what is wanted until cancelled; what is under way then is handed back."""
        round_number = 0
        while True:
            found = False
            try:
                if self._room.short is None:
                    found = await self.save_next()
                if round_number % _ROUNDS_A_CLEANING == 0:
                    await self.forget()
            except Exception:
                _log.exception("images.saving_failed")
            round_number += 1
            if not found:
                await asyncio.sleep(LOOK_SECONDS)

    async def save_next(self) -> bool:
        """Save the first image that is wanted and that this engine has; False where there is none."""
        for image in await rows.read_wanted():
            if not await asyncio.to_thread(self._images.has, image):
                continue
            claim = await rows.claim(image, self._lease)
            if claim is not None:
                await self._save(claim)
                return True
        return False

    async def forget(self) -> int:
        """Remove the files of images that nothing needs any more; returns how many."""
        gone = await rows.let_go(after=self._superseded)
        for image, key in gone.items():
            await self._objects.delete([key])
            await rows.forget(image)
            _log.info("images.forgotten", image=image)
        return len(gone)

    async def _save(self, claim: Claim) -> None:
        cancel, meter = Cancel(), _Meter()
        holding = asyncio.create_task(self._hold(claim, cancel))
        work = asyncio.create_task(self._bring(claim, cancel, meter))
        try:
            await asyncio.shield(work)
            written = await rows.finish(claim, meter.size, meter.digest.hexdigest())
        except asyncio.CancelledError:
            cancel.set()
            await asyncio.gather(work, return_exceptions=True)
            await self._objects.delete([claim.key])
            await rows.give_back(claim, timedelta(0))
            raise
        except (SandboxError, Unavailable) as error:
            reason = cause_of(error)
            _log.warning("images.not_saved", image=claim.image, reason=reason)
            await rows.note_failure(claim, reason, self._pause)
            return
        finally:
            holding.cancel()
        if written:
            _log.info("images.saved", image=claim.image, size=meter.size)
        else:
            await self._objects.delete([claim.key])  # somebody else saved it meanwhile

    async def _bring(self, claim: Claim, cancel: Cancel, meter: "_Meter") -> None:
        if claim.left is not None:
            await self._objects.delete([claim.left])
        await self._objects.run(lambda: self._stream(claim, cancel, meter))

    def _stream(self, claim: Claim, cancel: Cancel, meter: "_Meter") -> None:
        with self._images.saved(claim.image) as pieces:
            self._objects.put_pieces(claim.key, meter.through(pieces, cancel))

    async def _hold(self, claim: Claim, cancel: Cancel) -> None:
        """Keep the lease; where it is lost the work ends."""
        while not cancel.is_set:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await rows.keep_lease(claim, self._lease):
                    cancel.set()
            except Exception:
                _log.exception("images.lease_unsure")


class _Meter:
    """Counts and hashes bytes on their way."""

    def __init__(self) -> None:
        self.size = 0
        self.digest = hashlib.sha256()

    def through(self, pieces: Iterator[bytes], cancel: Cancel) -> Iterator[bytes]:
        """The same pieces. Raises Cancelled between two of them."""
        for piece in pieces:
            if cancel.is_set:
                raise Cancelled
            self.size += len(piece)
            self.digest.update(piece)
            yield piece
