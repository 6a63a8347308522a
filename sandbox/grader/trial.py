"""What happened in the tests of one case, as plain values that fit into a message."""

import json
import math
import traceback
from pathlib import Path
from typing import Any

from sandbox.grader import faults
from sandbox.grader.answers import plain
from sandbox.grader.faults import PrototypeFault, Reason

_SHOWN_BYTES = 32 * 1024
_SHOWN_TEXT = 300


class Recorder:
    """The `record` fixture: `record("metric", value, weight=1.0)`.

    A metric recorded several times in a case counts as the weighted mean, with the sum of the weights.
    """

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[float, float]]] = {}

    def __call__(self, metric: str, value: float, weight: float = 1.0) -> None:
        if not isinstance(metric, str) or not metric:
            raise TypeError("record(): the metric's name must be a text")
        value, weight = float(value), float(weight)
        if not math.isfinite(value) or not math.isfinite(weight) or weight < 0:
            raise ValueError(f"record({metric!r}): value and weight must be finite, the weight not negative")
        self._values.setdefault(metric, []).append((value, weight))

    def metrics(self) -> dict[str, list[float]]:
        """`{name: [value, weight]}`."""
        return {name: _mean(pairs) for name, pairs in self._values.items()}


def merge(metrics: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """The metrics of several tests of a case as one."""
    names = dict.fromkeys(name for one in metrics for name in one)
    return {name: _mean([(one[name][0], one[name][1]) for one in metrics if name in one]) for name in names}


def _mean(pairs: list[tuple[float, float]]) -> list[float]:
    total = sum(weight for _, weight in pairs)
    if total == 0:
        return [sum(value for value, _ in pairs) / len(pairs), 0.0]
    return [sum(value * weight for value, weight in pairs) / total, total]


def test_outcome(
    index: int, recorder: Recorder | None, error: BaseException | None, folder: str, *, visible: bool
) -> dict[str, Any]:
    """What one test of case `index` gave. The reason of a failure is left out where the case is hidden; an error of the
    task itself is always told, to the organizers."""
    outcome: dict[str, Any] = {"case": index, "metrics": recorder.metrics() if recorder else {}, "failure": None}
    if error is not None:
        reason = explain(error, folder)
        outcome["failure"] = reason.failure
        if visible or reason.failure == faults.TASK_ERROR:
            outcome["reason"] = reason.as_dict()
    return outcome


def case_message(
    index: int, tests: list[dict[str, Any]], seconds: float, got: dict[str, Any] | None, digest: str | None = None
) -> dict[str, Any]:
    """The message `case` for the outcomes of all tests of a case; `got` only where the team may see it.

    `digest` is that of all outputs of the case (`contract.Prototype`).
    """
    failed = next((test for test in tests if test["failure"]), None)
    message: dict[str, Any] = {
        "op": "case",
        "index": index,
        "passed": failed is None and bool(tests),
        "seconds": seconds,
        "metrics": merge([test["metrics"] for test in tests]),
        "failure": failed["failure"] if failed else None,
        "got": shown(got),
        "digest": digest,
    }
    if failed and "reason" in failed:
        message["reason"] = failed["reason"]
    return message


def explain(error: BaseException, folder: str) -> Reason:
    """Why a test did not pass: the prototype's fault, a wrong answer, or an error of the task itself."""
    if isinstance(error, PrototypeFault):
        return error.reason
    if isinstance(error, AssertionError):
        # The first line is what the task's author wrote; pytest's own explanation follows in further lines.
        said = _one_line(str(error).partition("\n")[0])
        return Reason(
            faults.WRONG,
            f"Jawaban diterima, tetapi belum memenuhi tugas: {said}"
            if said
            else "Jawaban diterima, tetapi belum memenuhi tugas.",
            f"The answer was received but does not meet the task: {said}"
            if said
            else "The answer does not meet the task.",
        )
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder)]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}: " if frames else ""
    what = where + _one_line(f"{type(error).__name__}: {error}")
    return Reason(
        faults.TASK_ERROR,
        f"Penguji tugas ini sendiri gagal, bukan program Anda ({what}). Laporkan kepada panitia.",
        f"The test of this task failed itself, not your program ({what}). Tell the organizers.",
    )


def shown(output: dict[str, Any] | None) -> Any:
    """The output as a team sees it: whole when small, else a text that says how large it was."""
    if output is None:
        return None
    size = len(json.dumps(output, ensure_ascii=False).encode())
    return output if size <= _SHOWN_BYTES else f"({size} byte)"


def _one_line(text: str) -> str:
    return plain(text, _SHOWN_TEXT)
