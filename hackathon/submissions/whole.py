"""A file that comes whole, as a form sends it: nobody knows its hash before its last byte is here.

It takes the same way as every other: announced, stored in parts, completed. Only the moment that counts is a later
one.
"""

from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from hackathon import store
from hackathon.model import Principal
from hackathon.objects import CHUNK_BYTES, Objects, Spool
from hackathon.submissions.arriving import arriving
from hackathon.submissions.errors import FileStalled, FileTooLarge
from hackathon.submissions.model import PART_SILENCE, Upload, part_size
from hackathon.submissions.uploads import lively, register_upload, store_part, upload_state
from hackathon.submissions.window import Window


async def upload_whole(
    entry_id: UUID,
    *,
    filename: str,
    stream: AsyncIterable[bytes],
    objects: Objects,
    actor: Principal,
    announced: int | None = None,
    now: datetime | None = None,
    silence: float = PART_SILENCE,
) -> Upload:
    """Store a file whose bytes are all in `stream`; the upload lacks nothing but its completion.

    It is registered when its last byte has come. `announced` is a size to tell when the file proves too large. What
    `stream` raises (a lost connection) passes through, and nothing is kept. Without `now` the database's clock rules.
    Raises what `register_upload` raises, FileStalled, UploadsBusy, and Unavailable where the store or the disk fails.
    """
    window = await Window.of(entry_id, actor=actor)
    moment = now or await store.clock()
    window.require_open(moment)
    await window.require_approved()
    await window.require_attempt(moment)
    most = window.event.rules.limits.archive.compressed_bytes
    with arriving(entry_id):
        async with objects.scratch() as folder:
            path = folder / "whole"
            async with Spool(objects, path) as spool:
                async for chunk in lively(stream, silence, FileStalled(silence)):
                    await spool.write(chunk)
                    if spool.size > most:
                        raise FileTooLarge(max(spool.size, announced or 0), most)
                await spool.flush()
            upload = await register_upload(
                entry_id, filename=filename, size=spool.size, sha256=spool.sha256, actor=actor, now=now
            )
            for number in upload.missing:
                await store_part(
                    upload.id,
                    number,
                    part_of_file(path, upload, number, objects),
                    objects=objects,
                    actor=actor,
                    now=now,
                )
    return await upload_state(upload.id, actor=actor)


async def part_of_file(path: Path, upload: Upload, number: int, objects: Objects) -> AsyncIterator[bytes]:
    """The bytes of part `number` of a file on this disk."""
    offset, left = (number - 1) * upload.part_bytes, part_size(upload.size, upload.part_bytes, number)
    while left:
        chunk = await objects.run(partial(_read, path, offset, min(left, CHUNK_BYTES)))
        yield chunk
        offset, left = offset + len(chunk), left - len(chunk)


def _read(path: Path, offset: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(size)
