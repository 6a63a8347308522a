"""Packages that only the measurement has: a grader made once from a mirror of wheels, on the real engine."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
import pytest

from sandbox.conformance import Bench, samples
from sandbox.docker import DockerProvider
from sandbox.docker.grader_packages import REPOSITORY
from sandbox.docker.owner import OWNER, current
from sandbox.errors import MirrorUnavailable, TaskInvalid
from sandbox.images import ImageKind
from sandbox.mirror.serve import MirrorSettings
from sandbox.model import CaseSet, Run, Status
from sandbox.provider import Job
from sandbox.tasks import Task, load_task
from tests.docker.packages import mirror, wheel

CODE = "import os\n\nloaded_by = os.getpid()\nversi = {version!r}\n"
TEST = """
import os

import ukur


def test_ukur(prototype, case, record):
    answer = prototype(case.input)
    # Loaded once, before anything was forked for this task.
    ahead = ukur.loaded_by not in (os.getpid(), os.getppid())
    assert answer == {"versi": None} and ahead, (answer, ukur.loaded_by)
    record("same", 1.0 if ukur.versi == "1.0" else 0.0)
"""
APP = """
import importlib.util


def predict(task, input):
    return {"versi": importlib.util.find_spec("ukur") and "ada"}
"""


@pytest.fixture(scope="module")
def short() -> Iterator[Path]:
    """A short path: sockets lie in it."""
    made = Path(tempfile.mkdtemp(prefix="glg-ukur-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def wheels(short: Path) -> Path:
    folder = short / "wheels"
    folder.mkdir()
    for version in ("1.0", "2.0"):
        wheel(folder, "ukur", version, CODE.format(version=version))
    wheel(folder, "goyah", "1.0", "", needs="ukur>=3")
    return folder


@pytest.fixture(scope="module")
def socket(short: Path, wheels: Path) -> Iterator[Path]:
    with mirror(MirrorSettings(short / "data", short / "m" / "mirror.sock", wheels), {}) as found:
        yield found


@contextmanager
def machine(socket: Path | None) -> Iterator[DockerProvider]:
    provider = DockerProvider(graders=1, mirror=socket)
    try:
        yield provider
    finally:
        provider.close()


@pytest.fixture
def made(engine: docker.APIClient) -> Iterator[Callable[[], set[str]]]:
    """The graders with packages that the test made; they go at its end, what was there before stays."""
    before = {image["Id"] for image in engine.images(REPOSITORY)}

    def since() -> set[str]:
        return {image["Id"] for image in engine.images(REPOSITORY)} - before

    yield since
    for image in since():
        engine.remove_image(image, force=True)


def a_task(folder: Path, wanted: str, slug: str = "mengukur") -> Task:
    (folder / slug).parent.mkdir(parents=True, exist_ok=True)
    made = samples.write_task(folder / slug, slug, TEST, samples.GENERATE)
    (made / "requirements.txt").write_text(wanted)
    return load_task(made)


def test_a_measurement_has_its_packages_and_the_prototype_has_not(
    bench: Bench,
    socket: Path,
    wheels: Path,
    tmp_path: Path,
    engine: docker.APIClient,
    made: Callable[[], set[str]],
) -> None:
    digest = hashlib.sha256((wheels / "ukur-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    task = a_task(tmp_path, f"# yang dipakai pengukur\nukur==1.0 \\\n    --hash=sha256:{digest}\n")
    plain = bench.task()
    prototype = bench.image(APP)

    def run(provider: DockerProvider, image: str = prototype, measured: Task = task) -> Run:
        job = Job(measured, CaseSet.PUBLIC, samples.cases(4))
        return provider.evaluate(image, [job], limits=bench.limits, label="uji-pengukur").runs[0]

    # Where nothing can be had, it says what is missing, and others are measured all the same.
    with machine(None) as alone:
        with pytest.raises(MirrorUnavailable, match=r"ukur==1\.0.*GELANGGANG_MIRROR_SOCKET"):
            run(alone)
        with pytest.raises(MirrorUnavailable):
            alone.warm((task,))
        assert run(alone, bench.image(samples.ECHO), plain).status is Status.OK

    with machine(socket) as provider:
        provider.warm((task, plain))
        (image,) = made()
        # Warm: a container of it waits, so it is not collected.
        (held,) = [one for one in provider.image_store.held() if one.id == image]
        assert (held.kind, held.in_use) == (ImageKind.TOOL, True)
        found = run(provider)
        assert (found.status, [case.failure for case in found.cases]) == (Status.OK, [None] * len(found.cases)), found
        assert {case.metrics["same"].value for case in found.cases} == {1.0}

    # Once made, it needs no mirror: it is known by what is in it.
    with machine(None) as later:
        assert run(later).status is Status.OK
    assert made() == {image}
    assert not engine.containers(
        all=True, filters={"label": [f"{OWNER}={current()}", "gelanggang.label=grader-packages"]}
    )


@pytest.mark.usefixtures("made")
def test_packages_that_cannot_be_are_the_tasks_fault(bench: Bench, socket: Path, tmp_path: Path) -> None:
    one = a_task(tmp_path / "satu", "ukur==1.0\n")
    other = a_task(tmp_path / "dua", "\nukur == 2.0\n", slug="mengukur-lagi")
    wrong = a_task(tmp_path / "tiga", f"ukur==1.0 --hash=sha256:{'0' * 64}\n")
    with machine(socket) as provider:
        for task, said in (
            (a_task(tmp_path / "empat", "ukur==7.0\n"), r"ukur==7\.0"),
            (a_task(tmp_path / "lima", "ukur==1.0\ngoyah==1.0\n"), r"goyah 1\.0 has requirement ukur>=3"),
            (wrong, "HASHES"),
        ):
            with pytest.raises(TaskInvalid, match=said) as caught:
                provider.warm((task,))
            assert caught.value.path == "requirements.txt"
        with pytest.raises(TaskInvalid, match=r"`ukur==2\.0`, but `mengukur`") as conflict:
            provider.warm((one, other))
        assert (conflict.value.path, conflict.value.line) == ("mengukur-lagi/requirements.txt", 2)
