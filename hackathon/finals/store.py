"""Reading and writing of what is judged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.evaluations import State, versions_of
from hackathon.events import Standing
from hackathon.finals import tables
from hackathon.finals.model import EntryFacts, FinalEvaluation, Judged, Revision
from sandbox.model import Status
from sandbox.qualities import Productivity

# What is on its way: uploads that may still be completed, and commits that a worker has still to fetch.
_FACTS = """
SELECT entry.id, entry.team_id, entry.track_id, team.venue_id, entry.chosen_submission_id AS chosen,
    judged.revision, judged.submission_id, judged.deadline, judged.made_at,
    ARRAY(
        SELECT registered_at FROM upload WHERE upload.entry_id = entry.id AND upload.state = 'registered'
        UNION ALL
        SELECT asked_at FROM git_fetch AS wanted
        WHERE wanted.entry_id = entry.id AND wanted.state IN ('waiting', 'fetching')
    ) AS announced,
    (SELECT count(*) FROM submission WHERE submission.entry_id = entry.id) AS submissions
FROM entry JOIN team ON team.id = entry.team_id LEFT JOIN judged_now AS judged ON judged.entry_id = entry.id
"""

_JUDGED = """
SELECT entry.id AS entry_id, entry.team_id, entry.track_id, judged.submission_id, submission.number,
    judged.made_at AS fixed_at, judged.deadline, judged.revision, team.venue_id, entry.event_id,
    (
        SELECT image FROM evaluation WHERE evaluation.submission_id = judged.submission_id AND image IS NOT NULL
            AND evaluation.state = 'finished' AND case_set IN ('final', 'board')
        ORDER BY case_set DESC, round DESC LIMIT 1
    ) AS image
FROM judged_now AS judged JOIN entry ON entry.id = judged.entry_id JOIN team ON team.id = entry.team_id
    JOIN submission ON submission.id = judged.submission_id
"""

_FINALS = """
SELECT DISTINCT ON (submission_id) id, submission_id, state, round, queued_at, finished_at, status, score, low, high,
    failures, failure, productivity
FROM evaluation WHERE submission_id = ANY($1) AND case_set = 'final' ORDER BY submission_id, round DESC
"""


async def read_facts(event_id: UUID) -> tuple[EntryFacts, ...]:
    """The entries of an event, without their versions."""
    return tuple(_facts(row) for row in await store.fetch(f"{_FACTS} WHERE entry.event_id = $1", event_id))


async def read_entry_facts(entry_id: UUID) -> EntryFacts | None:
    """One entry, whole."""
    row = await store.fetch_one(f"{_FACTS} WHERE entry.id = $1", entry_id)
    return None if row is None else await with_versions(_facts(row))


async def with_versions(facts: EntryFacts) -> EntryFacts:
    """The same with its versions."""
    return replace(facts, versions=await versions_of(facts.entry_id)) if facts.submissions else facts


async def insert(entry_id: UUID, revision: int, submission_id: UUID | None, deadline: datetime, now: datetime) -> None:
    """Write the next revision of an entry. While the entry is locked."""
    store.require_transaction()
    await tables.JudgedRow(
        id=uuid4(),
        entry_id=entry_id,
        revision=revision,
        submission_id=submission_id,
        deadline=deadline,
        made_at=now,
    ).save()


async def read_judged(event_id: UUID) -> Sequence[tuple[Judged, Standing]]:
    """The newest revisions of an event's entries that fix something, and where each entry belongs."""
    return [_judged(row) for row in await store.fetch(f"{_JUDGED} WHERE entry.event_id = $1", event_id)]


async def read_judged_of(entry_id: UUID) -> tuple[Judged, Standing, UUID] | None:
    """The newest revision of an entry, if it fixes something; where the entry belongs, and to which event."""
    row = await store.fetch_one(f"{_JUDGED} WHERE entry.id = $1", entry_id)
    return None if row is None else (*_judged(row), row["event_id"])


async def read_history(entry_id: UUID) -> tuple[tuple[Revision, int | None], ...]:
    """All revisions of an entry with the version's number, the newest first."""
    rows = await store.fetch(
        "SELECT revision, submission_id, deadline, made_at, (SELECT number FROM submission WHERE id = submission_id)"
        " AS number FROM judged WHERE entry_id = $1 ORDER BY revision DESC",
        entry_id,
    )
    return tuple(
        (Revision(row["revision"], row["submission_id"], row["deadline"], row["made_at"]), row["number"])
        for row in rows
    )


async def read_finals(submission_ids: Collection[UUID]) -> Mapping[UUID, FinalEvaluation]:
    """The final evaluations of submissions, each in its latest round, by submission."""
    found = {}
    for row in await store.fetch(_FINALS, list(submission_ids)):
        failure = {} if row["failure"] is None else msgspec.json.decode(row["failure"])
        found[row["submission_id"]] = FinalEvaluation(
            id=row["id"],
            submission_id=row["submission_id"],
            state=State(row["state"]),
            round=row["round"],
            queued_at=row["queued_at"],
            finished_at=row["finished_at"],
            status=None if row["status"] is None else Status(row["status"]),
            score=row["score"],
            low=row["low"],
            high=row["high"],
            failures=row["failures"],
            reason=failure.get("reason"),
            failed_on=failure.get("host"),
            productivity=None
            if row["productivity"] is None
            else msgspec.json.decode(row["productivity"], type=Productivity),
        )
    return found


async def events_with_revisions() -> frozenset[UUID]:
    """The events of which something was ever fixed."""
    rows = await store.fetch("SELECT DISTINCT event_id FROM entry JOIN judged ON judged.entry_id = entry.id")
    return frozenset(row["event_id"] for row in rows)


async def event_of_track(track_id: UUID) -> UUID | None:
    """The event of a track."""
    found: UUID | None = await store.fetch_value("SELECT event_id FROM track WHERE id = $1", track_id)
    return found


def _facts(row: store.Row) -> EntryFacts:
    known = row["revision"] is not None
    return EntryFacts(
        entry_id=row["id"],
        standing=Standing(team_id=row["team_id"], track_id=row["track_id"], venue_id=row["venue_id"]),
        chosen=row["chosen"],
        revision=Revision(row["revision"], row["submission_id"], row["deadline"], row["made_at"]) if known else None,
        announced=tuple(row["announced"]),
        submissions=row["submissions"],
    )


def _judged(row: store.Row) -> tuple[Judged, Standing]:
    values = {name: row[name] for name in Judged.__slots__}
    return Judged(**values), Standing(team_id=row["team_id"], track_id=row["track_id"], venue_id=row["venue_id"])
