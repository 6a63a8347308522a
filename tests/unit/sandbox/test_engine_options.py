"""The engine's options and values, as pure functions: walls, system calls, owners, streams, logs, endings."""

import json
import os
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import endings
from sandbox.docker import owner
from sandbox.docker.cores import Cores, of_host, shared_out
from sandbox.docker.options import (
    GRADER_UID,
    PROTOTYPE_UID,
    WAY,
    git_config,
    grader_config,
    pages_config,
    prototype_config,
)
from sandbox.docker.owner import Owner
from sandbox.docker.seccomp import profile
from sandbox.docker.streams import STDERR, STDOUT, StreamBuffer
from sandbox.git import GitLimits
from sandbox.limits import MIB, PrototypeLimits
from sandbox.model import Status
from sandbox.output import Output
from sandbox.pages import PageLimits


def _prototype(**changes: Any) -> dict[str, Any]:
    options: dict[str, Any] = {
        "grader": "abc",
        "port": 8080,
        "limits": PrototypeLimits(),
        "labels": {"a": "b"},
        "runtime": None,
        "seccomp": "{}",
    }
    return prototype_config("sha256:1", **{**options, **changes})


def _grader() -> dict[str, Any]:
    return grader_config("sha256:2", command=("x",), labels={}, seccomp="{}")


def _pages() -> dict[str, Any]:
    return pages_config("sha256:3", command=("x",), limits=PageLimits(), labels={}, runtime=None, seccomp="{}")


def _git(**changes: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"way": "/tmp/way", "authorities": None, "limits": GitLimits(), "labels": {}}
    return git_config("sha256:4", command=("x",), seccomp="{}", **{**options, **changes})


def _git_without_its_way() -> dict[str, Any]:
    config = _git()
    del config["HostConfig"]["Binds"]
    return config


@pytest.mark.parametrize(
    "config",
    [_prototype(), _grader(), _pages(), _git_without_its_way()],
    ids=["prototype", "grader", "pages", "git"],
)
def test_every_container_stands_behind_the_same_walls(config: dict[str, Any]) -> None:
    host = config["HostConfig"]
    assert host["ReadonlyRootfs"] is True
    assert host["IpcMode"] == "none"
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges:true", "seccomp={}"]
    assert host["Memory"] == host["MemorySwap"] > 0
    assert host["PidsLimit"] > 0
    assert host["LogConfig"]["Type"] == "none"
    assert all("size=" in options and "nr_inodes=" in options for options in host["Tmpfs"].values())
    assert {limit["Name"]: limit["Hard"] for limit in host["Ulimits"]}["core"] == 0
    assert not {"Binds", "Mounts", "Privileged", "CapAdd", "Devices", "PidMode", "OomKillDisable"} & host.keys()
    assert config["Healthcheck"] == {"Test": ["NONE"]}


def test_a_prototype_joins_its_graders_network_under_another_user() -> None:
    config = _prototype(port=5000)
    assert config["HostConfig"]["NetworkMode"] == "container:abc"
    assert config["User"] == PROTOTYPE_UID != GRADER_UID
    assert config["Env"] == ["PORT=5000"]
    assert "Cmd" not in config
    assert _grader()["HostConfig"]["NetworkMode"] == "none"


def test_a_reader_of_documents_has_no_network_and_no_rights_of_ours() -> None:
    config = _pages()
    assert config["HostConfig"]["NetworkMode"] == "none"
    assert config["User"] == PROTOTYPE_UID
    assert config["HostConfig"]["Tmpfs"]["/tmp"].endswith(",noexec")


def test_git_has_loopback_and_one_folder_that_it_cannot_write() -> None:
    config = _git()
    assert config["HostConfig"]["NetworkMode"] == "none"
    assert config["HostConfig"]["Binds"] == [f"/tmp/way:{WAY}:ro"]
    assert config["User"] == PROTOTYPE_UID
    assert config["HostConfig"]["Tmpfs"]["/tmp"].endswith(",noexec")
    assert "Runtime" not in config["HostConfig"]
    assert all(bind.endswith(":ro") for bind in _git(authorities="/tmp/ca.crt")["HostConfig"]["Binds"])


