"""Reading and writing of assignments."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hackathon import store
from hackathon.events.model import Standing
from judging.assignment.model import AssignmentView, Candidate, Card, Kind, Seat, State

_VIEW = """
SELECT a.id, j.event_id, a.judge_id, j.account_id, j.name AS judge, a.entry_id, e.team_id, e.track_id,
    t.name AS team, t.agency, a.kind, a.position, a.state, a.reason, a.made_at, a.ended_at,
    CASE WHEN s.id IS NULL THEN 'none' WHEN s.sent_at IS NOT NULL THEN 'sent'
        WHEN s.reopened_at IS NOT NULL THEN 'reopened' ELSE 'begun' END AS card
FROM assignment a JOIN judge j ON j.id = a.judge_id JOIN entry e ON e.id = a.entry_id JOIN team t ON t.id = e.team_id
LEFT JOIN scorecard s ON s.assignment_id = a.id
"""


async def lock_assignments(event_id: UUID) -> None:
    """Keep others from planning or assigning in this event, and its judges from leaving, until the transaction ends.

    Whoever ends a judge's work holds the judge and then the assignments; a new assignment wants its judge at the end.
    So the judges come first here too, in the order of their ids, or each would wait for the other.
    """
    store.require_transaction()
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('assignment:' || $1, 0))", str(event_id))
    await store.fetch("SELECT id FROM judge WHERE event_id = $1 ORDER BY id FOR KEY SHARE", event_id)


async def read_all(event_id: UUID) -> tuple[AssignmentView, ...]:
    """All assignments of an event, the ended ones too."""
    rows = await store.fetch(_VIEW + "WHERE j.event_id = $1 ORDER BY a.made_at, a.id", event_id)
    return tuple(_view(row) for row in rows)


async def read_of_judge(judge_id: UUID) -> tuple[AssignmentView, ...]:
    """A judge's assignments in the order of the list: samples, first round, final."""
    rows = await store.fetch(
        _VIEW + "WHERE a.judge_id = $1"
        " ORDER BY array_position(ARRAY['calibration', 'review', 'final'], a.kind), a.position, a.id",
        judge_id,
    )
    return tuple(_view(row) for row in rows)


async def read_one(assignment_id: UUID) -> AssignmentView | None:
    """One assignment."""
    row = await store.fetch_one(_VIEW + "WHERE a.id = $1", assignment_id)
    return None if row is None else _view(row)


async def open_assignment(
    assignment_id: UUID, judge_id: UUID, entry_id: UUID, kind: Kind, position: int, now: datetime
) -> UUID | None:
    """Assign; one that was withdrawn is taken up again. Its id, None where it stands already or its judge recused."""
    found: UUID | None = await store.fetch_value(
        "INSERT INTO assignment AS a (id, judge_id, entry_id, kind, position, state, reason, made_at)"
        " VALUES ($1, $2, $3, $4, $5, 'open', '', $6)"
        " ON CONFLICT (judge_id, entry_id, kind) DO UPDATE SET state = 'open', reason = '', ended_at = NULL,"
        " position = excluded.position, made_at = excluded.made_at WHERE a.state = 'withdrawn' RETURNING a.id",
        assignment_id,
        judge_id,
        entry_id,
        str(kind),
        position,
        now,
    )
    return found


async def end_assignment(assignment_id: UUID, reason: str, now: datetime) -> bool:
    """Withdraw an open assignment whose scorecard is not sent; whether it was one."""
    # Held first, in a statement of its own: then the next one sees a scorecard that was sent while this one waited.
    await store.fetch("SELECT id FROM assignment WHERE id = $1 FOR NO KEY UPDATE", assignment_id)
    changed = await store.execute(
        "UPDATE assignment SET state = 'withdrawn', reason = $2, ended_at = $3 WHERE id = $1 AND state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM scorecard WHERE assignment_id = $1 AND sent_at IS NOT NULL)",
        assignment_id,
        reason,
        now,
    )
    return changed == 1


async def hold_scorecards(event_id: UUID) -> None:
    """Keep the event's judges from writing scorecards until the transaction ends: whether one was begun then stays so.

    Each write holds its assignment first, so holding these is enough, and in one order, so nobody waits in a circle.
    """
    store.require_transaction()
    await store.fetch(
        "SELECT a.id FROM assignment a JOIN judge j ON j.id = a.judge_id WHERE j.event_id = $1 ORDER BY a.id"
        " FOR NO KEY UPDATE OF a",
        event_id,
    )


async def read_positions(event_id: UUID, kind: Kind) -> Mapping[UUID, int]:
    """The last place in each judge's list."""
    rows = await store.fetch(
        "SELECT a.judge_id, max(a.position) AS last FROM assignment a JOIN judge j ON j.id = a.judge_id"
        " WHERE j.event_id = $1 AND a.kind = $2 GROUP BY a.judge_id",
        event_id,
        str(kind),
    )
    return {row["judge_id"]: row["last"] for row in rows}


async def read_seats(event_id: UUID) -> tuple[Seat, ...]:
    """The judges who take work, by name."""
    rows = await store.fetch(
        "SELECT id, name, agency, max_load FROM judge WHERE event_id = $1 AND state = 'active'"
        " ORDER BY lower(name), id",
        event_id,
    )
    return tuple(Seat(row["id"], row["name"], row["agency"], row["max_load"]) for row in rows)


async def read_candidates(event_id: UUID, *, approval: bool) -> tuple[tuple[Candidate, Standing, bool], ...]:
    """The entries of teams that may take part, by team: each with where it belongs and whether it handed in anything.

    `approval`: only teams that the organizers approved may; else all but the rejected.
    """
    rows = await store.fetch(
        "SELECT e.id, e.team_id, e.track_id, t.name, t.agency, t.venue_id,"
        " EXISTS (SELECT 1 FROM submission s WHERE s.entry_id = e.id) AS sent"
        " FROM entry e JOIN team t ON t.id = e.team_id WHERE e.event_id = $1"
        " AND (t.approval = 'approved' OR (t.approval = 'pending' AND NOT $2)) ORDER BY lower(t.name), e.id",
        event_id,
        approval,
    )
    return tuple(
        (
            Candidate(row["id"], row["team_id"], row["track_id"], row["name"], row["agency"], fixed=False),
            Standing(row["team_id"], row["track_id"], row["venue_id"]),
            row["sent"],
        )
        for row in rows
    )


async def read_event_of(judge_id: UUID, entry_id: UUID) -> UUID | None:
    """The event that has both; None where none has."""
    found: UUID | None = await store.fetch_value(
        "SELECT j.event_id FROM judge j JOIN entry e ON e.event_id = j.event_id WHERE j.id = $1 AND e.id = $2",
        judge_id,
        entry_id,
    )
    return found


def _view(row: store.Row) -> AssignmentView:
    return AssignmentView(**{**row, "kind": Kind(row["kind"]), "state": State(row["state"]), "card": Card(row["card"])})
