"""The hackathon of Sukaraya: an event with two tracks and four teams, written to the database as the services leave it.

Evaluations are written directly: no worker, no engine, any score a test wants.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hackathon import outbox, store
from hackathon.events import EventSpec, Schedule, TrackSpec, TrackTask, apply_event
from hackathon.events.model import Event, Rules, Track
from hackathon.model import SYSTEM, Principal, Role
from sandbox.model import Text

TEAMS = {
    "Kawan Lapor": "Kecamatan Karangjati, Kota Sukaraya",
    "Satu Meja": "DPMPTSP Kota Sukaraya",
    "Lentera Warga": "Bappeda Prov. Nusa Jaya",
    "Tembusan": "Setda Kab. Banyuasri",
}


def schedule(now: datetime, *, frozen: bool = False) -> Schedule:
    """In the middle of building; frozen since an hour if asked."""
    return Schedule(
        registration_opens=now - timedelta(days=20),
        building_opens=now - timedelta(days=5),
        building_closes=now + timedelta(days=2, hours=9, minutes=27),
        judging_closes=now + timedelta(days=10),
        objection_closes=now + timedelta(days=14),
        freeze_at=now - timedelta(hours=1) if frozen else None,
    )


@dataclass
class Sukaraya:
    """The event and its entries in the first track, by team name."""

    event: Event
    entries: dict[str, UUID]
    teams: dict[str, UUID]
    account: UUID
    numbers: dict[str, int]
    captains: dict[str, Principal]

    @property
    def track(self) -> Track:
        """The track in which all teams are."""
        return self.event.tracks[0]

    @classmethod
    async def make(cls) -> "Sukaraya":
        """Write event, teams and entries."""
        now = datetime.now(UTC)
        event = await apply(schedule(now))
        account = uuid4()
        await store.execute(
            "INSERT INTO account (id, name, created_at) VALUES ($1, 'Dewi Saraswati', $2)", account, now
        )
        entries, teams, captains = {}, {}, {}
        for order, (name, agency) in enumerate(TEAMS.items()):
            teams[name], entries[name] = uuid4(), uuid4()
            await store.execute(
                "INSERT INTO team (id, event_id, name, agency, created_at) VALUES ($1, $2, $3, $4, $5)",
                teams[name],
                event.id,
                name,
                agency,
                now - timedelta(days=4) + timedelta(minutes=order),
            )
            await store.execute(
                "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, $5)",
                entries[name],
                event.id,
                teams[name],
                event.tracks[0].id,
                now,
            )
            captains[name] = await _captain(event.id, teams[name], f"Ketua {name}", now)
        return cls(event, entries, teams, account, dict.fromkeys(TEAMS, 0), captains)

    async def organizer(self) -> Principal:
        """Somebody who organizes."""
        account = await new_account("Panitia Sukaraya", datetime.now(UTC), roles=[Role.ORGANIZER])
        return Principal(account, "Panitia Sukaraya", frozenset({Role.ORGANIZER}))

    async def freeze(self, *, frozen: bool = True) -> None:
        """Begin the freeze an hour ago, or lift it."""
        self.event = await apply(schedule(datetime.now(UTC), frozen=frozen))

    async def hand_in(
        self, team: str, filename: str = "p.zip", *, object_key: str = "k", manifest: str = "{}"
    ) -> tuple[UUID, int]:
        """A submission whose evaluation has not begun."""
        now = datetime.now(UTC)
        upload, submission = uuid4(), uuid4()
        self.numbers[team] += 1
        await store.execute(
            "INSERT INTO upload (id, entry_id, account_id, filename, size, sha256, part_bytes, state, registered_at,"
            " completed_at) VALUES ($1, $2, $3, $5, 9, repeat('0', 64), 9, 'completed', $4, $4)",
            upload,
            self.entries[team],
            self.account,
            now,
            filename,
        )
        await store.execute(
            "INSERT INTO submission (id, entry_id, number, upload_id, account_id, filename, sha256, size, object_key,"
            " kit, manifest, registered_at, received_at)"
            " VALUES ($1, $2, $3, $4, $5, $7, repeat('0', 64), 9, $8, 'python', $9::jsonb, $6, $6)",
            submission,
            self.entries[team],
            self.numbers[team],
            upload,
            self.account,
            now,
            filename,
            object_key,
            manifest,
        )
        return submission, self.numbers[team]

    async def evaluate(
        self,
        team: str,
        score: float,
        *,
        spread: float = 1.0,
        status: str = "ok",
        tell: bool = True,
        task_hash: str = "-",
    ) -> UUID:
        """Hand in and evaluate on the board's cases; returns the evaluation. `tell` appends it to the outbox,
        `task_hash` names the task as it was run.
        """
        submission, _ = await self.hand_in(team)
        evaluation = uuid4()
        async with store.transaction():
            await store.execute(
                "INSERT INTO evaluation (id, submission_id, entry_id, team_id, track_id, case_set, plan, state, "
                " queued_at, due_at, finished_at, status, message, score, low, high, tasks)"
                " VALUES ($1, $2, $3, $4, $5, 'board', $11::jsonb, 'finished', now(),"
                ' now(), clock_timestamp(), $6, \'{"id": "-", "en": "-"}\', $7, $8, $9, $10)',
                evaluation,
                submission,
                self.entries[team],
                self.teams[team],
                self.track.id,
                status,
                score,
                max(0.0, score - spread),
                min(100.0, score + spread),
                json.dumps({"otomasi-formulir": score}),
                json.dumps({"tasks": [{"slug": "otomasi-formulir", "version": "1", "hash": task_hash, "cases": 40}]}),
            )
            if status != "build_failed":
                await store.execute(
                    "INSERT INTO run (id, evaluation_id, attempt, task_slug, task_version, task_hash, status, message,"
                    " score, metrics, cases, expected_cases, seconds, usage)"
                    " VALUES ($1, $2, 1, 'otomasi-formulir', '1', $7, $3, $6, $4, $5, '[]', 40, 2.5, '{}')",
                    uuid4(),
                    evaluation,
                    status,
                    score,
                    json.dumps(_metrics(score)),
                    json.dumps({"id": "-", "en": "-"}),
                    task_hash,
                )
            if tell:
                subject = {"evaluation": evaluation, "track": self.track.id, "case_set": "board", "status": status}
                await outbox.append("evaluation.finished", subject, actor=SYSTEM)
        return evaluation


async def new_account(name: str, now: datetime, *, roles: Sequence[Role] = ()) -> UUID:
    """A person whose address is confirmed."""
    account = uuid4()
    await store.execute(
        "INSERT INTO account (id, name, email, roles, created_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, $5)",
        account,
        name,
        f"{account.hex}@sukaraya.example",
        [str(role) for role in roles],
        now,
    )
    return account


async def _captain(event_id: UUID, team_id: UUID, name: str, now: datetime) -> Principal:
    account = await new_account(name, now)
    await store.execute(
        "INSERT INTO member (id, team_id, event_id, account_id, captain, joined_at) VALUES ($1, $2, $3, $4, true, $5)",
        uuid4(),
        team_id,
        event_id,
        account,
        now,
    )
    return Principal(account, name, frozenset())


async def apply(when: Schedule) -> Event:
    """Make the event, or give it another schedule."""
    task = (TrackTask("otomasi-formulir"),)
    spec = EventSpec(
        slug="asn-2026",
        title=Text(id="Hackathon AI ASN 2026", en="ASN AI Hackathon 2026"),
        zone="Asia/Jakarta",
        schedule=when,
        rules=Rules(),
        tracks=(
            TrackSpec("layanan-publik", Text(id="Layanan publik", en="Public service"), task),
            TrackSpec("perizinan", Text(id="Perizinan", en="Licensing"), task),
        ),
        demo=True,
    )
    return await apply_event(spec, key=bytes(32), actor=SYSTEM, now=datetime.now(UTC))


def _metrics(score: float) -> dict[str, dict[str, float]]:
    """Points that spread around the score, as the task's metrics do."""
    spread = {"f1_isian": 6.0, "bentuk_baku": 3.5, "tidak_mengarang": -2.5, "siap_pakai": -9.0}
    return {
        name: {"value": 0.5, "points": min(100.0, max(0.0, score + add)) if score else 0.0}
        for name, add in spread.items()
    }
