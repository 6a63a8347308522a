"""Checks of evaluations that end early: each status, told apart, with the cases that were finished."""

import time

from sandbox.conformance import samples
from sandbox.conformance.bench import Bench, expect
from sandbox.limits import RunLimits
from sandbox.model import CaseSet, Run, Status
from sandbox.provider import Job


def tells_a_crash_before_ready(bench: Bench) -> None:
    run, log = bench.run("import sys\nprint('berkas hilang')\nsys.exit(3)\ndef predict(task, input): ...\n")
    _expect_end(bench, run, Status.CRASHED, 0)
    expect("3" in run.message.id and b"berkas hilang" in log, (run, log))


def tells_a_crash_with_the_finished_cases(bench: Bench) -> None:
    app = (
        "import os\n"
        "def predict(task, input):\n"
        "    if input['x'] == 4:\n"
        "        print('jatuh')\n"
        "        os._exit(7)\n"
        "    return {'x': input['x']}\n"
    )
    run, log = bench.run(app)
    _expect_end(bench, run, Status.CRASHED, 4)
    expect("7" in run.message.id and b"jatuh" in log, (run, log))


def tells_memory_used_up(bench: Bench) -> None:
    app = (
        "def predict(task, input):\n"
        "    if input['x'] == 2:\n"
        "        kept = []\n"
        "        while True:\n"
        "            kept.append(bytearray(b'x' * 2**20))\n"
        "    return {'x': input['x']}\n"
    )
    run, _ = bench.run(app)
    _expect_end(bench, run, Status.OUT_OF_MEMORY, 2)


def tells_memory_used_up_before_ready(bench: Bench) -> None:
    app = "a = []\nwhile True:\n    a.append(bytearray(b'x' * 2**20))\ndef predict(task, input):\n    return input\n"
    run, _ = bench.run(app)
    _expect_end(bench, run, Status.OUT_OF_MEMORY, 0)


def tells_what_never_gets_ready(bench: Bench) -> None:
    app = "import time\ntime.sleep(600)\ndef predict(task, input):\n    return input\n"
    began = time.monotonic()
    run, _ = bench.run(app, run=RunLimits(ready_seconds=1.0, case_seconds=1.0, total_seconds=30.0))
    _expect_end(bench, run, Status.NOT_READY, 0)
    expect(time.monotonic() - began < 15, "the deadline came late")


def ends_what_takes_too_long(bench: Bench) -> None:
    app = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "def predict(task, input):\n"
        "    time.sleep(0.4)\n"
        "    return {'x': input['x']}\n"
    )
    image = bench.image(app)
    bench.provider.warm()
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(20))
    began = time.monotonic()
    report = bench.evaluate(image, job, run=RunLimits(10.0, 5.0, total_seconds=2.0))
    took = time.monotonic() - began
    run = report.runs[0]
    expect(run.status is Status.TIMED_OUT and 0 < len(run.cases) < 6, run)
    expect(2.0 <= took < 8.0, f"{took} s")
    bench.expect_nothing_left()


def ends_a_flood_of_output(bench: Bench) -> None:
    app = "import sys\nwhile True:\n    sys.stdout.write('x' * 65536)\ndef predict(task, input):\n    return input\n"
    began = time.monotonic()
    run, log = bench.run(app)
    _expect_end(bench, run, Status.OUTPUT_LIMIT, 0)
    expect(len(log) <= bench.limits.prototype.log_bytes and time.monotonic() - began < 15, len(log))


def gives_jobs_not_reached_the_same_end(bench: Bench) -> None:
    app = "import os\ndef predict(task, input):\n    os._exit(7)\n"
    task = bench.task()
    jobs = (Job(task, CaseSet.PUBLIC, samples.cases(2)), Job(task, CaseSet.BOARD, samples.cases(2, "h")))
    report = bench.evaluate(bench.image(app), *jobs)
    expect([run.status for run in report.runs] == [Status.CRASHED] * 2, report)
    expect([run.cases for run in report.runs] == [(), ()], report)
    expect("7" not in report.runs[1].message.id, report.runs[1].message)


def goes_on_after_a_bad_end(bench: Bench) -> None:
    tells_a_crash_with_the_finished_cases(bench)
    for _ in range(3):
        run, _log = bench.run(samples.ECHO)
        expect(run.status is Status.OK, run)


def _expect_end(bench: Bench, run: Run, status: Status, finished: int) -> None:
    expect(run.status is status and len(run.cases) == finished, run)
    expect(run.message.id and run.message.en, run)
    bench.expect_nothing_left()


CHECKS = (
    tells_a_crash_before_ready,
    tells_a_crash_with_the_finished_cases,
    tells_memory_used_up,
    tells_memory_used_up_before_ready,
    tells_what_never_gets_ready,
    ends_what_takes_too_long,
    ends_a_flood_of_output,
    gives_jobs_not_reached_the_same_end,
    goes_on_after_a_bad_end,
)
