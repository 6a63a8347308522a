"""A city's hackathon made through the services: an event in building, one track, one team of two."""

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hackathon import accounts, events, store, teams
from hackathon.events import Event, EventSpec, Rules, Schedule, TrackSpec, TrackTask, VenueSpec
from hackathon.model import SYSTEM, Principal
from hackathon.objects import Objects
from hackathon.submissions import Receipt, Upload, complete_upload, register_upload, store_part
from sandbox.model import Text

KEY = bytes(range(32))

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""16.00 in Jakarta, on the second of three days of building."""

SCHEDULE = Schedule(
    registration_opens=NOW - timedelta(days=20),
    building_opens=NOW - timedelta(days=1),
    building_closes=NOW + timedelta(days=2),
    judging_closes=NOW + timedelta(days=3),
    objection_closes=NOW + timedelta(days=7),
)

SPEC = EventSpec(
    slug="sukaraya",
    title=Text(id="Hackathon Kota Sukaraya", en="Sukaraya City Hackathon"),
    zone="Asia/Jakarta",
    schedule=SCHEDULE,
    rules=Rules(),
    tracks=(
        TrackSpec("formulir", Text(id="Formulir", en="Forms"), (TrackTask("otomasi-formulir"),)),
        TrackSpec("surat", Text(id="Surat", en="Letters"), (TrackTask("otomasi-formulir", 2.0),)),
    ),
    venues=(VenueSpec("jayapura", "Jayapura", "Asia/Jayapura"),),
)


@dataclass(frozen=True)
class City:
    """The event, the team "Kawan Lapor" with Sari (captain) and Budi, and its entry in the first track."""

    event: Event
    sari: Principal
    budi: Principal
    team_id: UUID
    entry_id: UUID


async def person(name: str, now: datetime = NOW, *, confirmed: bool = True) -> Principal:
    """An account that takes part, with its address confirmed unless asked otherwise."""
    account = await accounts.create_account(name, actor=SYSTEM, now=now)
    await store.execute("UPDATE account SET confirmed_at = $2 WHERE id = $1", account.id, now if confirmed else None)
    return Principal(account.id, account.name, account.roles)


async def found(spec: EventSpec = SPEC, *, attempts_a_day: int | None = None) -> City:
    """Make the city."""
    if attempts_a_day is not None:
        spec = replace(spec, rules=replace(spec.rules, attempts_a_day=attempts_a_day))
    event = await events.apply_event(spec, key=KEY, actor=SYSTEM, now=NOW)
    sari, budi = await person("Sari"), await person("Budi")
    team_id, entry_id = await team(event, "Kawan Lapor", sari, budi)
    return City(event, sari, budi, team_id, entry_id)


async def apply_again(spec: EventSpec) -> Event:
    """Give the event other rules or another schedule."""
    return await events.apply_event(spec, key=KEY, actor=SYSTEM, now=NOW)


async def team(
    event: Event, name: str, *members: Principal, track: int = 0, venue: str | None = None
) -> tuple[UUID, UUID]:
    """Another team, entered in a track."""
    ids = [member.account_id for member in members]
    made = await teams.create_team(
        event.id, name, "Kecamatan Karangjati", member_ids=ids, venue=venue, actor=SYSTEM, now=NOW
    )
    entry = await teams.enter_track(made.id, event.tracks[track].id, actor=SYSTEM, now=NOW)
    return made.id, entry.id


def archive(files: Mapping[str, str] | None = None, note: str = "") -> bytes:
    """A small zip that the python kit takes; `note` makes its bytes different."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as pack:
        for name, text in (files or {"app.py": f"def predict(task, input):\n    return {{}}  # {note}\n"}).items():
            pack.writestr(zipfile.ZipInfo(name, (2026, 11, 24, 0, 0, 0)), text)
    return buffer.getvalue()


async def stream(data: bytes, chunk: int = 100) -> AsyncIterator[bytes]:
    """Bytes as they come over a line."""
    for start in range(0, len(data), chunk):
        yield data[start : start + chunk]


async def register(
    city: City, data: bytes, *, now: datetime | None = NOW, part_bytes: int = 1 << 20, entry_id: UUID | None = None
) -> Upload:
    """Announce `data` as Sari."""
    return await register_upload(
        entry_id or city.entry_id,
        filename="lapor.zip",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        actor=city.sari,
        now=now,
        part_bytes=part_bytes,
    )


async def send(city: City, upload: Upload, data: bytes, objects: Objects, *, now: datetime | None = NOW) -> None:
    """Send every part as Sari."""
    for number in upload.missing:
        start = (number - 1) * upload.part_bytes
        part = data[start : start + upload.part_bytes]
        await store_part(upload.id, number, stream(part), objects=objects, actor=city.sari, now=now)


async def hand_in(city: City, data: bytes, objects: Objects, *, now: datetime | None = NOW) -> Receipt:
    """From announcing to the receipt."""
    upload = await register(city, data, now=now)
    await send(city, upload, data, objects, now=now)
    return await complete_upload(upload.id, objects=objects, actor=city.sari, now=now)
