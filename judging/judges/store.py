"""Reading and writing of judges, their invitations and conflicts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from hackathon import mail, store
from judging.judges.errors import JudgeKnown
from judging.judges.model import Conflict, Departure, Judge, JudgeLine, Link, Source, State, TeamName

_FIELDS = (
    "j.id, j.event_id, j.account_id, j.name, j.email, j.agency, j.expertise, j.max_load, j.state, j.declared_at,"
    " j.language"
)


async def insert_judge(judge: Judge, now: datetime) -> None:
    """Keep a judge who is invited. Raises JudgeKnown."""
    try:
        await store.execute(
            "INSERT INTO judge (id, event_id, account_id, name, email, agency, expertise, max_load, state, invited_at,"
            " language) VALUES ($1, $2, NULL, $3, $4, $5, $6, $7, 'invited', $8, $9)",
            judge.id,
            judge.event_id,
            judge.name,
            judge.email,
            judge.agency,
            list(judge.expertise),
            judge.max_load,
            now,
            judge.language,
        )
    except asyncpg.UniqueViolationError as error:
        raise JudgeKnown from error


async def read_judge(judge_id: UUID, *, lock: bool = False) -> Judge | None:
    """The judge with this id, held until the transaction ends if asked."""
    held = " FOR UPDATE" if lock else ""
    row = await store.fetch_one(f"SELECT {_FIELDS} FROM judge j WHERE j.id = $1{held}", judge_id)  # noqa: S608
    return None if row is None else _judge(row)


async def read_judge_of(event_id: UUID, account_id: UUID) -> Judge | None:
    """The judge of an event that an account is, whatever the state."""
    row = await store.fetch_one(
        f"SELECT {_FIELDS} FROM judge j WHERE j.event_id = $1 AND j.account_id = $2",  # noqa: S608
        event_id,
        account_id,
    )
    return None if row is None else _judge(row)


async def read_judges(event_id: UUID) -> tuple[Judge, ...]:
    """The judges of an event, by name."""
    rows = await store.fetch(
        f"SELECT {_FIELDS} FROM judge j WHERE j.event_id = $1 ORDER BY lower(j.name), j.id",  # noqa: S608
        event_id,
    )
    return tuple(_judge(row) for row in rows)


async def read_lines(event_id: UUID, now: datetime) -> tuple[JudgeLine, ...]:
    """The judges of an event as their list tells them."""
    rows = await store.fetch(
        f"SELECT {_FIELDS},"  # noqa: S608
        " (SELECT count(*) FROM assignment a WHERE a.judge_id = j.id AND a.state = 'open') AS work,"
        " (SELECT count(*) FROM assignment a JOIN scorecard s ON s.assignment_id = a.id"
        " WHERE a.judge_id = j.id AND a.state = 'open' AND s.state = 'sent') AS sent,"
        " i.expires_at AS link_until, CASE WHEN i.mailed THEN i.id END AS letter_id,"
        " (SELECT count(*) FROM conflict_of_interest c WHERE c.judge_id = j.id AND c.withdrawn_at IS NULL) AS conflicts"
        " FROM judge j LEFT JOIN judge_invitation i ON i.judge_id = j.id AND i.used_at IS NULL"
        " AND i.revoked_at IS NULL AND i.expires_at > $2"
        " WHERE j.event_id = $1 ORDER BY j.state = 'left', lower(j.name), j.id",
        event_id,
        now,
    )
    fates = await mail.fates([row["letter_id"] for row in rows if row["letter_id"] is not None])
    return tuple(
        JudgeLine(
            _judge(row), row["work"], row["sent"], row["link_until"], row["conflicts"], fates.get(row["letter_id"])
        )
        for row in rows
    )


async def read_judging(account_id: UUID) -> tuple[tuple[Judge, str], ...]:
    """Whom an account actively judges as, with the slug of the event."""
    rows = await store.fetch(
        f"SELECT {_FIELDS}, e.slug FROM judge j JOIN event e ON e.id = j.event_id"  # noqa: S608
        " WHERE j.account_id = $1 AND j.state = 'active' ORDER BY e.slug",
        account_id,
    )
    return tuple((_judge(row), row["slug"]) for row in rows)


async def activate(judge_id: UUID, account_id: UUID, now: datetime) -> None:
    """Let an account be this judge."""
    await store.execute(
        "UPDATE judge SET account_id = $2, state = 'active', joined_at = $3 WHERE id = $1", judge_id, account_id, now
    )


async def leave(judge_id: UUID, reason: str, now: datetime, *, by_self: bool) -> None:
    """Note that a judge judges no more, and why."""
    sql = "UPDATE judge SET state = 'left', left_at = $2, left_reason = $3, left_by_self = $4 WHERE id = $1"
    await store.execute(sql, judge_id, now, reason, by_self)


async def bring_back(judge_id: UUID, judge: Judge, now: datetime) -> None:
    """Let a judge who left judge again, as is written of `judge`; their conflicts are declared anew. Raises
    JudgeKnown where the address went to another judge meanwhile.
    """
    try:
        await store.execute(
            "UPDATE judge SET state = 'active', left_at = NULL, left_reason = '', left_by_self = false, joined_at = $2,"
            " declared_at = NULL, agency = $3, expertise = $4, max_load = $5, email = $6 WHERE id = $1",
            judge_id,
            now,
            judge.agency,
            list(judge.expertise),
            judge.max_load,
            judge.email,
        )
    except asyncpg.UniqueViolationError as error:
        raise JudgeKnown from error


async def update_own(judge_id: UUID, name: str, agency: str, expertise: Sequence[str]) -> None:
    """Write what a judge says of themselves."""
    sql = "UPDATE judge SET name = $2, agency = $3, expertise = $4 WHERE id = $1"
    await store.execute(sql, judge_id, name, agency, list(expertise))


async def read_departures(event_id: UUID) -> tuple[Departure, ...]:
    """Judges who left by their own wish, the last one first."""
    rows = await store.fetch(
        "SELECT id AS judge_id, name, left_reason AS reason, left_at AS at FROM judge"
        " WHERE event_id = $1 AND state = 'left' AND left_by_self ORDER BY left_at DESC, id",
        event_id,
    )
    return tuple(Departure(**row) for row in rows)


async def lock_people(event_id: UUID) -> None:
    """Keep two from making one person a judge at once, until the transaction ends."""
    store.require_transaction()
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('judges:' || $1, 0))", str(event_id))


async def note_declared(judge_id: UUID, now: datetime) -> bool:
    """Note that a judge has declared conflicts, or that there are none; False where that is noted already."""
    sql = "UPDATE judge SET declared_at = $2 WHERE id = $1 AND declared_at IS NULL"
    return await store.execute(sql, judge_id, now) == 1


async def insert_link(
    link_id: UUID, judge_id: UUID, secret_hash: bytes, now: datetime, until: datetime, *, mailed: bool
) -> None:
    """Keep a link by its hash. The judge has no other living one."""
    await store.execute(
        "INSERT INTO judge_invitation (id, judge_id, hash, made_at, expires_at, mailed)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        link_id,
        judge_id,
        secret_hash,
        now,
        until,
        mailed,
    )


async def revoke_links(judge_id: UUID, now: datetime) -> None:
    """End the living link of a judge; a letter that still waits with it is dropped."""
    rows = await store.fetch(
        "UPDATE judge_invitation SET revoked_at = $2 WHERE judge_id = $1 AND used_at IS NULL AND revoked_at IS NULL"
        " RETURNING id",
        judge_id,
        now,
    )
    await mail.drop([row["id"] for row in rows])


async def mailed_since(judge_id: UUID, since: datetime, now: datetime) -> datetime | None:
    """Until when a living link works that was mailed since then; None where there is none."""
    found: datetime | None = await store.fetch_value(
        "SELECT expires_at FROM judge_invitation WHERE judge_id = $1 AND mailed AND made_at > $2 AND expires_at > $3"
        " AND used_at IS NULL AND revoked_at IS NULL",
        judge_id,
        since,
        now,
    )
    return found


async def use_link(link_id: UUID, now: datetime) -> None:
    """Use a link up."""
    await store.execute("UPDATE judge_invitation SET used_at = $2 WHERE id = $1", link_id, now)


async def read_link(secret_hash: bytes, *, lock: bool = False) -> Link | None:
    """The link of this hash, held with its judge until the transaction ends if asked."""
    held = " FOR UPDATE" if lock else ""
    row = await store.fetch_one(
        f"SELECT {_FIELDS}, i.id AS link_id, i.expires_at, i.used_at, i.revoked_at, i.mailed"  # noqa: S608
        f" FROM judge_invitation i JOIN judge j ON j.id = i.judge_id WHERE i.hash = $1{held}",
        secret_hash,
    )
    if row is None:
        return None
    return Link(row["link_id"], _judge(row), row["expires_at"], row["used_at"], row["revoked_at"], row["mailed"])


async def takes_part(event_id: UUID, account_id: UUID) -> bool:
    """Whether an account is in a team of the event."""
    sql = "SELECT EXISTS (SELECT 1 FROM member WHERE event_id = $1 AND account_id = $2)"
    return bool(await store.fetch_value(sql, event_id, account_id))


async def read_conflicts(judge_id: UUID) -> tuple[Conflict, ...]:
    """The standing conflicts of a judge, by team."""
    rows = await store.fetch(
        "SELECT c.team_id, t.name AS team, c.source, c.reason, c.at FROM conflict_of_interest c"
        " JOIN team t ON t.id = c.team_id WHERE c.judge_id = $1 AND c.withdrawn_at IS NULL ORDER BY lower(t.name)",
        judge_id,
    )
    return tuple(Conflict(**{**row, "source": Source(row["source"])}) for row in rows)


async def read_all_conflicts(event_id: UUID) -> Mapping[UUID, tuple[Conflict, ...]]:
    """The standing conflicts of an event by judge, each by team."""
    rows = await store.fetch(
        "SELECT c.judge_id, c.team_id, t.name AS team, c.source, c.reason, c.at FROM conflict_of_interest c"
        " JOIN team t ON t.id = c.team_id JOIN judge j ON j.id = c.judge_id"
        " WHERE j.event_id = $1 AND c.withdrawn_at IS NULL ORDER BY lower(t.name), t.id",
        event_id,
    )
    found: dict[UUID, tuple[Conflict, ...]] = {}
    for row in rows:
        one = Conflict(row["team_id"], row["team"], Source(row["source"]), row["reason"], row["at"])
        found[row["judge_id"]] = (*found.get(row["judge_id"], ()), one)
    return found


async def insert_conflict(judge_id: UUID, team_id: UUID, source: Source, reason: str, now: datetime) -> bool:
    """Keep a conflict; False where the team is none of the event's, or one stands already."""
    touched = await store.execute(
        "INSERT INTO conflict_of_interest (id, judge_id, team_id, source, reason, at)"
        " SELECT $1, j.id, t.id, $4, $5, $6 FROM judge j JOIN team t ON t.event_id = j.event_id"
        " WHERE j.id = $2 AND t.id = $3"
        " ON CONFLICT (judge_id, team_id) WHERE withdrawn_at IS NULL DO NOTHING",
        uuid4(),
        judge_id,
        team_id,
        source.value,
        reason,
        now,
    )
    return touched == 1


