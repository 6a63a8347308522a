"""What goes wrong around the engine: killed workers and graders, floods, hosts without an engine."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docker
import pytest

from sandbox.conformance import Bench, samples
from sandbox.docker import DockerProvider
from sandbox.docker.owner import LABEL, OURS, OWNER, Owner, current
from sandbox.errors import EngineUnavailable, GraderFailed
from sandbox.limits import Limits
from sandbox.model import CaseSet, Status
from sandbox.provider import Job, Watch

_BASE = "gelanggang/python:latest"


def _labelled(engine: docker.APIClient, owner: str) -> list[str]:
    return [found["Id"] for found in engine.containers(all=True, filters={"label": [OURS, f"{OWNER}={owner}"]})]


@pytest.fixture
def idle_container(engine: docker.APIClient) -> Iterator[Callable[[str], str]]:
    """Makes a running container that a given owner is said to have left."""
    made: list[str] = []

    def make(owner: str) -> str:
        labels = {OURS: "1", OWNER: owner, LABEL: "left"}
        config = {"Image": _BASE, "Cmd": ["sleep", "600"], "Labels": labels, "HostConfig": {"NetworkMode": "none"}}
        container: str = engine.create_container_from_config(config)["Id"]
        made.append(container)
        engine.start(container)
        return container

    yield make
    for container in made:
        try:
            engine.remove_container(container, force=True)
        except docker.errors.NotFound:
            continue


def test_sweep_removes_what_the_dead_left_and_nothing_else(
    provider: DockerProvider, engine: docker.APIClient, idle_container: Callable[[str], str]
) -> None:
    me = current()
    ended = subprocess.Popen(["true"])
    ended.wait()
    dead = idle_container(str(Owner(me.host, ended.pid, "1@00000000")))
    earlier_of_my_number = idle_container(str(Owner(me.host, me.pid, "1@00000000")))
    mine = idle_container(str(me))
    elsewhere = idle_container("lain-host:1:1@00000000")
    nonsense = idle_container("bukan pemilik")
    # Another worker of this host may sweep at the same moment, so not the number but what is left counts.
    provider.sweep()
    left = {found["Id"] for found in engine.containers(all=True)}
    assert not {dead, earlier_of_my_number} & left
    assert {mine, elsewhere, nonsense} <= left


def test_a_killed_worker_is_swept(provider: DockerProvider, engine: docker.APIClient, bench: Bench) -> None:
    """SIGKILL in the middle of a run: the graders end by themselves, the next sweep takes everything."""
    app = "import time\ndef predict(task, input):\n    time.sleep(60)\n"
    image = bench.image(app)
    task = bench.task()
    code = f"""
import sys
from pathlib import Path
from sandbox.conformance import samples
from sandbox.docker import DockerProvider
from sandbox.docker.owner import current
from sandbox.limits import Limits
from sandbox.model import CaseSet
from sandbox.provider import Job, Watch
from sandbox.tasks import load_task