def test_limits_reach_the_engine() -> None:
    limits = PrototypeLimits(64 * MIB, cpus=0.5, pids=7, tmp_bytes=8 * MIB, open_files=99, log_bytes=5)
    host = _prototype(limits=limits)["HostConfig"]
    assert (host["Memory"], host["NanoCpus"], host["PidsLimit"]) == (64 * MIB, 500_000_000, 7)
    assert f"size={8 * MIB}," in host["Tmpfs"]["/tmp"]
    limit = {row["Name"]: row["Hard"] for row in host["Ulimits"]}
    assert (limit["nofile"], limit["fsize"]) == (99, 8 * MIB)


def test_a_core_is_named_only_when_one_was_lent() -> None:
    assert "CpusetCpus" not in _prototype()["HostConfig"]
    assert _prototype(core=3)["HostConfig"]["CpusetCpus"] == "3"


@pytest.mark.parametrize(
    ("numbers", "slots", "given"),
    [
        ((0, 1, 2, 3), 2, (2, 3)),
        ((0, 1), 1, (1,)),
        ((4, 6, 5), 2, (5, 6)),
        # One core stays with the host, or nobody is pinned.
        ((0, 1), 2, ()),
        ((0,), 1, ()),
        ((), 1, ()),
        ((0, 1), 0, ()),
    ],
)
def test_cores_are_shared_out_where_one_is_left(numbers: tuple[int, ...], slots: int, given: tuple[int, ...]) -> None:
    assert shared_out(numbers, slots) == given


def test_a_core_is_lent_to_one_at_a_time() -> None:
    cores = Cores((2, 3))
    assert [cores.lend(1.0), cores.lend(0.5), cores.lend(1.0)] == [2, 3, None]
    cores.take_back(3)
    cores.take_back(None)
    # A prototype of two cores would be halved by one.
    assert cores.lend(2.0) is None
    assert cores.lend(1.0) == 3


def test_the_engine_of_another_host_is_not_pinned_to() -> None:
    here = len(os.sched_getaffinity(0))
    assert of_host({"CPUSet": True, "NCPU": here}) == tuple(sorted(os.sched_getaffinity(0)))
    assert of_host({"CPUSet": True, "NCPU": here + 1}) == of_host({"CPUSet": False, "NCPU": here}) == of_host({}) == ()


def test_a_runtime_is_named_only_when_asked_for() -> None:
    assert "Runtime" not in _prototype()["HostConfig"]
    assert _prototype(runtime="runsc")["HostConfig"]["Runtime"] == "runsc"


def test_the_profile_allows_by_name_and_refuses_the_rest() -> None:
    document = json.loads(profile("x86_64"))
    assert document["defaultAction"] == "SCMP_ACT_ERRNO"
    assert document["architectures"] == ["SCMP_ARCH_X86_64"]
    free = {name for rule in document["syscalls"] if not rule.get("args") for name in rule["names"]}
    refused = {"ptrace", "process_vm_readv", "process_vm_writev", "io_uring_setup", "io_uring_enter", "bpf", "mount"}
    assert not free & (refused | {"unshare", "setns", "keyctl", "userfaultfd", "socket", "clone"})
    assert {"read", "futex", "execve", "epoll_wait", "accept4"} <= free
    families = [rule["args"][0]["value"] for rule in document["syscalls"] if rule["names"] == ["socket"]]
    assert families == [1, 2, 10, 16]
    assert json.loads(profile("aarch64"))["architectures"] == ["SCMP_ARCH_AARCH64"]
    with pytest.raises(KeyError):
        profile("pdp11")


def test_an_owner_is_alive_while_its_very_process_is() -> None:
    me = owner.current()
    assert me.pid == os.getpid()
    assert not owner.is_dead(me.labels("x"))
    assert owner.is_dead(Owner(me.host, me.pid, "1@00000000").labels("x"))
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
        assert owner.is_dead(Owner(me.host, ended.pid, me.start).labels("x"))


