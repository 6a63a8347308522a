"""A prototype that runs any Python it is sent and answers what `out` is then: for looking at the walls from inside."""

from typing import Any

from sandbox.conformance import Bench
from sandbox.model import Case, CaseResult, CaseSet, Status
from sandbox.provider import Job

_APP = """
def predict(task, input):
    scope = {}
    exec(input["code"], scope)
    return {"out": scope.get("out")}
"""
_TEST = "def test_any(prototype, case):\n    prototype(case.input)\n"


def probe(bench: Bench, code: str) -> Any:
    """What `out` is after the prototype ran `code`. Fails the test when it gave no answer."""
    return probe_cases(bench, code)[0].got["out"]


def probe_cases(bench: Bench, *codes: str) -> tuple[CaseResult, ...]:
    """A case for each code, put to one running prototype."""
    cases = tuple(Case(str(number), {"code": code}) for number, code in enumerate(codes))
    report = bench.evaluate(bench.image(_APP), Job(bench.task(_TEST), CaseSet.PUBLIC, cases))
    run = report.runs[0]
    assert run.status is Status.OK, (run, report.log)
    assert all(case.passed for case in run.cases), (run, report.log)
    return run.cases
