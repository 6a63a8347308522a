"""Checks of what is measured beside the score: it tells what it should, and harms nothing."""

from sandbox.conformance import samples
from sandbox.conformance.bench import Bench, expect
from sandbox.errors import TaskInvalid
from sandbox.limits import RunLimits
from sandbox.model import Case, CaseSet, Status
from sandbox.provider import Job
from sandbox.tasks import Task, load_task

_SEED = b"\x07" * 32


def harms_no_score_with_a_crash_beside_it(bench: Bench) -> None:
    app = (
        "import os\nn = 0\ndef predict(task, input):\n    global n\n    n += 1\n    if n == 8:\n        os._exit(5)\n"
        "    return {'x': input['x']}\n"
    )
    task = bench.task()
    scored, beside = _jobs(task, samples.cases(6), samples.cases(4, "lagi"))
    report = bench.evaluate(bench.image(app), scored, beside)
    run, other = report.runs
    expect(run.status is Status.OK and len(run.cases) == 6, run)
    expect(other.status is Status.CRASHED and [case.case_id for case in other.cases] == ["lagi0"], other)
    bench.expect_nothing_left()


def harms_no_score_with_lost_time_beside_it(bench: Bench) -> None:
    app = "import time\ndef predict(task, input):\n    time.sleep(input['x'] // 100)\n    return {'x': input['x']}\n"
    slow = tuple(Case(f"lambat{number}", {"x": 100}, 100) for number in range(9))
    scored, beside = _jobs(bench.task(), samples.cases(3), slow)
    report = bench.evaluate(bench.image(app), scored, beside, run=RunLimits(6.0, 5.0, total_seconds=6.0))
    run, other = report.runs
    expect(run.status is Status.OK and len(run.cases) == 3, run)
    expect(other.status is Status.TIMED_OUT and len(other.cases) < 9, other)
    bench.expect_nothing_left()


def tells_the_same_outputs_apart_from_others(bench: Bench) -> None:
    app = "n = 0\ndef predict(task, input):\n    global n\n    n += 1\n    return {'x': n * input['x']}\n"
    scored, beside = _jobs(bench.task(), samples.cases(2), samples.cases(2, "lagi"))
    run, other = bench.evaluate(bench.image(app), scored, beside).runs
    same = [one.digest == again.digest for one, again in zip(run.cases, other.cases, strict=True)]
    expect(same == [True, False], (run, other))
    expect(all(case.digest and case.got is None for case in (*run.cases, *other.cases)), (run, other))


def puts_cases_in_other_words(bench: Bench) -> None:
    sentence = "Mohon agar permohonan kami yang sudah lengkap itu tidak ditolak karena terlambat dengan alasan apa pun."
    cases = tuple(Case(f"k{number}", {"teks": sentence}, {"x": "terlambat"}) for number in range(4))
    task = bench.task()
    varied = bench.provider.vary(task, cases, _SEED)
    expect(varied == bench.provider.vary(task, cases, _SEED), varied)
    expect([case.id for case in varied] == ["k0", "k1", "k2", "k3"], varied)
    expect(all(case.input["teks"] != sentence and "terlambat" in case.input["teks"] for case in varied), varied)
    own = _with_wording(
        task, "def vary(case_input, expected, rng):\n    return {'teks': 'lain'}, {'x': rng.random()}\n"
    )
    varied = bench.provider.vary(own, cases, _SEED)
    expect(varied == bench.provider.vary(own, cases, _SEED), varied)
    expect(
        [case.input for case in varied] == [{"teks": "lain"}] * 4 and varied[0].expected != cases[0].expected, varied
    )
    try:
        bench.provider.vary(
            _with_wording(task, "def vary(case_input, expected, rng):\n    raise KeyError\n"), cases, _SEED
        )
    except TaskInvalid as error:
        expect(error.path == "vary.py" and error.line == 2, error)
        bench.expect_nothing_left()
        return
    expect(False, "a broken wording gave cases")


def _jobs(task: Task, cases: tuple[Case, ...], others: tuple[Case, ...]) -> tuple[Job, Job]:
    return Job(task, CaseSet.BOARD, cases), Job(task, CaseSet.BOARD, others, beside=True)


def _with_wording(task: Task, wording: str) -> Task:
    (task.folder / "vary.py").write_text(wording)
    return load_task(task.folder)


CHECKS = (
    harms_no_score_with_a_crash_beside_it,
    harms_no_score_with_lost_time_beside_it,
    tells_the_same_outputs_apart_from_others,
    puts_cases_in_other_words,
)
