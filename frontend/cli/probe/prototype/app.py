"""A prototype that tries the walls of its own sandbox and reports what it found. Standard library only."""

import ctypes
import errno
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

MIB = 1 << 20
ALLOWED_PROCESSES = 128
ALLOWED_TMP = 256 * MIB
ALLOWED_MEMORY = 1024 * MIB
EXPECTED_UID = 65534
HARMLESS_VARIABLES = {"PORT", "PATH", "HOME", "HOSTNAME", "LANG", "LC_ALL", "LC_CTYPE", "PWD", "SHLVL", "TERM", "TZ"}
IO_URING_SETUP = 425
PTRACE_TRACEME = 0
ADDRESS_FAMILIES = {"AF_PACKET": 17, "AF_ALG": 38, "AF_VSOCK": 40}


def predict(task: str, input: dict[str, str]) -> dict[str, object]:
    """Try the wall that the input names: `{"held": bool, "found": sentence}`."""
    if input["wall"] == "eat_memory":
        return eat_memory()
    if input["wall"] == "never_answer":
        return never_answer()
    held, found = WALLS[input["wall"]]()
    return {"held": held, "found": found}


def network() -> tuple[bool, str]:
    names = [name for _, name in socket.if_nameindex()]
    reached = []
    for address in (("1.1.1.1", 53), ("169.254.169.254", 80), ("172.17.0.1", 22), ("10.0.0.1", 80)):
        with socket.socket() as outside:
            outside.settimeout(1.0)
            code = outside.connect_ex(address)
            if code not in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EPERM, errno.EACCES):
                reached.append(f"{address[0]} ({os.strerror(code) if code else 'connected'})")
    return names == ["lo"] and not reached, f"interfaces {', '.join(names)}; reached {', '.join(reached) or 'nothing'}"


def read_only() -> tuple[bool, str]:
    options = next(line.split()[3] for line in Path("/proc/mounts").read_text().splitlines() if line.split()[1] == "/")
    written = []
    for folder in ("/", "/usr", "/var/lib", "/etc", "/home", "/run", str(Path.cwd())):
        try:
            (Path(folder) / "probe").write_text("x")
            written.append(folder)
        except OSError:
            pass  # the wall held
    return "ro" in options.split(
        ","
    ) and not written, f"root is {options.split(',')[0]}; wrote to {written or 'nothing'}"


def user() -> tuple[bool, str]:
    groups = sorted({os.getgid(), *os.getgroups()})
    found = f"uid {os.getuid()}, groups {groups}"
    return os.getuid() == EXPECTED_UID and groups == [EXPECTED_UID], found


def capabilities() -> tuple[bool, str]:
    status = _status()
    held = all(int(status[name], 16) == 0 for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb"))
    return held, f"effective {status['CapEff']}, bounding {status['CapBnd']}"


def privileges() -> tuple[bool, str]:
    value = _status()["NoNewPrivs"]
    return value == "1", f"NoNewPrivs {value}"


def system_calls() -> tuple[bool, str]:
    libc = ctypes.CDLL(None, use_errno=True)
    open_doors = []
    if _status()["Seccomp"] != "2":
        open_doors.append("no seccomp filter")
    for name, family in ADDRESS_FAMILIES.items():
        try:
            socket.socket(family, socket.SOCK_STREAM if name == "AF_VSOCK" else socket.SOCK_RAW).close()
            open_doors.append(name)
        except OSError as refused:
            # Without a filter an unknown family is "not supported"; both are closed doors.
            if refused.errno == errno.EINVAL:
                open_doors.append(name)
    if libc.syscall(IO_URING_SETUP, 1, None) != -1 or ctypes.get_errno() == errno.EFAULT:
        open_doors.append("io_uring")
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.ptrace(PTRACE_TRACEME, 0, None, None) == -1 else 1)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        open_doors.append("ptrace")
    return not open_doors, f"open: {', '.join(open_doors) or 'none'}"


def memory_limit() -> tuple[bool, str]:
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        if Path(path).is_file():
            value = Path(path).read_text().strip()
            held = value.isdigit() and int(value) <= ALLOWED_MEMORY
            return held, f"limit {int(value) // MIB} MiB" if value.isdigit() else f"limit {value}"
    return False, "no cgroup limit to be seen"


def processes() -> tuple[bool, str]:
    children: list[int] = []
    try:
        while len(children) < ALLOWED_PROCESSES * 2:
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
        stopped = False
    except OSError:
        stopped = True
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    return stopped and len(children) < ALLOWED_PROCESSES, f"{len(children)} more processes started"


def tmp() -> tuple[bool, str]:
    path, written, block = Path("/tmp/probe"), 0, b"\0" * MIB  # noqa: S108 - the wall that is tried
    try:
        with path.open("wb", buffering=0) as target:
            while written <= ALLOWED_TMP + 16 * MIB:
                written += target.write(block)
        stopped = False
    except OSError as full:
        stopped = full.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    finally:
        path.unlink(missing_ok=True)
    return stopped and written <= ALLOWED_TMP, f"{written // MIB} MiB written"


def shared_memory() -> tuple[bool, str]:
    path = Path("/dev/shm/probe")  # noqa: S108 - the wall that is tried
    try:
        path.write_text("x")
    except OSError as refused:
        return True, f"{path.parent}: {refused.strerror}"
    path.unlink()
    return False, f"{path.parent} is writable"


def environment() -> tuple[bool, str]:
    odd = sorted(name for name in os.environ if name not in HARMLESS_VARIABLES and not name.startswith("PYTHON"))
    return not odd, f"variables beside the usual: {', '.join(odd) or 'none'}"


def engine() -> tuple[bool, str]:
    there = [path for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd") if Path(path).exists()]
    return not there, f"of the engine: {', '.join(there) or 'nothing'}"


def neighbours() -> tuple[bool, str]:
    seen = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    # The server, its init and a handler or two: a process table shared with the host or the grader would hold pytest.
    commands = [(Path("/proc") / pid / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip() for pid in seen]
    foreign = [command for command in commands if "pytest" in command or "dockerd" in command or "postgres" in command]
    return not foreign and len(seen) < ALLOWED_PROCESSES, f"{len(seen)} processes, foreign: {foreign or 'none'}"


def eat_memory() -> dict[str, object]:
    """Hold twice what is allowed; the engine ends the process before it answers."""
    held = [bytearray(os.urandom(1) * (64 * MIB)) for _ in range(2 * ALLOWED_MEMORY // (64 * MIB))]
    return {"held": False, "found": f"{len(held) * 64} MiB allocated"}


def never_answer() -> dict[str, object]:
    """Ignore a polite end and answer nothing; the deadline has to come from outside."""
    while True:
        time.sleep(60)


def _status() -> dict[str, str]:
    lines = Path("/proc/self/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


WALLS: dict[str, Callable[[], tuple[bool, str]]] = {
    "network": network,
    "read_only": read_only,
    "user": user,
    "capabilities": capabilities,
    "privileges": privileges,
    "system_calls": system_calls,
    "memory_limit": memory_limit,
    "processes": processes,
    "tmp": tmp,
    "shared_memory": shared_memory,
    "environment": environment,
    "engine": engine,
    "neighbours": neighbours,
}
