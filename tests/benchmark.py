"""A benchmark task in this process: its own modules, its prototypes as functions, its measurement without an engine."""

import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sandbox.grader.trial import Recorder
from sandbox.grading import read_measurement
from sandbox.model import Case, CaseResult
from sandbox.scoring import TaskScore, score_task
from sandbox.task_probes import Known, write_probe
from sandbox.tasks import Task

Answer = Callable[[Mapping[str, Any]], Any]


@contextmanager
def modules_of(folder: Path) -> Iterator[Callable[[str], Any]]:
    """Import a task's own modules as the grader does: from its folder, under plain names; forgotten afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if str(folder) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def load_file(path: Path) -> ModuleType:
    """A module by its file, with those beside it in reach."""
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(f"{path.stem}_{path.parent.name}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


def load_app(folder: Path) -> Answer:
    """`predict` of a python-kit prototype."""
    predict = load_file(folder / "app.py").predict
    return lambda case_input: predict("", case_input)


def as_cases(rows: Sequence[Mapping[str, Any]]) -> tuple[Case, ...]:
    """What a generator gave, with ids that stay apart over several seeds."""
    return tuple(Case(f"{number}-{row['id']}", row["input"], row["expected"]) for number, row in enumerate(rows))


def perfect(cases: Sequence[Case]) -> Answer:
    """The prototype that knows the answers."""
    known = {json.dumps(case.input, sort_keys=True): case.expected for case in cases}
    return lambda case_input: known[json.dumps(case_input, sort_keys=True)]


def probe(folder: Path, known: Known, faults: Path, fault: str = "") -> Answer:
    """The prototype that a task's check writes, as a function: it knows the answer to every call, perfect or spoilt."""
    try:
        return load_app(write_probe(folder, known, faults, fault))
    finally:
        # Each task has a module of this name.
        sys.modules.pop("faults", None)


def run_case(test: Callable[..., None], case: Case, answer: Answer) -> CaseResult:
    """What a task's test records of one answer."""
    record = Recorder()
    try:
        test(answer, case, record)
        passed = True
    except AssertionError:
        passed = False
    return CaseResult(case.id, passed, 0.0, {name: read_measurement(told) for name, told in record.metrics().items()})


def grade_here(task: Task, test: Callable[..., None], cases: Sequence[Case], answer: Answer) -> TaskScore:
    """Run the task's test on every case and score what it recorded."""
    return score_task(task, [run_case(test, case, answer) for case in cases], len(cases))
