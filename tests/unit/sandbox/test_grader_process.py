"""The grader's processes, run here as the container runs them: over pipes, without a prototype."""

import base64
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sandbox
from sandbox.grader.frames import KEPT_TASKS, FrameBuffer, Message, decode, encode

_GOOD = "import bantu\nprint('bising')\ndef test_a(prototype, case, record): ...\ndef test_b(case): ...\n"


class _Grader:
    def __init__(self) -> None:
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(Path(sandbox.__file__).parents[1]),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.grader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self._buffer = FrameBuffer()
        self._messages: list[Message] = []

    def send(self, message: Message) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(encode(message))
        self.process.stdin.flush()

    def prepare(self, key: str, **files: str) -> None:
        encoded = {f"{name}.py": base64.b64encode(text.encode()).decode() for name, text in files.items()}
        cases = [{"id": str(number), "input": {}, "expected": None} for number in range(3)]
        order = {"op": "prepare", "key": key, "task": "t", "protocol": "invocations", "files": encoded, "cases": cases}
        self.send(order)

    def receive(self, seconds: float = 20.0) -> Message:
        assert self.process.stdout is not None
        end = time.monotonic() + seconds
        while not self._messages:
            assert select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0], "says nothing"
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, "ended"
            self._messages += [decode(payload) for payload in self._buffer.feed(data)]
        return self._messages.pop(0)


@pytest.fixture(scope="module")
def grader() -> Iterator[_Grader]:
    """One for all tests that leave it alive; each takes keys of its own."""
    grader = _Grader()
    with grader.process:
        assert grader.receive()["op"] == "hello"
        yield grader
        grader.process.kill()


def test_collects_every_test_with_every_case_and_lets_no_print_through(grader: _Grader) -> None:
    grader.prepare("a", test_a=_GOOD, bantu="print('bising')")
    assert grader.receive() == {"op": "collected", "tests": 6, "key": "a"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("import tidak_ada\ndef test_a(case): ...\n", 1, "ModuleNotFoundError: No module named 'tidak_ada'"),
        ("x = 1\ndef test_a(case):\n    return (\n", 3, "SyntaxError: '(' was never closed"),
        ("def lain(): ...\n", None, "pytest ended with 5"),
        ("import sys\nsys.exit(3)\n", None, "pytest ended with 3"),
    ],
)
def test_tells_what_is_wrong_with_a_task(grader: _Grader, text: str, line: int | None, reason: str) -> None:
    grader.prepare(reason, test_a=text)
    message = grader.receive()
    assert (message["op"], message["line"], message["reason"]) == ("invalid", line, reason)
    assert grader.receive()["op"] == "gone"


def test_a_name_that_leaves_the_folder_is_refused(grader: _Grader) -> None:
    files = {"../test_a.py": base64.b64encode(b"").decode()}
    order = {"op": "prepare", "key": "luar", "task": "t", "protocol": "invocations", "files": files, "cases": []}
    grader.send(order)
    message = grader.receive()
    assert (message["op"], "../test_a.py" in message["reason"]) == ("invalid", True)
    assert grader.receive()["op"] == "gone"


def test_keeps_the_tasks_prepared_last(grader: _Grader) -> None:
    keys = [str(number) for number in range(KEPT_TASKS + 2)]
    for key in keys:
        grader.prepare(key, test_a=_GOOD, bantu="")
        assert grader.receive()["key"] == key
    grader.send({"op": "prepare", "key": keys[-1]})
    grader.prepare(keys[0], test_a=_GOOD, bantu="")
    assert grader.receive() == {"op": "collected", "tests": 6, "key": keys[0]}


def test_a_job_has_rehearsed_before_its_order_comes_and_tells_nothing_of_it(grader: _Grader) -> None:
    """One that was forked for the next order as well; each begins with what the task itself left in memory."""
    grader.prepare(
        "latihan",
        test_a="import bantu\ndef test_a(case):\n    bantu.seen += 1\n    assert bantu.seen <= 3\n",
        bantu="seen = 0",
    )
    assert grader.receive()["op"] == "collected"
    order = {"op": "run", "key": "latihan", "visible": True, "wait_ready": False, "http": {}, "case_seconds": 1}
    for _ in range(3):
        grader.send({**order, "answer_bytes": 1000, "json_depth": 8})
        told = [grader.receive() for _ in range(6)]
        assert [message["op"] for message in told] == ["ready", "case", "case", "case", "report", "exit"]
        report = told[4]["report"]
        assert [test["metadata"]["case"] for test in report["tests"]] == [0, 1, 2]
        assert report["summary"] == {"passed": 3, "total": 3, "collected": 3}


def test_ends_with_its_input() -> None:
    grader = _Grader()
    with grader.process:
        grader.receive()
        grader.prepare("a", test_a=_GOOD, bantu="")
        grader.receive()
        assert grader.process.stdin is not None
        grader.process.stdin.close()
        assert grader.process.wait(10) == 0


def test_imports_nothing_of_the_rest_of_the_engine() -> None:
    """Only its own folder is in the container."""
    folder = Path(sandbox.__file__).parent / "grader"
    wrong: dict[str, Any] = {
        path.name: line
        for path in folder.glob("*.py")
        for line in path.read_text().splitlines()
        if line.startswith(("import sandbox", "from sandbox")) and not line.startswith("from sandbox.grader")
    }
    assert wrong == {}
