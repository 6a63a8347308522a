"""The shipped tasks, the contract's examples and the demo's prototypes on the real engine."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

import frontend
from hackathon import benchmarks
from sandbox.docker import DockerProvider
from sandbox.limits import Limits, RunLimits
from sandbox.model import CaseSet, Failure, Run, Status
from sandbox.provider import Job
from sandbox.scoring import score_task
from sandbox.task_check import check_task
from sandbox.tasks import Task, load_public_cases

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"
PROTOTYPES = Path(frontend.__path__[0], "demo", "prototypes")
SEED = hashlib.sha256(b"papan").digest()


@pytest.fixture(scope="module")
def task() -> Task:
    return benchmarks.load("otomasi-formulir")


def hand_in(provider: DockerProvider, folder: Path, task: Task, run: RunLimits | None = None) -> tuple[Run, Run]:
    """Build a folder and run it on the public and the board cases, as the worker does."""
    limits = replace(Limits(), run=run or Limits().run)
    build = provider.build(folder, limits=limits, label="sample")
    assert build.image is not None, build.message
    jobs = [
        Job(task, CaseSet.PUBLIC, load_public_cases(task)),
        Job(task, CaseSet.BOARD, provider.generate(task, CaseSet.BOARD, SEED)),
    ]
    try:
        public, board = provider.evaluate(build.image, jobs, limits=limits, label="sample").runs
    finally:
        if not build.cached:
            provider.remove_image(build.image)
    return public, board


def score(task: Task, run: Run) -> float:
    return score_task(task, run.cases, task.cases[CaseSet.BOARD]).score


@pytest.mark.parametrize("slug", sorted(benchmarks.available()))
def test_the_shipped_tasks_are_sound(provider: DockerProvider, slug: str) -> None:
    findings = check_task(benchmarks.load(slug).folder, provider)
    assert [finding for finding in findings if not finding.passed] == []
    assert len(findings) > 15


def test_the_examples_of_the_contract_run(provider: DockerProvider, task: Task, tmp_path: Path) -> None:
    fence = re.compile(r"<!-- contoh: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
    for name, content in fence.findall(CONTRACT.read_text(encoding="utf-8")):
        path = tmp_path / (name if "/" in name else f"{name}/app.py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 3
    for folder in folders:
        for run in hand_in(provider, folder, task):
            assert run.status is Status.OK
            assert {case.failure for case in run.cases} <= {None, Failure.WRONG}


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [
        ("naif-tebak", 4, 14),
        ("pola-pertama", 18, 30),
        ("kamus-wilayah", 22, 36),
        ("belajar-token", 37, 55),
        ("node-cepat", 38, 54),
        ("aturan-berlapis", 47, 62),
        ("dua-tahap", 70, 90),
    ],
)
def test_the_demo_spreads_over_the_board(
    slug: str, low: float, high: float, provider: DockerProvider, task: Task
) -> None:
    _, board = hand_in(provider, PROTOTYPES / slug, task)
    assert board.status is Status.OK
    assert low < score(task, board) < high


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("mogok-tengah", Status.CRASHED),
        ("tabel-raksasa", Status.OUT_OF_MEMORY),
        ("log-banjir", Status.OUTPUT_LIMIT),
        ("panggil-luar", Status.TIMED_OUT),
        ("salah-port", Status.NOT_READY),
    ],
)
def test_outcomes_have_their_face(slug: str, status: Status, provider: DockerProvider, task: Task) -> None:
    impatient = RunLimits(ready_seconds=6.0, case_seconds=3.0, total_seconds=15.0)
    public, board = hand_in(provider, PROTOTYPES / slug, task, impatient)
    assert (public.status, board.status) == (status, status)
    assert board.cases == ()


def test_the_slow_one_is_slow(provider: DockerProvider, task: Task) -> None:
    # On a slow or busy machine some of its longest letters pass the limit of a case; on a quick one none does.
    slow, _ = hand_in(provider, PROTOTYPES / "teliti-lambat", task)
    quick, _ = hand_in(provider, PROTOTYPES / "pola-pertama", task)
    assert quick.status is Status.OK
    assert {case.failure for case in slow.cases} <= {None, Failure.WRONG, Failure.TOO_SLOW}
    assert sum(case.seconds for case in slow.cases) > 20 * sum(case.seconds for case in quick.cases)


def test_a_failed_build_and_a_refusal(provider: DockerProvider) -> None:
    failed = provider.build(PROTOTYPES / "salah-urut", limits=Limits(), label="sample")
    assert (failed.status, failed.image) == (Status.BUILD_FAILED, None)
    assert b"kamus.csv" in failed.log
    refused = provider.build(PROTOTYPES / "minta-torch", limits=Limits(), label="sample")
    assert (refused.status, refused.image) == (Status.REFUSED, None)
    assert "torch" in refused.message.id
