"""Reading and writing of judging rules."""

from datetime import datetime
from uuid import UUID

import msgspec

from hackathon import store
from judging.rules.model import JudgingRules


async def read_rules(event_id: UUID) -> JudgingRules:
    """The rules of an event; the defaults where it has none of its own."""
    body: str | None = await store.fetch_value("SELECT body FROM judging_rules WHERE event_id = $1", event_id)
    return JudgingRules() if body is None else msgspec.json.decode(body, type=JudgingRules)


async def write_rules(event_id: UUID, rules: JudgingRules, now: datetime) -> None:
    """Put rules in the place of the old ones."""
    await store.execute(
        "INSERT INTO judging_rules (event_id, body, updated_at) VALUES ($1, $2::jsonb, $3)"
        " ON CONFLICT (event_id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        event_id,
        msgspec.json.encode(rules).decode(),
        now,
    )


async def lock_rules(event_id: UUID) -> None:
    """Keep others from changing the rules of this event until the transaction ends."""
    store.require_transaction()
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('judging:' || $1, 0))", str(event_id))


async def hold_scorecards() -> None:
    """Keep everybody from writing scorecards until the transaction ends, and wait for those who do: what is seen of
    them then stays so. For a moment, and rarely.
    """
    store.require_transaction()
    await store.execute("LOCK TABLE scorecard IN SHARE MODE")


async def has_scored(event_id: UUID) -> bool:
    """Whether a scorecard that counts was ever sent; one that was reopened was."""
    found: bool = await store.fetch_value(
        "SELECT EXISTS (SELECT 1 FROM scorecard s JOIN assignment a ON a.id = s.assignment_id"
        " JOIN judge j ON j.id = a.judge_id WHERE j.event_id = $1 AND a.kind <> 'calibration'"
        " AND (s.sent_at IS NOT NULL OR s.reopened_at IS NOT NULL))",
        event_id,
    )
    return found
