"""Every hostile answer on the real engine: its case fails alone, with a reason, in time, and the next one counts."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sandbox.conformance import Bench
from sandbox.limits import AnswerLimits, RunLimits
from sandbox.model import CaseResult, CaseSet, Status
from sandbox.provider import Job
from tests.docker.hostile.protocol import ANSWERS, BODY, CASES, SOURCE, Answer

_TEST = "def test_a(prototype, case):\n    assert prototype(case.input) == {'x': 1}\n"
_SECONDS = 1.5


def played(bench: Bench, answer: AnswerLimits, names: set[str]) -> Mapping[str, CaseResult]:
    build = bench.build(SOURCE)
    assert build.image, build
    cases = tuple(case for case in CASES if case.input["kind"] in names)
    limits = replace(bench.limits, answer=answer, run=RunLimits(30.0, _SECONDS, 280.0))
    job = Job(bench.task(_TEST), CaseSet.PUBLIC, cases)
    report = bench.provider.evaluate(build.image, [job], limits=limits, label="conformance")
    run = report.runs[0]
    assert run.status is Status.OK, (run, report.log)
    return {case.input["kind"]: result for case, result in zip(cases, run.cases, strict=True)}


@pytest.fixture(scope="module")
def results() -> dict[str, CaseResult]:
    return {}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_an_answer_fails_its_case_alone(answer: Answer, bench: Bench, results: dict[str, CaseResult]) -> None:
    if not results:
        results.update(played(bench, AnswerLimits(), {one.name for one in ANSWERS}))
    case = results[answer.name]
    assert case.failure == answer.failure, case
    assert case.passed is (answer.failure is None)
    if case.message is not None:
        assert answer.words in case.message.id, case.message
        assert case.message.id.isprintable()
        assert case.message.id != case.message.en
    # What endless answers cost ends with the case, and the next one is not late for it.
    assert case.seconds < _SECONDS + 5.0, case


def test_what_is_refused_is_taken_where_the_limits_allow_it(bench: Bench) -> None:
    """The control: the same bytes count where they are small enough, and do not where the limits are smaller still."""
    deep = played(bench, AnswerLimits(json_depth=10**6), {"deep", "good"})
    assert "64 tingkat" not in str(deep["deep"].message)
    small = played(bench, AnswerLimits(bytes=len(BODY) - 1), {"good", "good-chunked"})
    assert all("lebih besar" in str(case.message) for case in small.values())


def test_the_next_prototype_can_bind_the_same_port(bench: Bench) -> None:
    """In a reused namespace, without SO_REUSEADDR, after calls whose connections were closed from both ends."""
    for _ in range(5):
        played(bench, AnswerLimits(), {"good"})
