"""The Balai: the hackathon of Sukaraya in its judging phase. Six teams whose versions are fixed, three judges, all of
whom judge all of them.

Ratna is strict, Yudha kind, Maya neither; Wira organizes. Everything is written as the services leave it, and any of it
can be changed by a test.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hackathon import store
from hackathon.events import Event, Schedule
from hackathon.events.model import Track
from hackathon.model import Principal, Role
from judging import scorecards
from judging.scorecards import Part
from tests.integration.sukaraya import Sukaraya, apply, new_account

JUDGES = {
    "Ratna Handayani": "Universitas Nusa Jaya",
    "Yudha Pratama": "Komunitas Data Sukaraya",
    "Maya Lestari": "Yayasan Layan Warga",
}
LATE_TEAMS = {"Pena Warga": "Kecamatan Rawa, Kota Sukaraya", "Jalur Cepat": "Dinas Perhubungan Kota Sukaraya"}


def judging_schedule(now: datetime) -> Schedule:
    """Building ended an hour ago, judging goes on for three days."""
    return Schedule(
        registration_opens=now - timedelta(days=20),
        building_opens=now - timedelta(days=5),
        building_closes=now - timedelta(hours=1),
        judging_closes=now + timedelta(days=3, hours=20),
        objection_closes=now + timedelta(days=8),
    )


@dataclass
class Balai:
    """The event. `judges` and `accounts` by the judge's name, `entries` and `submissions` by the team's, `assignments`
    by both.
    """

    sukaraya: Sukaraya
    judges: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, Principal] = field(default_factory=dict)
    submissions: dict[str, UUID] = field(default_factory=dict)
    assignments: dict[tuple[str, str], UUID] = field(default_factory=dict)

    @property
    def event(self) -> Event:
        """The event as it was applied last."""
        return self.sukaraya.event

    @property
    def track(self) -> Track:
        """The track in which all teams are."""
        return self.sukaraya.track

    @property
    def entries(self) -> dict[str, UUID]:
        """By name of the team."""
        return self.sukaraya.entries

    @classmethod
    async def make(cls, sukaraya: Sukaraya | None = None, *, task_hash: str = "-") -> "Balai":
        """Write everything; on top of an event of Sukaraya if one is there. `task_hash` names the task as it ran."""
        balai = cls(sukaraya or await Sukaraya.make())
        now = datetime.now(UTC)
        for name, agency in LATE_TEAMS.items():
            await balai.add_team(name, agency)
        for order, team in enumerate(balai.entries):
            await balai.sukaraya.evaluate(team, 60.0 + 5 * order, tell=False, task_hash=task_hash)
        await balai.reschedule(judging_schedule(now))
        for team in balai.entries:
            await balai.fix(team)
        for name, agency in JUDGES.items():
            await balai.add_judge(name, agency)
        for judge in balai.judges:
            for team in balai.entries:
                await balai.assign(judge, team)
        return balai

    async def reschedule(self, schedule: Schedule) -> None:
        """Give the event another schedule."""
        self.sukaraya.event = await apply(schedule)

    async def add_team(self, name: str, agency: str) -> None:
        """Another team in the track, with its entry."""
        now = datetime.now(UTC)
        team, entry = uuid4(), uuid4()
        await store.execute(
            "INSERT INTO team (id, event_id, name, agency, created_at) VALUES ($1, $2, $3, $4, $5)",
            team,
            self.event.id,
            name,
            agency,
            now,
        )
        await store.execute(
            "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, $5)",
            entry,
            self.event.id,
            team,
            self.track.id,
            now,
        )
        self.sukaraya.teams[name], self.sukaraya.entries[name] = team, entry
        self.sukaraya.numbers[name] = 0

    async def fix(self, team: str, *, submission: UUID | None = None) -> UUID:
        """Fix the latest version of a team, or this one; again, for another revision."""
        entry, now = self.entries[team], datetime.now(UTC)
        chosen: UUID = submission or await store.fetch_value(
            "SELECT id FROM submission WHERE entry_id = $1 ORDER BY number DESC LIMIT 1", entry
        )
        await self._revise(entry, chosen, now)
        self.submissions[team] = chosen
        return chosen

    async def lift(self, team: str) -> None:
        """What was fixed of a team is not any more."""
        await self._revise(self.entries[team], None, datetime.now(UTC))

    async def add_judge(self, name: str, agency: str) -> UUID:
        """A judge who has accepted, and declared no conflict."""
        now, judge = datetime.now(UTC), uuid4()
        account = await new_account(name, now)
        await store.execute(
            "INSERT INTO judge (id, event_id, account_id, name, email, agency, state, invited_at, joined_at,"
            " declared_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $7, $7)",
            judge,
            self.event.id,
            account,
            name,
            f"{judge.hex}@juri.example",
            agency,
            now,
        )
        self.judges[name], self.accounts[name] = judge, Principal(account, name, frozenset())
        return judge

    async def assign(self, judge: str, team: str, *, kind: str = "review") -> UUID:
        """Let a judge judge a team."""
        assignment = uuid4()
        await store.execute(
            "INSERT INTO assignment (id, judge_id, entry_id, kind, position, state, made_at)"
            " VALUES ($1, $2, $3, $4, $5, 'open', $6)",
            assignment,
            self.judges[judge],
            self.entries[team],
            kind,
            len(self.assignments),
            datetime.now(UTC),
        )
        if kind == "review":
            self.assignments[judge, team] = assignment
        return assignment

    async def organizer(self) -> Principal:
        """Wira."""
        account = await new_account("Wira Kusuma", datetime.now(UTC), roles=[Role.ORGANIZER])
        return Principal(account, "Wira Kusuma", frozenset({Role.ORGANIZER}))

    async def rate(self, assignment: UUID, judge: str, ratings: tuple[int, ...]) -> int:
        """Open a scorecard and rate its criteria in their order; returns its version."""
        actor = self.accounts[judge]
        card = await scorecards.open(assignment, actor=actor)
        version = card.version
        for key, rating in zip(card.rubric.rubric.keys, ratings, strict=False):
            saved = await scorecards.save(assignment, Part.RATINGS, key, rating, version, actor=actor)
            version = saved.version
        return version

    async def score(self, judge: str, team: str, ratings: tuple[int, ...] = (4, 3, 5, 3, 2)) -> float:
        """Rate everything and send it; returns the points."""
        assignment = self.assignments[judge, team]
        version = await self.rate(assignment, judge, ratings)
        return await scorecards.send(assignment, version, actor=self.accounts[judge])

    async def _revise(self, entry: UUID, submission: UUID | None, now: datetime) -> None:
        await store.execute(
            "INSERT INTO judged (id, entry_id, revision, submission_id, deadline, made_at)"
            " SELECT $1, $2, 1 + coalesce(max(revision), 0), $3, $4, $5 FROM judged WHERE entry_id = $2",
            uuid4(),
            entry,
            submission,
            self.event.schedule.building_closes,
            now,
        )
