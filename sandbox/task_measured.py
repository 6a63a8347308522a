"""What a prototype of a task gave when the task was checked, and where in its files it broke."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.model import CaseResult, Failure, Status, Text
from sandbox.scoring import TaskScore
from sandbox.task_findings import Finding, failed

_TASK_ERROR = re.compile(r"\((?:([\w.-]+\.py):(\d+): )?(.*)\)", re.DOTALL)
_FRAME = re.compile(r'File "[^"]*?([^/"]+\.py)", line (\d+)')
_NAMED = re.compile(r"\b([\w./-]+\.(?:py|toml|txt)) line (\d+)")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a prototype in `source` gave; `log` is what it wrote."""

    source: Path
    status: Status
    message: Text
    score: TaskScore
    cases: Sequence[CaseResult] = ()
    log: str = ""

    @property
    def values(self) -> dict[str, float]:
        """The value of each metric."""
        return {name: metric.value for name, metric in self.score.metrics.items()}

    @property
    def told(self) -> Text:
        """Score and values, or how it ended."""
        if self.status is not Status.OK:
            return Text(f"{self.status.value}: {self.message.id}", f"{self.status.value}: {self.message.en}")
        told = f"{self.score.score:.1f} ({', '.join(f'{key} {value:.3f}' for key, value in self.values.items())})"
        return Text(told, told)

    @property
    def test_error(self) -> CaseResult | None:
        """A case in which the task's own test broke."""
        return next((case for case in self.cases if case.failure is Failure.TASK_ERROR), None)

    @property
    def unanswered(self) -> CaseResult | None:
        """A case without an answer. Slow ones do not count: that may be the machine."""
        return next((case for case in self.cases if case.failure in (Failure.BAD_ANSWER, Failure.NO_CONNECTION)), None)

    def place(self) -> tuple[str, int | None]:
        """The file and line of its own where it broke."""
        folder = f"{self.source.parent.name}/" if self.source.parent.name == "controls" else ""
        for name, line in reversed(_FRAME.findall(self.log) + _NAMED.findall(self.message.en)):
            if (self.source / name).is_file():
                return f"{folder}{self.source.name}/{name}", int(line)
        return f"{folder}{self.source.name}/app.py", None

    def reason(self) -> str:
        """The last line of the last traceback in its log; empty where there is none."""
        lines = [line for line in self.log.splitlines() if re.match(r"[A-Za-z_.]+(?:Error|Exception)\b", line)]
        return lines[-1][:200] if lines else ""


def broken_test(name: str, source: str, case: CaseResult, path: str) -> Finding:
    """The task's own test, in the file `path` unless the case tells, broke on the answer of a prototype."""
    said = case.message or Text("", "")
    found = _TASK_ERROR.search(said.en)
    where, line, reason = (found[1], found[2], found[3]) if found else (None, None, said.en)
    told = f"{source}, {case.case_id}: {reason}"
    return failed(
        name,
        Text(told, told),
        path=where or path,
        line=int(line) if line else None,
        todo=Text(
            "Uji harus tahan jawaban apa pun: periksa bentuknya dengan assert sebelum dipakai.",
            "The test must bear any answer: look at its shape with an assert before using it.",
        ),
    )