async def withdraw_conflict(judge_id: UUID, team_id: UUID, sources: Sequence[Source], now: datetime) -> bool:
    """End a conflict of one of these sources; False where none stood."""
    sql = (
        "UPDATE conflict_of_interest SET withdrawn_at = $4"
        " WHERE judge_id = $1 AND team_id = $2 AND source = ANY($3) AND withdrawn_at IS NULL"
    )
    return await store.execute(sql, judge_id, team_id, [source.value for source in sources], now) == 1


async def end_assignments(
    judge_id: UUID, state: str, reason: str, now: datetime, *, team_id: UUID | None = None
) -> tuple[tuple[UUID, UUID], ...]:
    """End open assignments whose scorecard was not sent, of one team or of all; returns their ids and entries. The
    judge is held already.
    """
    # Held first, in a statement of its own: then the next one sees a scorecard that was sent while this one waited.
    await store.fetch(
        "SELECT id FROM assignment WHERE judge_id = $1 AND state = 'open' ORDER BY id FOR NO KEY UPDATE", judge_id
    )
    rows = await store.fetch(
        "UPDATE assignment a SET state = $2, reason = $3, ended_at = $4 FROM entry e WHERE e.id = a.entry_id"
        " AND a.judge_id = $1 AND a.state = 'open' AND ($5::uuid IS NULL OR e.team_id = $5)"
        " AND NOT EXISTS (SELECT 1 FROM scorecard s WHERE s.assignment_id = a.id AND s.state = 'sent')"
        " RETURNING a.id, a.entry_id",
        judge_id,
        state,
        reason,
        now,
        team_id,
    )
    return tuple((row["id"], row["entry_id"]) for row in rows)


