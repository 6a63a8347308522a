"""What benches without a queue evaluate: built images of the bench's prototypes, and jobs of its task."""

import tempfile
from dataclasses import replace
from pathlib import Path

from frontend.bench.stage import FOLDER, TASK, BenchFailed
from sandbox.limits import Limits, RunLimits
from sandbox.model import Case, CaseSet, Status
from sandbox.provider import Job, Provider
from sandbox.tasks import Task, load_public_cases, load_task

LIMITS = Limits()
LABEL = "bench"
PATIENT = Limits(run=RunLimits(case_seconds=600.0, total_seconds=600.0))
"""For a neighbour that answers nothing while others are measured; see `one_long_case`."""


def bench_task() -> Task:
    """The bench's own task: the answer is the input."""
    return load_task(FOLDER / "task" / TASK)


def both_sets(provider: Provider) -> tuple[Job, ...]:
    """The jobs of an evaluation as a submission gets it: the public cases, then those of the board."""
    task = bench_task()
    board = provider.generate(task, CaseSet.BOARD, bytes(32))
    return Job(task, CaseSet.PUBLIC, load_public_cases(task)), Job(task, CaseSet.BOARD, board)


def many_cases(count: int) -> tuple[Job, ...]:
    """One job with `count` cases."""
    cases = tuple(Case(f"kata-{number}", {"text": str(number)}, {"text": str(number)}) for number in range(count))
    return (Job(bench_task(), CaseSet.BOARD, cases),)


def one_long_case() -> tuple[Job, ...]:
    """One job with a case whose answer is waited for as long as the evaluation's limits allow."""
    (job,) = many_cases(1)
    limits = replace(job.task.limits, case_seconds=PATIENT.run.case_seconds)
    return (replace(job, task=replace(job.task, limits=limits)),)


def build(provider: Provider, archive: bytes) -> str:
    """The image of a prototype, by id. Raises BenchFailed where there is none, and what the engine raises."""
    with tempfile.TemporaryDirectory(prefix="gelanggang-bench-") as folder:
        path = Path(folder) / "source.zip"
        path.write_bytes(archive)
        made = provider.build(path, limits=LIMITS, label=LABEL)
    if made.status is not Status.OK or made.image is None:
        raise BenchFailed(f"the bench's prototype cannot be built: {made.message.en}")
    return made.image
