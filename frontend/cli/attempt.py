"""`gelanggang try`: evaluate a prototype on this machine, with the engine that the event uses, on the public cases."""

import os
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import msgspec

import sandbox
from frontend.cli.frame import Console, Exit, command
from frontend.cli.interrupt import interruptible
from frontend.cli.qualities import quality_rows
from frontend.cli.source import source_archive
from frontend.cli.tasks import find_task
from frontend.cli.wording import duration, languages, screen_width, table, tell
from frontend.packing import CannotPack
from hackathon.settings import Settings
from sandbox.limits import Limits
from sandbox.model import Build, Case, CaseResult, CaseSet, Report, Run, Status, Text
from sandbox.provider import Cancel, Job, Provider, Watch
from sandbox.qualities import Qualities, case_seed, measure, prepare_probe
from sandbox.scoring import TaskScore, score_task
from sandbox.tasks import Task, load_public_cases

LOG_TAIL_LINES = 40
PUBLIC = Text(id="kasus publik", en="public cases")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a try gave. `run`, `score` and `qualities` are None when the build did not succeed."""

    status: Status
    message: Text
    task: Task
    build: Build
    run: Run | None = None
    score: TaskScore | None = None
    qualities: Qualities | None = None
    log: bytes = b""
    timings: Mapping[str, float] = field(default_factory=dict)


@command("try", short_help="Evaluate a prototype on this machine.")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--task", "task_name", required=True, help="Slug of the task (`gelanggang task list`), or a task folder.")
def try_(console: Console, path: Path, task_name: str) -> Exit:
    """Build PATH (a folder, zip or tar.gz), run it beside a grader on the public cases of a task, and score it.

    Needs a Docker engine; no server, no database, no network.
    """
    settings = Settings.from_environment(os.environ)
    task = find_task(settings, task_name)
    cases = load_public_cases(task)
    cancel = Cancel()
    provider = sandbox.connect(runtime=settings.container_runtime, graders=1, mirror=settings.mirror_socket)
    try:
        done = interruptible(lambda: attempt(provider, path, task, cases, console, cancel), cancel)
    finally:
        provider.close()
    show(console, done)
    console.result(as_json(done))
    return Exit.FINE if done.status is Status.OK else Exit.PROTOTYPE_FAILED


def attempt(
    provider: Provider, path: Path, task: Task, cases: tuple[Case, ...], console: Console, cancel: Cancel
) -> Attempt:
    """Build and evaluate one source. What the prototype does wrong is in the result, what we do wrong is raised."""
    started = time.monotonic()
    label = f"try-{os.getpid()}"
    limits = replace(Limits(), run=task.limits.within(Limits().run))
    with tempfile.TemporaryDirectory(prefix="gelanggang-try-") as folder, ThreadPoolExecutor(1) as pool:
        try:
            archive = source_archive(path, Path(folder), console)
        except CannotPack as refused:
            build = Build(Status.REFUSED, refused.text, image=None, seconds=0.0)
            return Attempt(build.status, build.message, task, build)
        # A grader is made while the image is built; both are needed before the first case.
        warming = pool.submit(provider.warm, (task,))
        console.progress(f"Building {path} ...")
        build = provider.build(archive, limits=limits, label=label, cancel=cancel)
        warming.result()
        built = time.monotonic()
        timings = {"build": built - started}
        if build.status is not Status.OK or build.image is None:
            return Attempt(build.status, build.message, task, build=build, timings=timings)
        job = Job(task, CaseSet.PUBLIC, cases)
        probe = prepare_probe(provider, job, cancel)
        jobs = [job] if probe is None else [job, probe.job]
        report = _evaluate(provider, build.image, jobs, limits, label, console, cancel)
    run, *others = report.runs
    ended = time.monotonic()
    timings |= {"evaluate": ended - built, "total": ended - started}
    timings |= {f"evaluate_{stage}": seconds for stage, seconds in report.timings.items()}
    score = score_task(task, run.cases, len(cases))
    beside = others[0] if others else None
    qualities = measure(task, run, len(cases), probe, beside, seed=case_seed(task, cases))
    return Attempt(run.status, run.message, task, build, run, score, qualities, report.log, timings)


def _evaluate(
    provider: Provider,
    image: str,
    jobs: Sequence[Job],
    limits: Limits,
    label: str,
    console: Console,
    cancel: Cancel,
) -> Report:
    lock, done = threading.Lock(), 0

    def on_case(number: int, result: CaseResult) -> None:
        nonlocal done
        if jobs[number].beside:
            return
        with lock:
            done += 1
            place = f"{done:>4}/{len(jobs[number].cases)}"
        console.progress(f"{place}  {_mark(result):<4}  {result.case_id}  {duration(result.seconds)}")

    def on_stage(stage: str) -> None:
        if stage in ("starting", "ready"):
            console.progress({"starting": "Starting the prototype ...", "ready": "It is ready."}[stage])
        elif stage == "job:1":
            console.progress("Asking a sample again, and in other words ...")

    return provider.evaluate(
        image, jobs, limits=limits, label=label, watch=Watch(on_stage=on_stage, on_case=on_case), cancel=cancel
    )


def as_json(done: Attempt) -> dict[str, Any]:
    """The object of `try --json`. `message` is in the locale's language (Bahasa Indonesia where it names none)."""
    build = done.build
    return {
        "status": done.status.value,
        "message": _words(done.message),
        "build": {"seconds": round(build.seconds, 3), "cached": build.cached, "log_tail": log_tail(build.log)},
        "cases": [
            {
                "id": case.case_id,
                "passed": case.passed,
                "metrics": {name: measured.value for name, measured in case.metrics.items()},
                "seconds": round(case.seconds, 4),
                "message": None if case.message is None else _words(case.message),
            }
            for case in (done.run.cases if done.run else ())
        ],
        "metrics": {name: metric.value for name, metric in done.score.metrics.items()} if done.score else {},
        "score": done.score.score if done.score else None,
        "qualities": None if done.qualities is None else _as_json(done.qualities),
        "timings": {name: round(seconds, 4) for name, seconds in done.timings.items()},
    }


