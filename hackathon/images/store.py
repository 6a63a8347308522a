"""What the rows say of images: which are needed, which were used when, and the ones that the object store keeps."""

import json
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from hackathon import store
from hackathon.images.model import Claim, Saved, Unsaved, new_key, told
from sandbox.images import Room

_USED = """
SELECT image, extract(epoch FROM max(at))::float AS at FROM (
    SELECT image, finished_at AS at FROM evaluation WHERE image IS NOT NULL AND state = 'finished'
    UNION ALL SELECT image, finished_at FROM build WHERE image IS NOT NULL
) AS uses GROUP BY image
"""

# What counts, and what an evaluation that is not finished may be run from: its build, or what was run before.
_NEEDED = """
SELECT image FROM counting_image
UNION SELECT build.image FROM evaluation JOIN build USING (submission_id)
    WHERE evaluation.state <> 'finished' AND build.image IS NOT NULL
UNION SELECT earlier.image FROM evaluation JOIN evaluation AS earlier USING (submission_id)
    WHERE evaluation.state <> 'finished' AND earlier.state = 'finished' AND earlier.image IS NOT NULL
"""

_WANTED = """
SELECT image FROM counting_image AS counts
WHERE NOT EXISTS (
    SELECT FROM saved_image WHERE saved_image.image = counts.image
        AND (state <> 'saving' OR lease_until > clock_timestamp())
)
GROUP BY image ORDER BY image
"""

_BEGIN = """
INSERT INTO saved_image (image, attempt, state, lease_until, object_key)
VALUES ($1, 1, 'saving', clock_timestamp() + $2, $3)
ON CONFLICT (image) DO NOTHING RETURNING attempt
"""

_EXPIRED = """
SELECT attempt, object_key FROM saved_image
WHERE image = $1 AND state = 'saving' AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED
"""

_TAKE_OVER = """
UPDATE saved_image SET attempt = attempt + 1, lease_until = clock_timestamp() + $2, object_key = $3 WHERE image = $1
"""

_LEAVE = """
UPDATE saved_image SET state = 'leaving'
WHERE (state = 'leaving' OR (state = 'saved' AND saved_at < clock_timestamp() - $1::interval))
    AND NOT EXISTS (SELECT FROM counting_image WHERE counting_image.image = saved_image.image)
RETURNING image, object_key
"""

_ABANDONED = """
DELETE FROM saved_image WHERE state = 'saving' AND lease_until < clock_timestamp()
    AND NOT EXISTS (SELECT FROM counting_image WHERE counting_image.image = saved_image.image)
RETURNING image, object_key
"""


# A submission may have several images that count: it is told once.
_UNSAVED = """
SELECT team.name AS team, counts.entry_id, submission.number, min(failing.reason) AS reason,
    min(failing.failing_since) AS since
FROM counting_image AS counts JOIN saved_image AS failing USING (image)
    JOIN submission ON submission.id = counts.submission_id
    JOIN entry ON entry.id = counts.entry_id JOIN team ON team.id = entry.team_id
WHERE counts.event_id = $1 AND failing.failing_since IS NOT NULL
    AND EXISTS (SELECT FROM saved_image WHERE failing_since IS NOT NULL)  -- asked first: as a rule there is none
GROUP BY submission.id, team.name, counts.entry_id, submission.number
ORDER BY since, team.name, submission.number
"""


async def read_scored(submission_id: UUID) -> str | None:
    """The image that a submission last ran the board's cases from; None where it ran none."""
    image: str | None = await store.fetch_value(
        "SELECT image FROM evaluation WHERE submission_id = $1 AND case_set = 'board' AND state = 'finished'"
        " ORDER BY round DESC LIMIT 1",
        submission_id,
    )
    return image


async def read_used() -> dict[str, float]:
    """When something was last made or run from an image, in seconds since the epoch."""
    return {row["image"]: row["at"] for row in await store.fetch(_USED)}


async def read_needed() -> frozenset[str]:
    """The images that must stay wherever they are."""
    return frozenset(row["image"] for row in await store.fetch(_NEEDED))


async def read_wanted() -> tuple[str, ...]:
    """The images that count and that nobody has saved or is saving."""
    return tuple(row["image"] for row in await store.fetch(_WANTED))


