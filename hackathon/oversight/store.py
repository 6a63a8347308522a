"""Reading for organizers. Each statement stays quick with a thousand teams and twenty thousand submissions."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.evaluations.model import State, WorkerState
from hackathon.events.model import Extension, Scope
from hackathon.oversight.model import (
    ENTRIES_A_PAGE,
    Asked,
    Disk,
    EntryFilter,
    EntryRow,
    EntryState,
    Figures,
    Granted,
    MirrorDown,
    QueueItem,
    SubmissionRow,
    Walls,
    Worker,
)

_QUEUE = """
SELECT work.submission_id, work.entry_id, submission.number, team.name AS team, work.track_id,
    min(array_position(ARRAY['running', 'building', 'queued'], work.state)) AS state,
    min(work.queued_at) AS queued_at, max(work.due_at) AS due_at, min(work.claimed_at) AS claimed_at,
    min(work.running_at) AS running_at, max(work.failures) AS failures, max(worker.host) AS host,
    (array_agg(work.worker_id) FILTER (WHERE work.worker_id IS NOT NULL))[1] AS worker_id,
    (array_agg(work.failure ORDER BY work.failures DESC))[1] AS failure
FROM evaluation AS work JOIN submission ON submission.id = work.submission_id
    JOIN team ON team.id = work.team_id LEFT JOIN worker ON worker.id = work.worker_id
WHERE work.state <> 'finished' AND team.event_id = $1
GROUP BY work.submission_id, work.entry_id, submission.number, team.name, work.track_id
ORDER BY min(work.claimed_at) NULLS LAST, min(work.queued_at), work.submission_id
"""

_STATES = (State.RUNNING, State.BUILDING, State.QUEUED)

_FIGURES = """
SELECT
    (SELECT count(*) FROM team WHERE event_id = $1) AS teams,
    (SELECT count(DISTINCT team_id) FROM entry WHERE event_id = $1
        AND EXISTS (SELECT FROM submission WHERE entry_id = entry.id)) AS teams_handed_in,
    (SELECT count(*) FROM submission JOIN entry ON entry.id = entry_id WHERE event_id = $1) AS submissions,
    (SELECT count(*) FROM submission JOIN entry ON entry.id = entry_id
        WHERE event_id = $1 AND received_at >= $2) AS submissions_today,
    (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY finished_at - submission.received_at))
        FROM evaluation JOIN submission ON submission.id = submission_id JOIN entry ON entry.id = evaluation.entry_id
        WHERE state = 'finished' AND case_set = 'board' AND finished_at > $3::timestamptz - interval '1 day'
        AND event_id = $1)::float AS median
"""

_HOURS = """
SELECT floor(extract(epoch FROM $2::timestamptz - received_at) / 3600)::integer AS ago, count(*) AS submissions
FROM submission JOIN entry ON entry.id = entry_id
WHERE event_id = $1 AND received_at > $2::timestamptz - interval '1 day' AND received_at <= $2 GROUP BY ago
"""

_FITS = """
event_id = $1 AND ($2::uuid IS NULL OR track_id = $2)
    AND ($3 = '' OR strpos(lower(team), lower($3)) > 0 OR strpos(lower(agency), lower($3)) > 0)
"""

_SUBMISSIONS = """
SELECT submission.id, submission.number, filename, size, kit, submission.received_at, charged, stage AS state,
    evaluation_id, status, score, coalesce(failures, 0) AS failures, failure
FROM submission JOIN submission_stage ON submission_stage.id = submission.id
WHERE submission.entry_id = $1 ORDER BY submission.number DESC
"""

_GRANTED = """
SELECT extension.id, extension.scope, extension.target, extension.until, extension.reason, extension.created_at,
    coalesce(venue.name, track.title_id, team.name, '') AS name
FROM extension LEFT JOIN venue ON scope = 'venue' AND venue.id = target
    LEFT JOIN track ON scope = 'track' AND track.id = target LEFT JOIN team ON scope = 'team' AND team.id = target
