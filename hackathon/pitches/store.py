"""Reading and writing of pitches and videos."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.pitches import tables
from hackathon.pitches.model import Pitch, PitchPage, PitchState, Video
from sandbox.model import Text

_PITCH = """
SELECT pitch.id, pitch.entry_id, account_id, account.name AS author, filename, size, sha256, state, offered_at,
    finished_at, failures, message, pages
FROM pitch JOIN account ON account.id = account_id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A document in a worker's hands; later writes must name its attempt."""

    pitch_id: UUID
    entry_id: UUID
    attempt: int
    failures: int


async def insert(pitch: Pitch) -> None:
    """Keep a document that was offered; it is wanted at once."""
    await tables.Pitch(
        id=pitch.id,
        entry_id=pitch.entry_id,
        account_id=pitch.account_id,
        filename=pitch.filename,
        size=pitch.size,
        sha256=pitch.sha256,
        state=str(pitch.state),
        offered_at=pitch.offered_at,
        attempt=0,
        due_at=await store.clock(),
        failures=0,
        pages="[]",
    ).save()


async def replace_waiting(entry_id: UUID) -> tuple[UUID, ...]:
    """Nobody needs what is not drawn yet; returns what that was."""
    rows = await store.fetch(
        "UPDATE pitch SET state = 'replaced', lease_until = NULL WHERE entry_id = $1"
        " AND state IN ('waiting', 'drawing') RETURNING id",
        entry_id,
    )
    return tuple(row["id"] for row in rows)


async def read_latest(entry_id: UUID) -> Pitch | None:
    """What was offered last."""
    row = await store.fetch_one(
        f"{_PITCH} WHERE pitch.entry_id = $1 ORDER BY offered_at DESC, pitch.id LIMIT 1", entry_id
    )
    return None if row is None else _pitch(row)


async def read_ready(entry_id: UUID) -> Pitch | None:
    """The latest that can be shown."""
    row = await store.fetch_one(
        f"{_PITCH} WHERE pitch.entry_id = $1 AND state = 'ready' ORDER BY offered_at DESC, pitch.id LIMIT 1", entry_id
    )
    return None if row is None else _pitch(row)


async def read(pitch_id: UUID) -> Pitch | None:
    """The pitch with this id."""
    row = await store.fetch_one(f"{_PITCH} WHERE pitch.id = $1", pitch_id)
    return None if row is None else _pitch(row)


async def nth_newest_offer(entry_id: UUID, number: int) -> datetime | None:
    """When the entry's document was offered that is `number`th from the newest; None without one."""
    moment: datetime | None = await store.fetch_value(
        "SELECT offered_at FROM pitch WHERE entry_id = $1 ORDER BY offered_at DESC OFFSET $2 LIMIT 1",
        entry_id,
        number - 1,
    )
    return moment


async def claim(lease: timedelta) -> Claim | None:
    """Take the document that has waited longest, or one whose holder was not heard of in time."""
    row = await store.fetch_one(
        "UPDATE pitch SET state = 'drawing', attempt = attempt + 1, lease_until = clock_timestamp() + $1,"
        " failures = failures + CASE state WHEN 'drawing' THEN 1 ELSE 0 END"
        " WHERE id = (SELECT id FROM pitch WHERE (state = 'waiting' AND due_at <= clock_timestamp())"
        " OR (state = 'drawing' AND lease_until < clock_timestamp()) ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
        " RETURNING id AS pitch_id, entry_id, attempt, failures",
        lease,
    )
    return None if row is None else Claim(**row)


async def keep_lease(claim: Claim, lease: timedelta) -> bool:
    """Hold it longer; False where it is not ours any more."""
    return await _touch(claim, "lease_until = clock_timestamp() + $3", lease)


async def give_back(claim: Claim, *, pause: timedelta, failed: bool) -> bool:
    """Let somebody try again after a pause."""
    change = "state = 'waiting', lease_until = NULL, due_at = clock_timestamp() + $3, failures = failures + $4"
    return await _touch(claim, change, pause, int(failed))


async def finish(claim: Claim, state: PitchState, message: Text, pages: tuple[PitchPage, ...]) -> bool:
    """Note what became of it; False where it is not ours any more."""
    return await _touch(
        claim,
        "state = $3, lease_until = NULL, finished_at = clock_timestamp(), message = $4::jsonb, pages = $5::jsonb",
        str(state),
        msgspec.json.encode(message).decode(),
        msgspec.json.encode(pages).decode(),
    )


async def replace_older(pitch_id: UUID, entry_id: UUID) -> tuple[UUID, ...]:
    """This one stands in place of the older ones; returns which those were."""
    rows = await store.fetch(
        "UPDATE pitch SET state = 'replaced', pages = '[]', finished_at = NULL, message = NULL"
        " WHERE entry_id = $2 AND state IN ('ready', 'refused')"
        " AND offered_at < (SELECT offered_at FROM pitch WHERE id = $1) RETURNING id",
        pitch_id,
        entry_id,
    )
    return tuple(row["id"] for row in rows)


async def read_video(entry_id: UUID) -> Video | None:
    """The entry's video."""
    row = await store.fetch_one(
        "SELECT address, account.name AS author, saved_at FROM pitch_video JOIN account ON account.id = account_id"
        " WHERE entry_id = $1",
        entry_id,
    )
    return None if row is None else Video(**row)


async def write_video(entry_id: UUID, address: str, account_id: UUID, now: datetime) -> None:
    """Keep the address; an empty one takes the video away."""
    if not address:
        await store.execute("DELETE FROM pitch_video WHERE entry_id = $1", entry_id)
        return
    await store.execute(
        "INSERT INTO pitch_video (entry_id, address, account_id, saved_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (entry_id) DO UPDATE SET address = $2, account_id = $3, saved_at = $4",
        entry_id,
        address,
        account_id,
        now,
    )


async def _touch(claim: Claim, change: str, *values: object) -> bool:
    touched = await store.execute(
        f"UPDATE pitch SET {change} WHERE id = $1 AND attempt = $2 AND state = 'drawing'",  # noqa: S608 - our own words
        claim.pitch_id,
        claim.attempt,
        *values,
    )
    return touched > 0


def _pitch(row: store.Row) -> Pitch:
    values = dict(row)
    return Pitch(
        **{
            **values,
            "state": PitchState(values["state"]),
            "message": None if values["message"] is None else msgspec.json.decode(values["message"], type=Text),
            "pages": msgspec.json.decode(values["pages"], type=tuple[PitchPage, ...]),
        }
    )
