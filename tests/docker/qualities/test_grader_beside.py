"""A grader of ours that breaks beside the score, on the real engine: the score stands, and the grader goes."""

from sandbox.conformance import Bench, samples
from sandbox.model import CaseSet, Status
from sandbox.provider import Job

BREAKS = """
import os

def test_echo(prototype, case, record):
    if case.id.startswith("lagi"):
        os._exit(3)
    record("same", 1.0 if prototype(case.input).get("x") == case.expected else 0.0)
"""


def test_what_breaks_beside_the_score_breaks_alone(bench: Bench) -> None:
    task = bench.task(BREAKS)
    image = bench.image(samples.ECHO)
    scored = Job(task, CaseSet.BOARD, samples.cases(5))
    beside = Job(task, CaseSet.BOARD, samples.cases(4, "lagi"), beside=True)
    run, other = bench.evaluate(image, scored, beside).runs
    assert (run.status, len(run.cases)) == (Status.OK, 5)
    assert all(case.metrics["same"].value == 1.0 for case in run.cases)
    assert (other.status, other.cases) == (Status.OK, ())
    assert "di pihak kami" in str(other.message)
    # The next evaluation meets a grader that is whole.
    (run,) = bench.evaluate(image, scored).runs
    assert (run.status, len(run.cases)) == (Status.OK, 5)
    bench.expect_nothing_left()
