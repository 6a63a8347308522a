"""Checks that nothing hidden gets out and nothing is left behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sandbox.conformance import samples
from sandbox.conformance.bench import LABEL, Bench, expect
from sandbox.errors import Cancelled, EngineUnavailable
from sandbox.model import Case, CaseSet, Failure, Status
from sandbox.provider import Cancel, Job, Watch

_SECRET = "RAHASIA-9173"  # noqa: S105 - what must not be seen again


def keeps_hidden_cases_hidden(bench: Bench) -> None:
    app = (
        "import sys\n"
        "def predict(task, input):\n"
        "    print('melihat', input, flush=True)\n"
        "    if input['x'] == 'galat':\n"
        "        raise ValueError(str(input))\n"
        "    return {'x': input['x'], 'salinan': input}\n"
    )
    hidden = (
        Case("h0", {"x": "a", "rahasia": _SECRET}, "a"),
        Case("h1", {"x": "b", "rahasia": _SECRET}, _SECRET),
        Case("h2", {"x": "galat", "rahasia": _SECRET}, _SECRET),
    )
    task = bench.task("def test_a(prototype, case):\n    assert prototype(case.input)['x'] == case.expected, case\n")
    logged: list[bytes] = []
    told: list[object] = []
    watch = Watch(on_case=lambda job, result: told.append(result), on_log=logged.append)
    jobs = (Job(task, CaseSet.PUBLIC, samples.cases(2)), Job(task, CaseSet.BOARD, hidden))
    report = bench.evaluate(bench.image(app), *jobs, watch=watch)
    public, board = report.runs
    expect(public.cases[1].got is not None and b"melihat" in report.log, report)
    failures = [case.failure for case in board.cases]
    expect(failures == [None, Failure.WRONG, Failure.BAD_ANSWER], board)
    expect(all(case.got is None and case.message is None for case in board.cases), board)
    everything = f"{report!r} {logged!r} {told!r}"
    expect(_SECRET not in everything, everything)
    expect(b"".join(logged) == report.log, (logged, report.log))


def takes_no_visible_job_behind_a_hidden_one(bench: Bench) -> None:
    image, task = bench.image(samples.ECHO), bench.task()
    public, board = (Job(task, case_set, samples.cases(1)) for case_set in (CaseSet.PUBLIC, CaseSet.BOARD))
    for jobs in ((board, public), (public, board, public), (), (Job(task, CaseSet.PUBLIC, ()),)):
        try:
            bench.evaluate(image, *jobs)
        except ValueError:
            continue
        expect(False, f"ran {[job.case_set for job in jobs]}")


def keeps_no_log_of_hidden_jobs_alone(bench: Bench) -> None:
    report = bench.evaluate(bench.image(samples.ECHO), Job(bench.task(), CaseSet.FINAL, samples.cases(3)), fresh=True)
    expect(report.runs[0].status is Status.OK and report.log == b"", report)


def tells_nothing_of_a_crash_in_hidden_cases(bench: Bench) -> None:
    app = "import os\ndef predict(task, input):\n    return os._exit(73) if input['x'] == 2 else {'x': input['x']}\n"
    report = bench.evaluate(bench.image(app), Job(bench.task(), CaseSet.BOARD, samples.cases(4, "h")))
    run = report.runs[0]
    expect(run.status is Status.CRASHED and len(run.cases) == 2, run)
    expect("73" not in f"{run.message.id}{run.message.en}", run.message)


def stops_a_run_when_cancelled(bench: Bench) -> None:
    app = "import time\ndef predict(task, input):\n    time.sleep(60)\n"
    image = bench.image(app)
    cancel, started = Cancel(), threading.Event()
    watch = Watch(on_stage=lambda stage: started.set() if stage == "job:0" else None)
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(2))
    with ThreadPoolExecutor(1) as pool:
        report = pool.submit(bench.evaluate, image, job, watch=watch, cancel=cancel)
        expect(started.wait(20), "never started")
        began = time.monotonic()
        cancel.set()
        error = report.exception(timeout=15)
    expect(isinstance(error, Cancelled), error)
    expect(time.monotonic() - began < 5, "the cancel took long")
    expect(bench.leftovers() == 0, "a cancelled run left something behind")


def stops_a_build_when_cancelled(bench: Bench) -> None:
    cancel = Cancel()
    cancel.set()
    try:
        bench.build({"app.py": samples.ECHO + "# batal\n"}, cancel=cancel)
    except Cancelled:
        bench.expect_nothing_left()
        return
    expect(False, "a cancelled build went on")


def leaves_nothing_after_many(bench: Bench) -> None:
    image = bench.image(samples.ECHO)
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(3))
    for number in range(20):
        report = bench.evaluate(image, job)
        expect(report.runs[0].status is Status.OK, (number, report))
    bench.expect_nothing_left()


def cleans_up_when_a_callback_raises(bench: Bench) -> None:
    class OurMistakeError(Exception):
        pass

    def on_stage(stage: str) -> None:
        if stage == "ready":
            raise OurMistakeError

    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(2))
    try:
        bench.evaluate(bench.image(samples.ECHO), job, watch=Watch(on_stage=on_stage))
    except OurMistakeError:
        bench.expect_nothing_left()
        return
    expect(False, "the exception of a callback was swallowed")


def refuses_work_after_close(bench: Bench) -> None:
    image = bench.image(samples.ECHO)
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))
    bench.provider.close()
    bench.provider.close()
    for verb in (
        lambda: bench.provider.evaluate(image, (job,), limits=bench.limits, label=LABEL),
        lambda: bench.build({"app.py": samples.ECHO}),
        lambda: bench.provider.warm(),
    ):
        try:
            verb()
        except EngineUnavailable:
            continue
        expect(False, "a closed provider still works")
    bench.expect_nothing_left()


CHECKS = (
    keeps_hidden_cases_hidden,
    takes_no_visible_job_behind_a_hidden_one,
    keeps_no_log_of_hidden_jobs_alone,
    tells_nothing_of_a_crash_in_hidden_cases,
    stops_a_run_when_cancelled,
    stops_a_build_when_cancelled,
    leaves_nothing_after_many,
    cleans_up_when_a_callback_raises,
)