def test_a_zombie_owns_nothing_any_more() -> None:
    me = owner.current()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
        stat = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        its = Owner(me.host, child.pid, f"{stat[19]}@{me.start.partition('@')[2]}")
        assert not owner.is_dead(its.labels("x"))
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert owner.is_dead(its.labels("x"))


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "lain-host:1:1@0", ":::"])
def test_an_owner_that_cannot_be_told_is_left_alone(value: str) -> None:
    assert not owner.is_dead({owner.OWNER: value})
    assert not owner.is_dead({})


@given(st.lists(st.tuples(st.sampled_from([STDOUT, STDERR]), st.binary(max_size=20)), max_size=6), st.integers(1, 11))
def test_a_stream_is_told_apart_in_pieces_of_any_size(parts: list[tuple[int, bytes]], size: int) -> None:
    data = b"".join(struct.pack(">BxxxL", stream, len(part)) + part for stream, part in parts)
    buffer = StreamBuffer()
    seen = [piece for start in range(0, len(data), size) for piece in buffer.feed(data[start : start + size])]
    for wanted in (STDOUT, STDERR):
        joined = b"".join(part for stream, part in seen if stream == wanted)
        assert joined == b"".join(part for stream, part in parts if stream == wanted)


def test_output_is_kept_up_to_its_budget_and_not_behind_the_boundary() -> None:
    passed: list[bytes] = []
    output = Output(10, visible=True, sink=passed.append)
    output.add(b"abcd")
    output.add(b"efghijKL")
    assert output.over
    assert output.kept == b"abcdefghij" == b"".join(passed)
    hidden = Output(10, visible=True, sink=passed.append)
    hidden.add(b"ab")
    hidden.hide()
    hidden.add(b"RAHASIA")
    assert (hidden.kept, hidden.over) == (b"ab", False)
    hidden.add(b"xx")
    assert hidden.over


def test_output_of_hidden_jobs_alone_is_counted_only() -> None:
    output = Output(3, visible=False, sink=lambda data: pytest.fail("was shown"))
    output.add(b"abcd")
    assert (output.kept, output.over) == (b"", True)


_ENDINGS = [
    endings.completed(3),
    endings.never_ran(),
    endings.crashed(1, ready=False, finished=0, total=3),
    endings.crashed(1, ready=True, finished=2, total=3),
    endings.out_of_memory(64 * MIB),
    *(
        endings.not_ready(5, 8080, "/ping", seen)
        for seen in (
            None,
            {"saw": "silent", "ports": [5000]},
            {"saw": "slow"},
            {"saw": "broken"},
            {"saw": "status", "status": 404},
            {"saw": "word", "word": "STARTING"},
        )
    ),
    endings.timed_out(300, finished=2, total=3),
    endings.output_limit(2 * MIB),
]


def test_every_ending_is_told_in_two_languages_and_differently() -> None:
    for ending in _ENDINGS:
        for text in (ending.message, ending.hidden):
            assert text.id
            assert text.en
            assert text.id != text.en
    assert len({ending.message.id for ending in _ENDINGS}) == len(_ENDINGS)
    early = {Status.OK, Status.CRASHED, Status.OUT_OF_MEMORY, Status.NOT_READY, Status.TIMED_OUT, Status.OUTPUT_LIMIT}
    assert {ending.status for ending in _ENDINGS} == early


def test_what_hidden_cases_taught_is_in_no_message() -> None:
    crash = endings.crashed(73, ready=True, finished=41, total=59)
    late = endings.timed_out(300, finished=41, total=59)
    for hidden in (crash.hidden, late.hidden):
        assert not [number for number in ("73", "41", "59") if number in hidden.id + hidden.en]


def test_a_command_that_is_missing_is_told_as_that() -> None:
    assert endings.crashed(127, ready=False, finished=0, total=1) == endings.never_ran()
    assert endings.crashed(127, ready=True, finished=0, total=1) != endings.never_ran()