async def hold_judge_of_work(assignment_id: UUID) -> Judge | None:
    """The judge who has an assignment, held until the transaction ends."""
    judge_id = await store.fetch_value("SELECT judge_id FROM assignment WHERE id = $1", assignment_id)
    return None if judge_id is None else await read_judge(judge_id, lock=True)


async def hold_judges(judge_ids: Collection[UUID]) -> None:
    """Hold several judges until the transaction ends, in an order that is everybody's."""
    store.require_transaction()
    await store.fetch("SELECT id FROM judge WHERE id = ANY($1) ORDER BY id FOR UPDATE", list(judge_ids))


async def lock_assignment(assignment_id: UUID) -> tuple[UUID, bool] | None:
    """The team of an open assignment, and whether its scorecard was sent; held. Its judge is held already."""
    await store.fetch("SELECT id FROM assignment WHERE id = $1 FOR NO KEY UPDATE", assignment_id)
    row = await store.fetch_one(
        "SELECT e.team_id, EXISTS (SELECT 1 FROM scorecard s WHERE s.assignment_id = a.id"
        " AND s.state = 'sent') AS sent FROM assignment a JOIN entry e ON e.id = a.entry_id"
        " WHERE a.id = $1 AND a.state = 'open' FOR UPDATE OF a",
        assignment_id,
    )
    return None if row is None else (row["team_id"], row["sent"])


