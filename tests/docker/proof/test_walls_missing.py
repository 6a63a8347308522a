"""Each wall taken away, by an option in the test: the proof says which one is missing.

These are the negative controls of `sandbox.proof`: a probe that cannot fail proves nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import sandbox.proof.building as building
import sandbox.proof.running as running
from sandbox.docker import DockerProvider
from sandbox.limits import MIB, BuildLimits, PrototypeLimits, RunLimits
from sandbox.model import Finding
from sandbox.proof import BY_NAME, WALLS
from sandbox.proof.host import careless_service
from sandbox.proof.proving import complete
from sandbox.provider import Cancel
from tests.docker.proof.removing import Change, build_findings, run_findings, vetting_findings

SOCKET = "/var/run/docker.sock"
SERVER = "exec python3 -SEu -X utf8 /opt/gelanggang/serve.py"
LISTENER = f"""python3 -c '
import socket, time
tcp = socket.create_server(("127.0.0.1", 9099))
name = socket.socket(socket.AF_UNIX)
name.bind(chr(0) + "somebody")
name.listen()
time.sleep(600)
' & {SERVER}"""


def host(**options: Any) -> Change:
    def change(config: dict[str, Any]) -> None:
        config["HostConfig"].update(options)

    return change


def without(*options: str) -> Change:
    def change(config: dict[str, Any]) -> None:
        for option in options:
            config["HostConfig"].pop(option, None)

    return change


def unfiltered(config: dict[str, Any]) -> None:
    config["HostConfig"]["SecurityOpt"] = ["no-new-privileges:true", "seccomp=unconfined"]


def almighty(config: dict[str, Any]) -> None:
    """Nearly `docker run --privileged` by root: what people do when something does not work.

    Not quite that, for an engine that lacks a capability itself cannot give them all.
    """
    config["User"] = "0:0"
    config["HostConfig"].pop("CapDrop")
    config["HostConfig"].update(
        CapAdd=["SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "SYS_RAWIO", "MKNOD"],
        SecurityOpt=["seccomp=unconfined"],
        Devices=[{"PathOnHost": "/dev/kmsg", "PathInContainer": "/dev/kmsg", "CgroupPermissions": "rwm"}],
        MaskedPaths=[],
        ReadonlyPaths=[],
    )


def gaining(config: dict[str, Any]) -> None:
    config["HostConfig"]["SecurityOpt"] = [
        option for option in config["HostConfig"]["SecurityOpt"] if not option.startswith("no-new-privileges")
    ]


def crowded(config: dict[str, Any]) -> None:
    config["Cmd"] = ["sh", "-c", LISTENER]


def talkative(config: dict[str, Any]) -> None:
    config["Env"].append("DATABASE_PASSWORD=rahasia")


def spacious(config: dict[str, Any]) -> None:
    config["HostConfig"]["Tmpfs"]["/tmp"] = "rw,nosuid,nodev,size=200m,mode=1777"
    config["HostConfig"]["Memory"] = config["HostConfig"]["MemorySwap"] = 512 * MIB


CONTROLS = {
    "a bridge": ("grader_config", host(NetworkMode="bridge"), {"network", "host-services"}),
    "somebody listens": ("prototype_config", crowded, {"loopback"}),
    "the engine's socket": ("prototype_config", host(Binds=[f"{SOCKET}:{SOCKET}:ro"]), {"engine", "mounts"}),
    # A tmpfs, as the engine's own mounts are.
    "the host's memory": ("prototype_config", host(Binds=["/dev/shm:/media:ro"]), {"mounts"}),
    "the host's processes": ("prototype_config", host(PidMode="host"), {"neighbours"}),
    "a secret": ("prototype_config", talkative, {"environment"}),
    "no filter": (
        "prototype_config",
        unfiltered,
        {"call-filter", "sockets", "io-uring", "ptrace", "process-memory", "namespaces", "keyrings", "kernel-calls"},
    ),
    "root and privileged": (
        "prototype_config",
        almighty,
        {"user", "capabilities", "privileges", "mounting", "devices", "kernel-files", "kernel-programs"}
        | {"performance-counters"},
    ),
    "new privileges": ("prototype_config", gaining, {"privileges", "setuid"}),
    "a writable root": ("prototype_config", host(ReadonlyRootfs=False, User="0:0"), {"read-only"}),
    "shared memory": ("prototype_config", host(IpcMode="private"), {"shared-memory"}),
    "no limits of groups": (
        "prototype_config",
        without("Memory", "MemorySwap", "PidsLimit", "NanoCpus"),
        {"memory", "processes", "cpu"},
    ),
    "no limits of files": ("prototype_config", without("Ulimits", "OomScoreAdj"), {"open-files", "oom-order"}),
    "a large /tmp": ("prototype_config", spacious, {"tmp"}),
}


@pytest.mark.parametrize(("maker", "change", "expected"), CONTROLS.values(), ids=CONTROLS.keys())
def test_a_wall_that_is_taken_away_is_missed(maker: str, change: Change, expected: set[str]) -> None:
    found = run_findings(maker, change)
    missing = {name for name, finding in found.items() if not finding.held}
    assert expected <= missing, {name: found[name] for name in sorted(expected - missing)}
    assert all(finding.found and not finding.found.startswith("not tried") for finding in found.values()), found


def of_build(**params: Any) -> Change:
    return lambda found: found.update(params)


def no_limits(params: dict[str, Any]) -> None:
    for name in ("memory", "memswap", "cpuquota", "cpuperiod", "cgroupparent", "ulimits"):
        params.pop(name, None)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (of_build(networkmode="host"), {"build-network", "build-host-services", "build-names"}),
        (no_limits, {"build-memory", "build-processes", "build-cpu", "build-core-files"}),
    ],
    ids=["the host's network", "no limits"],
)
def test_a_wall_of_builds_that_is_taken_away_is_missed(params: Change, expected: set[str]) -> None:
    found = build_findings(params)
    missing = {name for name, finding in found.items() if not finding.held}
    # Where the host itself has no way out, no name is resolved through it either.
    assert expected - {"build-names"} <= missing <= expected, found


