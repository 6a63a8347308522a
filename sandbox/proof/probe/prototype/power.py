"""What the kernel lets the program do: identity, capabilities, set-user-ID programs, dangerous system calls."""

import ctypes
import errno
import os
import socket
import subprocess
import time
from pathlib import Path

EXPECTED_ID = 65534
# What Docker gives a step of a build, which runs as root: no more than this.
BUILD_CAPABILITIES = 0x00000000A80425FB
# A copy of `cat` that the image of the proof has: it waits for its input, long enough to look at.
SET_USER_ID = "/probe-set-user-id"
FAMILIES = {
    "ax25": 3,
    "packet": 17,
    "rds": 21,
    "can": 29,
    "tipc": 30,
    "bluetooth": 31,
    "alg": 38,
    "vsock": 40,
    "xdp": 44,
}
NUMBERS = {
    "x86_64": {
        "ptrace": 101,
        "pivot_root": 155,
        "mount": 165,
        "add_key": 248,
        "keyctl": 250,
        "unshare": 272,
        "perf_event_open": 298,
        "open_by_handle_at": 304,
        "setns": 308,
        "process_vm_readv": 310,
        "finit_module": 313,
        "bpf": 321,
        "userfaultfd": 323,
        "io_uring_setup": 425,
        "fsopen": 430,
    },
    "aarch64": {
        "ptrace": 117,
        "pivot_root": 41,
        "mount": 40,
        "add_key": 217,
        "keyctl": 219,
        "unshare": 97,
        "perf_event_open": 241,
        "open_by_handle_at": 265,
        "setns": 268,
        "process_vm_readv": 270,
        "finit_module": 273,
        "bpf": 280,
        "userfaultfd": 282,
        "io_uring_setup": 425,
        "fsopen": 430,
    },
}
NAMESPACES = {"user": 0x10000000, "mount": 0x00020000, "network": 0x40000000, "process": 0x20000000}
CLOSED = (errno.EPERM, errno.ENOSYS, errno.EACCES)
LIBC = ctypes.CDLL(None, use_errno=True)


def user(asked):
    """The program is nobody, in nobody's group."""
    groups = sorted({os.getgid(), *os.getgroups()})
    return os.getuid() == EXPECTED_ID and groups == [EXPECTED_ID], f"uid {os.getuid()}, groups {groups}"


