"""From runs to robustness, consistency, efficiency and productivity."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.conformance import samples
from sandbox.fake import FakeProvider
from sandbox.model import Case, CaseResult, CaseSet, Failure, Measurement, Run, Status, Text, Usage
from sandbox.provider import Job
from sandbox.qualities import Qualities, TaskTimes, measure, prepare_probe, productivity_of, sample_of
from sandbox.tasks import Task, TaskQualities, load_task

SEED = b"\x01" * 16
SENTENCE = "Mohon agar permohonan kami yang sudah lengkap itu tidak ditolak karena terlambat dengan alasan apa pun."
Make = Callable[..., Task]


def _cases(count: int) -> tuple[Case, ...]:
    return tuple(Case(f"k{number:02}", {"teks": f"{number} {SENTENCE}"}, {"x": number}) for number in range(count))


def _result(id: str, value: float, digest: str | None = "sama", failure: Failure | None = None) -> CaseResult:
    return CaseResult(id, value == 1.0, 0.5, {"m": Measurement(value)}, failure, digest=digest)


def _run(task: Task, cases: list[CaseResult], status: Status = Status.OK, usage: Usage | None = None) -> Run:
    return Run(task.slug, CaseSet.BOARD, status, Text("Mogok.", "It crashed."), tuple(cases), 1.0, usage or Usage())


def _measured(task: Task, beside: Callable[[str, str], CaseResult], *, stop: int = 99, count: int = 30) -> Qualities:
    cases = _cases(count)
    probe = prepare_probe(FakeProvider(), Job(task, CaseSet.BOARD, cases))
    assert probe is not None
    assert probe.job.beside
    kinds = dict.fromkeys(probe.repeated.values(), "repeated") | dict.fromkeys(probe.varied.values(), "varied")
    done = [beside(case.id, kinds[case.id]) for case in probe.job.cases][:stop]
    status = Status.OK if len(done) == len(probe.job.cases) else Status.CRASHED
    run = _run(task, [_result(case.id, 1.0) for case in cases], usage=Usage(15.0, 1000))
    return measure(task, run, count, probe, _run(task, done, status), seed=SEED)


@pytest.fixture
def task(sample_task: Make) -> Task:
    return sample_task()


@pytest.fixture
def sample_task(tmp_path_factory: pytest.TempPathFactory) -> Make:
    folder = samples.write_task(tmp_path_factory.mktemp("tugas") / "gema", "gema", samples.ECHO_TEST, samples.GENERATE)
    loaded = load_task(folder)
    metrics = (replace(loaded.metrics[0], name="m"),)
    return lambda **qualities: replace(
        loaded, metrics=metrics, baseline=MappingProxyType({"m": 1.0}), qualities=TaskQualities(**qualities)
    )


def test_a_steady_prototype(task: Task) -> None:
    found = _measured(task, lambda id, kind: _result(id, 1.0))
    assert (found.consistency.value, found.consistency.cases, found.consistency.reason) == (1.0, 8, None)
    assert found.consistency.low is not None
    assert 0.7 < found.consistency.low < 0.8  # eight of eight prove no more
    assert (found.robustness.value, found.robustness.low, found.robustness.high) == (0.0, 0.0, 0.0)
    assert found.efficiency.p50_seconds == found.efficiency.p95_seconds == 0.5
    assert (found.efficiency.cpu_seconds, found.efficiency.peak_memory_bytes) == (0.5, 1000)
    assert found.productivity is not None
    assert found.productivity.times == pytest.approx(1 / (0.5 / 60 + 1 / 6), abs=1e-5)
    assert found.productivity.low == found.productivity.high == found.productivity.times


def test_other_words_and_other_answers_show(task: Task) -> None:
    places = iter(range(16))  # a case, then itself in other words

    def beside(id: str, kind: str) -> CaseResult:
        place = next(places)
        return _result(id, 0.0 if kind == "varied" and place < 6 else 1.0, "lain" if place == 2 else "sama")

    found = _measured(task, beside)
    assert found.consistency.value == 7 / 8
    assert found.robustness.value == 100 * 3 / 8
    assert found.robustness.low is not None
    assert found.robustness.high is not None
    assert 0 < found.robustness.low < 37.5 < found.robustness.high <= 100


def test_a_crash_is_told_and_what_came_before_it_counts(task: Task) -> None:
    found = _measured(task, lambda id, kind: _result(id, 1.0), stop=5)
    assert (found.consistency.cases, found.consistency.value) == (3, 1.0)
    assert "berhenti saat 5 dari 16" in str(found.consistency.reason)
    assert found.robustness.cases == 2
    nothing = _measured(task, lambda id, kind: _result(id, 1.0), stop=0)
    assert nothing.consistency.value is None
    assert "berhenti saat 0 dari 16" in str(nothing.robustness.reason)


def test_what_is_not_measured_says_why(sample_task: Make) -> None:
    off = sample_task(sample=0)
    run = _run(off, [_result("k00", 1.0)])
    assert prepare_probe(FakeProvider(), Job(off, CaseSet.BOARD, _cases(30))) is None
    assert "tidak mengukurnya" in str(measure(off, run, 30, None, None, seed=SEED).consistency.reason)
    ended = measure(off, replace(run, status=Status.TIMED_OUT), 30, None, None, seed=SEED)
    assert "sudah berhenti" in str(ended.robustness.reason)
    assert ended.productivity is not None
    assert ended.productivity.times < 1  # 29 of 30 cases are left to be done by hand
    why = Text("Berisi kutipan.", "It quotes.")
    found = _measured(sample_task(unvaried=why), lambda id, kind: _result(id, 1.0))
    assert (found.consistency.value, found.robustness.reason) == (1.0, why)


def test_a_task_that_breaks_on_our_words_says_nothing_of_the_prototype(task: Task) -> None:
    found = _measured(task, lambda id, kind: _result(id, 0.0, "lain", Failure.TASK_ERROR))
    assert found.consistency.value is found.robustness.value is None
    assert "dapat dibandingkan" in str(found.robustness.reason)


def test_the_sample_is_that_of_the_cases(task: Task) -> None:
    cases = _cases(30)
    assert sample_of(task, cases) == sample_of(task, cases)
    assert len(sample_of(task, cases)) == 8
    assert len(sample_of(task, cases[:5])) == 1
    assert {case.id for case in sample_of(task, cases)} <= {case.id for case in cases}


@given(
    st.floats(0.1, 60),
    st.floats(0.01, 10),
    st.lists(st.tuples(st.floats(0, 30), st.booleans()), min_size=1, max_size=40),
)
def test_productivity_never_rewards_failing(hand: float, review: float, cases: list[tuple[float, bool]]) -> None:
    found = productivity_of([TaskTimes(hand, review, tuple(cases))], seed=SEED)
    assert 0 < found.low <= found.times <= found.high
    worse = productivity_of([TaskTimes(hand, review, tuple((seconds, False) for seconds, _ in cases))], seed=SEED)
    assert worse.times <= found.times
    assert worse.times < 1  # all by hand, and a review on top
    assert found.times <= hand / review + 1e-6