async def read_pairs(event_id: UUID) -> frozenset[tuple[UUID, UUID]]:
    """Judges and entries that stand against each other by a row: a conflict that stands, or membership of the team."""
    rows = await store.fetch(
        "SELECT j.id AS judge, e.id AS entry FROM judge j JOIN entry e ON e.event_id = j.event_id"
        " WHERE j.event_id = $1 AND (EXISTS (SELECT 1 FROM conflict_of_interest c WHERE c.judge_id = j.id"
        " AND c.team_id = e.team_id AND c.withdrawn_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM member m WHERE m.team_id = e.team_id AND m.account_id = j.account_id))",
        event_id,
    )
    return frozenset((row["judge"], row["entry"]) for row in rows)


async def read_teams(event_id: UUID) -> tuple[TeamName, ...]:
    """The teams of an event, by name."""
    rows = await store.fetch("SELECT id, name, agency FROM team WHERE event_id = $1 ORDER BY lower(name)", event_id)
    return tuple(TeamName(**row) for row in rows)


async def is_open(assignment_id: UUID, judge_id: UUID) -> bool:
    """Whether an assignment of this judge stands."""
    sql = "SELECT EXISTS (SELECT 1 FROM assignment WHERE id = $1 AND judge_id = $2 AND state = 'open')"
    return bool(await store.fetch_value(sql, assignment_id, judge_id))


def _judge(row: Mapping[str, Any]) -> Judge:
    names = ("id", "event_id", "account_id", "name", "email", "agency", "max_load", "declared_at", "language")
    return Judge(**{name: row[name] for name in names}, expertise=tuple(row["expertise"]), state=State(row["state"]))
