"""The same program as before: a submission scored with an image that was saved runs from that image, on any machine."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

import structlog

from hackathon.images import store as rows
from hackathon.images.model import Saved
from hackathon.objects import ObjectMissing, Objects, Spool
from sandbox.images import ImageBroken, ImageStore
from sandbox.model import Build, Status, Text

_log = structlog.get_logger(__name__)

_READY = Text(
    id="Image yang dinilai sebelumnya dipakai lagi.",
    en="The image that was scored before is used again.",
)


def _ready(image: str, seconds: float) -> Build:
    return Build(Status.OK, _READY, image, seconds, cached=True, log=f"{_READY.id}\n".encode())


class SavedImages:
    """Brings saved images onto this machine's engine."""

    def __init__(self, objects: Objects, images: ImageStore) -> None:
        self._objects = objects
        self._images = images

    async def ready(self, submission_id: UUID) -> Build | None:
        """The image that the submission was last scored with, as a build; None where none is saved.

        Where what was saved is not that image it is forgotten, and None as well. Raises Unavailable,
        EngineUnavailable.
        """
        began = time.monotonic()
        saved = await rows.read_saved(submission_id)
        if saved is None:
            return None
        if not await asyncio.to_thread(self._images.has, saved.image):
            try:
                await self._bring(saved)
            except (ImageBroken, ObjectMissing) as error:
                _log.error("images.saved_broken", image=saved.image, key=saved.key, reason=str(error))
                await rows.forget_saved(saved)
                await self._objects.delete([saved.key])
                return None
        return _ready(saved.image, time.monotonic() - began)

    async def scored(self, submission_id: UUID) -> str | None:
        """The image that the submission was last scored with on the board's cases; None where there was none."""
        return await rows.read_scored(submission_id)

    async def here(self, image: str) -> Build | None:
        """This image as a build, where this machine's engine holds it. Raises EngineUnavailable."""
        return _ready(image, 0.0) if await asyncio.to_thread(self._images.has, image) else None

    async def _bring(self, saved: Saved) -> None:
        async with self._objects.scratch() as folder:
            path = folder / "image.tar.gz"
            await self._fetch(saved, path)
            await asyncio.to_thread(self._images.load, path, saved.image)
        _log.info("images.loaded", image=saved.image, size=saved.size)

    async def _fetch(self, saved: Saved, path: Path) -> None:
        """Stream the file here; the engine sees it only once every byte is known to be right."""
        async with Spool(self._objects, path) as spool:
            async for chunk in self._objects.chunks(saved.key):
                await spool.write(chunk)
                if spool.size > saved.size:
                    break
            await spool.flush()
            if (spool.size, spool.sha256) != (saved.size, saved.sha256):
                raise ImageBroken(f"{saved.key} holds other bytes than were saved")
