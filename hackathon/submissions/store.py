"""Reading and writing of uploads and submissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.submissions import tables
from hackathon.submissions.model import ArchiveFault, Part, Submission, Upload, UploadState
from hackathon.teams import EntryUnknown

_UPLOAD = """
SELECT upload.*, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('number', number, 'size', size, 'sha256', sha256) ORDER BY number),
    '[]') FROM upload_part WHERE upload_part.upload_id = upload.id
) AS parts, (
    SELECT max(number) FROM submission WHERE submission.entry_id = upload.entry_id
    AND submission.sha256 = upload.sha256 AND submission.upload_id <> upload.id
) AS same_as FROM upload
"""
_SUBMISSION = "SELECT * FROM submission"


async def lock_entry(entry_id: UUID) -> None:
    """Hold the entry until the transaction ends: what is counted and numbered within it cannot race.

    Raises EntryUnknown where its team withdrew it a moment ago.
    """
    if await store.fetch_value("SELECT 1 FROM entry WHERE id = $1 FOR NO KEY UPDATE", entry_id) is None:
        raise EntryUnknown


async def insert_upload(upload: Upload) -> None:
    """Keep an announcement."""
    await tables.Upload(
        id=upload.id,
        entry_id=upload.entry_id,
        account_id=upload.account_id,
        filename=upload.filename,
        size=upload.size,
        sha256=upload.sha256,
        part_bytes=upload.part_bytes,
        state=str(upload.state),
        registered_at=upload.registered_at,
        repository=upload.repository,
        commit=upload.commit,
    ).save()


async def announce_again(upload: Upload) -> None:
    """The bytes of an open upload are these now; the parts that came are of no use."""
    await store.execute("DELETE FROM upload_part WHERE upload_id = $1", upload.id)
    await store.execute(
        "UPDATE upload SET filename = $2, size = $3, sha256 = $4, repository = $5, commit = $6"
        " WHERE id = $1 AND state = 'registered'",
        upload.id,
        upload.filename,
        upload.size,
        upload.sha256,
        upload.repository,
        upload.commit,
    )


async def read_upload(upload_id: UUID, *, lock: bool = False) -> Upload | None:
    """The upload with this id; with `lock` held until the transaction ends."""
    row = await store.fetch_one(f"{_UPLOAD} WHERE upload.id = $1{' FOR UPDATE' if lock else ''}", upload_id)
    return None if row is None else _upload(row)


async def read_open_uploads(entry_id: UUID) -> tuple[Upload, ...]:
    """The unfinished uploads of an entry, oldest first; those that a worker makes are nobody's to go on with."""
    rows = await store.fetch(
        f"{_UPLOAD} WHERE upload.entry_id = $1 AND state = 'registered' AND repository IS NULL"
        " ORDER BY registered_at, upload.id",
        entry_id,
    )
    return tuple(_upload(row) for row in rows)


async def read_nth_newest_registration(entry_id: UUID, number: int) -> datetime | None:
    """When the entry's upload was registered that is `number`th from the newest (1: the newest); None without one."""
    moment: datetime | None = await store.fetch_value(
        "SELECT registered_at FROM upload WHERE entry_id = $1 ORDER BY registered_at DESC OFFSET $2 LIMIT 1",
        entry_id,
        number - 1,
    )
    return moment


async def write_part(upload_id: UUID, part: Part) -> None:
    """Note a stored part; sent again, it replaces itself."""
    await store.execute(
        "INSERT INTO upload_part (id, upload_id, number, size, sha256, stored_at)"
        " VALUES ($1, $2, $3, $4, $5, clock_timestamp())"
        " ON CONFLICT (upload_id, number) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256,"
        " stored_at = excluded.stored_at",
        uuid4(),
        upload_id,
        part.number,
        part.size,
        part.sha256,
    )


async def forget_parts(upload_id: UUID) -> None:
    """The parts are gone, or of no use."""
    await store.execute("DELETE FROM upload_part WHERE upload_id = $1", upload_id)


async def close_upload(upload_id: UUID, state: UploadState, now: datetime, refusal: ArchiveFault | None = None) -> bool:
    """End an upload that is still open; tells whether it was."""
    touched = await store.execute(
        "UPDATE upload SET state = $2, completed_at = $3, refusal = $4::jsonb WHERE id = $1 AND state = 'registered'",
        upload_id,
        str(state),
        now,
        None if refusal is None else msgspec.json.encode(refusal).decode(),
    )
    return touched > 0


