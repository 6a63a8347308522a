"""What a new submission is evaluated on: its track's tasks as they are now, pinned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from hackathon import store as database
from hackathon.evaluations.errors import NothingToPlan
from hackathon.evaluations.model import Plan, PlannedTask
from sandbox.limits import Limits
from sandbox.model import CaseSet
from sandbox.tasks import Task


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plan needs to know of a submission. `weights` by task slug, `seeds` (hex SHA-256) by case
    set, `limits` those of the event's rules."""

    submission_id: UUID
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    weights: Mapping[str, float]
    seeds: Mapping[CaseSet, str]
    limits: Limits


async def read_subject(submission_id: UUID) -> Subject:
    """Read what a plan needs. Raises NothingToPlan for an unknown submission."""
    row = await database.fetch_one(
        "SELECT submission.entry_id, entry.team_id, entry.track_id, track.tasks,"
        " (SELECT jsonb_object_agg(case_set, sha256) FROM event_seed s WHERE s.event_id = track.event_id) AS seeds,"
        " event.rules -> 'limits' AS limits"
        " FROM submission JOIN entry ON entry.id = submission.entry_id JOIN track ON track.id = entry.track_id"
        " JOIN event ON event.id = track.event_id"
        " WHERE submission.id = $1",
        submission_id,
    )
    if row is None:
        raise NothingToPlan(f"there is no submission {submission_id}")
    tasks = msgspec.json.decode(row["tasks"])
    return Subject(
        submission_id=submission_id,
        entry_id=row["entry_id"],
        team_id=row["team_id"],
        track_id=row["track_id"],
        weights={task["slug"]: float(task.get("weight", 1.0)) for task in tasks},
        seeds={CaseSet(key): value for key, value in msgspec.json.decode(row["seeds"] or "{}").items()},
        limits=msgspec.json.decode(row["limits"] or "{}", type=Limits),
    )


def make_plan(case_set: CaseSet, subject: Subject, tasks: Sequence[Task], public_cases: Mapping[str, int]) -> Plan:
    """The plan of one evaluation.

    `public_cases` is how many public cases each task has, by slug. Raises NothingToPlan where the track names no task,
    or the event has no seed for a hidden set.
    """
    if not tasks:
        raise NothingToPlan("the track names no task")
    hidden = case_set is not CaseSet.PUBLIC
    if hidden and case_set not in subject.seeds:
        raise NothingToPlan(f"the event has no seed for its {case_set} cases")
    return Plan(
        case_set=case_set,
        tasks=tuple(
            PlannedTask(
                slug=task.slug,
                version=task.version,
                hash=task.hash,
                weight=subject.weights[task.slug],
                cases=task.cases[case_set] if hidden else public_cases[task.slug],
            )
            for task in tasks
        ),
        seed_sha256=subject.seeds[case_set] if hidden else None,
        limits=subject.limits,
    )
