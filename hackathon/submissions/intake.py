"""From a complete upload to a submission: checked outside of any lock, then received in one transaction.

Whatever fails on our side before the commit leaves the upload as it was: it costs nothing and can be completed again.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import structlog

from hackathon import evaluations, outbox, store
from hackathon.errors import Unavailable
from hackathon.model import Principal
from hackathon.objects import ObjectMissing, Objects, Spool
from hackathon.submissions import store as rows
from hackathon.submissions.errors import (
    ArchiveRefused,
    HashMismatch,
    PartsMissing,
    UploadClosed,
    UploadUnknown,
)
from hackathon.submissions.gate import turn
from hackathon.submissions.model import (
    ArchiveFault,
    Attempts,
    Receipt,
    Submission,
    Upload,
    UploadState,
    archive_key,
    part_key,
    part_prefix,
)
from hackathon.submissions.window import Window
from sandbox.errors import SandboxError
from sandbox.kits import Source, inspect
from sandbox.model import Text

_log = structlog.get_logger(__name__)


async def complete_upload(
    upload_id: UUID,
    *,
    objects: Objects,
    actor: Principal,
    catalog: evaluations.Catalog | None = None,
    packages: bool = False,
    now: datetime | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> Receipt:
    """Make a submission of an upload whose parts have all come; called again, the same receipt.

    Size and SHA-256 are verified and the archive is checked without unpacking; then, under a lock on the entry, quota
    and deadline, the number, the submission, what happened and the evaluations' jobs are one transaction. `catalog`
    knows the tasks where there are others than the shipped ones; with `packages` builds can install Python packages.
    Without `now` the database's clock rules.

    Raises UploadUnknown, NotAMember, NotApproved, PartsMissing, HashMismatch, ArchiveRefused, AttemptsUsed,
    DeadlinePassed, UploadClosed; none of these costs an attempt. Raises Unavailable where a part of ours failed.
    """
    upload = await rows.read_upload(upload_id)
    if upload is None:
        raise UploadUnknown
    window = await Window.of(upload.entry_id, actor=actor)
    if upload.state is not UploadState.REGISTERED:
        return await _closed(upload, window, now)
    moment = now or await store.clock()
    await window.require_approved()
    window.require_arrival(upload.registered_at, moment)
    await window.require_attempt(moment)
    if upload.missing:
        raise PartsMissing(upload.missing)
    async with turn(objects, upload.entry_id), objects.scratch() as folder:
        upload = await rows.read_upload(upload_id) or upload
        if upload.state is not UploadState.REGISTERED:
            return await _closed(upload, window, now)
        if upload.missing:
            raise PartsMissing(upload.missing)
        path = await _assemble(upload, folder, objects)
        if path is None:
            return await _parts_gone(upload, window, objects, now)
        checked = await asyncio.to_thread(inspect, path, window.event.rules.limits, packages=packages)
        if not isinstance(checked, Source):
            fault = ArchiveFault(checked.rule, checked.message, checked.entry, checked.line)
            return await _refuse(upload, window, fault, actor, now)
        await _keep(upload, path, objects)
    receipt = await _receive(upload, checked, actor=actor, catalog=catalog, now=now, new_id=new_id)
    await forget_parts(upload.id, objects)
    return receipt


async def forget_parts(upload_id: UUID, objects: Objects) -> None:
    """Remove the parts of an upload that is over. What cannot be removed now is swept later."""
    try:
        await objects.delete_prefix(part_prefix(upload_id))
        await rows.forget_parts(upload_id)
    except Unavailable:
        _log.warning("submissions.parts_left", upload=str(upload_id))


async def _assemble(upload: Upload, folder: Path, objects: Objects) -> Path | None:
    """The whole file, verified; None where a part is not in the store. Raises HashMismatch."""
    path = folder / "archive"
    async with Spool(objects, path) as spool:
        try:
            for part in upload.parts:
                async for chunk in objects.chunks(part_key(upload.id, part)):
                    await spool.write(chunk)
        except ObjectMissing:
            return None
        await spool.flush()
    if (spool.size, spool.sha256) != (upload.size, upload.sha256):
        await forget_parts(upload.id, objects)
        raise HashMismatch
    return path


async def _parts_gone(upload: Upload, window: Window, objects: Objects, now: datetime | None) -> Receipt:
    """Another completion was first and cleared them away; else our store lost them, and they are asked for again."""
    current = await rows.read_upload(upload.id)
    if current is not None and current.state is not UploadState.REGISTERED:
        return await _closed(current, window, now)
    _log.error("submissions.parts_lost", upload=str(upload.id))
    await forget_parts(upload.id, objects)
    raise PartsMissing([part.number for part in upload.parts])


async def _keep(upload: Upload, path: Path, objects: Objects) -> None:
    """Put the archive where evaluations find it. The same bytes handed in before are there already."""
    key = archive_key(upload.sha256)
    if await objects.size(key) != upload.size:
        await objects.put_file(key, path)


async def _refuse(
    upload: Upload, window: Window, fault: ArchiveFault, actor: Principal, now: datetime | None
) -> Receipt:
    async with store.transaction():
        closed = await rows.close_upload(upload.id, UploadState.REFUSED, now or await store.clock(), fault)
        if closed:
            await outbox.append(
                "upload.refused",
                {"upload": upload.id, "entry": upload.entry_id, "rule": fault.rule},
                actor=actor,
            )
    if closed:
        raise ArchiveRefused(fault)
    current = await rows.read_upload(upload.id)
    return await _closed(current or upload, window, now)


async def _receive(
    upload: Upload,
    source: Source,
    *,
    actor: Principal,
    catalog: evaluations.Catalog | None,
    now: datetime | None,
    new_id: Callable[[], UUID],
) -> Receipt:
    async with store.transaction():
        await rows.lock_entry(upload.entry_id)
        # Read again under the lock: what was true before it may have changed.
        current = await rows.read_upload(upload.id, lock=True)
        window = await Window.of(upload.entry_id, actor=actor)
        if current is None or current.state is not UploadState.REGISTERED:
            return await _closed(current or upload, window, now)
        moment = now or await store.clock()
        await window.require_approved()
        window.require_arrival(upload.registered_at, moment)
        attempts = await window.require_attempt(moment)
        submission = Submission(
            id=new_id(),
            entry_id=upload.entry_id,
            number=await rows.next_number(upload.entry_id),
            upload_id=upload.id,
            account_id=actor.account_id,
            filename=upload.filename,
            sha256=upload.sha256,
            size=upload.size,
            object_key=archive_key(upload.sha256),
            kit=str(source.kit),
            manifest=msgspec.to_builtins(source.manifest),
            registered_at=upload.registered_at,
            received_at=moment,
            charged=True,
            repository=upload.repository,
            commit=upload.commit,
        )
        await rows.insert_submission(submission)
        await rows.close_upload(upload.id, UploadState.COMPLETED, moment)
        await outbox.append(
            "submission.received",
            {
                "submission": submission.id,
                "entry": submission.entry_id,
                "team": window.entry.team_id,
                "track": window.entry.track_id,
            },
            actor=actor,
        )
        await _enqueue(submission.id, window, catalog)
    return _receipt(submission, Attempts(attempts.used + 1, attempts.allowed, attempts.resets_at))


async def _enqueue(submission_id: UUID, window: Window, catalog: evaluations.Catalog | None) -> None:
    try:
        if catalog is None:
            await evaluations.enqueue(submission_id)
        else:
            await evaluations.enqueue(submission_id, catalog=catalog)
    except (evaluations.EvaluationError, SandboxError) as error:
        _log.exception("submissions.cannot_be_planned", track=str(window.entry.track_id))
        raise Unavailable(
            Text(
                id="Kategori ini belum siap menguji pengajuan. Jatah tidak berkurang; panitia sedang memperbaikinya.",
                en="This track cannot evaluate submissions yet. No attempt was used; the organizers are told.",
            )
        ) from error


async def _closed(upload: Upload, window: Window, now: datetime | None) -> Receipt:
    """The answer of an upload that is over: its receipt, its refusal, or that it is too late."""
    if upload.state is UploadState.COMPLETED:
        submission = await rows.read_submission_of_upload(upload.id)
        if submission is None:
            raise RuntimeError(f"upload {upload.id} is completed and no submission came of it")
        return _receipt(submission, await window.attempts(now or await store.clock()))
    if upload.refusal is not None:
        raise ArchiveRefused(upload.refusal)
    raise UploadClosed(upload.state)


def _receipt(submission: Submission, attempts: Attempts) -> Receipt:
    return Receipt(
        submission_id=submission.id,
        entry_id=submission.entry_id,
        number=submission.number,
        sha256=submission.sha256,
        size=submission.size,
        kit=submission.kit,
        registered_at=submission.registered_at,
        received_at=submission.received_at,
        attempts=attempts,
    )
