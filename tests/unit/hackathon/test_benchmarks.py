"""What every shipped benchmark task keeps, measured without an engine: quick enough for each change of a word in it."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hackathon import benchmarks
from sandbox.model import Case, CaseSet
from sandbox.scoring import TaskScore
from sandbox.task_nearness import nearest
from sandbox.task_probes import FAULTS, known_answers
from sandbox.tasks import Task, load_public_cases
from tests.benchmark import Answer, as_cases, grade_here, load_app, modules_of, probe

SEEDS = [hashlib.sha256(name.encode()).digest() for name in ("Ambon", "Bitung", "Cilacap", "Dumai", "Ende")]

PINNED = {
    "keamanan-data": ("1.1.0", "fa192bd3d0a3559bce5b5afa5a455c75cfa3221abbee486f95376eaccb06b036"),
    "kelayakan-perizinan": ("1.1.0", "4ce31cf3b2210e5d257b24f0c3fefd1885b4fedd56d1d2917fe41637e7a53e7d"),
    "layanan-publik": ("1.0.0", "69fb1c79ee90833cd0429ffb01bd1a244a564ca0743cecc5f47b8995f641474b"),
    "otomasi-formulir": ("1.1.0", "c7b164bc2778fef8ca3b06f6f4482ea8f8305857fff6e9bb3edc813b15150363"),
    "prediksi-kebijakan": ("1.0.0", "5120648ecc8cb55732eb877377d59f6ca6abba7a840da0d45d2e1a3c6c08fbf0"),
    "ringkasan-kebijakan": ("1.0.0", "9b67daf0d7e2c9edbf9b4cd3ca0694c3b512530bf07b581bfee25d758b3e8bf2"),
}
"""Version, and the SHA-256 of 80 cases of the seed of zeros."""


class Bench:
    """One task with its modules loaded."""

    def __init__(self, task: Task, load: Callable[[str], Any]) -> None:
        self.task = task
        self.generate = load("generate").generate
        names = [name.removesuffix(".py") for name in task.files if name.startswith("test_")]
        (self.test,) = [
            function for name in names for key, function in vars(load(name)).items() if key.startswith("test_")
        ]
        self.public = load_public_cases(task)
        self.hidden = as_cases([row for seed in SEEDS for row in self.generate(seed, task.cases[CaseSet.FINAL])])

    def grade(self, cases: tuple[Case, ...], answer: Answer) -> TaskScore:
        return grade_here(self.task, self.test, cases, answer)

    def score_of(self, prototype: str, cases: tuple[Case, ...]) -> float:
        return self.grade(cases, load_app(self.task.folder / prototype)).score


@pytest.fixture(scope="module", params=sorted(benchmarks.available()))
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    task = benchmarks.load(request.param)
    with modules_of(task.folder) as load:
        yield Bench(task, load)


def test_same_seed_same_cases_in_another_process(bench: Bench) -> None:
    script = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import generate;"
        "print(json.dumps(list(generate.generate(bytes.fromhex(sys.argv[2]), 20))))"
    )
    command = [sys.executable, "-I", "-B", "-c", script, str(bench.task.folder), SEEDS[0].hex()]
    there = subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": "77"}).stdout
    assert json.loads(there) == json.loads(json.dumps(list(bench.generate(SEEDS[0], 20))))


def test_cases_are_pinned(bench: Bench) -> None:
    """A change that alters hidden cases is a new version of the task, never an accident."""
    rows = list(bench.generate(bytes(32), 80))
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    assert (bench.task.version, digest) == PINNED[bench.task.slug]


def test_no_hidden_case_comes_twice_or_is_near_a_public_one(bench: Bench) -> None:
    texts = [json.dumps(case.input, sort_keys=True) for case in bench.hidden]
    assert len(set(texts)) == len(texts)
    assert nearest(bench.hidden, bench.public) is None


def test_perfect_answers_are_100_on_every_metric(bench: Bench, tmp_path: Path) -> None:
    for name, cases in (("public", bench.public), ("hidden", bench.hidden)):
        answer = probe(tmp_path / name, known_answers(cases), bench.task.folder / FAULTS)
        assert {metric.points for metric in bench.grade(cases, answer).metrics.values()} == {100.0}


@pytest.mark.parametrize(("control", "most"), [("empty", 0.0), ("constant", 2.0), ("echo", 2.0)])
def test_controls_are_nothing(bench: Bench, control: str, most: float) -> None:
    for cases in (bench.public, bench.hidden):
        assert bench.score_of(f"controls/{control}", cases) <= most


def test_the_stated_baseline_is_what_it_measures(bench: Bench) -> None:
    scored = bench.grade(bench.public, load_app(bench.task.folder / "baseline"))
    measured = {name: metric.value for name, metric in scored.metrics.items()}
    assert measured == pytest.approx(dict(bench.task.baseline), abs=1e-6)


def test_better_prototypes_score_higher_on_both_kinds_of_cases(bench: Bench) -> None:
    known = [name for name in ("starter", "baseline", "reference") if (bench.task.folder / name).is_dir()]
    for cases in (bench.public, bench.hidden):
        scores = [bench.score_of(name, cases) for name in known]
        assert scores[0] >= 5
        assert scores[-1] <= 90
        assert all(better >= worse + 10 for worse, better in pairwise(scores)), scores


def test_each_metric_moves_with_its_cause(bench: Bench, tmp_path: Path) -> None:
    for metric in bench.task.metrics:
        known = known_answers(bench.public)
        spoilt = probe(tmp_path / metric.name, known, bench.task.folder / FAULTS, metric.name)
        assert bench.grade(bench.public, spoilt).metrics[metric.name].points < 70, metric.name
