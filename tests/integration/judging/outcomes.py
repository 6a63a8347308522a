"""What happens to the Balai around its results: final evaluations, the end of judging, what the outbox tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hackathon import store
from hackathon.outbox import AuditEntry
from judging import publications, rules
from judging.publications import Publication
from judging.rules import JudgingRules
from judging.standings import JudgesPart, Row
from tests.integration.judging.hall import Balai

RATNA, YUDHA, MAYA = "Ratna Handayani", "Yudha Pratama", "Maya Lestari"


async def choose(balai: Balai, chosen: JudgingRules) -> None:
    """Give the event these rules."""
    await rules.change_rules(balai.event.id, chosen, "Aturan hari ini", actor=await balai.organizer())


async def evaluate_final(balai: Balai, team: str, score: float) -> None:
    """How the fixed submission of a team did on the final cases."""
    await store.execute(
        "INSERT INTO evaluation (id, submission_id, entry_id, team_id, track_id, case_set, plan, state,"
        " queued_at, due_at, finished_at, status, message, score, low, high, tasks)"
        " VALUES ($1, $2, $3, $4, $5, 'final', '{}', 'finished', now(), now(), clock_timestamp(), 'ok',"
        ' \'{"id": "-", "en": "-"}\', $6, $7, $8, \'{"otomasi-formulir": 70}\')'
        # Where the application runs, it has planned it already.
        " ON CONFLICT (submission_id, case_set, round) DO UPDATE SET state = 'finished', status = 'ok',"
        " finished_at = excluded.finished_at, message = excluded.message, score = excluded.score, low = excluded.low,"
        " high = excluded.high, tasks = excluded.tasks",
        uuid4(),
        balai.submissions[team],
        balai.entries[team],
        balai.sukaraya.teams[team],
        balai.track.id,
        score,
        score - 1,
        score + 1,
    )


async def close(balai: Balai) -> None:
    """Judging ended a moment ago."""
    await balai.reschedule(replace(balai.event.schedule, judging_closes=datetime.now(UTC) - timedelta(seconds=1)))


async def freeze(balai: Balai) -> None:
    """The board is frozen since a minute."""
    await balai.reschedule(replace(balai.event.schedule, freeze_at=datetime.now(UTC) - timedelta(minutes=1)))


async def tell(balai: Balai, kind: str, **subject: str) -> None:
    """What the outbox tells the publisher of the track."""
    entry = AuditEntry(1, kind, {"track": str(balai.track.id), **subject}, UUID(int=0), balai.event.created_at)
    await publications.on_change(entry)


def row_of(publication: Publication | None, balai: Balai, team: str) -> Row:
    """A team's row."""
    assert publication is not None
    return next(row for row in publication.rows if row.entry_id == balai.entries[team])


def judges_of(publication: Publication | None, balai: Balai, team: str) -> JudgesPart:
    """What judges give a team."""
    judges = row_of(publication, balai, team).judges
    assert judges is not None
    return judges
