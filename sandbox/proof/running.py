"""The walls around a running prototype: the probe is built and run like any other, and tells how far it came."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from sandbox.errors import EngineUnavailable
from sandbox.limits import KIB, MIB, Limits, PrototypeLimits, RunLimits
from sandbox.model import Case, CaseResult, CaseSet, Finding, Run, Status
from sandbox.proof.host import CarelessService
from sandbox.proof.sources import source
from sandbox.proof.walls import RUN_WALLS
from sandbox.provider import Cancel, Job, Provider
from sandbox.tasks import Task, load_task

PROBE = Path(__file__).parent / "probe"
LABEL = "proof"

# Smaller than a team's, so that reaching them is quick; enforced by the same means.
LIMITS = replace(
    Limits(),
    prototype=PrototypeLimits(
        memory_bytes=256 * MIB, cpus=1.0, pids=96, tmp_bytes=64 * MIB, open_files=256, log_bytes=256 * KIB
    ),
    run=RunLimits(ready_seconds=60.0, case_seconds=30.0, total_seconds=180.0),
)
# As the python kit serves it, and with a program that would run as root.
_DOCKERFILE = """FROM python
COPY app /app
COPY serve.py /opt/gelanggang/serve.py
RUN cp /bin/cat /probe-set-user-id && chmod 4755 /probe-set-user-id
CMD ["python3", "-SEu", "-X", "utf8", "/opt/gelanggang/serve.py"]
"""
DEADLINE = RunLimits(ready_seconds=60.0, case_seconds=1.0, total_seconds=60.0)
DEADLINE_SECONDS = 30.0
_OWN_RUN = frozenset({"log-flood", "deadline"})


def try_run_walls(provider: Provider, service: CarelessService, cancel: Cancel) -> Iterator[Finding]:
    """Each wall around a prototype. Raises SandboxError where it cannot be tried."""
    task = load_task(PROBE)
    image = _probe(provider, cancel)
    allowed = {
        "memory": LIMITS.prototype.memory_bytes,
        "processes": LIMITS.prototype.pids,
        "cpus": LIMITS.prototype.cpus,
        "tmp": LIMITS.prototype.tmp_bytes,
        "open_files": LIMITS.prototype.open_files,
    }
    names = [wall.name for wall in RUN_WALLS if wall.name not in _OWN_RUN]
    asked = {"host": service.asked(), "allowed": allowed}
    run = _run(provider, image, task, names, asked, LIMITS, cancel)
    results = {result.case_id: result for result in run.cases}
    for name in names:
        yield _finding(name, results.get(name), run, service)
    yield from try_own_runs(provider, cancel)


def try_own_runs(provider: Provider, cancel: Cancel) -> Iterator[Finding]:
    """The walls that end a run, each in one of its own."""
    task, image = load_task(PROBE), _probe(provider, cancel)
    yield _log_flood(provider, image, task, cancel)
    yield _deadline(provider, image, task, cancel)


def _probe(provider: Provider, cancel: Cancel) -> str:
    files = {f"app/{path.name}": path.read_bytes() for path in (PROBE / "prototype").glob("*.py")}
    files["serve.py"] = resources.files("sandbox.kits").joinpath("serve.py").read_bytes()
    with source(_DOCKERFILE, files) as folder:
        build = provider.build(folder, limits=LIMITS, label=LABEL, cancel=cancel)
    if build.image is None:
        raise EngineUnavailable(f"the probe of the walls cannot be built: {build.message.en}")
    return build.image


def _run(
    provider: Provider,
    image: str,
    task: Task,
    names: list[str],
    asked: dict[str, Any],
    limits: Limits,
    cancel: Cancel,
) -> Run:
    cases = tuple(Case(id=name, input={"wall": name, **asked}) for name in names)
    job = Job(task, CaseSet.PUBLIC, cases)
    return provider.evaluate(image, [job], limits=limits, label=LABEL, cancel=cancel).runs[0]


def _finding(name: str, result: CaseResult | None, run: Run, service: CarelessService) -> Finding:
    if result is None:
        return Finding(name, held=False, found=f"not tried, the probe ended: {run.message.en}")
    if name == "host-services" and service.met:
        return Finding(name, held=False, found=f"a service of this host was met {service.met} times")
    return Finding(name, result.passed, _found(result))


def _log_flood(provider: Provider, image: str, task: Task, cancel: Cancel) -> Finding:
    run = _run(provider, image, task, ["log-flood"], {}, LIMITS, cancel)
    held = run.status is Status.OUTPUT_LIMIT
    return Finding("log-flood", held, f"ended as {run.status.value} after {run.seconds:.1f} s")


def _deadline(provider: Provider, image: str, task: Task, cancel: Cancel) -> Finding:
    run = _run(provider, image, task, ["deadline"], {}, replace(LIMITS, run=DEADLINE), cancel)
    held = run.seconds < DEADLINE_SECONDS and not any(result.passed for result in run.cases)
    return Finding("deadline", held, f"{DEADLINE.case_seconds:.0f} s a case, ended after {run.seconds:.1f} s")


def _found(result: CaseResult) -> str:
    if isinstance(result.got, dict) and "found" in result.got:
        return str(result.got["found"])
    return result.message.en if result.message is not None else "no word"
