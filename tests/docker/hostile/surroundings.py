"""What a submission meets around it: one that looks for every way out (`lookout.py`), handed in whole.

The probes of `sandbox.proof` try the same walls in finer steps; here a team's own source does, by the way of a team.
"""

from pathlib import Path
from typing import Any

from tests.docker.hostile.case import Change, Hostile, Outcome

_FILES = {"app.py": Path(__file__).with_name("lookout.py").read_text(encoding="utf-8")}
_ELSEWHERE = "its control needs another grader: tests/docker/proof takes this wall away"
_CAPABLE = "without the filter its missing capability still refuses: the same error"
_KERNEL = "a kernel without it refuses it as well"
_HOST = "without it the host itself would be touched: tests/docker/proof takes it away in part"


def host(**options: Any) -> Change:
    def change(config: dict[str, Any]) -> None:
        config["HostConfig"].update(options)

    return change


def unfiltered(config: dict[str, Any]) -> None:
    config["HostConfig"]["SecurityOpt"] = ["seccomp=unconfined"]


def rooted(config: dict[str, Any]) -> None:
    config["User"] = "0:0"
    config["Env"].append("DATABASE_PASSWORD=rahasia")
    config["HostConfig"].update(ReadonlyRootfs=False, IpcMode="private", PidMode="host", Init=False)
    for option in ("CapDrop", "Ulimits", "OomScoreAdj"):
        config["HostConfig"].pop(option)


BOUND = host(Binds=["/var/run/docker.sock:/var/run/docker.sock:ro"])


def case(name: str, promise: str, saw: str, change: Change | None, otherwise: str) -> Hostile:
    """`otherwise` is what is seen with `change`; without one, why there is no control."""
    return Hostile(
        name,
        promise,
        files=_FILES,
        held=Outcome(saw=f"{saw};"),
        change=change,
        bites=Outcome(saw=otherwise) if change else None,
        unproven="" if change else otherwise,
    )


NETWORK = (
    case("interfaces", "the only interface is loopback", "antarmuka=['lo']", None, _ELSEWHERE),
    case("internet", "no address outside is reached", "internet=E101", None, _ELSEWHERE),
    case("gateway", "the engine's bridge is not reached", "gerbang=E101", None, _ELSEWHERE),
    case("metadata", "no cloud's metadata is reached", "metadata=E101", None, _ELSEWHERE),
    case("broadcast", "nothing is sent to everybody", "siaran=E101", None, _ELSEWHERE),
    case("multicast", "nothing is sent to groups", "multicast=E101", None, _ELSEWHERE),
    case("ipv6", "there is no IPv6 outside either", "ipv6=tertutup", None, _ELSEWHERE),
    case("names", "no name is resolved, so none carries data out", "nama=E-3", None, _ELSEWHERE),
    case("ports", "nobody else listens on its loopback", "terdengar=[]", None, _ELSEWHERE),
    case("abstract-sockets", "no abstract socket of ours is in its namespace", "abstrak=E0", None, _ELSEWHERE),
    case("packet-sockets", "no packet socket is opened", "paket=E1", None, _CAPABLE),
    case("vsock", "no socket to the machine's host is opened", "vsock=E1", unfiltered, "vsock=berhasil;"),
    case(
        "kernel-crypto",
        "no socket into the kernel's cryptography is opened",
        "sandi=E1",
        None,
        "a kernel without it refuses it as well",
    ),
    case("raw-sockets", "no raw socket is opened", "icmp=E1", rooted, "icmp=berhasil;"),
)
HOST = (
    case("engine-socket", "the engine's socket is not there", "soket-mesin=False", BOUND, "soket-mesin=True;"),
    case("grader-process", "the grader's processes are out of sight", "penguji=False", rooted, "penguji=True;"),
    case("processes", "the host's processes are out of sight", "proses=sedikit", rooted, "proses=banyak;"),
    case("user", "it runs as nobody", "pengguna=(65534, 65534, [65534])", rooted, "pengguna=(0, 0"),
    case("capabilities", "it has no capability", "kuasa=0000000000000000", rooted, "kuasa=00000000a80425fb;"),
    case("new-privileges", "no program gains privileges", "hak-baru=1", unfiltered, "hak-baru=0;"),
    case("read-only-root", "its root is read-only", "akar=E30", rooted, "akar=berhasil;"),
    case("shared-memory", "there is no shared memory to write", "shm=E2", rooted, "shm=berhasil;"),
    case("message-queues", "there are no message queues to write", "antrean=E30", None, _HOST),
    case("kernel-switches", "switches of the kernel are not written", "sysctl=E13", None, _HOST),
    case("sysrq", "the machine is not stopped by a key", "sysrq=tertutup", None, _HOST),
    case("kernel-log", "the kernel's log is not there", "kmsg=E13", rooted, "kmsg=berhasil;"),
    case("disk-device", "no device of the host is made", "disk=E1", rooted, "disk=berhasil;"),
    case("mounting", "nothing is mounted", "kait=E1", None, _HOST),
    case("namespaces", "no namespace is made", "ruang-nama=E1", unfiltered, "ruang-nama=E0;"),
    case("io-uring", "io_uring is closed", "io-uring=E1", unfiltered, "io-uring=E14;"),
    case("ptrace", "no process is traced", "ptrace=E1", unfiltered, "ptrace=E0;"),
    case("foreign-memory", "no other memory is read", "memori-orang=E1", unfiltered, "memori-orang=E22;"),
    case("keyrings", "keyrings are closed", "kunci=E1", unfiltered, "kunci=E0;"),
    case("kernel-programs", "no program goes into the kernel", "bpf=E1", unfiltered, "bpf=E22;"),
    case("environment", "the environment tells nothing", "lingkungan=[]", rooted, "DATABASE_PASSWORD"),
    case("core-files", "no core file is written", "core=E0", rooted, "core=E-1;"),
    case("oom-order", "it dies before the host does", "oom=800", rooted, "oom=0;"),
    case("init", "an init stands above it and reaps", "induk=docker-init", host(Init=False), "induk=python3;"),
)
