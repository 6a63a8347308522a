"""Which cases are put to a prototype once more, and how: the same for every prototype that meets these cases.

The sample and its wording are drawn from the task and its cases, not from the evaluation: so all entries of a track are
measured on the same questions, their differences are not those of the draw, and a grader keeps them collected.
"""

import hashlib
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sandbox.errors import Cancelled, SandboxError
from sandbox.model import Case, Text
from sandbox.provider import Cancel, Job, Provider
from sandbox.tasks import Task

_log = logging.getLogger(__name__)

_FAILED = Text(
    "Kasusnya tidak berhasil ditulis dengan cara lain di pihak kami.",
    "Our side could not put the cases in other words.",
)
_REPEATED, _VARIED = "ulang.", "ragam."


@dataclass(frozen=True, slots=True)
class Probe:
    """A job of a sample beside a scored one; `repeated` and `varied` are ids of its cases by those of the scored ones.
    `unvaried` says what kept us from other words, where something did.
    """

    job: Job
    repeated: dict[str, str]
    varied: dict[str, str]
    unvaried: Text | None = None


def case_seed(task: Task, cases: Sequence[Case]) -> bytes:
    """32 bytes that only these cases of this task have."""
    digest = hashlib.sha256(task.hash.encode())
    for case in cases:
        digest.update(json.dumps([case.id, case.input, case.expected], sort_keys=True).encode())
    return digest.digest()


def sample_of(task: Task, cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases to put once more, at most as many as the task says and a third of all, in their order."""
    count = min(task.qualities.sample, len(cases) // 3)
    rng = random.Random(case_seed(task, cases))  # noqa: S311 - a draw that must repeat
    drawn = rng.sample(range(len(cases)), count)
    return tuple(cases[position] for position in sorted(drawn))


def probe_of(job: Job, sample: Sequence[Case], varied: Sequence[Case], unvaried: Text | None = None) -> Probe | None:
    """The job that puts `sample` once more, each case followed by itself in other words where `varied` has another
    input under its id; None for no sample. What is cut short still holds whole pairs.
    """
    others = {case.id: case for case in varied}
    cases: list[Case] = []
    repeats: dict[str, str] = {}
    wordings: dict[str, str] = {}
    for case in sample:
        repeats[case.id] = f"{_REPEATED}{case.id}"
        cases.append(replace(case, id=repeats[case.id]))
        other = others.get(case.id)
        if other is not None and other.input != case.input:
            wordings[case.id] = f"{_VARIED}{case.id}"
            cases.append(replace(other, id=wordings[case.id]))
    if not cases:
        return None
    return Probe(replace(job, cases=tuple(cases), beside=True), repeats, wordings, unvaried)


def prepare_probe(provider: Provider, job: Job, cancel: Cancel | None = None) -> Probe | None:
    """The probe of a scored job. A wording that fails is left out: it must not keep anybody from a score.

    Raises Cancelled.
    """
    task = job.task
    sample = sample_of(task, job.cases)
    if not sample or task.qualities.unvaried is not None:
        return probe_of(job, sample, ())
    try:
        varied = provider.vary(task, sample, case_seed(task, job.cases), cancel=cancel)
    except Cancelled:
        raise
    except SandboxError as error:
        _log.warning("task %s could not be put in other words: %s", task.slug, error)
        return probe_of(job, sample, (), _FAILED)
    return probe_of(job, sample, varied)