async def claim(image: str, lease: timedelta) -> Claim | None:
    """Take an image to save it; None where somebody else has it, or had."""
    key = new_key(image)
    async with store.transaction():
        if await store.fetch_value(_BEGIN, image, lease, key) is not None:
            return Claim(image, 1, key)
        expired = await store.fetch_one(_EXPIRED, image)
        if expired is None:
            return None
        await store.execute(_TAKE_OVER, image, lease, key)
    return Claim(image, expired["attempt"] + 1, key, left=expired["object_key"])


async def keep_lease(claim: Claim, lease: timedelta) -> bool:
    """Whether the image is still this worker's to save, for as long again."""
    touched = await store.execute(
        "UPDATE saved_image SET lease_until = clock_timestamp() + $3"
        " WHERE image = $1 AND attempt = $2 AND state = 'saving'",
        claim.image,
        claim.attempt,
        lease,
    )
    return touched == 1


async def finish(claim: Claim, size: int, sha256: str) -> bool:
    """The image is in the object store; False where it is no longer this worker's."""
    touched = await store.execute(
        "UPDATE saved_image SET state = 'saved', lease_until = NULL, size = $3, sha256 = $4,"
        " saved_at = clock_timestamp(), reason = NULL, failing_since = NULL"
        " WHERE image = $1 AND attempt = $2 AND state = 'saving'",
        claim.image,
        claim.attempt,
        size,
        sha256,
    )
    return touched == 1


async def give_back(claim: Claim, pause: timedelta) -> None:
    """The image is free to be saved by whoever has it, after a pause."""
    await store.execute(
        "UPDATE saved_image SET lease_until = clock_timestamp() + $3"
        " WHERE image = $1 AND attempt = $2 AND state = 'saving'",
        claim.image,
        claim.attempt,
        pause,
    )


async def note_failure(claim: Claim, reason: str, pause: timedelta) -> None:
    """The image could not be saved: it is free to be tried again after a pause, and organizers are told why."""
    await store.execute(
        "UPDATE saved_image SET lease_until = clock_timestamp() + $3, reason = $4,"
        " failing_since = coalesce(failing_since, clock_timestamp())"
        " WHERE image = $1 AND attempt = $2 AND state = 'saving'",
        claim.image,
        claim.attempt,
        pause,
        reason,
    )


async def read_unsaved(event_id: UUID) -> tuple[Unsaved, ...]:
    """The submissions of an event whose image counts and could not be saved, the first to fail first."""
    return tuple(Unsaved(**row) for row in await store.fetch(_UNSAVED, event_id))


async def read_saved(submission_id: UUID) -> Saved | None:
    """The image that a submission was last scored with, where the object store keeps it."""
    row = await store.fetch_one(
        "SELECT saved_image.image, object_key, size, sha256 FROM evaluation"
        " JOIN saved_image ON saved_image.image = evaluation.image AND saved_image.state = 'saved'"
        " WHERE submission_id = $1 AND case_set = 'board' AND evaluation.state = 'finished'"
        " ORDER BY round DESC LIMIT 1",
        submission_id,
    )
    return None if row is None else Saved(row["image"], row["object_key"], row["size"], row["sha256"])


async def forget_saved(saved: Saved) -> None:
    """What the object store gave was not the image: it is to be saved anew by whoever has it."""
    await store.execute(
        "DELETE FROM saved_image WHERE image = $1 AND object_key = $2 AND state = 'saved'", saved.image, saved.key
    )


async def let_go(*, after: timedelta) -> dict[str, str]:
    """The files that can go now, by image: nothing needs them, nor has for `after`. `forget` ends it."""
    rows = [*await store.fetch(_LEAVE, after), *await store.fetch(_ABANDONED)]
    return {row["image"]: row["object_key"] for row in rows}


async def forget(image: str) -> None:
    """The files of an image that was let go are gone."""
    await store.execute("DELETE FROM saved_image WHERE image = $1 AND state = 'leaving'", image)


async def tell_room(worker_id: UUID, rooms: Iterable[Room]) -> None:
    """Note what a worker's disks have left."""
    await store.execute("UPDATE worker SET room = $2 WHERE id = $1", worker_id, json.dumps(told(rooms)))
