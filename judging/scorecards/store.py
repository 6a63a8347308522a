"""Reading and writing of scorecards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.events.model import Schedule
from judging.scorecards.model import Change, Kind, Part, Progress, SentCard, State, Value, Work

_WORK = """
SELECT assignment.id AS assignment_id, judge.id AS judge_id, judge.account_id, judge.state = 'active'
    AND NOT EXISTS (SELECT 1 FROM member WHERE member.event_id = judge.event_id
        AND member.account_id = judge.account_id) AS active,
    judge.declared_at IS NOT NULL AS declared,
    entry.event_id, entry.id AS entry_id, team.id AS team_id, entry.track_id, team.name AS team, team.agency,
    assignment.kind, assignment.position, assignment.state <> 'open' AS ended, coalesce(card.version, 0) AS version,
    coalesce(card.state, 'draft') AS state, card.ratings, card.submission_id, card.points, card.saved_at, card.sent_at,
    card.reopened_at
FROM assignment JOIN judge ON judge.id = assignment.judge_id JOIN entry ON entry.id = assignment.entry_id
    JOIN team ON team.id = entry.team_id LEFT JOIN scorecard AS card ON card.assignment_id = assignment.id
"""

_SENT = """
SELECT assignment.id AS assignment_id, judge_id, entry_id, entry.track_id, kind, points, ratings, rubric_id,
    submission_id, sent_at, feedback, assignment.state = 'open' AS standing
FROM scorecard AS card JOIN assignment ON assignment.id = card.assignment_id
    JOIN entry ON entry.id = assignment.entry_id
WHERE card.state = 'sent' AND (entry.event_id = $1 OR entry.track_id = $1)
ORDER BY card.sent_at, card.id
"""

_PROGRESS = """
SELECT judge.id AS judge_id, count(assignment.id) AS assigned,
    count(card.id) FILTER (WHERE card.state = 'draft') AS begun,
    count(card.id) FILTER (WHERE card.state = 'sent') AS sent, max(card.saved_at) AS last_at
FROM judge LEFT JOIN assignment ON assignment.judge_id = judge.id AND assignment.state = 'open'
    LEFT JOIN scorecard AS card ON card.assignment_id = assignment.id
WHERE judge.event_id = $1 GROUP BY judge.id
"""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A scorecard as it stands, and all changes of it in their order. `reopened` is the last reason for that."""

    id: UUID
    submission_id: UUID
    rubric_id: UUID
    version: int
    state: State
    ratings: Mapping[str, int]
    notes: Mapping[str, str]
    feedback: Mapping[str, str]
    started_at: datetime
    saved_at: datetime
    sent_at: datetime | None
    changes: tuple[Change, ...]
    since: int
    reopened: str

    @property
    def steps(self) -> tuple[Change, ...]:
        """The changes since it was last sent or reopened: what can be taken back."""
        return tuple(change for change in self.changes if change.version > self.since)

    def values(self, part: Part) -> Mapping[str, int] | Mapping[str, str]:
        """What stands in a part."""
        if part is Part.RATINGS:
            return self.ratings
        return self.notes if part is Part.NOTES else self.feedback


async def read_work(assignment_id: UUID, *, lock: bool = False) -> Work | None:
    """An assignment. With `lock` whatever happens to it or its scorecard waits until the transaction ends."""
    if lock:
        store.require_transaction()
        await store.execute("SELECT 1 FROM assignment WHERE id = $1 FOR NO KEY UPDATE", assignment_id)
    row = await store.fetch_one(f"{_WORK} WHERE assignment.id = $1", assignment_id)
    return None if row is None else _work(row)


async def read_works(judge_id: UUID) -> tuple[Work, ...]:
    """All assignments of a judge in their order, samples first."""
    rows = await store.fetch(
        f"{_WORK} WHERE assignment.judge_id = $1"
        " ORDER BY array_position(ARRAY['calibration', 'review', 'final'], assignment.kind), position, assignment.id",
        judge_id,
    )
    return tuple(_work(row) for row in rows)


async def read_schedule(event_id: UUID) -> Schedule:
    """The schedule of an event as it is in this transaction."""
    text = await store.fetch_value("SELECT schedule FROM event WHERE id = $1", event_id)
    return msgspec.json.decode(text, type=Schedule)


async def read_card(assignment_id: UUID) -> CardRow | None:
    """The scorecard of an assignment."""
    row = await store.fetch_one("SELECT * FROM scorecard WHERE assignment_id = $1", assignment_id)
    if row is None:
        return None
    changes = await store.fetch(
        "SELECT version, part, field, value, undoes FROM scorecard_change WHERE scorecard_id = $1 ORDER BY version",
        row["id"],
    )
    marks = [change for change in changes if change["part"] in ("sent", "reopened")]
    reasons = [_value(change["value"]) for change in marks if change["part"] == "reopened"]
    return CardRow(
        id=row["id"],
        submission_id=row["submission_id"],
        rubric_id=row["rubric_id"],
        version=row["version"],
        state=State(row["state"]),
        ratings=msgspec.json.decode(row["ratings"], type=dict[str, int]),
        notes=msgspec.json.decode(row["notes"], type=dict[str, str]),
        feedback=msgspec.json.decode(row["feedback"], type=dict[str, str]),
        started_at=row["started_at"],
        saved_at=row["saved_at"],
        sent_at=row["sent_at"],
        changes=tuple(
            Change(
                version=change["version"],
                part=Part(change["part"]),
                field=change["field"],
                value=_value(change["value"]),
                undoes=change["undoes"],
            )
            for change in changes
            if change["part"] in tuple(Part)
        ),
        since=max((change["version"] for change in marks), default=0),
        reopened=str(reasons[-1]) if reasons else "",
    )


