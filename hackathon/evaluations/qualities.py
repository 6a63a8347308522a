"""What is measured beside the score of an evaluation: asked for after its cases, put together with its runs.

Whatever goes wrong here is written down and leaves a gap, never a missing score.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import structlog

from hackathon.evaluations.results import Measured, Work
from sandbox.errors import Cancelled
from sandbox.model import CaseSet, Run
from sandbox.provider import Job
from sandbox.qualities import (
    Probe,
    Productivity,
    Qualities,
    TaskTimes,
    measure,
    productivity_of,
    times_of,
)

_log = structlog.get_logger(__name__)


def asks(work: Work) -> bool:
    """Whether qualities are measured with this work: with the hidden cases, as the score is."""
    return work.job.case_set is not CaseSet.PUBLIC


def probes_of(works: Sequence[Work], prepare: Callable[[Job], Probe | None]) -> dict[int, Probe]:
    """What is put to the prototype beside the works, by their position. Raises Cancelled."""
    found = {}
    for position, work in enumerate(works):
        try:
            probe = prepare(work.job) if asks(work) else None
        except Cancelled:
            raise
        except Exception:
            _log.exception("qualities.unprepared", task=work.job.task.slug)
            continue
        if probe is not None:
            found[position] = probe
    return found


def measured(works: Sequence[Work], runs: Sequence[Run], probes: Mapping[int, Probe]) -> Measured:
    """Everything; `runs` are those of the works, then those of the probes in their order."""
    try:
        return _measured(works, runs, probes)
    except Exception:
        _log.exception("qualities.failed")
        return Measured()


def _measured(works: Sequence[Work], runs: Sequence[Run], probes: Mapping[int, Probe]) -> Measured:
    beside = dict(zip(probes, runs[len(works) :], strict=True))
    found: dict[int, Qualities] = {}
    times: dict[UUID, list[tuple[str, TaskTimes]]] = {}
    for position, (work, run) in enumerate(zip(works, runs, strict=False)):
        if not asks(work):
            continue
        task, id = work.job.task, work.evaluation.id
        found[position] = measure(
            task, run, work.planned.cases, probes.get(position), beside.get(position), seed=id.bytes
        )
        review = task.qualities.review(task.human_minutes)
        cases = times_of(run.cases, work.planned.cases) if run.cases else ()
        times.setdefault(id, []).append((task.slug, TaskTimes(task.human_minutes, review, cases)))
    return Measured(found, {id: whole for id, tasks in times.items() if (whole := _whole(id, tasks)) is not None})


def _whole(id: UUID, tasks: Sequence[tuple[str, TaskTimes]]) -> Productivity | None:
    """Over all tasks, where each was begun at least."""
    ordered = [times for _, times in sorted(tasks, key=lambda task: task[0])]
    return productivity_of(ordered, seed=id.bytes) if all(times.cases for times in ordered) else None
