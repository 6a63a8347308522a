"""Announcing an archive, and its parts on their way into the object store.

A part is spooled to disk while it is hashed, so a connection that breaks leaves nothing and memory holds no file.
"""

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from hackathon import outbox, store, teams
from hackathon.errors import TooSlow, Unavailable
from hackathon.model import Principal
from hackathon.objects import Objects, Spool
from hackathon.submissions import store as rows
from hackathon.submissions.arriving import part_arriving
from hackathon.submissions.errors import (
    AnnouncementInvalid,
    FileTooLarge,
    PartInvalid,
    PartStalled,
    PartTooLarge,
    UploadClosed,
    UploadUnknown,
)
from hackathon.submissions.model import (
    OPEN_UPLOADS,
    PART_BYTES,
    PART_SILENCE,
    Attempts,
    Part,
    Upload,
    UploadState,
    part_count,
    part_key,
    part_size,
)
from hackathon.submissions.window import Window
from sandbox.model import Text

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 255


async def register_upload(
    entry_id: UUID,
    *,
    filename: str,
    size: int,
    sha256: str,
    actor: Principal,
    now: datetime | None = None,
    part_bytes: int = PART_BYTES,
    new_id: Callable[[], UUID] = uuid4,
) -> Upload:
    """Announce an archive of `size` bytes with this SHA-256 (hex); from here the deadline is kept.

    The same announcement again, while it is not complete, gives the same upload: so a client resumes. Without `now` the
    database's clock rules. Raises EntryUnknown, NotAMember, NotApproved, NotOpen, AttemptsUsed, TooManyUploads,
    FileTooLarge, AnnouncementInvalid.
    """
    digest = _checked_sha256(sha256)
    async with store.transaction():
        window = await Window.of(entry_id, actor=actor)
        await window.require_approved()
        _check_size(size, window.event.rules.limits.archive.compressed_bytes)
        await rows.lock_entry(entry_id)
        moment = now or await store.clock()
        unfinished = await rows.read_open_uploads(entry_id)
        for known in unfinished:
            if (known.size, known.sha256) == (size, digest):
                window.require_arrival(known.registered_at, moment)
                await window.require_attempt(moment)
                return known
        window.require_open(moment)
        await window.require_attempt(moment)
        await window.require_pace(moment)
        for oldest in unfinished[: max(0, len(unfinished) - OPEN_UPLOADS + 1)]:
            await rows.close_upload(oldest.id, UploadState.EXPIRED, moment)
        upload = Upload(
            id=new_id(),
            entry_id=entry_id,
            account_id=actor.account_id,
            filename=shown_name(filename),
            size=size,
            sha256=digest,
            part_bytes=part_bytes,
            state=UploadState.REGISTERED,
            registered_at=moment,
            completed_at=None,
            refusal=None,
            parts=(),
        )
        await rows.insert_upload(upload)
        await outbox.append("upload.registered", {"upload": upload.id, "entry": entry_id}, actor=actor)
        return await rows.read_upload(upload.id) or upload


async def attempts_of(entry_id: UUID, *, actor: Principal, now: datetime | None = None) -> Attempts:
    """The entry's attempts of today. Raises EntryUnknown, NotAMember."""
    window = await Window.of(entry_id, actor=actor)
    return await window.attempts(now or await store.clock())


async def upload_state(upload_id: UUID, *, actor: Principal) -> Upload:
    """An upload and the parts that came. Raises UploadUnknown, NotAMember."""
    upload = await rows.read_upload(upload_id)
    if upload is None:
        raise UploadUnknown
    await teams.get_entry(upload.entry_id, actor=actor)
    return upload


