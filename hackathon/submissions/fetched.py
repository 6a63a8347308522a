"""An archive that a worker made of a commit: it takes the way of every other, and says where it came from."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from hackathon import evaluations, outbox, store
from hackathon.model import Principal
from hackathon.objects import Objects
from hackathon.submissions import store as rows
from hackathon.submissions.intake import complete_upload, forget_parts
from hackathon.submissions.model import PART_BYTES, Receipt, Upload, UploadState
from hackathon.submissions.uploads import shown_name, store_part
from hackathon.submissions.whole import part_of_file
from hackathon.submissions.window import Window


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an archive came from: a public repository's https address and a commit's number."""

    repository: str
    commit: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A file on this machine's disk."""

    path: Path
    filename: str
    size: int
    sha256: str


async def receive_fetched(
    upload_id: UUID,
    entry_id: UUID,
    archive: Archive,
    *,
    origin: Origin,
    registered_at: datetime,
    objects: Objects,
    actor: Principal,
    catalog: evaluations.Catalog | None = None,
    packages: bool = False,
    now: datetime | None = None,
    hold: Callable[[], Awaitable[None]],
) -> Receipt:
    """Hand in an archive that was asked for at `registered_at`; again, with the same id, the same receipt.

    `hold` is called in the transaction that announces it: it keeps whoever asked from taking it back meanwhile, or
    raises. Raises what `complete_upload` raises.
    """
    fresh = await _announce(upload_id, entry_id, archive, origin, registered_at, actor=actor, now=now, hold=hold)
    if fresh is not None:
        await forget_parts(upload_id, objects)
        for number in fresh.missing:
            stream = part_of_file(archive.path, fresh, number, objects)
            await store_part(upload_id, number, stream, objects=objects, actor=actor, now=now)
    return await complete_upload(upload_id, objects=objects, actor=actor, catalog=catalog, packages=packages, now=now)


async def _announce(
    upload_id: UUID,
    entry_id: UUID,
    archive: Archive,
    origin: Origin,
    registered_at: datetime,
    *,
    actor: Principal,
    now: datetime | None,
    hold: Callable[[], Awaitable[None]],
) -> Upload | None:
    """The upload, in the place of one that a worker left behind; None where it has come to its end already."""
    async with store.transaction():
        window = await Window.of(entry_id, actor=actor)
        await rows.lock_entry(entry_id)
        await hold()
        moment = now or await store.clock()
        current = await rows.read_upload(upload_id, lock=True)
        if current is not None and current.state is not UploadState.REGISTERED:
            return None
        window.require_arrival(registered_at, moment)
        await window.require_attempt(moment)
        upload = Upload(
            id=upload_id,
            entry_id=entry_id,
            account_id=actor.account_id,
            filename=shown_name(archive.filename),
            size=archive.size,
            sha256=archive.sha256,
            part_bytes=PART_BYTES,
            state=UploadState.REGISTERED,
            registered_at=registered_at,
            completed_at=None,
            refusal=None,
            parts=(),
            repository=origin.repository,
            commit=origin.commit,
        )
        if current is None:
            await rows.insert_upload(upload)
            await outbox.append("upload.registered", {"upload": upload_id, "entry": entry_id}, actor=actor)
        else:
            await rows.announce_again(upload)
        return upload
