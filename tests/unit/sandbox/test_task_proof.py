"""What a proof of a task says, and what is no proof."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hackathon import benchmarks
from sandbox.errors import TaskInvalid
from sandbox.task_proof import FILE, Measured, Proof, Specimen, judge, load_proof, save_proof
from sandbox.tasks import Task, load_task


def measured(score: float, spread: float = 5.0) -> Measured:
    return Measured(score, max(score - spread, 0.0), min(score + spread, 100.0))


def specimen(name: str, order: int, board: list[float], final: list[float], spread: float = 5.0) -> Specimen:
    both = (tuple(measured(score, spread) for score in scores) for scores in (board, final))
    return Specimen(name, order, measured(board[0]), *both)


def proof(*specimens: Specimen) -> Proof:
    return Proof("formulir", "1.0.0", "0" * 64, specimens)


def test_a_task_that_measures_puts_its_prototypes_in_order() -> None:
    verdict = judge(
        proof(
            specimen("empty", 0, [0, 0], [0, 0]),
            specimen("echo", 0, [2, 0], [1, 1]),
            specimen("baseline", 2, [50, 54], [51, 53]),
            specimen("reference", 3, [90, 92], [91, 91]),
        )
    )
    assert verdict.order == 1.0
    assert verdict.agreement is not None
    assert verdict.agreement > 0.99
    assert verdict.moves == pytest.approx(2.0)
    assert verdict.held == 1.0


def test_one_that_prefers_the_worse_is_found() -> None:
    worse = proof(specimen("empty", 0, [60, 60], [10, 10]), specimen("baseline", 2, [20, 20], [30, 30]))
    verdict = judge(worse)
    assert verdict.order == -1.0
    assert verdict.agreement == pytest.approx(-1.0)


def test_intervals_that_are_too_narrow_hold_too_little() -> None:
    moving = proof(specimen("a", 0, [10, 30], [20, 20], spread=1), specimen("b", 1, [40, 40], [40, 40], spread=1))
    assert judge(moving).held == pytest.approx(6 / 8)


def test_scores_that_are_all_alike_agree_in_nothing() -> None:
    alike = judge(proof(specimen("a", 0, [0, 0], [0, 0]), specimen("b", 0, [0, 0], [0, 0])))
    assert (alike.order, alike.agreement, alike.moves) == (0.0, None, 0.0)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    folder = shutil.copytree(benchmarks.load("otomasi-formulir").folder, tmp_path / "otomasi-formulir")
    (folder / FILE).unlink(missing_ok=True)
    return load_task(folder)


def test_what_is_kept_comes_back_and_changes_no_hash(task: Task) -> None:
    assert load_proof(task) is None
    kept = replace_hash(proof(specimen("a", 0, [0, 1], [0, 1]), specimen("b", 1, [9, 9], [9, 9])), task.hash)
    save_proof(task.folder, kept)
    again = load_task(task.folder)
    assert again.hash == task.hash
    assert load_proof(again) == kept
    assert kept.fits(again)
    assert not kept.fits(replace(task, hash="f" * 64))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "\udcff",
        '{"task": "a", "version": "1", "hash": "0", "specimens": []}',
        '{"task": "a", "version": "1", "hash": "0", "specimens": [{"name": "a"}, {"name": "b"}]}',
        '{"task": "a"} ' + " " * (1 << 20),
    ],
    ids=["empty", "list", "no-utf8", "none", "halves", "huge"],
)
def test_what_is_no_proof_is_refused(task: Task, text: str) -> None:
    (task.folder / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(TaskInvalid, match=FILE):
        load_proof(task)


def replace_hash(found: Proof, task_hash: str) -> Proof:
    return Proof(found.task, found.version, task_hash, found.specimens)