async def store_part(
    upload_id: UUID,
    number: int,
    stream: AsyncIterable[bytes],
    *,
    objects: Objects,
    actor: Principal,
    sha256: str | None = None,
    now: datetime | None = None,
    silence: float = PART_SILENCE,
) -> Part:
    """Store part `number` (from 1); sent again, it replaces itself. With `sha256` (hex) the bytes must have that hash.

    What `stream` raises (a lost connection) passes through, and nothing is stored. Raises UploadUnknown, NotAMember,
    UploadClosed, DeadlinePassed, PartsBusy, PartInvalid, PartTooLarge, PartStalled after `silence` seconds without a
    byte, and Unavailable where the object store or the disk fails.
    """
    upload = await upload_state(upload_id, actor=actor)
    if upload.state is not UploadState.REGISTERED:
        raise UploadClosed(upload.state)
    window = await Window.of(upload.entry_id, actor=actor)
    moment = now or await store.clock()
    window.require_arrival(upload.registered_at, moment)
    expected = part_size(upload.size, upload.part_bytes, _checked_number(upload, number))
    with part_arriving(actor.account_id, moment):
        async with objects.scratch() as folder:
            path = folder / "part"
            kept = await _spool(lively(stream, silence, PartStalled(number, silence)), path, number, expected, objects)
            part = Part(number, expected, kept)
            if sha256 is not None and sha256.lower() != part.sha256:
                raise PartInvalid(
                    Text(
                        id=f"Bagian {number} rusak di perjalanan (SHA-256 tidak sama). Kirim ulang bagian ini.",
                        en=f"Part {number} was damaged on its way (the SHA-256 differs). Send this part again.",
                    ),
                    "part_hash_mismatch",
                )
            await objects.put_file(part_key(upload_id, part), path)
    async with store.transaction():
        current = await rows.read_upload(upload_id, lock=True)
        still_open = current is not None and current.state is UploadState.REGISTERED
        if still_open:
            await rows.write_part(upload_id, part)
    if current is None or not still_open:
        await objects.delete([part_key(upload_id, part)])
        raise UploadClosed(UploadState.EXPIRED if current is None else current.state)
    # Else sending one part again and again, each time with other bytes, would fill the store.
    replaced = [old for old in current.parts if old.number == number and old.sha256 != part.sha256]
    with suppress(Unavailable):  # what stays goes with the upload
        await objects.delete([part_key(upload_id, old) for old in replaced])
    return part


async def _spool(stream: AsyncIterable[bytes], path: Path, number: int, expected: int, objects: Objects) -> str:
    """Write the stream to `path`; returns its SHA-256 (hex)."""
    async with Spool(objects, path) as spool:
        async for chunk in stream:
            if spool.size + len(chunk) > expected:
                raise PartTooLarge(number, expected)
            await spool.write(chunk)
        await spool.flush()
    if spool.size < expected:
        raise PartInvalid(
            Text(
                id=f"Bagian {number} terpotong: {spool.size} dari {expected} bita. Kirim ulang bagian ini.",
                en=f"Part {number} was cut off: {spool.size} of {expected} bytes. Send this part again.",
            ),
            "part_incomplete",
        )
    return spool.sha256


async def lively(stream: AsyncIterable[bytes], silence: float, stalled: TooSlow) -> AsyncIterator[bytes]:
    """The stream, for as long as its bytes keep coming; the time that they take to be stored is not counted. Raises
    `stalled` after `silence` seconds without one.
    """
    chunks = aiter(stream)
    while True:
        patience = asyncio.timeout(silence)
        try:
            async with patience:
                chunk = await _next_bytes(chunks)
        except TimeoutError as error:
            if patience.expired():
                raise stalled from error
            raise
        if not chunk:
            return
        yield chunk


async def _next_bytes(chunks: AsyncIterator[bytes]) -> bytes:
    """The next chunk that is not empty: empty ones are no sign of life. Nothing at the end."""
    async for chunk in chunks:
        if chunk:
            return chunk
    return b""


def _checked_sha256(sha256: str) -> str:
    digest = sha256.strip().lower()
    if not _SHA256.fullmatch(digest):
        raise AnnouncementInvalid(
            Text(
                id="SHA-256 harus 64 angka heksadesimal (0-9, a-f).",
                en="The SHA-256 must be 64 hexadecimal digits (0-9, a-f).",
            ),
            "sha256_invalid",
        )
    return digest


def _check_size(size: int, most: int) -> None:
    if size < 1:
        raise AnnouncementInvalid(
            Text(id="Berkas kosong. Periksa arsip Anda.", en="The file is empty. Check your archive."), "size_invalid"
        )
    if size > most:
        raise FileTooLarge(size, most)


def _checked_number(upload: Upload, number: int) -> int:
    count = part_count(upload.size, upload.part_bytes)
    if not 1 <= number <= count:
        raise PartInvalid(
            Text(
                id=f"Bagian {number} tidak ada: berkas ini terdiri atas bagian 1 sampai {count}.",
                en=f"There is no part {number}: this file has the parts 1 to {count}.",
            ),
            "part_unknown",
        )
    return number


def shown_name(filename: str) -> str:
    """The file's own name, as it can be shown; what a browser or shell puts before it is left out."""
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in name if sign.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or "arsip"
