"""Who and what the pages show: five people, and one hackathon in each of its states, made through the services.

Ayu is captain and Bima a member of "Kawan Lapor" in every event that had begun; Citra organizes; Dewi is in no team.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from frontend.demo.plan import PROTOTYPES
from frontend.packing import pack
from hackathon import accounts, events, sessions, store, teams
from hackathon.events import Event, EventSpec, Rules, Schedule, TrackSpec, TrackTask, VenueSpec
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.model import Role as Power
from hackathon.objects import Objects
from hackathon.settings import Settings
from hackathon.submissions import complete_upload, register_upload, store_part
from judging import publications
from sandbox.model import Text
from tests.e2e.pages.engine import Line

AGENCY = "Kecamatan Karangjati, Kota Sukaraya"


class Role(StrEnum):
    """Who looks at a page; the values stand in the names of tests and pictures."""

    VISITOR = "pengunjung"
    PERSON = "dewi"
    MEMBER = "bima"
    CAPTAIN = "ayu"
    ORGANIZER = "citra"


class State(StrEnum):
    """Where an event stands; the value is its slug."""

    UPCOMING = "mendatang"
    REGISTRATION = "pendaftaran"
    BUILDING = "pengerjaan"
    FROZEN = "pembekuan"
    CLOSED = "selesai"


PEOPLE: Mapping[Role, tuple[str, str]] = {
    Role.PERSON: ("Dewi Saraswati", "dewi@sukaraya.invalid"),
    Role.MEMBER: ("Bima Prakoso", "bima@sukaraya.invalid"),
    Role.CAPTAIN: ("Ayu Lestari", "ayu@sukaraya.invalid"),
    Role.ORGANIZER: ("Citra Wulandari", "citra@sukaraya.invalid"),
}

NO_COPY = "FROM python\nCOPY nilai.py /app/nilai.py\nCMD python3 /app/nilai.py\n"

RIVALS = {
    "Satu Meja": ("DPMPTSP Kota Sukaraya", ("pola-pertama", "aturan-berlapis")),
    "Lentera Warga": ("Bappeda Prov. Nusa Jaya", ("kamus-wilayah",)),
    "Tembusan": ("Setda Kab. Banyuasri", ("naif-tebak",)),
    "Jejak Surat": ("Dinas Kearsipan Kab. Rawakencana", ("mogok-tengah",)),
}
"""Other teams: their agency, and what they hand in one after the other."""


@dataclass
class World:
    """Everything by name. `submissions` are Ayu's team's, by what became of them."""

    events: dict[State, Event] = field(default_factory=dict)
    people: dict[Role, Principal] = field(default_factory=dict)
    secrets: dict[Role, str] = field(default_factory=dict)
    team_ids: dict[tuple[State, str], UUID] = field(default_factory=dict)
    entries: dict[tuple[State, str], UUID] = field(default_factory=dict)
    submissions: dict[str, UUID] = field(default_factory=dict)


def schedule(now: datetime, state: State) -> Schedule:
    """A schedule that is in that state at `now`; phases last days, so that no test crosses a border."""
    begun = {
        State.UPCOMING: timedelta(days=-30),
        State.REGISTRATION: timedelta(days=-3),
        State.BUILDING: timedelta(days=2),
        State.FROZEN: timedelta(days=4, hours=14),
        State.CLOSED: timedelta(days=40),
    }[state]
    opens = now - begun
    return Schedule(
        registration_opens=opens - timedelta(days=14),
        building_opens=opens,
        building_closes=opens + timedelta(days=5, hours=9, minutes=27),
        judging_closes=opens + timedelta(days=12),
        objection_closes=opens + timedelta(days=16),
        freeze_at=opens + timedelta(days=4, hours=12) if state in (State.FROZEN, State.CLOSED) else None,
    )


def spec(now: datetime, state: State, timing: Schedule | None = None) -> EventSpec:
    """The event of a state."""
    task = (TrackTask("otomasi-formulir"),)
    words = {
        State.UPCOMING: Text("Hackathon Tahun Depan", "Next Year's Hackathon"),
        State.REGISTRATION: Text("Hackathon Nusa Jaya", "Nusa Jaya Hackathon"),
        State.BUILDING: Text("Hackathon AI ASN 2026", "ASN AI Hackathon 2026"),
        State.FROZEN: Text("Hackathon Banyuasri", "Banyuasri Hackathon"),
        State.CLOSED: Text("Hackathon Rawakencana", "Rawakencana Hackathon"),
    }
    return EventSpec(
        slug=state.value,
        title=words[state],
        zone="Asia/Jakarta",
        schedule=timing or schedule(now, state),
        rules=Rules(attempts_a_day=20, team_size_min=1),
        tracks=(
            TrackSpec("layanan-publik", Text("Layanan publik", "Public service"), task),
            TrackSpec("perizinan", Text("Perizinan", "Licensing"), task),
        ),
        venues=(
            VenueSpec("jakarta", "Jakarta, Balai Kenanga", "Asia/Jakarta"),
            VenueSpec("jayapura", "Jayapura, Aula Cenderawasih", "Asia/Jayapura"),
        ),
        demo=state is State.BUILDING,
    )


class Maker:
    """Fills a database; one step after the other, as people would have done it."""

    def __init__(self, settings: Settings, objects: Objects, line: Line, scratch: Path) -> None:
        self.settings = settings
        self.objects = objects
        self.line = line
        self.scratch = scratch
        self.world = World()
        self._archives = 0
        self._captains: dict[tuple[State, str], Principal] = {}

    async def make(self) -> World:
        """All of it. Afterwards one submission of Ayu's team runs and stands still, and one waits behind it."""
        now = await store.clock()
        for role, (name, email) in PEOPLE.items():
            await self._person(role, name, email, now)
        for state in State:
            # While work is handed in, everything is open and nothing is frozen.
            filled = state in (State.BUILDING, State.FROZEN, State.CLOSED)
            await self._event(state, now, schedule(now, State.BUILDING if filled else state))
            if state is not State.UPCOMING:
                await self._teams(state, now)
        await self.line.start()
        await self._hand_in_all(now)
        for event in self.world.events.values():
            for track in event.tracks:
                await publications.publish(track.id)
        for state in (State.FROZEN, State.CLOSED):
            await self._event(state, now, schedule(now, state))
        await self._leave_some_unfinished()
        return self.world

    async def _person(self, role: Role, name: str, email: str, now: datetime) -> None:
        powers = (Power.ORGANIZER,) if role is Role.ORGANIZER else ()
        account = await accounts.create_account(name, email=email, roles=powers, actor=SYSTEM, now=now)
        await store.execute("UPDATE account SET confirmed_at = $2 WHERE id = $1", account.id, now)
        self.world.people[role] = Principal(account.id, account.name, account.roles)
        self.world.secrets[role] = (await sessions.open_session(account.id, now=now)).secret

    async def _event(self, state: State, now: datetime, timing: Schedule) -> None:
        key = load_key(self.settings.secret_file)
        made = await events.apply_event(spec(now, state, timing), key=key, actor=SYSTEM, now=now)
        self.world.events[state] = made

    async def _teams(self, state: State, now: datetime) -> None:
        own = [self.world.people[Role.CAPTAIN].account_id, self.world.people[Role.MEMBER].account_id]
        await self._team(state, "Kawan Lapor", AGENCY, own, now)
        for name, (agency, _) in RIVALS.items():
            member = await accounts.create_account(f"Ketua {name}", actor=SYSTEM, now=now)
            await self._team(state, name, agency, [member.id], now)
            self._captains[state, name] = Principal(member.id, member.name, member.roles)

    async def _team(self, state: State, name: str, agency: str, members: list[UUID], now: datetime) -> None:
        event = self.world.events[state]
        team = await teams.create_team(
            event.id, name, agency, actor=SYSTEM, now=now, member_ids=members, venue=event.venues[0].slug
        )
        entry = await teams.enter_track(team.id, event.tracks[0].id, actor=SYSTEM, now=now)
        self.world.team_ids[state, name] = team.id
        self.world.entries[state, name] = entry.id

    async def _hand_in_all(self, now: datetime) -> None:
        for name, (_, prototypes) in RIVALS.items():
            for prototype in prototypes:
                await self.hand_in(State.BUILDING, name, prototype)
        mine = self.world.submissions
        mine["lemah"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "pola-pertama")
        mine["gagal-build"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "salah-urut", {"Dockerfile": NO_COPY})
        mine["mogok"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "mogok-tengah")
        mine["baik"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "aturan-berlapis")
        for state in (State.FROZEN, State.CLOSED):
            mine[state.value] = await self.hand_in(state, "Kawan Lapor", "pola-pertama")
            await self.hand_in(state, "Satu Meja", "aturan-berlapis")
        await self.line.finished()

    async def _leave_some_unfinished(self) -> None:
        self.line.engine.hold.set()
        mine = self.world.submissions
        mine["berjalan"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "kamus-wilayah")
        mine["antre"] = await self.hand_in(State.BUILDING, "Kawan Lapor", "naif-tebak")
        for _ in range(200):
            running: int = await store.fetch_value(
                "SELECT count(*) FROM evaluation WHERE submission_id = $1 AND state = 'running'", mine["berjalan"]
            )
            if running and self.line.engine.held.is_set():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("no evaluation came to be held")

    async def hand_in(self, state: State, team: str, prototype: str, files: Mapping[str, str] | None = None) -> UUID:
        """A prototype of the demo, with other bytes each time; `files` are put in place of it."""
        self._archives += 1
        target = self.scratch / f"{self._archives}-{prototype}.zip"
        source = self.scratch / f"{self._archives}"
        source.mkdir()
        for path in sorted((PROTOTYPES / prototype).rglob("*")) if files is None else ():
            if path.is_file():
                copy = source / path.relative_to(PROTOTYPES / prototype)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        for name, text in (files or {}).items():
            (source / name).write_text(text)
        (source / "CATATAN.txt").write_text(f"Versi {self._archives}\n")
        pack(source, target)
        data = target.read_bytes()
        captain = self._captains.get((state, team), self.world.people[Role.CAPTAIN])
        upload = await register_upload(
            self.world.entries[state, team],
            filename=f"{prototype}.zip",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            actor=captain,
        )
        for number in upload.missing:
            part = data[(number - 1) * upload.part_bytes : number * upload.part_bytes]
            await store_part(upload.id, number, _stream(part), objects=self.objects, actor=captain)
        receipt = await complete_upload(upload.id, objects=self.objects, actor=captain)
        return receipt.submission_id


async def _stream(data: bytes) -> AsyncIterator[bytes]:
    yield data
