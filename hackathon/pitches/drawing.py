"""The worker's side of pitches: take a document that waits, draw it, keep its pictures.

The row is the truth: a claim is a lease on it, and every later write names the claim's attempt, so a worker that was
stalled and returns writes nothing. Whoever is killed at any line is replaced when the lease is over.
"""

import asyncio
from datetime import timedelta
from pathlib import Path

import structlog

from hackathon import outbox, store
from hackathon.errors import Unavailable
from hackathon.model import SYSTEM
from hackathon.objects import ObjectMissing, Objects
from hackathon.pitches import store as rows
from hackathon.pitches.model import LIMITS, PitchPage, PitchState, document_key, page_key, pitch_prefix
from hackathon.pitches.store import Claim
from sandbox import pages
from sandbox.errors import SandboxError
from sandbox.pages import Drawing, PagesStatus
from sandbox.provider import Cancel, Provider

_log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
LOOK_SECONDS = 1.0
MOST_FAILURES = 8
"""A document on which so many workers failed is called too heavy: it may be what ends them."""

_LONGEST_PAUSE = timedelta(minutes=5)


class Drawer:
    """Draws documents, one at a time."""

    def __init__(
        self, objects: Objects, provider: Provider, *, lease: timedelta = LEASE, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._objects = objects
        self._provider = provider
        self._lease = lease
        self._look_seconds = look_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Draw what waits until `stop` is set; cancelled, it hands back what it has."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    found = await self.draw_next()
                except Exception:
                    _log.exception("pitches.drawing_failed")
                    found = False
                if not found:
                    await asyncio.wait({stopping}, timeout=self._look_seconds)
        finally:
            stopping.cancel()

    async def draw_next(self) -> bool:
        """Draw the document that has waited longest; False where none waits."""
        claim = await rows.claim(self._lease)
        if claim is None:
            return False
        if claim.failures >= MOST_FAILURES:
            await self._finish(claim, pages.too_heavy())
            return True
        try:
            drawing = await self._draw(claim)
        except asyncio.CancelledError:
            await rows.give_back(claim, pause=timedelta(0), failed=False)
            raise
        except (SandboxError, Unavailable, OSError) as error:
            pause = min(_LONGEST_PAUSE, timedelta(seconds=2**claim.failures))
            _log.warning("pitches.not_drawn", pitch=str(claim.pitch_id), reason=str(error), pause=pause.total_seconds())
            await rows.give_back(claim, pause=pause, failed=True)
            return True
        if drawing is not None:
            await self._finish(claim, drawing)
        return True

    async def _draw(self, claim: Claim) -> Drawing | None:
        """The pages, kept in the object store; None where the document is not ours any more."""
        cancel = Cancel()
        async with self._objects.scratch() as folder:
            pdf, into = folder / "document.pdf", folder / "pages"
            into.mkdir()
            try:
                await self._objects.fetch(document_key(claim.pitch_id), pdf)
            except ObjectMissing as missing:
                raise Unavailable(pages.broken().message) from missing
            holding = asyncio.create_task(self._hold(claim, cancel))
            work = asyncio.create_task(asyncio.to_thread(self._call, pdf, into, claim, cancel))
            try:
                await asyncio.wait({work, holding}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    return None  # another one was offered in its place
                drawing = work.result()
                for page in drawing.pages:
                    await self._objects.put_file(page_key(claim.pitch_id, page.number, small=False), into / page.file)
                    await self._objects.put_file(page_key(claim.pitch_id, page.number, small=True), into / page.small)
                return drawing
            finally:
                cancel.set()
                holding.cancel()
                # The thread ends soon after the cancel, and uses the folder until then.
                await asyncio.wait({work})

    def _call(self, pdf: Path, into: Path, claim: Claim, cancel: Cancel) -> Drawing:
        return self._provider.draw_pages(pdf, into, limits=LIMITS, label=f"pitch-{claim.pitch_id}", cancel=cancel)

    async def _hold(self, claim: Claim, cancel: Cancel) -> None:
        """Keep the lease; ends when it is lost."""
        while not cancel.is_set:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await rows.keep_lease(claim, self._lease):
                    return
            except Exception:
                _log.exception("pitches.lease_unsure")

    async def _finish(self, claim: Claim, drawing: Drawing) -> None:
        ready = drawing.status is PagesStatus.OK
        shown = tuple(PitchPage(page.number, page.width, page.height) for page in drawing.pages)
        async with store.transaction():
            written = await rows.finish(
                claim, PitchState.READY if ready else PitchState.REFUSED, drawing.message, shown
            )
            older = await rows.replace_older(claim.pitch_id, claim.entry_id) if written and ready else ()
            if written:
                await outbox.append(
                    "pitch.drawn",
                    {"pitch": claim.pitch_id, "entry": claim.entry_id, "status": str(drawing.status)},
                    actor=SYSTEM,
                )
        if not written:
            # Another worker has it now and needs the document, unless nobody does any more.
            current = await rows.read(claim.pitch_id)
            older = (claim.pitch_id,) if current is None or current.state is PitchState.REPLACED else ()
        for pitch_id in older:
            await self._objects.delete_prefix(pitch_prefix(pitch_id))
