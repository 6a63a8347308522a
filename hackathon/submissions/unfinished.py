"""Uploads that are announced and not complete: seen by the team, and ended when nobody wants them any more."""

from datetime import datetime
from uuid import UUID

from hackathon import outbox, store, teams
from hackathon.model import Principal
from hackathon.objects import Objects
from hackathon.submissions import store as rows
from hackathon.submissions.errors import UploadClosed, UploadUnknown
from hackathon.submissions.intake import forget_parts
from hackathon.submissions.model import Upload, UploadState


async def open_uploads(entry_id: UUID, *, actor: Principal) -> tuple[Upload, ...]:
    """The entry's unfinished uploads, oldest first. Raises EntryUnknown, NotAMember."""
    await teams.get_entry(entry_id, actor=actor)
    return await rows.read_open_uploads(entry_id)


async def cancel_upload(upload_id: UUID, *, objects: Objects, actor: Principal, now: datetime | None = None) -> None:
    """End an upload and forget its parts; one that ended without a submission is fine.

    Raises UploadUnknown, NotAMember, and UploadClosed for one that became a submission.
    """
    async with store.transaction():
        upload = await rows.read_upload(upload_id, lock=True)
        if upload is None:
            raise UploadUnknown
        await teams.get_entry(upload.entry_id, actor=actor)
        if upload.state is UploadState.COMPLETED:
            raise UploadClosed(upload.state)
        if await rows.close_upload(upload_id, UploadState.EXPIRED, now or await store.clock()):
            await outbox.append("upload.cancelled", {"upload": upload_id, "entry": upload.entry_id}, actor=actor)
    await forget_parts(upload_id, objects)