async def expire_uploads(older_than: datetime, now: datetime) -> int:
    """End what was registered before `older_than` and never completed; returns how many."""
    return await store.execute(
        "UPDATE upload SET state = 'expired', completed_at = $2 WHERE state = 'registered' AND registered_at < $1",
        older_than,
        now,
    )


async def closed_uploads_with_parts(limit: int) -> tuple[UUID, ...]:
    """Uploads whose parts are of no use any more."""
    rows = await store.fetch(
        "SELECT DISTINCT upload.id FROM upload JOIN upload_part ON upload_part.upload_id = upload.id"
        " WHERE upload.state <> 'registered' LIMIT $1",
        limit,
    )
    return tuple(row["id"] for row in rows)


async def count_charged(entry_id: UUID, begin: datetime, end: datetime) -> int:
    """How many submissions of a stretch of time cost the entry an attempt."""
    count: int = await store.fetch_value(
        "SELECT count(*) FROM submission WHERE entry_id = $1 AND charged AND received_at >= $2 AND received_at < $3",
        entry_id,
        begin,
        end,
    )
    return count


async def next_number(entry_id: UUID) -> int:
    """The number of the entry's next submission; meaningful while the entry is locked."""
    number: int = await store.fetch_value(
        "SELECT coalesce(max(number), 0) + 1 FROM submission WHERE entry_id = $1", entry_id
    )
    return number


async def insert_submission(submission: Submission) -> None:
    """Keep a submission."""
    await tables.Submission(
        id=submission.id,
        entry_id=submission.entry_id,
        number=submission.number,
        upload_id=submission.upload_id,
        account_id=submission.account_id,
        filename=submission.filename,
        sha256=submission.sha256,
        size=submission.size,
        object_key=submission.object_key,
        kit=submission.kit,
        manifest=msgspec.json.encode(submission.manifest).decode(),
        registered_at=submission.registered_at,
        received_at=submission.received_at,
        charged=submission.charged,
        repository=submission.repository,
        commit=submission.commit,
    ).save()


async def read_submission(submission_id: UUID) -> Submission | None:
    """The submission with this id."""
    row = await store.fetch_one(f"{_SUBMISSION} WHERE id = $1", submission_id)
    return None if row is None else _submission(row)


async def read_submission_of_upload(upload_id: UUID) -> Submission | None:
    """What an upload became."""
    row = await store.fetch_one(f"{_SUBMISSION} WHERE upload_id = $1", upload_id)
    return None if row is None else _submission(row)


async def read_submissions(entry_id: UUID) -> tuple[Submission, ...]:
    """The submissions of an entry, newest first."""
    rows = await store.fetch(f"{_SUBMISSION} WHERE entry_id = $1 ORDER BY number DESC", entry_id)
    return tuple(_submission(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The version that is fixed for the judges, and when it was."""

    number: int
    at: datetime


async def read_fixed(entry_id: UUID, deadline: datetime) -> Fixed | None:
    """What is fixed of an entry whose deadline is this one now (`hackathon.finals` writes it)."""
    row = await store.fetch_one(
        "SELECT number, made_at FROM judged_now AS judged JOIN submission ON submission.id = judged.submission_id"
        " WHERE judged.entry_id = $1 AND judged.deadline >= $2",
        entry_id,
        deadline,
    )
    return None if row is None else Fixed(row["number"], row["made_at"])


async def write_chosen(entry_id: UUID, submission_id: UUID | None) -> None:
    """Note the entry's choice; None: the latest evaluated one."""
    await store.execute("UPDATE entry SET chosen_submission_id = $2 WHERE id = $1", entry_id, submission_id)


def _upload(row: store.Row) -> Upload:
    values = {name: row[name] for name in ("id", "entry_id", "account_id", "filename", "size", "sha256", "part_bytes")}
    return Upload(
        **values,
        state=UploadState(row["state"]),
        registered_at=row["registered_at"],
        completed_at=row["completed_at"],
        refusal=None if row["refusal"] is None else msgspec.json.decode(row["refusal"], type=ArchiveFault),
        parts=msgspec.json.decode(row["parts"], type=tuple[Part, ...]),
        same_as=row["same_as"],
        repository=row["repository"],
        commit=row["commit"],
    )


def _submission(row: store.Row) -> Submission:
    values: dict[str, Any] = dict(row)
    manifest: Mapping[str, Any] = msgspec.json.decode(values.pop("manifest"))
    return Submission(manifest=manifest, **values)
