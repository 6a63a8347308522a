"""Offering a pitch and reading it: by its team until its deadline; seen by the team and organizers."""

from collections.abc import AsyncIterable, Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox, store, submissions, teams
from hackathon.model import Principal
from hackathon.objects import ObjectMissing, Objects, Spool
from hackathon.pitches import store as rows
from hackathon.pitches.errors import (
    DocumentEmpty,
    DocumentTooLarge,
    NotAPdf,
    PageUnknown,
    TooManyDocuments,
    VideoInvalid,
)
from hackathon.pitches.model import (
    MAGIC,
    MAGIC_WITHIN,
    MOST_BYTES,
    OFFERS,
    OFFERS_SPAN,
    Pitch,
    PitchState,
    PitchView,
    document_key,
    page_key,
    pitch_prefix,
    video_fault,
)
from hackathon.submissions import PART_SILENCE, FileStalled, Window, arriving, lively, shown_name


async def offer_pitch(
    entry_id: UUID,
    *,
    filename: str,
    stream: AsyncIterable[bytes],
    objects: Objects,
    actor: Principal,
    announced: int | None = None,
    now: datetime | None = None,
    new_id: Callable[[], UUID] = uuid4,
    silence: float = PART_SILENCE,
) -> Pitch:
    """Keep a PDF; a worker draws its pages soon. The same bytes as the latest are told as they stand.

    What is not drawn yet is replaced; what is shown stays until this one is ready. `announced` is a size to tell when
    the document proves too large. Without `now` the database's clock rules. Raises NotAPdf, DocumentEmpty,
    DocumentTooLarge, TooManyDocuments, UploadsBusy, NotOpen after the deadline, FileStalled, EntryUnknown, NotAMember,
    Unavailable.
    """
    window = await Window.of(entry_id, actor=actor)
    window.require_not_over(now or await store.clock())
    name, pitch_id, head = shown_name(filename), new_id(), b""
    with arriving(entry_id):
        async with objects.scratch() as folder:
            path = folder / "document"
            async with Spool(objects, path) as spool:
                async for chunk in lively(stream, silence, FileStalled(silence)):
                    head = head if len(head) >= MAGIC_WITHIN else (head + chunk)[:MAGIC_WITHIN]
                    await spool.write(chunk)
                    if spool.size > MOST_BYTES:
                        raise DocumentTooLarge(max(spool.size, announced or 0))
                await spool.flush()
            if not spool.size:
                raise DocumentEmpty
            if MAGIC not in head:
                raise NotAPdf(name)
            await objects.put_file(document_key(pitch_id), path)
    moment = now or await store.clock()
    try:
        pitch = await _offer(pitch_id, window, name, spool, objects=objects, actor=actor, now=moment)
    except BaseException:
        await objects.delete_prefix(pitch_prefix(pitch_id))
        raise
    if pitch.id != pitch_id:
        await objects.delete_prefix(pitch_prefix(pitch_id))
    return pitch


async def _offer(
    pitch_id: UUID,
    window: Window,
    name: str,
    spool: Spool,
    *,
    objects: Objects,
    actor: Principal,
    now: datetime,
) -> Pitch:
    entry_id = window.entry.id
    async with store.transaction():
        await submissions.lock_entry(entry_id)
        window.require_not_over(now)
        latest = await rows.read_latest(entry_id)
        if latest is not None and latest.sha256 == spool.sha256 and latest.state is not PitchState.REFUSED:
            return latest
        oldest = await rows.nth_newest_offer(entry_id, OFFERS)
        if oldest is not None and now < oldest + OFFERS_SPAN:
            raise TooManyDocuments(OFFERS, oldest + OFFERS_SPAN, window.event.zone)
        pitch = Pitch(
            id=pitch_id,
            entry_id=entry_id,
            account_id=actor.account_id,
            author=actor.name,
            filename=name,
            size=spool.size,
            sha256=spool.sha256,
            state=PitchState.WAITING,
            offered_at=now,
            finished_at=None,
            failures=0,
            message=None,
            pages=(),
        )
        replaced = await rows.replace_waiting(entry_id)
        await rows.insert(pitch)
        await outbox.append("pitch.offered", {"pitch": pitch_id, "entry": entry_id}, actor=actor)
    for old_id in replaced:
        await objects.delete_prefix(pitch_prefix(old_id))
    return pitch


async def pitch_of(entry_id: UUID, *, actor: Principal) -> PitchView:
    """An entry's pitch and video, for its team and organizers. Raises EntryUnknown, NotAMember."""
    await teams.get_entry(entry_id, actor=actor)
    latest = await rows.read_latest(entry_id)
    shown = latest if latest is None or latest.state is PitchState.READY else await rows.read_ready(entry_id)
    return PitchView(latest, shown, await rows.read_video(entry_id))


async def read_page(pitch_id: UUID, number: int, *, small: bool, objects: Objects, actor: Principal) -> bytes:
    """The picture of a page (PNG), for the team and organizers. Raises PageUnknown, NotAMember, Unavailable."""
    pitch = await rows.read(pitch_id)
    if pitch is None:
        raise PageUnknown
    await teams.get_entry(pitch.entry_id, actor=actor)
    if number not in [page.number for page in pitch.pages]:
        raise PageUnknown
    try:
        return await objects.read(page_key(pitch_id, number, small=small))
    except ObjectMissing as missing:
        raise PageUnknown from missing


async def save_video(entry_id: UUID, address: str, *, actor: Principal, now: datetime | None = None) -> None:
    """Keep the address of a video; an empty one takes it away.

    Raises VideoInvalid, NotOpen after the deadline, EntryUnknown, NotAMember.
    """
    plain = address.strip()
    fault = video_fault(plain) if plain else None
    if fault is not None:
        raise VideoInvalid(fault)
    async with store.transaction():
        window = await Window.of(entry_id, actor=actor)
        moment = now or await store.clock()
        window.require_not_over(moment)
        await rows.write_video(entry_id, plain, actor.account_id, moment)
        await outbox.append("pitch.video", {"entry": entry_id, "video": "set" if plain else "removed"}, actor=actor)
