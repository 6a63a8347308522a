"""The walls around builds: steps that try to get out, fill the disk or never end, and files that must be refused."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sandbox.limits import MIB, BuildLimits, Limits
from sandbox.model import Build, Finding, Status
from sandbox.proof.host import CarelessService
from sandbox.proof.running import LABEL, PROBE
from sandbox.proof.sources import source
from sandbox.proof.walls import BUILD_WALLS, VETTING_WALLS
from sandbox.provider import Cancel, Provider

LIMITS = replace(Limits(), build=BuildLimits(seconds=120.0, memory_bytes=256 * MIB, pids=64, steps=8))
DISK_LIMITS = replace(Limits(), build=BuildLimits(seconds=60.0, bytes_over_base=16 * MIB))
DEADLINE_LIMITS = replace(Limits(), build=BuildLimits(seconds=3.0))
SLEEP = 100
_OWN_BUILD = {"build-disk", "build-deadline"}
_DISK_STEP = (
    "import time\nfor n in range(16):\n    open(f'/filler-{n}', 'wb').write(b'x' * (4 << 20))\ntime.sleep(SECONDS)\n"
)
REFUSED = {
    "volume": 'FROM python\nVOLUME /data\nCMD ["true"]\n',
    "remote-add": 'FROM python\nADD http://127.0.0.1:9/berkas /berkas\nCMD ["true"]\n',
    "foreign-base": 'FROM 127.0.0.1:9/asing:1\nCMD ["true"]\n',
    "run-options": 'FROM python\nRUN --network=host true\nCMD ["true"]\n',
}


def try_build_walls(provider: Provider, service: CarelessService, cancel: Cancel) -> Iterator[Finding]:
    """Each wall around a build. Raises SandboxError where it cannot be tried."""
    yield from try_vetting(provider, cancel)
    yield from try_step(provider, service, cancel)
    yield from try_own_builds(provider, cancel)


def try_own_builds(provider: Provider, cancel: Cancel) -> Iterator[Finding]:
    """The walls that end a build, each in one of its own."""
    yield _disk(provider, cancel)
    yield _deadline(provider, cancel)


def try_vetting(provider: Provider, cancel: Cancel) -> Iterator[Finding]:
    """What must be refused before the engine sees it."""
    for wall in VETTING_WALLS:
        with source(REFUSED[wall.name], {}) as folder:
            build = _build(provider, folder, LIMITS, cancel)
        found = "refused" if build.status is Status.REFUSED else f"taken: {build.status.value}"
        yield Finding(wall.name, build.status is Status.REFUSED, found)


def try_step(provider: Provider, service: CarelessService, cancel: Cancel) -> Iterator[Finding]:
    """The walls that one step of a build can try from inside."""
    names = [wall.name for wall in BUILD_WALLS if wall.name not in _OWN_BUILD]
    # Of its own each time: a step that was built before is not run again.
    word = f"proof-{secrets.token_hex(8)} "
    limits = LIMITS.build
    asked = {
        "build": True,
        "word": word,
        "walls": [name.removeprefix("build-") for name in names],
        "host": service.asked(),
        "allowed": {"memory": limits.memory_bytes, "processes": limits.pids, "cpus": limits.cpus},
    }
    files = {path.name: path.read_bytes() for path in (PROBE / "prototype").glob("*.py")}
    files["step.py"] = (PROBE / "step" / "step.py").read_bytes()
    files["asked.json"] = json.dumps(asked).encode()
    dockerfile = 'FROM python\nWORKDIR /probe\nCOPY . /probe\nRUN python3 step.py\nCMD ["true"]\n'
    before = service.met
    with source(dockerfile, files) as folder:
        build = _build(provider, folder, LIMITS, cancel)
    found = dict(_told(build, word))
    for name in names:
        if name == "build-host-services" and service.met > before:
            yield Finding(name, held=False, found=f"a service of this host was met {service.met - before} times")
        else:
            ended = f"not tried, the probe ended: {build.message.en}"
            yield found.get(name) or Finding(name, held=False, found=ended)


def _told(build: Build, word: str) -> Iterator[tuple[str, Finding]]:
    for line in build.log.decode(errors="replace").splitlines():
        _, mark, text = line.partition(word)
        if mark and text.startswith("{"):
            told = json.loads(text)
            name = f"build-{told['wall']}"
            yield name, Finding(name, told["held"] is True, str(told["found"]))


def _disk(provider: Provider, cancel: Cancel) -> Finding:
    files = {"fill.py": _DISK_STEP.replace("SECONDS", str(SLEEP)).encode(), "once": secrets.token_bytes(8)}
    with source('FROM python\nCOPY . /probe\nRUN python3 /probe/fill.py\nCMD ["true"]\n', files) as folder:
        build = _build(provider, folder, DISK_LIMITS, cancel)
    held = build.status is Status.BUILD_FAILED and build.seconds < DISK_LIMITS.build.seconds
    return Finding("build-disk", held, f"64 MiB where 16 are allowed: {build.status.value} after {build.seconds:.1f} s")


def _deadline(provider: Provider, cancel: Cancel) -> Finding:
    files = {"once": secrets.token_bytes(8)}
    with source(f'FROM python\nCOPY once /once\nRUN sleep {SLEEP}\nCMD ["true"]\n', files) as folder:
        build = _build(provider, folder, DEADLINE_LIMITS, cancel)
    held = build.status is Status.BUILD_FAILED and build.seconds < SLEEP / 2
    allowed = DEADLINE_LIMITS.build.seconds
    return Finding("build-deadline", held, f"{allowed:.0f} s allowed: {build.status.value} after {build.seconds:.1f} s")


def _build(provider: Provider, folder: Path, limits: Limits, cancel: Cancel) -> Build:
    build = provider.build(folder, limits=limits, label=LABEL, cancel=cancel)
    if build.image is not None:
        provider.remove_image(build.image)
    return build