def _as_json(found: Qualities) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(found)
    for name in ("consistency", "robustness"):
        reason = getattr(found, name).reason
        told[name]["reason"] = None if reason is None else _words(reason)
    return told


def log_tail(log: bytes, lines: int = LOG_TAIL_LINES) -> str:
    """The last lines of a log as text; bytes that are no UTF-8 become replacement characters."""
    return "\n".join(log.decode("utf-8", "replace").splitlines()[-lines:])


def show(console: Console, done: Attempt, cases: Text = PUBLIC) -> None:
    """The attempt for people; `cases` says which ones it ran on."""
    wanted = languages(os.environ)
    if done.status is not Status.REFUSED:
        cached = " (cached)" if done.build.cached else ""
        console.say(f"Build    {duration(done.build.seconds)}{cached}")
    if done.status in (Status.BUILD_FAILED, Status.REFUSED) and done.build.log:
        console.say(f"\n{log_tail(done.build.log)}\n")
    if done.run is not None:
        console.say(f"Run      {duration(done.run.seconds)}")
        console.say()
        rows = [_case_row(case, wanted) for case in done.run.cases]
        if rows:
            console.say(table(("case", "", "time", "message"), rows, right=(2,), width=screen_width()))
            console.say()
        if done.status is not Status.OK and done.log:
            console.say(f"{log_tail(done.log)}\n")
    if done.score is not None:
        console.say(table(("metric", "value", "", "points"), _metric_rows(done.task, done.score), right=(1, 3)))
        console.say()
    if done.qualities is not None:
        console.say(table(("not part of the score", ""), quality_rows(done.qualities, wanted), width=screen_width()))
        console.say()
    console.say(f"{done.status.value}: {tell(done.message, wanted)}")
    if done.score is not None:
        score, slug = f"{done.score.score:.1f}", done.task.slug
        comma = score.replace(".", ",")
        text = Text(
            id=f"Nilai    {comma} dari 100 pada {cases.id} {slug}",
            en=f"Score    {score} of 100 on the {cases.en} of {slug}",
        )
        console.say(tell(text, wanted))


def _metric_rows(task: Task, score: TaskScore) -> list[tuple[str, str, str, str]]:
    rows = []
    for metric in task.metrics:
        found = score.metrics[metric.name]
        points = f"{found.points:.1f}" if metric.counted else "not counted"
        rows.append((metric.name, f"{found.value:.{metric.decimals}f}", metric.unit, points))
    return rows


def _case_row(case: CaseResult, wanted: tuple[str, ...]) -> tuple[str, str, str, str]:
    message = "" if case.message is None else tell(case.message, wanted[:1])
    return case.case_id, _mark(case), duration(case.seconds), message


def _mark(case: CaseResult) -> str:
    if case.passed:
        return "ok"
    return case.failure.value if case.failure else "fail"


def _words(text: Text) -> str:
    return tell(text, languages(os.environ)[:1])