print(current(), flush=True)
job = Job(load_task(Path({str(task.folder)!r})), CaseSet.PUBLIC, samples.cases(1))
watch = Watch(on_stage=lambda stage: print(stage, flush=True))
DockerProvider(graders=1).evaluate({image!r}, (job,), limits=Limits(), label="killed", watch=watch)
"""
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        lines = [line.strip() for line in iter(worker.stdout.readline, "job:0\n")]
        owner = lines[0]
        assert len(_labelled(engine, owner)) == 2
    finally:
        worker.kill()
        worker.communicate()
    provider.sweep()
    assert _labelled(engine, owner) == []


def test_a_grader_killed_while_idle_is_replaced(engine: docker.APIClient, bench: Bench) -> None:
    own = DockerProvider(graders=1)
    try:
        before = set(_labelled(engine, str(current())))
        own.warm()
        (grader,) = set(_labelled(engine, str(current()))) - before
        engine.kill(grader)
        image = bench.image(samples.ECHO)
        job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(2))
        report = own.evaluate(image, (job,), limits=bench.limits, label="conformance")
        assert report.runs[0].status is Status.OK
    finally:
        own.close()


def test_a_grader_killed_in_a_run_is_our_failure(engine: docker.APIClient, bench: Bench) -> None:
    app = "import time\ndef predict(task, input):\n    time.sleep(60)\n"
    image = bench.image(app)
    running = threading.Event()
    watch = Watch(on_stage=lambda stage: running.set() if stage == "job:0" else None)
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(2))
    with ThreadPoolExecutor(1) as pool:
        report = pool.submit(bench.evaluate, image, job, watch=watch)
        assert running.wait(30)
        rows = engine.containers(all=True, filters={"label": [f"{OWNER}={current()}", f"{LABEL}=conformance"]})
        network = engine.inspect_container(rows[0]["Id"])["HostConfig"]["NetworkMode"]
        engine.kill(network.removeprefix("container:"))
        assert isinstance(report.exception(timeout=30), GraderFailed)
    bench.expect_nothing_left()
    again = bench.evaluate(bench.image(samples.ECHO), job)
    assert again.runs[0].status is Status.OK


def test_a_grader_is_used_again_after_a_good_end_and_thrown_away_after_a_bad_one(
    engine: docker.APIClient, bench: Bench
) -> None:
    own = DockerProvider(graders=1)
    seen: list[str] = []

    def note(stage: str) -> None:
        if stage == "ready":
            # An engine may list it as created for a moment longer.
            rows = engine.containers(all=True, filters={"label": [f"{OWNER}={current()}", f"{LABEL}=reuse"]})
            seen.append(engine.inspect_container(rows[0]["Id"])["HostConfig"]["NetworkMode"])

    good, bad = bench.image(samples.ECHO), bench.image("import os\ndef predict(task, input):\n    os._exit(1)\n")
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))
    try:
        for image, fresh in ((good, False), (good, False), (bad, False), (good, False), (good, True)):
            own.evaluate(image, (job,), limits=bench.limits, label="reuse", fresh=fresh, watch=Watch(on_stage=note))
            _wait_until(lambda: not engine.containers(all=True, filters={"label": f"{LABEL}=reuse"}))
            time.sleep(0.1)
    finally:
        own.close()
    first, second, third, fourth, fifth = seen
    assert first == second == third
    assert len({third, fourth, fifth}) == 3


def test_fifty_megabytes_of_log_end_quickly(bench: Bench) -> None:
    app = (
        "import sys\n"
        "for _ in range(800):\n"
        "    sys.stderr.write('x' * 65536)\n"
        "def predict(task, input):\n"
        "    return {'x': input['x']}\n"
    )
    image = bench.image(app)
    bench.provider.warm()
    began = time.monotonic()
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))
    report = bench.provider.evaluate(image, (job,), limits=Limits(), label="conformance")
    assert report.runs[0].status is Status.OUTPUT_LIMIT
    assert len(report.log) == Limits().prototype.log_bytes
    assert time.monotonic() - began < 10
    bench.expect_nothing_left()


def test_every_verb_says_when_there_is_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bench: Bench) -> None:
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))
    source = bench.source({"app.py": samples.ECHO})
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/tidak-ada.sock")
    own = DockerProvider()
    try:
        for verb in (
            own.facts,
            own.warm,
            own.sweep,
            lambda: own.remove_image("x"),
            lambda: own.build(source, limits=Limits(), label="x"),
            lambda: own.evaluate("x", (job,), limits=Limits(), label="x"),
            lambda: own.generate(job.task, CaseSet.BOARD, b"\x03" * 32),
        ):
            with pytest.raises(EngineUnavailable):
                verb()
    finally:
        own.close()


def test_descriptors_and_threads_do_not_pile_up(bench: Bench) -> None:
    image = bench.image(samples.ECHO)
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))

    def opened() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(10):
        bench.evaluate(image, job)
    bench.expect_nothing_left()
    before = opened()
    for _ in range(20):
        bench.evaluate(image, job)
    bench.expect_nothing_left()
    assert opened() - before <= 8
    assert threading.active_count() < 60


def test_a_stopped_worker_ends_its_run_when_it_goes_on(bench: Bench) -> None:
    """While it is stopped nothing watches the prototype; its deadlines count all the same."""
    app = "import time\ndef predict(task, input):\n    time.sleep(1)\n    return {'x': input['x']}\n"
    image, task = bench.image(app), bench.task()
    code = f"""
from pathlib import Path
from sandbox.conformance import samples
from sandbox.docker import DockerProvider
from sandbox.limits import Limits, RunLimits
from sandbox.model import CaseSet
from sandbox.provider import Job, Watch
from sandbox.tasks import load_task

job = Job(load_task(Path({str(task.folder)!r})), CaseSet.PUBLIC, samples.cases(30))
watch = Watch(on_stage=lambda stage: print(stage, flush=True))
provider = DockerProvider(graders=1)
limits = Limits(run=RunLimits(20.0, 5.0, 4.0))
report = provider.evaluate({image!r}, (job,), limits=limits, label="stopped", watch=watch)
provider.close()
print(report.runs[0].status, flush=True)
"""
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        for line in worker.stdout:
            if line == "job:0\n":
                break
        os.kill(worker.pid, signal.SIGSTOP)
        time.sleep(6)
        os.kill(worker.pid, signal.SIGCONT)
        said, _ = worker.communicate(timeout=30)
    finally:
        worker.kill()
        worker.wait()
    assert said.split()[-1] == "timed_out"


def _wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