WHERE extension.event_id = $1 ORDER BY extension.created_at DESC, extension.id
"""


async def read_workers(*, gone_since: timedelta) -> tuple[Worker, ...]:
    """The workers that are there, and those that went within `gone_since`."""
    rows = await store.fetch(
        "SELECT worker.id, host, slots, worker.state, reason, engine ->> 'engine' AS engine,"
        " engine ->> 'runtime' AS runtime, engine ->> 'cgroup' AS cgroup, proof AS walls, room AS disks, mirror,"
        " started_at, seen_at,"
        " (SELECT count(DISTINCT submission_id) FROM evaluation"
        " WHERE worker_id = worker.id AND evaluation.state IN ('building', 'running')) AS busy"
        " FROM worker WHERE state <> 'gone' OR seen_at > clock_timestamp() - $1::interval"
        " ORDER BY worker.state = 'gone', host, started_at, worker.id",
        gone_since,
    )
    return tuple(
        Worker(
            **{
                **row,
                "state": WorkerState(row["state"]),
                "walls": _walls(row["walls"]),
                "disks": _disks(row["host"], row["disks"]),
                "mirror": _mirror(row["mirror"]),
            }
        )
        for row in rows
    )


def _disks(host: str, room: str | None) -> tuple[Disk, ...]:
    return () if room is None else tuple(Disk(disk["path"], disk["free"], host) for disk in json.loads(room))


def _mirror(fault: str | None) -> MirrorDown | None:
    if fault is None:
        return None
    told = json.loads(fault)
    return MirrorDown(told["index"], told["reason"], datetime.fromtimestamp(told["since"], UTC))


def _walls(proof: str | None) -> Walls | None:
    if proof is None:
        return None
    told = json.loads(proof)
    return Walls(
        held=tuple(one["wall"] for one in told["findings"] if one["held"]),
        missing=tuple(one["wall"] for one in told["findings"] if not one["held"]),
        at=datetime.fromtimestamp(told["at"], UTC),
        seconds=told["seconds"],
        kept=told["kept"],
    )


async def read_queue(event_id: UUID) -> tuple[QueueItem, ...]:
    """What is not finished of an event: first what runs, then what waits, each the oldest first."""
    rows = await store.fetch(_QUEUE, event_id)
    items = []
    for row in rows:
        values: dict[str, Any] = dict(row)
        values["state"] = _STATES[row["state"] - 1]
        items.append(QueueItem(**_with_failure(values)))
    return tuple(items)


async def read_figures(event_id: UUID, queue: tuple[QueueItem, ...], *, day_began: datetime, now: datetime) -> Figures:
    """The numbers of an event; `queue` is what `read_queue` gave."""
    row = await store.fetch_one(_FIGURES, event_id, day_began, now)
    assert row is not None  # noqa: S101 - a SELECT of values always has its row
    hours = {hour["ago"]: hour["submissions"] for hour in await store.fetch(_HOURS, event_id, now)}
    waiting = [item.queued_at for item in queue if item.state is State.QUEUED]
    return Figures(
        teams=row["teams"],
        teams_handed_in=row["teams_handed_in"],
        submissions=row["submissions"],
        submissions_today=row["submissions_today"],
        waiting=len(waiting),
        oldest_wait=min(waiting, default=None),
        running=len(queue) - len(waiting),
        median=None if row["median"] is None else timedelta(seconds=row["median"]),
        hours=tuple(hours.get(ago, 0) for ago in range(23, -1, -1)),
    )


async def count_entries(event_id: UUID, wanted: EntryFilter) -> Mapping[EntryState, int]:
    """How many entries of each state fit the other filters."""
    rows = await store.fetch(
        f"SELECT stage, count(*) AS entries FROM entry_stage WHERE {_FITS} GROUP BY stage",  # noqa: S608 - constants
        event_id,
        wanted.track_id,
        wanted.words,
    )
    return {EntryState(row["stage"]): row["entries"] for row in rows}


async def read_entries(event_id: UUID, wanted: EntryFilter) -> tuple[EntryRow, ...]:
    """A page of entries, by team."""
    rows = await store.fetch(
        "SELECT id, team_id, team, agency, track_id, stage AS state, submission_id, number, received_at, score,"  # noqa: S608
        f" status FROM entry_stage WHERE {_FITS} AND ($4::text IS NULL OR stage = $4)"
        " ORDER BY lower(team), id LIMIT $5 OFFSET $6",
        event_id,
        wanted.track_id,
        wanted.words,
        None if wanted.state is None else str(wanted.state),
        ENTRIES_A_PAGE,
        (wanted.page - 1) * ENTRIES_A_PAGE,
    )
    return tuple(EntryRow(**{**row, "state": EntryState(row["state"])}) for row in rows)


async def read_submissions(entry_id: UUID) -> tuple[SubmissionRow, ...]:
    """All submissions of an entry, the newest first."""
    rows = []
    for row in await store.fetch(_SUBMISSIONS, entry_id):
        values: dict[str, Any] = dict(row)
        values["state"] = EntryState(row["state"])
        rows.append(SubmissionRow(**_with_failure(values)))
    return tuple(rows)


async def read_asked(evaluation_id: UUID) -> Asked | None:
    """The submission that an evaluation is of."""
    row = await store.fetch_one(
        "SELECT entry.event_id, evaluation.entry_id, submission.number FROM evaluation"
        " JOIN submission ON submission.id = submission_id JOIN entry ON entry.id = evaluation.entry_id"
        " WHERE evaluation.id = $1",
        evaluation_id,
    )
    return None if row is None else Asked(**row)


async def read_granted(event_id: UUID) -> tuple[Granted, ...]:
    """The extensions of an event, the newest first."""
    return tuple(
        Granted(
            id=row["id"],
            extension=Extension(Scope(row["scope"]), row["target"], row["until"]),
            name=row["name"],
            reason=row["reason"],
            created_at=row["created_at"],
        )
        for row in await store.fetch(_GRANTED, event_id)
    )


async def read_pending_teams(event_id: UUID) -> tuple[int, datetime | None]:
    """How many teams wait for the organizers' approval, and since when the first does."""
    row = await store.fetch_one(
        "SELECT count(*) AS teams, min(approval_at) AS since FROM team WHERE event_id = $1 AND approval = 'pending'",
        event_id,
    )
    return (0, None) if row is None else (row["teams"], row["since"])


async def read_handler_failures() -> int:
    """How often the handler that is worst off failed in a row; 0 where none does."""
    failures: int = await store.fetch_value("SELECT coalesce(max(failures), 0) FROM outbox_cursor")
    return failures


def _with_failure(values: dict[str, Any]) -> dict[str, Any]:
    """The row with what its failure of ours says, taken apart."""
    encoded = values.pop("failure")
    failure: dict[str, Any] = {} if encoded is None else msgspec.json.decode(encoded)
    return {**values, "reason": failure.get("reason"), "failed_on": failure.get("host")}
