"""No answer makes the test of a shipped task fail itself: that would stop a queue over what somebody handed in.

Answers are perfect ones with any part of them changed, as the strict reading of answers lets them through.
"""

import copy
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hackathon import benchmarks
from sandbox.grader.answers import parse_json
from sandbox.grader.faults import PrototypeFault
from sandbox.model import Case
from sandbox.tasks import Task, load_public_cases
from tests.benchmark import modules_of, run_case

WORDS = st.text(max_size=20) | st.sampled_from(
    [
        "",
        " ",
        "null",
        "9" * 5000,
        "1" * 400,
        "-0",
        "1e308",
        "Rp1.000,00",
        "31 Februari 2026",
        "\u202e",
        "\x00",
        "ⅷ",
        "a\nb",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**299, -(10**299), 1e308, -1e308, 5e-324, -0.0])
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=8
)

Trial = tuple[Task, Callable[..., None], tuple[Case, ...]]


@pytest.fixture(scope="module", params=sorted(benchmarks.available()))
def trial(request: pytest.FixtureRequest) -> Iterator[Trial]:
    task = benchmarks.load(request.param)
    with modules_of(task.folder) as load:
        names = [name.removesuffix(".py") for name in task.files if name.startswith("test_")]
        (test,) = [item for name in names for key, item in vars(load(name)).items() if key.startswith("test_")]
        yield task, test, load_public_cases(task)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths_of(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value[:4]):
            yield from paths_of(part, (*path, index))


def changed(answer: Any, path: tuple[Any, ...], value: Any, *, remove: bool) -> Any:
    if not path:
        return value
    found = answer
    for step in path[:-1]:
        found = found[step]
    if remove:
        del found[path[-1]]
    else:
        found[path[-1]] = value
    return answer


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_breaks_the_test(trial: Trial, data: st.DataObject) -> None:
    task, test, cases = trial
    case = data.draw(st.sampled_from(cases))
    answer = copy.deepcopy(case.expected)
    for _ in range(data.draw(st.integers(1, 3))):
        paths = list(paths_of(answer))
        path = data.draw(st.sampled_from(paths))
        answer = changed(answer, path, data.draw(VALUES), remove=data.draw(st.booleans()))
    if not isinstance(answer, dict):
        answer = {"jawaban": answer}
    # By the way of the wire: what is refused there never comes to a test.
    try:
        received = parse_json(json.dumps(answer).encode(), 64)
    except PrototypeFault:
        return
    result = run_case(test, case, lambda case_input: received)
    known = {metric.name for metric in task.metrics}
    for name, measured in result.metrics.items():
        assert name in known
        assert math.isfinite(measured.value)
        assert math.isfinite(measured.weight)
        assert measured.weight >= 0
