"""Make and change events; read them, their seeds and extensions."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg

from hackathon import outbox, store
from hackathon.errors import Conflict, Refusal
from hackathon.events import store as rows
from hackathon.events.errors import EventUnknown, InUse, TrackUnknown
from hackathon.events.model import HIDDEN_SETS, SEED_BYTES, Event, Extension, Scope, Track
from hackathon.events.spec import EventSpec, TrackSpec, VenueSpec
from hackathon.keys import seal, unseal
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer, require_system
from sandbox.model import CaseSet, Text


async def apply_event(
    spec: EventSpec,
    *,
    key: bytes,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> Event:
    """Make the event, or change the one of this slug to match; applying the same again changes nothing.

    Hidden sets get seeds of 256 bits when the event is made, sealed with `key` (see `hackathon.keys`), and keep them.
    Raises Forbidden, and InUse where a track or venue with teams would go, or the tasks of a track with submissions
    change: the scores on one board must stay comparable.
    """
    require_organizer(actor)
    async with store.transaction():
        await rows.lock_slug(spec.slug)
        old = await rows.read_event(spec.slug)
        if old is not None and _spec_of(old) == _sorted(spec):
            return old
        event_id = old.id if old else new_id()
        if old is not None:
            await _keep_tasks(old, spec)
        await rows.write_event(event_id, spec, now)
        await _write_parts(event_id, spec)
        if old is None:
            for case_set in HIDDEN_SETS:
                seed = random_bytes(SEED_BYTES)
                sealed = seal(key, seed, _seed_context(event_id, case_set), random_bytes=random_bytes)
                await rows.insert_seed(event_id, case_set, sealed, hashlib.sha256(seed).hexdigest(), now)
        await outbox.append("event.applied", {"event": event_id}, actor=actor)
        return await get_event(spec.slug)


async def get_event(slug: str) -> Event:
    """The event of this slug. Raises EventUnknown."""
    event = await rows.read_event(slug)
    if event is None:
        raise EventUnknown(slug)
    return event


async def get_event_by_id(event_id: UUID) -> Event:
    """The event with this id. Raises EventUnknown."""
    event = await rows.read_event_by_id(event_id)
    if event is None:
        raise EventUnknown(str(event_id))
    return event


async def list_events() -> tuple[Event, ...]:
    """All events, the one that began last first."""
    return await rows.read_events()


async def get_track(event: Event | str, slug: str) -> Track:
    """A track of an event, which may be named by its slug. Raises EventUnknown, TrackUnknown."""
    whole = await get_event(event) if isinstance(event, str) else event
    for track in whole.tracks:
        if track.slug == slug:
            return track
    raise TrackUnknown(slug)


async def read_seed(event_id: UUID, case_set: CaseSet, *, key: bytes, actor: Principal, reason: str) -> bytes:
    """The seed (32 bytes) of a hidden set. Only the system itself may read it, and each reading is in the audit chain.

    Raises Forbidden, EventUnknown, Unavailable where `key` is not the one that sealed it.
    """
    require_system(actor)
    async with store.transaction():
        sealed = await rows.read_sealed(event_id, case_set)
        if sealed is None:
            raise EventUnknown(str(event_id))
        await outbox.append("seed.read", {"event": event_id, "case_set": str(case_set)}, actor=actor, reason=reason)
        return unseal(key, sealed, _seed_context(event_id, case_set))


async def extend_deadline(
    event_id: UUID,
    extension: Extension,
    *,
    reason: str,
    actor: Principal,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
) -> None:
    """Give the whole event, a venue, a track or a team more time; the same again is given once. Organizers only.

    Raises EventUnknown, Refusal.
    """
    require_organizer(actor)
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=1000)
    event = await get_event_by_id(event_id)
    if extension.until <= event.schedule.building_closes:
        raise Refusal(
            Text(
                id="Perpanjangan harus lebih lambat daripada batas waktu acara.",
                en="An extension must be later than the event's deadline.",
            ),
            "extension_too_early",
        )
    if extension.until <= now:
        raise Refusal(
            Text(
                id="Waktu itu sudah lewat. Pilih yang masih akan datang.", en="That time is past. Choose a later one."
            ),
            "extension_past",
        )
    whole = extension.scope is Scope.EVENT
    known = extension.target is None if whole else await _is_known(event_id, extension)
    if not known:
        raise Conflict(
            Text(id="Sasaran perpanjangan tidak ada di acara ini.", en="The event has nothing by that id to extend."),
            "extension_target_unknown",
        )
    extension_id = new_id()
    async with store.transaction():
        await rows.lock_slug(event.slug)
        if extension in await rows.read_extensions(event_id):
            return
        await rows.insert_extension(extension_id, event_id, extension, words, now)
        await outbox.append(
            "deadline.extended",
            {"event": event_id, "extension": extension_id, "scope": str(extension.scope)},
            actor=actor,
            reason=words,
        )


async def list_extensions(event_id: UUID) -> tuple[Extension, ...]:
    """All extensions of an event."""
    return await rows.read_extensions(event_id)


async def _is_known(event_id: UUID, extension: Extension) -> bool:
    return extension.target is not None and await rows.target_exists(event_id, extension.scope, extension.target)


async def _keep_tasks(old: Event, spec: EventSpec) -> None:
    wanted = {track.slug: track.tasks for track in spec.tracks}
    for slug in await rows.tracks_with_submissions(old.id):
        (tasks,) = (track.tasks for track in old.tracks if track.slug == slug)
        if wanted.get(slug, tasks) != tasks:
            raise InUse(
                Text(
                    id=f"Kategori `{slug}` sudah menerima pengajuan, jadi tugas ujinya tidak dapat diubah lagi.",
                    en=f"Track `{slug}` has submissions already, so its tasks cannot change any more.",
                )
            )


async def _write_parts(event_id: UUID, spec: EventSpec) -> None:
    try:
        await rows.write_tracks(event_id, spec.tracks)
        await rows.write_venues(event_id, spec.venues)
    except asyncpg.ForeignKeyViolationError as error:
        raise InUse(
            Text(
                id="Ada kategori atau lokasi yang dihapus dari berkas padahal sudah dipakai tim. Biarkan tetap ada.",
                en="The file leaves out a track or venue that teams are in already. Keep it.",
            )
        ) from error


def _seed_context(event_id: UUID, case_set: CaseSet) -> bytes:
    return f"seed:{event_id}:{case_set}".encode()


def _spec_of(event: Event) -> EventSpec:
    return EventSpec(
        slug=event.slug,
        title=event.title,
        zone=event.zone,
        schedule=event.schedule,
        rules=event.rules,
        tracks=tuple(TrackSpec(track.slug, track.title, track.tasks, track.summary) for track in event.tracks),
        venues=tuple(VenueSpec(venue.slug, venue.name, venue.zone, venue.address) for venue in event.venues),
        demo=event.demo,
        content=event.content,
    )


def _sorted(spec: EventSpec) -> EventSpec:
    return replace(spec, venues=tuple(sorted(spec.venues, key=lambda venue: venue.slug)))
