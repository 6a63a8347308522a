"""Reading of who has work left, and of what judges were told."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hackathon import store
from judging.notices.model import Standing, Unreached

_STANDINGS = """
SELECT j.id AS judge_id, j.account_id, j.name, a.name AS account_name, a.email, a.confirmed_at, a.language,
    w.all_given, w.given, w.sent, l.posted_at AS reminded_at, coalesce(l.by_hand, false) AS reminded_by_hand
FROM judge j JOIN account a ON a.id = j.account_id JOIN event ev ON ev.id = j.event_id
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(s.made_at), '{}') AS all_given,
            coalesce(array_agg(s.made_at) FILTER (WHERE c.state IS DISTINCT FROM 'sent'), '{}') AS given,
            count(*) FILTER (WHERE c.state = 'sent') AS sent
        FROM assignment s LEFT JOIN scorecard c ON c.assignment_id = s.id
        WHERE s.judge_id = j.id AND s.state = 'open' AND (
            (ev.schedule->>'building_closes')::timestamptz > clock_timestamp() OR EXISTS (
                SELECT 1 FROM judged_now n WHERE n.entry_id = s.entry_id AND n.submission_id IS NOT NULL
            )
        )
    ) w
    LEFT JOIN LATERAL (
        SELECT posted_at, by_hand FROM judge_letter WHERE judge_id = j.id AND kind = 'reminder'
        ORDER BY posted_at DESC LIMIT 1
    ) l ON true
WHERE j.state = 'active' AND NOT EXISTS (
    SELECT 1 FROM member m WHERE m.event_id = j.event_id AND m.account_id = j.account_id
) AND
"""


async def read_standings(event_id: UUID) -> tuple[Standing, ...]:
    """How far the active judges of an event are, by name; nobody who came into a team of it. Once building has closed
    only work on what is fixed counts: nothing else can be opened.
    """
    rows = await store.fetch(f"{_STANDINGS} j.event_id = $1 ORDER BY lower(j.name), j.id", event_id)
    return tuple(_standing(row) for row in rows)


async def read_standing(judge_id: UUID) -> Standing | None:
    """How far one active judge is."""
    row = await store.fetch_one(f"{_STANDINGS} j.id = $1", judge_id)
    return None if row is None else _standing(row)


async def hold_judges(judge_ids: Collection[UUID]) -> None:
    """Keep others from writing to these judges until the transaction ends."""
    store.require_transaction()
    sql = "SELECT id FROM judge WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"
    await store.fetch(sql, list(judge_ids))


async def read_given(assignment_id: UUID) -> tuple[UUID, UUID, datetime] | None:
    """The event, the judge and the time of an assignment that stands and is not sent."""
    row = await store.fetch_one(
        "SELECT j.event_id, a.judge_id, a.made_at FROM assignment a JOIN judge j ON j.id = a.judge_id"
        " LEFT JOIN scorecard c ON c.assignment_id = a.id"
        " WHERE a.id = $1 AND a.state = 'open' AND c.state IS DISTINCT FROM 'sent'",
        assignment_id,
    )
    return None if row is None else (row["event_id"], row["judge_id"], row["made_at"])


async def read_reopening(assignment_id: UUID) -> tuple[datetime, str] | None:
    """When and why a scorecard was reopened last, where it is open still."""
    row = await store.fetch_one(
        "SELECT c.reopened_at, h.value #>> '{}' AS reason FROM scorecard c"
        " JOIN scorecard_change h ON h.scorecard_id = c.id JOIN assignment a ON a.id = c.assignment_id"
        " WHERE c.assignment_id = $1 AND c.state = 'draft' AND a.state = 'open' AND h.part = 'reopened'"
        " ORDER BY h.version DESC LIMIT 1",
        assignment_id,
    )
    return None if row is None else (row["reopened_at"], row["reason"])


async def read_letters(judge_id: UUID, kind: str) -> tuple[UUID, ...]:
    """The latest letters of a kind to a judge."""
    sql = "SELECT id FROM judge_letter WHERE judge_id = $1 AND kind = $2 ORDER BY posted_at DESC LIMIT 10"
    return tuple(row["id"] for row in await store.fetch(sql, judge_id, kind))


async def note_letter(letter_id: UUID, judge_id: UUID, kind: str, now: datetime, *, by_hand: bool = False) -> bool:
    """Note that a judge was written to; False where that letter is noted already."""
    touched = await store.execute(
        "INSERT INTO judge_letter (id, judge_id, kind, by_hand, posted_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO NOTHING",
        letter_id,
        judge_id,
        kind,
        by_hand,
        now,
    )
    return touched == 1


async def noted_of(letter_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these letters are noted."""
    rows = await store.fetch("SELECT id FROM judge_letter WHERE id = ANY($1)", list(letter_ids))
    return frozenset(row["id"] for row in rows)


async def closing_within(now: datetime, longest: timedelta) -> tuple[UUID, ...]:
    """The events whose judging closes within that time."""
    rows = await store.fetch(
        "SELECT id FROM event WHERE (schedule->>'judging_closes')::timestamptz > $1"
        " AND (schedule->>'judging_closes')::timestamptz <= $2 ORDER BY id",
        now,
        now + longest,
    )
    return tuple(row["id"] for row in rows)


def _standing(row: store.Row) -> Standing:
    values: dict[str, Any] = dict(row)
    confirmed, email = values.pop("confirmed_at"), values["email"]
    unreached = Unreached.NO_ADDRESS if email is None else None if confirmed else Unreached.UNCONFIRMED
    return Standing(
        **values
        | {
            "email": email if unreached is None else None,
            "unreached": unreached,
            "assigned": len(values["all_given"]),
            "all_given": tuple(values["all_given"]),
            "given": tuple(values["given"]),
        }
    )
