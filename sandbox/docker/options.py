"""How containers are made: the engine's own JSON, as pure functions of limits. The walls of the sandbox stand here."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.git.model import GitLimits
from sandbox.limits import MIB, PrototypeLimits
from sandbox.pages import PageLimits

GRADER_UID = "65533:65533"
PROTOTYPE_UID = "65534:65534"
GRADER_CODE = "/opt/gelanggang"
WAY = "/run/gelanggang"
TMP = "/tmp"  # noqa: S108 - a path inside a container

_GRADER_MEMORY = 1024 * MIB
_GRADER_TMP = 256 * MIB
_GRADER_PIDS = 64
_GENERATOR_MEMORY = 512 * MIB
_HOLDER_MEMORY = 192 * MIB
_HOLDER_PIDS = 16
# Of 1024, which a container has that says nothing.
_STANDING_BACK = 128
_INODES_PER_MIB = 64
# First to die when the host itself runs out of memory; the grader and we come later.
_PROTOTYPE_OOM_SCORE = 800
_GRADER_OOM_SCORE = 200


def prototype_config(
    image: str,
    *,
    grader: str,
    port: int,
    limits: PrototypeLimits,
    labels: Mapping[str, str],
    runtime: str | None,
    seccomp: str,
    core: int | None = None,
) -> dict[str, Any]:
    """A prototype in the grader's network namespace: its only interface is `lo`, its only writable place `/tmp`.

    The image has no `VOLUME`: it would be writable and unlimited under a read-only root. `core` is the only one that
    it runs on.
    """
    host = _walls(
        memory=limits.memory_bytes,
        pids=limits.pids,
        open_files=limits.open_files,
        file_bytes=limits.tmp_bytes,
        tmpfs={TMP: _tmpfs(limits.tmp_bytes)},
        oom_score=_PROTOTYPE_OOM_SCORE,
        runtime=runtime,
        seccomp=seccomp,
    )
    host |= {
        "NetworkMode": f"container:{grader}",
        "NanoCpus": int(limits.cpus * 1_000_000_000),
        # Its output is counted and bounded by the worker; a log file would make the engine pay for a flood.
        "LogConfig": {"Type": "none", "Config": {}},
    }
    if core is not None:
        host["CpusetCpus"] = str(core)
    return {
        "Image": image,
        "User": PROTOTYPE_UID,
        "Env": [f"PORT={port}"],
        "Labels": dict(labels),
        "Healthcheck": {"Test": ["NONE"]},
        "AttachStdout": True,
        "AttachStderr": True,
        "HostConfig": host,
    }


def grader_config(
    image: str,
    *,
    command: Sequence[str],
    labels: Mapping[str, str],
    seccomp: str,
    generator: bool = False,
) -> dict[str, Any]:
    """A grader (or a generator of cases): our code, no network but its own `lo`, spoken to over its attached stream.

    It runs on the engine's default runtime: a stronger one is for what teams hand in, and may need a plain network
    namespace to join.
    """
    host = _walls(
        memory=_GENERATOR_MEMORY if generator else _GRADER_MEMORY,
        pids=_GRADER_PIDS,
        open_files=1024,
        file_bytes=_GRADER_TMP,
        tmpfs={TMP: _tmpfs(_GRADER_TMP) + ",noexec"},
        oom_score=_GRADER_OOM_SCORE,
        runtime=None,
        seccomp=seccomp,
    )
    host |= {
        "NetworkMode": "none",
        # Without it the last prototype's closed connections keep port 8080 busy for a minute.
        "Sysctls": {"net.ipv4.tcp_max_tw_buckets": "0"},
        "LogConfig": {"Type": "none", "Config": {}},
    }
    return {
        "Image": image,
        "User": GRADER_UID,
        "Cmd": list(command),
        "Entrypoint": [],
        "WorkingDir": TMP,
        "Env": [
            f"PYTHONPATH={GRADER_CODE}",
            "PYTHONDONTWRITEBYTECODE=1",
            "PYTHONHASHSEED=0",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1",
            f"HOME={TMP}",
        ],
        "Labels": dict(labels),
        "Healthcheck": {"Test": ["NONE"]},
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "OpenStdin": True,
        # The end of our connection, however it comes, is the end of the grader's input, and so of the grader.
        "StdinOnce": True,
        "HostConfig": host,
    }


def pages_config(
    image: str,
    *,
    command: Sequence[str],
    limits: PageLimits,
    labels: Mapping[str, str],
    runtime: str | None,
    seccomp: str,
) -> dict[str, Any]:
    """A reader of documents: a program of ours that somebody's document may take over, so walled in like a
    prototype, and without any network.
    """
    host = _walls(
        memory=limits.memory_bytes,
        pids=limits.pids,
        open_files=256,
        file_bytes=limits.tmp_bytes,
        tmpfs={TMP: _tmpfs(limits.tmp_bytes) + ",noexec"},
        oom_score=_PROTOTYPE_OOM_SCORE,
        runtime=runtime,
        seccomp=seccomp,
    )
    return _tool(image, command, labels, host)


def holder_config(
    image: str, *, command: Sequence[str], way: str, labels: Mapping[str, str], seccomp: str
) -> dict[str, Any]:
    """Who holds the network of a prototype that is tried out: our relay, with loopback only and the folder `way` of
    this host, which holds the socket that leads to it. Another user than the prototype, on the engine's own runtime.
    """
    host = _walls(
        memory=_HOLDER_MEMORY,
        pids=_HOLDER_PIDS,
        open_files=512,
        file_bytes=MIB,
        tmpfs={TMP: _tmpfs(MIB) + ",noexec"},
        oom_score=_GRADER_OOM_SCORE,
        runtime=None,
        seccomp=seccomp,
    )
    host["Binds"] = [f"{way}:{WAY}:ro"]
    return {**_tool(image, command, labels, host), "User": GRADER_UID}


def standing_back(config: Mapping[str, Any], cores: Sequence[int]) -> dict[str, Any]:
    """The same container, with fewer turns on the processors than those of evaluations, and on `cores` alone where
    there are any.
    """
    host = {**config["HostConfig"], "CpuShares": _STANDING_BACK}
    if cores:
        host["CpusetCpus"] = ",".join(str(number) for number in cores)
    return {**config, "HostConfig": host}


def _tool(image: str, command: Sequence[str], labels: Mapping[str, str], host: dict[str, Any]) -> dict[str, Any]:
    """A program of ours that is given work by its input and answers by its output, with one core and no network."""
    alone = {"NetworkMode": "none", "NanoCpus": 1_000_000_000, "LogConfig": {"Type": "none", "Config": {}}}
    return {
        "Image": image,
        "User": PROTOTYPE_UID,
        "Cmd": list(command),
        "Entrypoint": [],
        "WorkingDir": TMP,
        "Env": [f"HOME={TMP}"],
        "Labels": dict(labels),
        "Healthcheck": {"Test": ["NONE"]},
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "OpenStdin": True,
        "StdinOnce": True,
        "HostConfig": {**host, **alone},
    }


def git_config(
    image: str,
    *,
    command: Sequence[str],
    way: str,
    authorities: str | None,
    limits: GitLimits,
    labels: Mapping[str, str],
    seccomp: str,
) -> dict[str, Any]:
    """Git's own client, which a repository may take over: walled in like a prototype, with loopback only, and with the
    folder `way` of this host, which holds the socket of our proxy.

    It runs on the engine's default runtime: a stronger one does not let a socket of the host be reached. `authorities`
    is a file of this host that stands in the place of Debian's certificates.
    """
    host = _walls(
        memory=limits.memory_bytes,
        pids=limits.pids,
        open_files=256,
        file_bytes=limits.tmp_bytes,
        tmpfs={TMP: _tmpfs(limits.tmp_bytes) + ",noexec"},
        oom_score=_PROTOTYPE_OOM_SCORE,
        runtime=None,
        seccomp=seccomp,
    )
    certificates = [] if authorities is None else [f"{authorities}:/etc/ssl/certs/ca-certificates.crt:ro"]
    host["Binds"] = [f"{way}:{WAY}:ro", *certificates]
    return _tool(image, command, labels, host)


def _walls(
    *,
    memory: int,
    pids: int,
    open_files: int,
    file_bytes: int,
    tmpfs: Mapping[str, str],
    oom_score: int,
    runtime: str | None,
    seccomp: str,
) -> dict[str, Any]:
    host: dict[str, Any] = {
        "ReadonlyRootfs": True,
        # The engine mounts message queues whatever the IPC mode; an empty read-only folder takes their place.
        "Tmpfs": {**tmpfs, "/dev/mqueue": "ro,noexec,nosuid,nodev,size=4096,nr_inodes=1,mode=0555"},
        # `none` also leaves out /dev/shm, which is writable under a read-only root.
        "IpcMode": "none",
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={seccomp}"],
        "Memory": memory,
        "MemorySwap": memory,
        "PidsLimit": pids,
        "Ulimits": [
            {"Name": "nofile", "Soft": open_files, "Hard": open_files},
            {"Name": "fsize", "Soft": file_bytes, "Hard": file_bytes},
            {"Name": "core", "Soft": 0, "Hard": 0},
        ],
        "OomScoreAdj": oom_score,
        "Init": True,
        "RestartPolicy": {"Name": "no"},
    }
    if runtime:
        host["Runtime"] = runtime
    return host


def _tmpfs(size: int) -> str:
    return f"rw,nosuid,nodev,size={size},nr_inodes={max(1024, size // MIB * _INODES_PER_MIB)},mode=1777"