def capabilities(asked):
    """No capability is left, or in a build no more than the engine's few."""
    status = _status()
    allowed = BUILD_CAPABILITIES if asked.get("build") else 0
    held = all(int(status[name], 16) & ~allowed == 0 for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb"))
    return held, f"effective {status['CapEff']}, bounding {status['CapBnd']}"


def privileges(asked):
    """The kernel was told that this program may gain nothing by starting another."""
    value = _status().get("NoNewPrivs", "?")
    return value == "1", f"NoNewPrivs {value}"


def setuid(asked):
    """A program of root's with the set-user-ID bit does not run as root."""
    program = SET_USER_ID
    if not os.path.exists(program):
        return True, "no set-user-ID program is there"
    started = subprocess.Popen(
        [program], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    seen = set()
    end = time.monotonic() + 0.3
    while started.poll() is None and time.monotonic() < end:
        try:
            seen.add(int(_status(started.pid)["Uid"].split()[1]))
        except (OSError, KeyError, ValueError):
            break  # it has ended
    try:
        started.kill()
    except OSError:
        pass  # then it has another user
    started.stdin.close()
    if started.poll() is None:
        time.sleep(0.05)
        started.poll()
    return 0 not in seen, f"{program} ran as {sorted(seen) or 'nobody'}"


def call_filter(asked):
    """A filter of system calls is on."""
    value = _status().get("Seccomp", "?")
    return value == "2", f"Seccomp {value}"


def sockets(asked):
    """Sockets of families beyond what a program needs cannot be opened: packet, vsock, alg and such."""
    opened = []
    for name, family in FAMILIES.items():
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
                opened.append(name)
                break
            except OSError:
                pass  # the wall held
    return not opened, f"opened: {', '.join(opened) or 'none'}"


def io_uring(asked):
    """io_uring, through which calls pass the filter unseen, is closed."""
    # The kernel looks at the size before it looks at the place: only a filter or its own switch gives these.
    return _closed("io_uring_setup", 1, None)


def ptrace(asked):
    """No process may be traced."""
    number = _number("ptrace")
    child = os.fork()
    if child == 0:
        os._exit(0 if LIBC.syscall(number, 0, 0, None, None) == -1 else 1)
    traced = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    return not traced, "a child was traced" if traced else "refused"


def process_memory(asked):
    """The memory of processes cannot be read from outside them (here it is one's own, which needs no other right)."""

    class Piece(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    source, target = ctypes.create_string_buffer(b"wall"), ctypes.create_string_buffer(5)
    theirs, ours = Piece(ctypes.addressof(source), 5), Piece(ctypes.addressof(target), 5)
    read = LIBC.syscall(_number("process_vm_readv"), os.getpid(), ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)
    return read == -1, "memory was read" if read != -1 else "refused"


def namespaces(asked):
    """No namespace can be made, least of all one of users, in which one would be root."""
    made = []
    for name, flag in NAMESPACES.items():
        child = os.fork()
        if child == 0:
            os._exit(0 if LIBC.syscall(_number("unshare"), flag) == -1 else 1)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
            made.append(name)
    return not made, f"made: {', '.join(made) or 'none'}"


def keyrings(asked):
    """The kernel's keyrings, which are not divided by containers, are closed."""
    add = LIBC.syscall(_number("add_key"), b"user", b"gelanggang-probe", b"x", 1, -2)
    get = LIBC.syscall(_number("keyctl"), 0, -3, 1)
    return (
        add == -1 and get == -1,
        "a key was added" if add != -1 else "a keyring was found" if get != -1 else "refused",
    )


def performance_counters(asked):
    """Counters of the kernel and the processor are closed."""
    attributes = ctypes.create_string_buffer(112)
    attributes[0:4] = (1).to_bytes(4, "little")  # of software
    attributes[4:8] = (112).to_bytes(4, "little")
    attributes[40:48] = (0b1100001).to_bytes(8, "little")  # disabled, without kernel and hypervisor
    descriptor = LIBC.syscall(_number("perf_event_open"), attributes, 0, -1, -1, 0)
    if descriptor != -1:
        os.close(descriptor)
        return False, "a counter was opened"
    return True, f"refused: {os.strerror(ctypes.get_errno())}"


def kernel_programs(asked):
    """No program can be put into the kernel."""
    attributes = ctypes.create_string_buffer(72)
    for place, value in ((0, 2), (4, 4), (8, 4), (12, 1)):  # a map: array, key and value of 4 bytes, one entry
        attributes[place : place + 4] = value.to_bytes(4, "little")
    descriptor = LIBC.syscall(_number("bpf"), 0, attributes, 72)
    if descriptor != -1:
        os.close(descriptor)
        return False, "bpf made a map"
    return True, f"refused: {os.strerror(ctypes.get_errno())}"


def mounting(asked):
    """Nothing can be mounted."""
    place = "/tmp/probe-mount" if os.access("/tmp", os.W_OK) else "/mnt"
    os.makedirs(place, exist_ok=True)
    done = LIBC.syscall(_number("mount"), b"tmpfs", place.encode(), b"tmpfs", 0, None)
    if done == 0:
        LIBC.umount2(place.encode(), 2)
    opened = LIBC.syscall(_number("fsopen"), b"tmpfs", 0)
    if opened != -1:
        os.close(opened)
    return done == -1 and opened == -1, "a file system was mounted" if done != -1 or opened != -1 else "refused"


def kernel_calls(asked):
    """Calls for the kernel's own house are closed: its modules, page faults, files by handle, foreign namespaces."""
    opened = []
    for name, arguments in (
        ("userfaultfd", (1,)),
        ("finit_module", (-1, b"", 0)),
        ("open_by_handle_at", (-1, None, 0)),
        ("setns", (-1, 0)),
    ):
        held, _ = _closed(name, *arguments)
        if not held:
            opened.append(name)
    return not opened, f"open: {', '.join(opened) or 'none'}"


def _closed(name, *arguments):
    """Whether a call is refused before its arguments are looked at."""
    result = LIBC.syscall(_number(name), *arguments)
    reason = ctypes.get_errno()
    if result != -1:
        os.close(result)
        return False, f"{name} is open"
    return reason in CLOSED, f"{name}: {os.strerror(reason)}"


def _number(name):
    return NUMBERS[os.uname().machine][name]


def _status(pid="self"):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)
