"""The walls around a prototype, tried from inside."""

import json
from typing import Any

import docker
import pytest

from sandbox.conformance import Bench, samples
from sandbox.docker import DockerProvider
from sandbox.docker.owner import LABEL, OWNER, current
from sandbox.limits import MIB
from sandbox.model import CaseSet, Status
from sandbox.provider import Job, Watch
from tests.docker.probing import probe, probe_cases

_EPERM = 1
_ENOSYS = 38


def test_the_only_interface_is_loopback(bench: Bench) -> None:
    assert probe(bench, "import socket; out = [name for _, name in socket.if_nameindex()]") == ["lo"]


@pytest.mark.parametrize("address", ["1.1.1.1", "172.17.0.1", "169.254.169.254", "10.0.0.1"])
def test_no_address_outside_is_reached(bench: Bench, address: str) -> None:
    code = f"""
import socket
s = socket.socket()
s.settimeout(2)
try:
    s.connect(({address!r}, 80))
    out = "connected"
except OSError as error:
    out = error.strerror
"""
    assert probe(bench, code) == "Network is unreachable"


def test_no_name_is_resolved(bench: Bench) -> None:
    code = """
import socket
try:
    out = socket.gethostbyname("www.debian.org")
except OSError as error:
    out = type(error).__name__
"""
    assert probe(bench, code) == "gaierror"


def test_nothing_but_the_prototype_listens(bench: Bench) -> None:
    code = """
lines = open("/proc/net/tcp").read().splitlines()[1:]
out = [int(line.split()[1].split(":")[1], 16) for line in lines if line.split()[3] == "0A"]
"""
    assert probe(bench, code) == [8080]


def test_no_abstract_socket_of_ours_is_there(bench: Bench) -> None:
    code = 'out = [line.split()[-1] for line in open("/proc/net/unix").read().splitlines()[1:] if "@" in line]'
    assert probe(bench, code) == []


def test_only_tmp_can_be_written(bench: Bench) -> None:
    code = """
import os
out = []
for top, folders, _ in os.walk("/"):
    if top.startswith(("/proc", "/sys")):
        folders.clear()
        continue
    try:
        name = os.path.join(top, "coba-tulis")
        open(name, "w").close()
        os.unlink(name)
        out.append(top)
    except OSError:
        pass
"""
    assert probe(bench, code) == ["/tmp"]


def test_shared_memory_is_not_there(bench: Bench) -> None:
    shm, queues = (
        case.got["out"]
        for case in probe_cases(
            bench,
            'import os; out = os.path.exists("/dev/shm") and os.access("/dev/shm", os.W_OK)',
            'import os; out = os.path.exists("/dev/mqueue") and os.access("/dev/mqueue", os.W_OK)',
        )
    )
    assert (shm, queues) == (False, False)


def test_runs_as_nobody_without_any_capability(bench: Bench) -> None:
    status = probe(bench, 'out = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines())')
    assert status["Uid"].split() == ["65534"] * 4
    assert status["Gid"].split() == ["65534"] * 4
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0000000000000000"}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_the_environment_holds_nothing_but_the_port(bench: Bench, engine: docker.APIClient) -> None:
    of_base = {line.partition("=")[0] for line in engine.inspect_image("gelanggang/python:latest")["Config"]["Env"]}
    names = set(probe(bench, "import os; out = list(os.environ)"))
    assert names - of_base - {"HOME", "HOSTNAME"} == {"PORT"}


def test_the_graders_processes_and_files_are_out_of_sight(bench: Bench) -> None:
    processes, code = (
        case.got["out"]
        for case in probe_cases(
            bench,
            'import os\nout = [open(f"/proc/{p}/cmdline").read() for p in os.listdir("/proc") if p.isdigit()]',
            'import os\nout = [os.path.join(t, f) for t, _, fs in os.walk("/opt") for f in fs]',
        )
    )
    assert not [line for line in processes if "sandbox.grader" in line]
    assert len(processes) <= 3
    assert code == ["/opt/gelanggang/serve.py"]


