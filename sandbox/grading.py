"""Messages to the grader and results from it. What belongs to hidden cases is dropped here once more."""

import base64
import hashlib
import json
import logging
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sandbox.endings import Ending
from sandbox.errors import GraderFailed, TaskInvalid
from sandbox.grader.frames import Message
from sandbox.grader.variation import vary_case
from sandbox.limits import AnswerLimits, RunLimits
from sandbox.model import Case, CaseResult, Failure, Measurement, Recorded, Report, Run, Text
from sandbox.provider import Job
from sandbox.tasks import Task, parse_cases

_log = logging.getLogger(__name__)


def check_jobs(jobs: Sequence[Job]) -> None:
    """Raise ValueError for jobs that cannot be run together.

    A prototype that has seen hidden cases could show them in its answers to visible ones and in its log.
    """
    if not jobs or not all(job.cases for job in jobs):
        raise ValueError("an evaluation needs jobs, each with cases")
    visible = [job.visible for job in jobs]
    if visible != sorted(visible, reverse=True):
        raise ValueError("jobs with public cases come before those with hidden ones")
    beside = [job.beside for job in jobs]
    if beside != sorted(beside) or beside[0]:
        raise ValueError("jobs beside the scored ones come after them")


def beside_of(job: Job, scored: Job) -> bool:
    """Whether `job` is beside `scored`, whose time it may use up."""
    return job.beside and not scored.beside and (job.task.slug, job.case_set) == (scored.task.slug, scored.case_set)


def beside_limits(run: RunLimits, used: float) -> RunLimits:
    """The limits of a job beside one that `used` so many seconds of the same limits."""
    return replace(run, total_seconds=max(run.total_seconds - used, 0.0))


def job_key(job: Job) -> str:
    """A name for a task with these very cases, under which a grader keeps it collected."""
    digest = hashlib.sha256(job.task.hash.encode())
    for case in job.cases:
        digest.update(json.dumps([case.id, case.input, case.expected], ensure_ascii=True).encode())
    return digest.hexdigest()


def prepare_message(key: str, job: Job) -> Message:
    """Tells a grader the task and its cases."""
    return {
        "op": "prepare",
        "key": key,
        "task": job.task.slug,
        "protocol": job.task.protocol.value,
        "files": {name: base64.b64encode(data).decode() for name, data in job.task.files.items()},
        "cases": [{"id": case.id, "input": dict(case.input), "expected": case.expected} for case in job.cases],
    }


def run_message(
    key: str, job: Job, *, first: bool, http: Mapping[str, Any], run: RunLimits, answer: AnswerLimits
) -> Message:
    """Tells a grader to run a prepared job; the first of an evaluation waits for the prototype."""
    return {
        "op": "run",
        "key": key,
        "visible": job.visible,
        "wait_ready": first,
        "http": dict(http),
        "case_seconds": run.case_seconds,
        "answer_bytes": answer.bytes,
        "json_depth": answer.json_depth,
    }


def generate_message(task: Task, seed: bytes, count: int) -> Message:
    """Tells a generator's container what to make."""
    files = {name: base64.b64encode(data).decode() for name, data in {**task.files, **task.generator}.items()}
    return {"op": "generate", "files": files, "seed": seed.hex(), "count": count}


def vary_message(task: Task, cases: Sequence[Case], seed: bytes) -> Message:
    """Tells a generator's container which cases to put in other words."""
    message = generate_message(task, seed, len(cases))
    told = [{"id": case.id, "input": dict(case.input), "expected": case.expected} for case in cases]
    return {**message, "op": "vary", "cases": told}


def generated_cases(message: Message, count: int, path: str = "generate.py") -> tuple[Case, ...]:
    """The cases a generator made, checked as those of a file are. Raises TaskInvalid."""
    if message["op"] == "invalid":
        raise TaskInvalid(str(message["path"]), str(message["reason"]), message.get("line"))
    lines = [json.dumps(case, ensure_ascii=False) for case in message["cases"]]
    try:
        cases = parse_cases("\n".join(lines).encode("utf-8", "surrogatepass"), path)
    except TaskInvalid as error:
        # The line is that of the cases as they came, which is no line of the module.
        place = "" if error.line is None else f"case {error.line}: "
        raise TaskInvalid(path, f"{place}{error.reason}") from error
    if len(cases) != count:
        raise TaskInvalid(path, f"made {len(cases)} cases instead of {count}")
    return cases


def varied_here(cases: Sequence[Case], seed: bytes) -> tuple[Case, ...]:
    """The cases in other words, by the engine's own wording: nothing of the task runs."""
    return tuple(_varied(case, random.Random(f"{seed.hex()} {case.id}")) for case in cases)  # noqa: S311 - a draw that must repeat


def _varied(case: Case, rng: random.Random) -> Case:
    return Case(case.id, *vary_case(case.input, case.expected, rng))


def not_started(jobs: Sequence[Job], ending: Ending) -> Report:
    """The report on an image that must not be started at all."""
    runs = (Run(job.task.slug, job.case_set, ending.status, ending.message, (), 0.0) for job in jobs)
    return Report(runs=tuple(runs))


def case_result(message: Message, case: Case, job: Job) -> CaseResult:
    """The result in a `case` message. Raises GraderFailed when it makes no sense."""
    try:
        failure = None if message["failure"] is None else Failure(message["failure"])
        metrics = {str(name): read_measurement(told) for name, told in message["metrics"].items()}
        reason = message.get("reason")
        text = None if reason is None else Text(id=str(reason["id"]), en=str(reason["en"]))
        result = CaseResult(
            case_id=case.id,
            passed=bool(message["passed"]) and failure is None,
            seconds=_finite(message["seconds"]),
            metrics=metrics,
            failure=failure,
            message=text if job.visible else None,
            got=message.get("got") if job.visible else None,
            digest=None if message.get("digest") is None else str(message["digest"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GraderFailed(f"the grader sent a case without sense: {error!r}") from error
    if failure is Failure.TASK_ERROR:
        _log.error("task %s failed itself in case %s: %s", job.task.slug, case.id, text)
    return result


def read_measurement(told: Sequence[Any]) -> Measurement:
    """A metric as `sandbox.grader.trial` tells it. Raises ValueError, TypeError where it makes no sense."""
    value, weight, *grouped = told
    (records,) = grouped or [()]
    return Measurement(
        _finite(value),
        _finite(weight),
        tuple(Recorded(_finite(one), _finite(share), str(group)) for one, share, group in records),
    )


def check_report(message: Message, results: Sequence[CaseResult], job: Job) -> None:
    """The report at the end of a job must agree with the cases streamed before. Raises GraderFailed."""
    outcomes: dict[int, bool] = {}
    try:
        for test in message["report"]["tests"]:
            index = int(test["metadata"]["case"])
            outcomes[index] = outcomes.get(index, True) and test["outcome"] == "passed"
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GraderFailed(f"the grader sent a report without sense: {error!r}") from error
    if [outcomes.get(index) for index in range(len(job.cases))] != [result.passed for result in results]:
        raise GraderFailed("the grader's report differs from the cases it streamed")


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is no finite number")
    return number
