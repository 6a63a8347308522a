"""The engine and its walls: a prototype that tries to get out is built and run like any other, and tells how far it
came.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from frontend.cli.checks.model import Check, State, fail, ok, warn
from sandbox.conformance.documents import pdf, words
from sandbox.errors import EngineUnavailable, ImageMissing, SandboxError
from sandbox.limits import Limits, RunLimits
from sandbox.model import Case, CaseResult, CaseSet, Status
from sandbox.pages import PageLimits
from sandbox.provider import Cancel, Job, Provider
from sandbox.tasks import Task, load_public_cases, load_task

PROBE = Path(__file__).parents[1] / "probe"
BASES = ("python", "python-ml", "node")

_SETUP = "Run `make setup`: it starts an engine and makes the base images."
_NO_EVALUATION = (
    "Do not evaluate prototypes on this host: a team's program could get out or in. See docs/architecture.md."
)
_PROVEN_CGROUPS = frozenset({"v1 cgroupfs"})


def check_engine(provider: Provider, cancel: Cancel, *, walls: bool = True) -> Iterator[Check]:
    """Facts of the engine, base images, and (with `walls`) each wall, tried from inside."""
    try:
        facts = provider.facts()
    except EngineUnavailable as gone:
        yield fail("engine", str(gone), _SETUP)
        return
    yield ok("engine", f"{facts.engine}, runtime {facts.runtime}")
    yield _cgroup(facts.cgroup)
    yield from _bases(provider, cancel)
    yield _pages(provider, cancel)
    grader = _grader(provider)
    yield grader
    if walls and grader.state is State.OK:
        yield from check_walls(provider, cancel)


def check_walls(provider: Provider, cancel: Cancel) -> Iterator[Check]:
    """Build the probe, try each wall in one run, then memory and deadline in a run of their own."""
    task = load_task(PROBE)
    limits = replace(Limits(), run=task.limits.within(Limits().run))
    try:
        build = provider.build(PROBE / "prototype", limits=limits, label=_label(), cancel=cancel)
        if build.image is None:
            yield fail("build", str(build.message.en), "See `gelanggang doctor --debug`; the probe itself must build.")
            return
        yield ok("build", f"{build.seconds:.1f} s{' (cached)' if build.cached else ''}")
        yield from _walls(provider, build.image, task, limits, cancel)
        yield _memory(provider, build.image, task, limits, cancel)
        yield _deadline(provider, build.image, task, limits, cancel)
    except ImageMissing as missing:
        yield fail("walls", str(missing), _SETUP)
    except SandboxError as broken:
        todo = f"Mend the engine, or GELANGGANG_CONTAINER_RUNTIME, then try again. {_NO_EVALUATION}"
        yield fail("walls", f"not tried: {broken}", todo)


def _walls(provider: Provider, image: str, task: Task, limits: Limits, cancel: Cancel) -> Iterator[Check]:
    cases = load_public_cases(task)
    report = provider.evaluate(image, [_job(task, cases)], limits=limits, label=_label(), cancel=cancel)
    run = report.runs[0]
    results = {result.case_id: result for result in run.cases}
    for case in cases:
        name, result = f"wall: {case.id}", results.get(case.id)
        if result is None:
            yield fail(name, f"not tried, the probe ended: {run.message.en}", _NO_EVALUATION)
        elif result.passed:
            yield ok(name, _found(result))
        else:
            yield fail(name, _found(result), _NO_EVALUATION)


def _memory(provider: Provider, image: str, task: Task, limits: Limits, cancel: Cancel) -> Check:
    job = _job(task, (Case(id="eat-memory", input={"wall": "eat_memory"}),))
    run = provider.evaluate(image, [job], limits=limits, label=_label(), cancel=cancel).runs[0]
    if run.status is Status.OUT_OF_MEMORY:
        return ok("wall: memory", f"ended after {run.seconds:.1f} s")
    return fail("wall: memory", f"2 GiB were taken, the run ended {run.status.value}", _NO_EVALUATION)


def _deadline(provider: Provider, image: str, task: Task, limits: Limits, cancel: Cancel) -> Check:
    short = replace(limits, run=RunLimits(ready_seconds=30.0, case_seconds=2.0, total_seconds=20.0))
    job = _job(task, (Case(id="never-answer", input={"wall": "never_answer"}),))
    run = provider.evaluate(image, [job], limits=short, label=_label(), cancel=cancel).runs[0]
    if run.seconds < short.run.total_seconds + 5.0 and not any(result.passed for result in run.cases):
        return ok("wall: deadline", f"2 s a case, ended after {run.seconds:.1f} s")
    return fail("wall: deadline", f"still there after {run.seconds:.1f} s", _NO_EVALUATION)


def _cgroup(cgroup: str) -> Check:
    if cgroup in _PROVEN_CGROUPS:
        return ok("cgroup", cgroup)
    found = f"{cgroup}; the walls below are what counts"
    return warn("cgroup", found, "Not among those that were proven so far: look at each wall below.")


def _bases(provider: Provider, cancel: Cancel) -> Iterator[Check]:
    for base in BASES:
        with TemporaryDirectory(prefix="gelanggang-doctor-") as folder:
            (Path(folder) / "Dockerfile").write_text(f'FROM gelanggang/{base}:latest\nCMD ["true"]\n')
            name = f"base: {base}"
            try:
                build = provider.build(Path(folder), limits=Limits(), label=_label(), cancel=cancel)
            except ImageMissing as missing:
                yield fail(name, str(missing), _SETUP)
                continue
            if build.image is not None:
                provider.remove_image(build.image)
                yield ok(name, "there")
            else:
                yield fail(name, build.message.en, _SETUP)


def _pages(provider: Provider, cancel: Cancel) -> Check:
    with TemporaryDirectory(prefix="gelanggang-doctor-") as folder:
        document = Path(folder) / "document.pdf"
        document.write_bytes(pdf([words("Gelanggang")]))
        try:
            drawing = provider.draw_pages(document, Path(folder), limits=PageLimits(), label=_label(), cancel=cancel)
        except SandboxError as broken:
            return fail("pages", str(broken), _SETUP)
    if len(drawing.pages) == 1:
        return ok("pages", "a PDF is drawn")
    return fail("pages", drawing.message.en, _SETUP)


def _grader(provider: Provider) -> Check:
    try:
        provider.warm(())
    except (SandboxError, OSError) as broken:
        return fail("grader", str(broken), f"{_SETUP} GELANGGANG_CONTAINER_RUNTIME must name one that the engine has.")
    return ok("grader", "starts")


def _job(task: Task, cases: tuple[Case, ...]) -> Job:
    return Job(task, CaseSet.PUBLIC, cases)


def _found(result: CaseResult) -> str:
    if isinstance(result.got, dict) and "found" in result.got:
        return str(result.got["found"])
    return result.message.en if result.message is not None else "no word"


def _label() -> str:
    return f"doctor-{os.getpid()}"