@pytest.mark.parametrize("family", [3, 17, 21, 29, 31, 38, 40, 44])
def test_other_socket_families_are_refused(bench: Bench, family: int) -> None:
    code = f"""
import socket
out = []
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
    try:
        socket.socket({family}, kind).close()
        out.append("opened")
    except OSError as error:
        out.append(error.errno)
"""
    assert probe(bench, code) == [_EPERM] * 3


@pytest.mark.parametrize(
    ("name", "number", "error"),
    [
        ("ptrace", 101, _EPERM),
        ("process_vm_readv", 310, _EPERM),
        ("process_vm_writev", 311, _EPERM),
        ("io_uring_setup", 425, _EPERM),
        ("io_uring_enter", 426, _EPERM),
        ("io_uring_register", 427, _EPERM),
        ("mount", 165, _EPERM),
        ("unshare", 272, _EPERM),
        ("setns", 308, _EPERM),
        ("bpf", 321, _EPERM),
        ("userfaultfd", 323, _EPERM),
        ("perf_event_open", 298, _EPERM),
        ("keyctl", 250, _EPERM),
        ("add_key", 248, _EPERM),
        ("open_by_handle_at", 304, _EPERM),
        ("clone3", 435, _ENOSYS),
    ],
)
def test_dangerous_system_calls_are_refused(bench: Bench, name: str, number: int, error: int) -> None:
    """Numbers of x86_64; on another architecture they would name other calls."""
    code = f"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
result = libc.syscall({number}, 0x10000000, 0, 0, 0, 0, 0)
out = [result, ctypes.get_errno(), os.uname().machine]
"""
    assert probe(bench, code) == [-1, error, "x86_64"], name


def test_threads_and_processes_still_work(bench: Bench) -> None:
    code = """
import subprocess, threading
found = []
thread = threading.Thread(target=lambda: found.append(1))
thread.start()
thread.join()
out = [found, subprocess.run(["echo", "halo"], capture_output=True, text=True).stdout]
"""
    assert probe(bench, code) == [[1], "halo\n"]


def test_tmp_ends_at_its_size_and_its_number_of_files(bench: Bench) -> None:
    size = """
import os
written = 0
try:
    with open("/tmp/penuh", "wb", buffering=0) as f:
        while written < 200 * 2**20:
            written += f.write(bytes(2**20))
except OSError as error:
    reason = error.errno
os.unlink("/tmp/penuh")
out = [written, reason]
"""
    count = """
import os
made = 0
try:
    while made < 100_000:
        open(f"/tmp/f{made}", "w").close()
        made += 1
except OSError as error:
    reason = error.errno
out = [made, reason]
"""
    by_size, by_count = (case.got["out"] for case in probe_cases(bench, size, count))
    # The file-size limit equals the size of /tmp; either may be met first.
    assert by_size[0] <= bench.limits.prototype.tmp_bytes
    assert by_size[1] in (27, 28)
    assert by_count[0] < 10_000
    assert by_count[1] == 28


def test_tmp_takes_no_devices_and_no_setuid(bench: Bench) -> None:
    options = probe(bench, 'out = [line.split()[3] for line in open("/proc/mounts") if line.split()[1] == "/tmp"][0]')
    assert {"rw", "nosuid", "nodev"} <= set(options.split(","))


def test_a_bomb_of_processes_ends_at_the_limit(bench: Bench) -> None:
    bomb = """
import os, signal, time
children = []
try:
    while len(children) < 1000:
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
        children.append(child)
    reason = "none"
except OSError as error:
    reason = error.errno
for child in children:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
out = [len(children), reason]
"""
    count, reason = probe_cases(bench, bomb, "out = 'masih hidup'")[0].got["out"]
    assert 64 < count < bench.limits.prototype.pids
    assert reason == 11


def test_open_files_end_at_the_limit(bench: Bench) -> None:
    assert probe(bench, "import resource; out = list(resource.getrlimit(resource.RLIMIT_NOFILE))") == [1024, 1024]
    assert probe(bench, "import resource; out = list(resource.getrlimit(resource.RLIMIT_CORE))") == [0, 0]


def test_a_child_that_dies_of_memory_is_not_the_prototypes_end(bench: Bench) -> None:
    hungry = f"""
