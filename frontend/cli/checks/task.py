"""The proof of a benchmark task: what it declares is measured here, by the engine that an event uses."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from frontend.cli.checks.model import Check, fail, ok
from sandbox.errors import TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Case, CaseSet, Direction, Status
from sandbox.provider import Cancel, Job, Provider
from sandbox.scoring import points, score_task
from sandbox.tasks import Metric, Task, load_public_cases

TOLERANCE = 0.02
"""How far a measured baseline may be from the declared one, as a share of the metric's scale from floor to target."""

_SEED, _OTHER_SEED = bytes(32), b"\1" * 32


def check_task(provider: Provider, task: Task, cancel: Cancel) -> Iterator[Check]:
    """Generator, baseline, starter and control prototypes of a task that was loaded already."""
    public = load_public_cases(task)
    found = f"{len(public)} public cases, {len(task.files)} grader files, hash {task.hash[:12]}"
    yield ok("task", f"{task.slug} {task.version}: {found}")
    yield from _generator(provider, task, public, cancel)
    yield from _baseline(provider, task, public, cancel)
    yield from _starter(provider, task, public, cancel)
    for folder in sorted(path for path in (task.folder / "controls").glob("*") if path.is_dir()):
        yield _control(provider, task, public, folder, cancel)


def _generator(provider: Provider, task: Task, public: tuple[Case, ...], cancel: Cancel) -> Iterator[Check]:
    try:
        for case_set in (CaseSet.BOARD, CaseSet.FINAL):
            first = provider.generate(task, case_set, _SEED, cancel=cancel)
            again = provider.generate(task, case_set, _SEED, cancel=cancel)
            other = provider.generate(task, case_set, _OTHER_SEED, cancel=cancel)
            yield _generated(task, case_set, first, again, other, public)
    except TaskInvalid as wrong:
        yield fail("generator", str(wrong), "Mend generate.py: it gives dicts with id, input and expected.")


def _generated(
    task: Task,
    case_set: CaseSet,
    first: tuple[Case, ...],
    again: tuple[Case, ...],
    other: tuple[Case, ...],
    public: tuple[Case, ...],
) -> Check:
    name = f"generator: {case_set.value}"
    known = [case.input for case in public]
    inputs = [case.input for case in first]
    if len(first) != task.cases[case_set]:
        return fail(name, f"{len(first)} cases instead of {task.cases[case_set]}", "Give as many as `count` says.")
    if first != again:
        return fail(
            name, "the same seed gave other cases", "Draw only from random.Random of the seed; no clock, no sets."
        )
    if first == other:
        return fail(name, "another seed gave the same cases", "Draw from the seed: hidden cases must differ by event.")
    repeated = sum(case in known for case in inputs)
    if repeated:
        return fail(name, f"{repeated} cases are public ones", "A hidden case that is public measures memory.")
    twins = len(inputs) - len({repr(case) for case in inputs})
    if twins > len(inputs) // 20:
        return fail(name, f"{twins} of {len(inputs)} inputs are there twice", "Draw from more.")
    return ok(name, f"{len(first)} cases, the same for the same seed, others for another")


def _baseline(provider: Provider, task: Task, public: tuple[Case, ...], cancel: Cancel) -> Iterator[Check]:
    folder = task.folder / "baseline"
    if not folder.is_dir():
        yield fail("baseline", "there is no folder baseline/", "Add a plain, honest prototype; its score is the mark.")
        return
    status, message, values = _measure(provider, task, folder, public, cancel)
    if status is not Status.OK:
        yield fail("baseline", f"{status.value}: {message}", "The baseline must run.")
        return
    for metric in task.metrics:
        declared, measured = task.baseline[metric.name], values[metric.name]
        told = f"declared {_number(metric, declared)}, measured {_number(metric, measured)}"
        if abs(declared - measured) > TOLERANCE * abs(metric.target - metric.floor):
            yield fail(f"baseline: {metric.name}", told, "Write the measured value into [baseline] of task.toml.")
        else:
            yield ok(f"baseline: {metric.name}", told)


def _starter(provider: Provider, task: Task, public: tuple[Case, ...], cancel: Cancel) -> Iterator[Check]:
    folder = task.folder / "starter"
    if not folder.is_dir():
        yield fail("starter", "there is no folder starter/", "Add what a team starts from.")
        return
    status, message, values = _measure(provider, task, folder, public, cancel)
    if status is not Status.OK:
        yield fail("starter", f"{status.value}: {message}", "A team's first try must run.")
    else:
        yield ok("starter", _values(task, values))


def _control(provider: Provider, task: Task, public: tuple[Case, ...], folder: Path, cancel: Cancel) -> Check:
    name = f"control: {folder.name}"
    status, message, values = _measure(provider, task, folder, public, cancel)
    if status is not Status.OK:
        return fail(name, f"{status.value}: {message}", "A control prototype must run: it sets the floor.")
    above = [metric for metric in task.metrics if points(metric, values[metric.name]) > 0.01]
    if above:
        better = ", ".join(f"{metric.name} {_number(metric, values[metric.name])}" for metric in above)
        sign = "higher" if above[0].direction is Direction.HIGHER else "lower"
        return fail(name, f"earns points: {better}", f"Doing nothing must be 0: set the floor {sign}.")
    return ok(name, f"0 points ({_values(task, values)})")


def _measure(
    provider: Provider, task: Task, folder: Path, cases: tuple[Case, ...], cancel: Cancel
) -> tuple[Status, str, Mapping[str, float]]:
    limits = replace(Limits(), run=task.limits.within(Limits().run))
    label = f"task-check-{os.getpid()}"
    build = provider.build(folder, limits=limits, label=label, cancel=cancel)
    if build.image is None:
        return build.status, build.message.en, {}
    job = Job(task, CaseSet.PUBLIC, cases)
    run = provider.evaluate(build.image, [job], limits=limits, label=label, cancel=cancel).runs[0]
    score = score_task(task, run.cases, len(cases))
    return run.status, run.message.en, {name: metric.value for name, metric in score.metrics.items()}


def _values(task: Task, values: Mapping[str, float]) -> str:
    return ", ".join(f"{metric.name} {_number(metric, values[metric.name])}" for metric in task.metrics)


def _number(metric: Metric, value: float) -> str:
    return f"{value:.{metric.decimals}f}{' ' + metric.unit if metric.unit else ''}"