async def insert_card(
    card_id: UUID, assignment_id: UUID, submission_id: UUID, rubric_id: UUID, ratings: Mapping[str, int], now: datetime
) -> None:
    """Keep a new scorecard, of which nothing is saved yet."""
    await store.execute(
        "INSERT INTO scorecard (id, assignment_id, submission_id, rubric_id, version, state, ratings, started_at,"
        " saved_at) VALUES ($1, $2, $3, $4, 1, 'draft', $5::jsonb, $6, $6)",
        card_id,
        assignment_id,
        submission_id,
        rubric_id,
        _json(ratings),
        now,
    )


async def point_at(card_id: UUID, submission_id: UUID, rubric_id: UUID) -> None:
    """Let a draft be of another submission, or under another rubric."""
    await store.execute(
        "UPDATE scorecard SET submission_id = $2, rubric_id = $3 WHERE id = $1", card_id, submission_id, rubric_id
    )


async def write_value(card: CardRow, change: Change, values: Mapping[str, Any], now: datetime) -> None:
    """Keep a changed field: in the scorecard, and as a row of its own."""
    whole = {part: _json(values if part is change.part else card.values(part)) for part in Part}
    await store.execute(
        "UPDATE scorecard SET ratings = $2::jsonb, notes = $3::jsonb, feedback = $4::jsonb, version = $5, saved_at = $6"
        " WHERE id = $1",
        card.id,
        whole[Part.RATINGS],
        whole[Part.NOTES],
        whole[Part.FEEDBACK],
        change.version,
        now,
    )
    await _note(card.id, change.version, change.part, change.field, change.value, change.undoes, now)


async def write_sent(card: CardRow, version: int, points: float, now: datetime) -> None:
    """Lock it with its points."""
    await store.execute(
        "UPDATE scorecard SET state = 'sent', points = $2, sent_at = $3, version = $4 WHERE id = $1",
        card.id,
        points,
        now,
        version,
    )
    await _note(card.id, version, "sent", "", points, None, now)


async def write_reopened(card: CardRow, version: int, reason: str, now: datetime) -> None:
    """Make it a draft again; what was sent stays in its changes."""
    await store.execute(
        "UPDATE scorecard SET state = 'draft', points = NULL, sent_at = NULL, reopened_at = $2, version = $3"
        " WHERE id = $1",
        card.id,
        now,
        version,
    )
    await _note(card.id, version, "reopened", "", reason, None, now)


async def read_sent(scope: UUID) -> tuple[SentCard, ...]:
    """The sent scorecards of an event or a track, in the order in which they were sent."""
    return tuple(
        SentCard(
            assignment_id=row["assignment_id"],
            judge_id=row["judge_id"],
            entry_id=row["entry_id"],
            track_id=row["track_id"],
            kind=Kind(row["kind"]),
            points=row["points"],
            ratings=msgspec.json.decode(row["ratings"], type=dict[str, int]),
            rubric_id=row["rubric_id"],
            submission_id=row["submission_id"],
            sent_at=row["sent_at"],
            feedback=msgspec.json.decode(row["feedback"], type=dict[str, str]),
            standing=row["standing"],
        )
        for row in await store.fetch(_SENT, scope)
    )


async def read_progress(event_id: UUID) -> tuple[Progress, ...]:
    """How far each judge of an event is."""
    return tuple(Progress(**row) for row in await store.fetch(_PROGRESS, event_id))


async def _note(
    card_id: UUID, version: int, part: str, field: str, value: Any, undoes: int | None, now: datetime
) -> None:
    await store.execute(
        "INSERT INTO scorecard_change (id, scorecard_id, version, part, field, value, at, undoes)"
        " VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)",
        uuid4(),
        card_id,
        version,
        part,
        field,
        None if value is None else _json(value),
        now,
        undoes,
    )


def _work(row: store.Row) -> Work:
    values = {name: row[name] for name in Work.__slots__ if name not in ("kind", "state", "rated")}
    rated: Sequence[str] = tuple(msgspec.json.decode(row["ratings"], type=dict[str, int])) if row["ratings"] else ()
    return Work(**values, kind=Kind(row["kind"]), state=State(row["state"]), rated=len(rated))


def _value(text: str | None) -> Value:
    return None if text is None else msgspec.json.decode(text)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