import subprocess, sys
limit = {bench.limits.prototype.memory_bytes // MIB}
done = subprocess.run([sys.executable, "-c", f"b'x' * ({{limit}} * 2 * 2**20)"])
out = done.returncode
"""
    killed, alive = probe_cases(bench, hungry, "out = 'masih hidup'")
    assert killed.got["out"] == -9
    assert alive.got["out"] == "masih hidup"


def test_an_image_with_a_volume_is_not_started(bench: Bench, engine: docker.APIClient) -> None:
    """No build gives one; an image that came here otherwise would have a place to write without a limit."""
    made = engine.create_container_from_config({"Image": bench.image(samples.ECHO)})["Id"]
    try:
        image = engine.commit(made, changes=["VOLUME /data"])["Id"]
    finally:
        engine.remove_container(made)
    task = bench.task()
    jobs = (Job(task, CaseSet.PUBLIC, samples.cases(1)), Job(task, CaseSet.BOARD, samples.cases(2, "h")))
    try:
        report = bench.evaluate(image, *jobs)
        bench.expect_nothing_left()
    finally:
        engine.remove_image(image, force=True)
    assert [(run.status, run.cases) for run in report.runs] == [(Status.CRASHED, ())] * 2
    assert all("VOLUME (/data)" in run.message.id and "tulis ke /tmp" in run.message.id for run in report.runs)


def test_a_prototype_gets_a_core_of_its_own_where_that_is_asked_for(bench: Bench, engine: docker.APIClient) -> None:
    task = bench.task("def test_a(prototype, case):\n    prototype(case.input)\n")
    image = bench.image("import os\ndef predict(task, input):\n    return {'on': sorted(os.sched_getaffinity(0))}\n")
    own = DockerProvider(graders=1, pinned=1)
    try:
        cores = [int(number) for number in own.facts().cores.split(",") if number]
        # A host of one core keeps it for itself, and the engine may not be able to pin at all.
        info = engine.info()
        assert len(cores) == (1 if info["CPUSet"] and info["NCPU"] > 1 else 0)
        for _ in range(2):
            job = Job(task, CaseSet.PUBLIC, samples.cases(1))
            report = own.evaluate(image, (job,), limits=bench.limits, label="conformance")
            assert report.runs[0].status is Status.OK, report
            on = report.runs[0].cases[0].got["on"]
            assert on == cores if cores else len(on) >= 1
            bench.expect_nothing_left()
    finally:
        own.close()
    assert bench.provider.facts().cores == ""


def test_the_engine_was_told_every_wall(bench: Bench, engine: docker.APIClient) -> None:
    found: list[dict[str, Any]] = []

    def on_stage(stage: str) -> None:
        if stage == "ready":
            # All: the program may answer before the engine says that it runs.
            rows = engine.containers(all=True, filters={"label": [f"{OWNER}={current()}", f"{LABEL}=conformance"]})
            found.extend(engine.inspect_container(row["Id"]) for row in rows)

    bench.expect_nothing_left()
    bench.evaluate(
        bench.image(samples.ECHO), Job(bench.task(), CaseSet.PUBLIC, samples.cases(1)), watch=Watch(on_stage=on_stage)
    )
    (container,) = found
    host = container["HostConfig"]
    assert host["NetworkMode"].startswith("container:")
    assert (host["ReadonlyRootfs"], host["IpcMode"], host["CapDrop"]) == (True, "none", ["ALL"])
    assert host["Memory"] == host["MemorySwap"] == bench.limits.prototype.memory_bytes
    assert (host["PidsLimit"], host["NanoCpus"]) == (bench.limits.prototype.pids, 1_000_000_000)
    assert (host["LogConfig"]["Type"], host["Privileged"], host["Init"]) == ("none", False, True)
    assert not host["OomKillDisable"]
    assert host["OomScoreAdj"] > 0
    assert container["Config"]["Healthcheck"] == {"Test": ["NONE"]}
    profile = next(option for option in host["SecurityOpt"] if option.startswith("seccomp="))
    assert json.loads(profile.removeprefix("seccomp="))["defaultAction"] == "SCMP_ACT_ERRNO"
