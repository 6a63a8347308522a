"""Measuring a task's own prototypes on many seeds: the figures of `sandbox.task_proof`."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.errors import TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Case, CaseSet, Status
from sandbox.provider import Cancel, Job, Provider
from sandbox.scoring import score_runs
from sandbox.task_proof import Measured, Proof, Specimen
from sandbox.tasks import Task, load_public_cases

SEEDS = 5
KNOWN = (("controls/empty", 0), ("controls/constant", 0), ("controls/echo", 0), ("starter", 1), ("baseline", 2))
REFERENCE = ("reference", 3)
_LABEL = "task-proof"

Heard = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Sets:
    """The cases of everything that is measured; one of `board` and `final` for each seed."""

    public: tuple[Case, ...]
    board: tuple[tuple[Case, ...], ...]
    final: tuple[tuple[Case, ...], ...]


def prove_task(
    task: Task,
    provider: Provider,
    *,
    seeds: int = SEEDS,
    on_specimen: Heard = lambda name: None,
    cancel: Cancel | None = None,
) -> Proof:
    """Measure each prototype in the task's folder on `seeds` seeds; `on_specimen` is told the name of each in turn.

    Raises TaskInvalid where one of them does not run as a prototype must, EngineUnavailable, ImageMissing,
    GraderFailed, MirrorUnavailable, Cancelled.
    """
    sets = _Sets(
        load_public_cases(task),
        *(
            tuple(provider.generate(task, case_set, seed_of(number), cancel=cancel) for number in range(seeds))
            for case_set in (CaseSet.BOARD, CaseSet.FINAL)
        ),
    )
    known = [*KNOWN, REFERENCE] if (task.folder / REFERENCE[0]).is_dir() else KNOWN
    specimens = []
    for name, order in known:
        on_specimen(name)
        specimens.append(_specimen(task, provider, sets, name, order, cancel))
    return Proof(task.slug, task.version, task.hash, tuple(specimens))


def seed_of(number: int) -> bytes:
    """The seeds of a proof: known to everybody, so that anybody can repeat it; no event draws one of them."""
    return hashlib.sha256(b"gelanggang proof %d" % number).digest()


def _specimen(task: Task, provider: Provider, sets: _Sets, name: str, order: int, cancel: Cancel | None) -> Specimen:
    limits = replace(Limits(), run=task.limits.within(Limits().run))
    build = provider.build(task.folder / name, limits=limits, label=_LABEL, cancel=cancel)
    if build.image is None:
        raise TaskInvalid(f"{name}/", f"{build.status.value}: {build.message.en}")

    def measure(case_set: CaseSet, cases: Sequence[Case], number: int) -> Measured:
        assert build.image is not None  # noqa: S101 - looked at above
        job = Job(task, case_set, tuple(cases))
        run = provider.evaluate(build.image, [job], limits=limits, label=_LABEL, cancel=cancel).runs[0]
        if run.status is not Status.OK:
            raise TaskInvalid(f"{name}/", f"{run.status.value}: {run.message.en}")
        scored = score_runs([(task, run.cases, len(cases))], seed=seed_of(number))
        return Measured(round(scored.score, 3), round(scored.low, 3), round(scored.high, 3))

    try:
        return Specimen(
            name=Path(name).name,
            order=order,
            public=measure(CaseSet.PUBLIC, sets.public, 0),
            board=tuple(measure(CaseSet.BOARD, cases, number) for number, cases in enumerate(sets.board)),
            final=tuple(measure(CaseSet.FINAL, cases, number) for number, cases in enumerate(sets.final)),
        )
    finally:
        # An image that was there before belongs to somebody else.
        if not build.cached:
            provider.remove_image(build.image)
