"""Who and what the pages show: six people, and one hackathon in each of its states.

Ayu is captain and Bima a member of "Kawan Lapor" in every event that had begun; Citra organizes; Dewi is in no team;
Eko has just registered and not yet confirmed his address. Ratna judges, in an event of its own (`judging.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from frontend.demo.plan import load_plan
from hackathon.events import Event, EventSpec, Rules, Schedule, TrackSpec, TrackTask, VenueSpec
from hackathon.events.content import Content
from hackathon.model import Principal
from sandbox.model import Text

AGENCY = "Kecamatan Karangjati, Kota Sukaraya"
OWN = "Kawan Lapor"
PASSWORD = "kopi sawah lentera 42"


class Role(StrEnum):
    """Who looks at a page; the values stand in the names of tests and pictures."""

    VISITOR = "pengunjung"
    NEWCOMER = "eko"
    PERSON = "dewi"
    MEMBER = "bima"
    CAPTAIN = "ayu"
    ORGANIZER = "citra"
    JUDGE = "ratna"


class State(StrEnum):
    """Where an event stands; the value is its slug."""

    UPCOMING = "mendatang"
    REGISTRATION = "pendaftaran"
    BUILDING = "pengerjaan"
    FROZEN = "pembekuan"
    CLOSED = "selesai"


PEOPLE: Mapping[Role, tuple[str, str]] = {
    Role.NEWCOMER: ("Eko Prasetyo", "eko@sukaraya.invalid"),
    Role.PERSON: ("Dewi Saraswati", "dewi@sukaraya.invalid"),
    Role.MEMBER: ("Bima Prakoso", "bima@sukaraya.invalid"),
    Role.CAPTAIN: ("Ayu Lestari", "ayu@sukaraya.invalid"),
    Role.ORGANIZER: ("Citra Wulandari", "citra@sukaraya.invalid"),
}

RIVALS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Satu Meja": ("DPMPTSP Kota Sukaraya", ("pola-pertama", "aturan-berlapis")),
    "Lentera Warga": ("Bappeda Prov. Nusa Jaya", ("kamus-wilayah",)),
    "Tembusan": ("Setda Kab. Banyuasri", ("naif-tebak",)),
    "Jejak Surat": ("Dinas Kearsipan Kab. Rawakencana", ("mogok-tengah",)),
}
"""Other teams: their agency, and what they hand in one after the other."""


@dataclass
class World:
    """Everything by name. `submissions` are Ayu's team's, by what became of them; `places` stand for the `{names}` in
    addresses of the table.
    """

    events: dict[State, Event] = field(default_factory=dict)
    people: dict[Role, Principal] = field(default_factory=dict)
    secrets: dict[Role, str] = field(default_factory=dict)
    team_ids: dict[tuple[State, str], UUID] = field(default_factory=dict)
    entries: dict[tuple[State, str], UUID] = field(default_factory=dict)
    submissions: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


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
        rules=Rules(attempts_a_day=20, team_size_min=1, approval=state is State.REGISTRATION),
        tracks=(
            TrackSpec("layanan-publik", Text("Layanan publik", "Public service"), task),
            TrackSpec("perizinan", Text("Perizinan", "Licensing"), task),
        ),
        venues=(
            VenueSpec("jakarta", "Jakarta, Balai Kenanga", "Asia/Jakarta"),
            VenueSpec("jayapura", "Jayapura, Aula Cenderawasih", "Asia/Jayapura"),
        ),
        demo=state is State.BUILDING,
        content=content() if state is State.BUILDING else Content(),
    )


def content() -> Content:
    """Everything an event can say of itself: the demo's."""
    return load_plan().event.content
