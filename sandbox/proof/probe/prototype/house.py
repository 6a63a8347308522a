"""What of the machine and its kernel is in the file tree: devices, switches, writable places."""

import os
import stat
from pathlib import Path

USUAL_DEVICES = {"null", "zero", "full", "random", "urandom", "tty", "console", "ptmx"}
SWITCHES = (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sysrq-trigger",
    "/proc/self/oom_score_adj",
    "/sys/kernel/mm/transparent_hugepage/enabled",
    "/sys/kernel/profiling",
    "/sys/fs/cgroup/release_agent",
    "/sys/fs/cgroup/cgroup.procs",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    "/sys/fs/cgroup/pids/pids.max",
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/pids.max",
)
SECRETS = ("/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/scsi/scsi")
# First to die; a program that could lower it would let the host's own processes die for it.
LEAST_OOM_SCORE = 500


def devices(asked):
    """No device of the machine can be opened, named or made."""
    odd = []
    for top, _, files in os.walk("/dev"):
        for name in files:
            path = os.path.join(top, name)
            mode = os.lstat(path).st_mode
            if (stat.S_ISBLK(mode) or stat.S_ISCHR(mode)) and name not in USUAL_DEVICES and top != "/dev/pts":
                odd.append(path)
    opened = [name for name, kind, number in _numbers() if _opens(kind, number)]
    return not odd and not opened, f"unusual: {', '.join(odd) or 'none'}; opened: {', '.join(opened) or 'none'}"


def kernel_files(asked):
    """Switches of the kernel in /proc and /sys cannot be turned, what tells of the machine is hidden."""
    open_doors = []
    for path in SWITCHES:
        if path == "/proc/self/oom_score_adj":
            continue  # everyone may be worse off; whether better is the wall `oom-order`
        try:
            os.close(os.open(path, os.O_WRONLY))
            open_doors.append(path)
        except OSError:
            pass  # the wall held
    for path in SECRETS:
        try:
            with open(path, "rb", buffering=0) as secret:
                if secret.read(64):
                    open_doors.append(path)
        except OSError:
            pass  # the wall held
    try:
        if os.listdir("/sys/firmware"):
            open_doors.append("/sys/firmware")
    except OSError:
        pass  # the wall held
    return not open_doors, f"open: {', '.join(open_doors) or 'none'}"


def read_only(asked):
    """Nothing but /tmp can be written."""
    options = next(
        line.split()[3] for line in Path("/proc/self/mounts").read_text().splitlines() if line.split()[1] == "/"
    )
    written = []
    for folder in ("/", "/usr", "/var/lib", "/etc", "/home", "/run", "/dev", "/app", str(Path.cwd())):
        path = Path(folder) / "gelanggang-probe"
        try:
            path.write_text("x")
            written.append(folder)
            path.unlink()
        except OSError:
            pass  # the wall held
    held = "ro" in options.split(",") and not written
    return held, f"root is {options.split(',')[0]}; wrote to {', '.join(written) or 'nothing'}"


def shared_memory(asked):
    """No memory is shared by name, and no message queue."""
    writable = []
    for folder in ("/dev/shm", "/dev/mqueue"):
        path = Path(folder) / "gelanggang-probe"
        try:
            path.write_text("x")
            path.unlink()
            writable.append(folder)
        except OSError:
            pass  # the wall held
    return not writable, f"writable: {', '.join(writable) or 'none'}"


def oom_order(asked):
    """Where the host runs out of memory, this program goes before anything of the host's."""
    path = Path("/proc/self/oom_score_adj")
    score = int(path.read_text())
    try:
        path.write_text("-1000")
        path.write_text(str(score))
        lowered = True
    except OSError:
        lowered = False
    return score >= LEAST_OOM_SCORE and not lowered, f"score {score}{', could be lowered' if lowered else ''}"


def _numbers():
    """Devices that matter: the machine's memory, its log, and each disk that the kernel tells of."""
    found = [("mem", stat.S_IFCHR, (1, 1)), ("kmsg", stat.S_IFCHR, (1, 11)), ("fuse", stat.S_IFCHR, (10, 229))]
    try:
        lines = Path("/proc/partitions").read_text().splitlines()[2:]
    except OSError:
        lines = []
    for line in lines[:8]:
        major, minor, _, name = line.split()
        found.append((name, stat.S_IFBLK, (int(major), int(minor))))
    return found


def _opens(kind, number):
    """Whether a device that is made by its number opens."""
    for folder in ("/tmp", "/"):
        path = os.path.join(folder, f"probe-device-{number[0]}-{number[1]}")
        try:
            os.mknod(path, kind | 0o600, os.makedev(*number))
        except OSError:
            continue
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            return True
        except OSError:
            pass  # the wall held
        finally:
            os.unlink(path)
    return False
