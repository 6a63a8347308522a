"""A task's test functions, called directly: the fake's stand-in for pytest in the grader."""

import importlib
import inspect
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sandbox.errors import TaskInvalid
from sandbox.grader import trial
from sandbox.grader.contract import Prototype
from sandbox.model import Case
from sandbox.tasks import Task

Test = Callable[..., object]

_FIXTURES = frozenset({"prototype", "case", "record"})
# Import state belongs to the whole process.
_importing = threading.Lock()


@contextmanager
def loaded_tests(task: Task) -> Iterator[tuple[Test, ...]]:
    """The test functions of a task's modules while the block runs. Raises TaskInvalid."""
    with tempfile.TemporaryDirectory(prefix="fake-task-") as name:
        folder = Path(name)
        for module, data in task.files.items():
            (folder / module).write_bytes(data)
        yield _load(folder, task)


def run_case(tests: tuple[Test, ...], index: int, case: Case, prototype: Prototype, *, visible: bool) -> dict[str, Any]:
    """Put one case to the prototype through every test; the same message as the grader's plug-in sends."""
    outcomes = []
    fixtures = {"prototype": prototype, "case": SimpleNamespace(id=case.id, input=case.input, expected=case.expected)}
    for test in tests:
        recorder = trial.Recorder()
        error: Exception | None = None
        wanted = inspect.signature(test).parameters
        try:
            test(**{name: value for name, value in {**fixtures, "record": recorder}.items() if name in wanted})
        except Exception as raised:  # a failed test is a result
            error = raised
        folder = str(Path(inspect.getfile(test)).parent)
        outcomes.append(trial.test_outcome(index, recorder, error, folder, visible=visible))
    got = prototype.got if visible else None
    return trial.case_message(index, outcomes, prototype.seconds, got, prototype.digest)


def _load(folder: Path, task: Task) -> tuple[Test, ...]:
    names = [Path(module).stem for module in task.files]
    tests: list[Test] = []
    with _importing:
        sys.path.insert(0, str(folder))
        try:
            for name in sorted(names):
                if name.startswith("test_"):
                    tests += _tests_of(name)
        finally:
            sys.path.remove(str(folder))
            for name in names:
                sys.modules.pop(name, None)
            importlib.invalidate_caches()
    return tuple(tests)


def _tests_of(name: str) -> list[Test]:
    importlib.invalidate_caches()
    try:
        module = importlib.import_module(name)
    except Exception as error:  # whatever a task's module raises makes the task invalid
        raise TaskInvalid(f"{name}.py", f"{type(error).__name__}: {error}") from error
    tests: list[Test] = [
        value for key, value in vars(module).items() if key.startswith("test_") and inspect.isfunction(value)
    ]
    for test in tests:
        unknown = set(inspect.signature(test).parameters) - _FIXTURES
        if unknown:
            raise TaskInvalid(f"{name}.py", f"the fake has no fixture {', '.join(sorted(unknown))}")
    return tests