def test_log_flood_and_deadlines_that_end_nothing_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = RunLimits(ready_seconds=60.0, case_seconds=4.0, total_seconds=60.0)
    loud = replace(running.LIMITS, prototype=replace(PrototypeLimits(), log_bytes=1024 * MIB))
    monkeypatch.setattr(running, "LIMITS", loud)
    monkeypatch.setattr(running, "DEADLINE", patient)
    monkeypatch.setattr(running, "DEADLINE_SECONDS", 2.0)
    found = in_turn(lambda provider: running.try_own_runs(provider, Cancel()))
    assert {name: finding.held for name, finding in found.items()} == {"log-flood": False, "deadline": False}


def test_a_disk_and_a_deadline_of_builds_that_end_nothing_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "SLEEP", 4)
    monkeypatch.setattr(building, "DISK_LIMITS", replace(building.LIMITS, build=BuildLimits(seconds=60.0)))
    monkeypatch.setattr(building, "DEADLINE_LIMITS", replace(building.LIMITS, build=BuildLimits(seconds=60.0)))
    found = in_turn(lambda provider: building.try_own_builds(provider, Cancel()))
    assert {name: finding.held for name, finding in found.items()} == {"build-disk": False, "build-deadline": False}


def test_a_file_that_is_taken_instead_of_refused_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    harmless = 'FROM python\nCMD ["true"]\n'
    monkeypatch.setattr(building, "REFUSED", dict.fromkeys(building.REFUSED, harmless))
    found = vetting_findings()
    assert {name for name, finding in found.items() if not finding.held} == set(building.REFUSED)


def test_a_wall_that_nobody_tried_is_missing() -> None:
    first, *others = complete([Finding("network", held=True, found="interfaces lo")])
    assert first.held
    assert {finding.wall for finding in others} == {wall.name for wall in WALLS} - {"network"}
    assert not any(finding.held for finding in others)


def test_every_wall_around_a_prototype_has_a_control() -> None:
    tried = {name for _, _, expected in CONTROLS.values() for name in expected}
    around = {wall.name for wall in WALLS if wall.place == "run"} - {"log-flood", "deadline", "names"}
    # `names` needs a resolver outside, which a host that tests may not have.
    assert tried == around
    assert set(BY_NAME) == {wall.name for wall in WALLS}


def in_turn(trying: Callable[[DockerProvider], Any]) -> dict[str, Finding]:
    provider = DockerProvider(graders=0)
    try:
        with careless_service():
            return {finding.wall: finding for finding in trying(provider)}
    finally:
        provider.close()
