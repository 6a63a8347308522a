"""What happened in the tests of one case, as plain values that fit into a message."""

import json
import math
import re
import traceback
from pathlib import Path
from typing import Any

from sandbox.grader import faults
from sandbox.grader.answers import plain
from sandbox.grader.faults import PrototypeFault, Reason

_SHOWN_BYTES = 32 * 1024
_SHOWN_TEXT = 300
_GROUP = re.compile(r"[\w.-]{1,40}(/[\w.-]{1,40})?")
_MOST_GROUPED = 200


class Recorder:
    """The `record` fixture: `record("metric", value, weight=1.0, group="")`.

    A metric recorded several times in a case counts as the weighted mean, with the sum of the weights; with groups each
    record is kept, for a value that is made over the whole run.
    """

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[float, float, str]]] = {}

    def __call__(self, metric: str, value: float, weight: float = 1.0, group: str = "") -> None:
        if not isinstance(metric, str) or not metric:
            raise TypeError("record(): the metric's name must be a text")
        value, weight = float(value), float(weight)
        if not math.isfinite(value) or not math.isfinite(weight) or weight < 0:
            raise ValueError(f"record({metric!r}): value and weight must be finite, the weight not negative")
        if not isinstance(group, str) or (group and not _GROUP.fullmatch(group)):
            raise ValueError(f"record({metric!r}): a group is a short text of letters and digits, or `stratum/group`")
        if group and len(self._values.get(metric, ())) >= _MOST_GROUPED:
            raise ValueError(f"record({metric!r}): more than {_MOST_GROUPED} records with groups in one case")
        self._values.setdefault(metric, []).append((value, weight, group))

    def metrics(self) -> dict[str, list[Any]]:
        """`{name: [value, weight]}`, where there are groups with `[[value, weight, group], ...]` as a third."""
        return {name: _told(records) for name, records in self._values.items()}


def merge(metrics: list[dict[str, list[Any]]]) -> dict[str, list[Any]]:
    """The metrics of several tests of a case as one."""
    records: dict[str, list[tuple[float, float, str]]] = {}
    for one in metrics:
        for name, (value, weight, *grouped) in one.items():
            kept = records.setdefault(name, [])
            kept += [(of, share, group) for of, share, group in grouped[0]] if grouped else [(value, weight, "")]
    return {name: _told(kept) for name, kept in records.items()}


def _told(records: list[tuple[float, float, str]]) -> list[Any]:
    total = sum(weight for _, weight, _ in records)
    if total == 0:
        mean = sum(value for value, _, _ in records) / len(records)
    else:
        mean = sum(value * weight for value, weight, _ in records) / total
    grouped = any(group for _, _, group in records)
    return [mean, float(total), *([[list(record) for record in records]] if grouped else [])]


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
