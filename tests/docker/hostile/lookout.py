"""A prototype that looks for ways out the moment it starts, and tells in its first answer what it met.

It is data: handed in as it stands, and never imported here.
"""

# ruff: noqa: PTH110, PTH123, PTH208, SIM115

import ctypes
import os
import resource
import socket

LIBC = ctypes.CDLL(None, use_errno=True)
IO_URING_SETUP, PTRACE, PROCESS_VM_READV, UNSHARE, KEYCTL, MOUNT, BPF = 425, 101, 310, 272, 250, 165, 321
NEW_USER = 0x10000000
OF_BASE = ("PORT", "HOME", "HOSTNAME", "PATH", "LANG", "PIP_", "PYTHON")


def call(number, *arguments):
    """The error of a system call made by a child: 0 where it was done."""
    child = os.fork()
    if child == 0:
        done = LIBC.syscall(number, *arguments)
        os._exit(ctypes.get_errno() if done < 0 else 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def reach(family, kind, address):
    with socket.socket(family, kind) as s:
        s.settimeout(2)
        if kind == socket.SOCK_DGRAM:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            s.sendto(b"x", address)
        else:
            s.connect(address)


def make(family, kind=socket.SOCK_RAW, protocol=0):
    socket.socket(family, kind, protocol).close()


def write(path):
    with open(path, "a"):
        pass


def closed(way, *arguments):
    """`tertutup` whatever the way is closed by: how a kernel was built says which error comes."""
    try:
        way(*arguments)
    except OSError:
        return "tertutup"


def listening():
    lines = open("/proc/net/tcp").read().splitlines()[1:]
    return [int(line.split()[1].split(":")[1], 16) for line in lines if line.split()[3] == "0A"]


def processes():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            found.append(open(f"/proc/{pid}/cmdline").read())
        except OSError:
            continue
    return found


def status(name):
    return dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines())[name]


PROBES = {
    "antarmuka": lambda: [name for _, name in socket.if_nameindex()],
    "internet": lambda: reach(socket.AF_INET, socket.SOCK_STREAM, ("1.1.1.1", 443)),
    "gerbang": lambda: reach(socket.AF_INET, socket.SOCK_STREAM, ("172.17.0.1", 22)),
    "metadata": lambda: reach(socket.AF_INET, socket.SOCK_STREAM, ("169.254.169.254", 80)),
    "siaran": lambda: reach(socket.AF_INET, socket.SOCK_DGRAM, ("255.255.255.255", 9)),
    "multicast": lambda: reach(socket.AF_INET, socket.SOCK_DGRAM, ("239.1.1.1", 9)),
    "ipv6": lambda: closed(reach, socket.AF_INET6, socket.SOCK_STREAM, ("2606:4700::1111", 443)),
    "nama": lambda: socket.gethostbyname("contoh.invalid"),
    "terdengar": lambda: listening(),
    "abstrak": lambda: sum("@" in line for line in open("/proc/net/unix")),
    "paket": lambda: make(socket.AF_PACKET),
    "vsock": lambda: make(40, socket.SOCK_STREAM),
    "sandi": lambda: make(38, socket.SOCK_SEQPACKET),
    "icmp": lambda: make(socket.AF_INET, protocol=socket.IPPROTO_ICMP),
    "soket-mesin": lambda: os.path.exists("/var/run/docker.sock"),
    "penguji": lambda: any("sandbox.grader" in line for line in processes()),
    "proses": lambda: "sedikit" if len(processes()) < 8 else "banyak",
    "pengguna": lambda: (os.getuid(), os.getgid(), os.getgroups()),
    "kuasa": lambda: status("CapBnd"),
    "hak-baru": lambda: status("NoNewPrivs"),
    "akar": lambda: write("/app/tulis"),
    "shm": lambda: write("/dev/shm/tulis"),
    "antrean": lambda: write("/dev/mqueue/tulis"),
    "sysctl": lambda: write("/proc/sys/kernel/core_pattern"),
    "sysrq": lambda: closed(write, "/proc/sysrq-trigger"),
    "kmsg": lambda: write("/dev/kmsg"),
    "disk": lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0)),
    "kait": lambda: call(MOUNT, b"x", b"/tmp", b"tmpfs", 0, 0),
    "ruang-nama": lambda: call(UNSHARE, NEW_USER, 0, 0, 0, 0),
    "io-uring": lambda: call(IO_URING_SETUP, 1, 0, 0, 0, 0),
    "ptrace": lambda: call(PTRACE, 0, 0, 0, 0, 0),
    "memori-orang": lambda: call(PROCESS_VM_READV, os.getpid(), 0, 0, 0, 0, 0),
    "kunci": lambda: call(KEYCTL, 0, -3, 0, 0, 0),
    "bpf": lambda: call(BPF, 0, 0, 0, 0, 0),
    "lingkungan": lambda: [name for name in os.environ if not name.startswith(OF_BASE)],
    "core": lambda: resource.getrlimit(resource.RLIMIT_CORE)[1],
    "oom": lambda: open("/proc/self/oom_score_adj").read().strip(),
    "induk": lambda: open("/proc/1/comm").read().strip(),
}


def tried(probe):
    try:
        found = probe()
    except OSError as error:
        return f"E{error.errno}"
    return "berhasil" if found is None else f"E{found}" if type(found) is int else found


SAW = "; ".join(f"{name}={tried(probe)}" for name, probe in PROBES.items()) + ";"


def predict(task, input):
    return {"y": None, "saw": SAW if input["x"] == 0 else ""}
