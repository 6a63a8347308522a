"""What can be used up: memory, processes, CPU, disk, open files. The input tells how much is allowed."""

import errno
import os
import resource
import signal
import time
from pathlib import Path

MIB = 1 << 20
ALLOWED = {"memory": 1024 * MIB, "processes": 128, "cpus": 1.0, "tmp": 256 * MIB, "open_files": 1024}
MORE = 1.25
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def memory(asked):
    """A process that takes more than is allowed is ended; the others live."""
    allowed = _allowed(asked, "memory")
    child = os.fork()
    if child == 0:
        try:
            Path("/proc/self/oom_score_adj").write_text("1000")
            held = []
            for _ in range(int(allowed * MORE) // (8 * MIB)):
                held.append(b"\1" * (8 * MIB))
        except MemoryError:
            os._exit(3)
        except BaseException:
            os._exit(4)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 0:
        return False, f"{int(allowed * MORE) // MIB} MiB were taken"
    return code in (-signal.SIGKILL, 3), f"ended ({code}) below {int(allowed * MORE) // MIB} MiB"


def processes(asked):
    """No more processes start than are allowed."""
    allowed = _allowed(asked, "processes")
    children = []
    stopped = False
    try:
        while len(children) < allowed + 16:
            child = os.fork()
            if child == 0:
                signal.pause()
                os._exit(0)
            children.append(child)
    except OSError:
        stopped = True
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    return stopped and len(children) <= allowed, f"{len(children)} more processes started"


def cpu(asked):
    """No more of the processors is to be had than is allowed: by the group's own figures, else by working."""
    allowed = _allowed(asked, "cpus")
    for quota, period in _quotas():
        if quota <= 0:
            return False, "no limit is set"
        return quota / period <= allowed * 1.01, f"limit {quota / period:.2f}"
    return _worked(allowed)


def tmp(asked):
    """The writable place ends at its size."""
    allowed = _allowed(asked, "tmp")
    written, files, stopped = 0, [], False
    try:
        # Several files: one alone would end at the limit of a file's size.
        for number in range(5):
            path = Path(f"/tmp/gelanggang-probe-{number}")
            files.append(path)
            with path.open("wb", buffering=0) as target:
                while target.tell() < allowed // 4 and written <= allowed:
                    written += target.write(b"\0" * min(MIB, allowed // 4))
    except OSError as full:
        stopped = full.errno in FULL
    finally:
        for path in files:
            path.unlink(missing_ok=True)
    return stopped and written <= allowed, f"{written // MIB} MiB written"


def open_files(asked):
    """Open files are counted, core files are not written."""
    files, cores = resource.getrlimit(resource.RLIMIT_NOFILE)[1], resource.getrlimit(resource.RLIMIT_CORE)[1]
    return 0 < files <= _allowed(asked, "open_files") and cores == 0, f"open files {files}, core {cores}"


def core_files(asked):
    """No file of a crashed program's memory is written."""
    cores = resource.getrlimit(resource.RLIMIT_CORE)[1]
    return cores == 0, f"core {cores}"


def _allowed(asked, name):
    return asked.get("allowed", {}).get(name, ALLOWED[name])


def _quotas():
    for folder in ("/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"):
        try:
            yield tuple(int(Path(folder, name).read_text()) for name in ("cpu.cfs_quota_us", "cpu.cfs_period_us"))
            return
        except (OSError, ValueError):
            pass  # another kind of groups
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        yield 0 if quota == "max" else int(quota), int(period)
    except (OSError, ValueError):
        pass  # the groups are out of sight


def _worked(allowed):
    """Two processes for each processor that is allowed work for a second: together they get no more than that."""
    seconds, count = 1.0, int(allowed) * 2
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                pass
            os._exit(0)
        children.append(child)
    used = 0.0
    for child in children:
        _, _, usage = os.wait4(child, 0)
        used += usage.ru_utime + usage.ru_stime
    return used <= allowed * seconds * 1.3, f"{used:.2f} s of work in {seconds:.0f} s"
