"""Read and change the rubrics of an event's tracks."""

from collections.abc import Callable
from uuid import UUID, uuid4

from hackathon import outbox, store
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging.rubrics import store as rows
from judging.rubrics.default import DEFAULT_RUBRIC
from judging.rubrics.errors import RubricMoved, RubricUnknown
from judging.rubrics.model import KeptRevision, Revision, Rubric, revise
from sandbox.model import Text


async def current(track_id: UUID, *, new_id: Callable[[], UUID] = uuid4) -> KeptRevision:
    """The version in force; the default rubric becomes a track's first one when it is first asked for."""
    found = await rows.read_current(track_id)
    if found is None:
        await rows.insert_revision(new_id(), track_id, Revision(1, DEFAULT_RUBRIC), await store.clock())
        found = await rows.read_current(track_id)
    if found is None:
        raise RubricUnknown
    return found


async def revision(rubric_id: UUID) -> KeptRevision:
    """One version. Raises RubricUnknown."""
    found = await rows.read_revision(rubric_id)
    if found is None:
        raise RubricUnknown
    return found


async def revisions(track_id: UUID) -> tuple[KeptRevision, ...]:
    """All versions of a track's rubric, the newest first."""
    await current(track_id)
    return await rows.read_revisions(track_id)


async def is_in_use(track_id: UUID) -> bool:
    """Whether a judge has scored by the rubric, so that a change is a new version with a reason."""
    return await rows.has_scored(track_id)


async def change(
    track_id: UUID,
    rubric: Rubric,
    reason: str,
    *,
    actor: Principal,
    seen: int | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> KeptRevision:
    """Give a track another rubric: in the place of the one nobody has scored by, else as a new version.

    `seen` is the number of the version that was looked at, where one is told. Sent again, it changes nothing. Raises
    Forbidden, ReasonMissing, RubricMoved, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=1000) if reason.strip() else ""
    await current(track_id)
    async with store.transaction():
        await rows.lock_rubric(track_id)
        old = await current(track_id)
        if old.rubric == rubric:
            return old
        if seen is not None and seen != old.number:
            raise RubricMoved
        new = revise(old, rubric, scored=await rows.has_scored(track_id), reason=words)
        now = await store.clock()
        if new.number == old.number:
            await rows.replace_rubric(old.id, rubric, now)
        else:
            await rows.insert_revision(new_id(), track_id, new, now)
        found = await current(track_id)
        await outbox.append(
            "rubric.changed",
            {"track": track_id, "rubric": found.id, "number": str(found.number)},
            actor=actor,
            reason=words or None,
        )
    return found
