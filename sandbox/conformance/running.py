"""Checks of what goes well: builds, runs, streaming, several jobs, generation."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sandbox.conformance import samples
from sandbox.conformance.bench import Bench, expect
from sandbox.errors import ImageMissing, TaskInvalid
from sandbox.model import Case, CaseResult, CaseSet, Failure, Measurement, Recorded, Status
from sandbox.provider import Job, Watch


def tells_its_facts(bench: Bench) -> None:
    facts = bench.provider.facts()
    expect(facts.provider and facts.engine and facts.runtime and facts.grader, facts)


def answers_ten_cases(bench: Bench) -> None:
    run, log = bench.run(samples.ECHO)
    expect(run.status is Status.OK, run)
    expect([case.case_id for case in run.cases] == [f"p{number}" for number in range(10)], run.cases)
    expect(all(case.passed and case.failure is None for case in run.cases), run.cases)
    expect(all(case.metrics == {"same": Measurement(1.0)} for case in run.cases), run.cases)
    expect(run.cases[3].got == {"x": 3}, run.cases[3])
    expect(all(0 < case.seconds < 5 for case in run.cases), run.cases)
    expect(log.splitlines() == [b"diterima %d" % number for number in range(10)], log)


def builds_the_same_source_once(bench: Bench) -> None:
    app = samples.ECHO + "# dibangun sekali\n"
    first, second = bench.build({"app.py": app}), bench.build({"app.py": app})
    expect(first.image == second.image and second.cached, (first, second))


def refuses_what_breaks_a_rule(bench: Bench) -> None:
    build = bench.build({"catatan.txt": "bukan prototipe"})
    expect(build.status is Status.REFUSED and build.image is None and build.message.id, build)


def tells_a_failed_build(bench: Bench) -> None:
    dockerfile = 'FROM gelanggang/python\nCOPY tidak-ada.txt /app/\nCMD ["python3", "-c", "pass"]\n'
    build = bench.build({"Dockerfile": dockerfile, "README.md": "x"})
    expect(build.status is Status.BUILD_FAILED and build.image is None, build)
    expect("tidak-ada.txt" in build.message.id, build.message)


def knows_no_removed_image(bench: Bench) -> None:
    image = bench.image(samples.ECHO + "# dihapus\n")
    bench.provider.remove_image(image)
    bench.provider.remove_image(image)
    try:
        bench.evaluate(image, Job(bench.task(), CaseSet.PUBLIC, samples.cases(1)))
    except ImageMissing:
        return
    expect(False, "an image that was removed was evaluated")


def keeps_an_image_that_runs(bench: Bench) -> None:
    image = bench.image(samples.ECHO + "# dipakai\n")
    watch = Watch(on_stage=lambda stage: bench.provider.remove_image(image) if stage == "ready" else None)
    report = bench.evaluate(image, Job(bench.task(), CaseSet.PUBLIC, samples.cases(2)), watch=watch)
    expect(report.runs[0].status is Status.OK, report)


def tells_wrong_answers_with_the_tests_words(bench: Bench) -> None:
    run, _ = bench.run("def predict(task, input):\n    return {'x': 0}\n", samples.cases(3))
    expect(run.status is Status.OK, run)
    expect([case.passed for case in run.cases] == [True, False, False], run.cases)
    expect(run.cases[1].failure is Failure.WRONG and "x berbeda" in str(run.cases[1].message), run.cases[1])
    expect(run.cases[1].metrics == {"same": Measurement(0.0)}, run.cases[1])


def tells_bad_answers_by_class(bench: Bench) -> None:
    app = """
import time

def predict(task, input):
    kind = input["x"]
    if kind == "list":
        return [1]
    if kind == "raise":
        raise ValueError("tidak bisa")
    if kind == "big":
        return {"x": "a" * 2_000_000}
    if kind == "deep":
        value = 0
        for _ in range(100):
            value = [value]
        return {"x": value}
    if kind == "surrogate":
        return {"x": "\\ud800"}
    if kind == "slow":
        time.sleep(1.5)
    return {"x": kind}
"""
    kinds = ("list", "raise", "big", "deep", "surrogate", "slow", "good")
    cases = tuple(Case(kind, {"x": kind}, kind) for kind in kinds)
    run_limits = bench.limits.run
    short = type(run_limits)(run_limits.ready_seconds, 0.7, run_limits.total_seconds)
    run, _ = bench.run(app, cases, run=short)
    expect(run.status is Status.OK, run)
    failures = {case.case_id: case.failure for case in run.cases}
    bad = dict.fromkeys(kinds[:5], Failure.BAD_ANSWER)
    expect(failures == {**bad, "slow": Failure.TOO_SLOW, "good": None}, failures)
    expect(all(case.message and case.message.id and case.message.en for case in run.cases[:6]), run.cases)
    expect(all(case.got is None for case in run.cases[:6]), run.cases)


def weighs_values_recorded_twice(bench: Bench) -> None:
    task = bench.task(
        "def test_a(prototype, case, record):\n"
        "    prototype(case.input)\n"
        "    record('same', 1.0, weight=3.0)\n"
        "def test_b(record):\n"
        "    record('same', 0.0, weight=1.0)\n"
        "    record('share', 1.0, group='1/p')\n"
        "    record('share', 0.0, weight=3, group='0/l')\n"
    )
    report = bench.evaluate(bench.image(samples.ECHO), Job(task, CaseSet.PUBLIC, samples.cases(2)))
    share = Measurement(0.25, 4.0, (Recorded(1.0, 1.0, "1/p"), Recorded(0.0, 3.0, "0/l")))
    wanted = {"same": Measurement(0.75, 4.0), "share": share}
    expect([case.metrics for case in report.runs[0].cases] == [wanted] * 2, report)
    expect(all(case.passed for case in report.runs[0].cases), report)


def tells_an_error_of_the_task_itself(bench: Bench) -> None:
    task = bench.task("def test_a(prototype, case):\n    prototype(case.input)['tidak ada']\n")
    report = bench.evaluate(bench.image(samples.ECHO), Job(task, CaseSet.PUBLIC, samples.cases(1)))
    case = report.runs[0].cases[0]
    expect(case.failure is Failure.TASK_ERROR and "test_task.py:2" in str(case.message), case)


def raises_for_a_task_that_cannot_be_loaded(bench: Bench) -> None:
    task = bench.task("import modul_yang_tidak_ada\ndef test_a(prototype, case):\n    pass\n")
    try:
        bench.evaluate(bench.image(samples.ECHO), Job(task, CaseSet.PUBLIC, samples.cases(1)))
    except TaskInvalid as error:
        expect("modul_yang_tidak_ada" in error.reason, error)
        bench.expect_nothing_left()
        return
    expect(False, "a task without its module was run")


def streams_in_order(bench: Bench) -> None:
    seen: list[str] = []
    watch = Watch(
        on_stage=seen.append,
        on_case=lambda job, result: seen.append(f"case:{job}:{result.case_id}"),
        on_log=lambda data: None,
    )
    task = bench.task()
    jobs = (Job(task, CaseSet.PUBLIC, samples.cases(2)), Job(task, CaseSet.BOARD, samples.cases(2, "h")))
    bench.evaluate(bench.image(samples.ECHO), *jobs, watch=watch)
    expected = ["starting", "ready", "job:0", "case:0:p0", "case:0:p1", "job:1", "case:1:h0", "case:1:h1", "done"]
    expect(seen == expected, seen)


def meets_one_prototype_in_all_jobs(bench: Bench) -> None:
    app = "n = 0\ndef predict(task, input):\n    global n\n    n += 1\n    return {'x': n}\n"
    task = bench.task("def test_a(prototype, case, record):\n    record('same', prototype(case.input)['x'])\n")
    other = bench.task("def test_a(prototype, case, record):\n    record('same', -prototype(case.input)['x'])\n")
    jobs = (Job(task, CaseSet.PUBLIC, samples.cases(3)), Job(other, CaseSet.PUBLIC, samples.cases(3)))
    report = bench.evaluate(bench.image(app), *jobs)
    values = [case.metrics["same"].value for run in report.runs for case in run.cases]
    expect(values == [1, 2, 3, -4, -5, -6], values)


def evaluates_at_once(bench: Bench) -> None:
    images = [bench.image(samples.ECHO + f"# {number}\n") for number in range(3)]
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(5))
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda image: bench.evaluate(image, job), images))
    expect(all(report.runs[0].status is Status.OK for report in reports), reports)
    bench.expect_nothing_left()


def generates_the_same_cases_from_a_seed(bench: Bench) -> None:
    task = bench.task()
    first = bench.provider.generate(task, CaseSet.BOARD, b"\x01" * 32)
    again = bench.provider.generate(task, CaseSet.BOARD, b"\x01" * 32)
    other = bench.provider.generate(task, CaseSet.BOARD, b"\x02" * 32)
    expect(len(first) == 12 and first == again and first != other, (first, again, other))


def tells_a_generator_that_fails(bench: Bench) -> None:
    for body in ("    raise KeyError('x')", "    yield {'id': 'a', 'input': {}, 'expected': 1}"):
        task = bench.task(generate=f"def generate(seed, count):\n{body}\n")
        try:
            bench.provider.generate(task, CaseSet.BOARD, b"\x01" * 32)
        except TaskInvalid as error:
            expect("generate.py" in error.path, error)
        else:
            expect(False, f"cases came from {body}")
    bench.expect_nothing_left()


def tells_cases_while_they_come(bench: Bench) -> None:
    first_seen = threading.Event()
    app = (
        "import time\ndef predict(task, input):\n    time.sleep(0.4 * (input['x'] > 0))\n    return {'x': input['x']}\n"
    )
    done: list[CaseResult] = []

    def on_case(job: int, result: CaseResult) -> None:
        done.append(result)
        first_seen.set()

    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(4))
    image = bench.image(app)
    with ThreadPoolExecutor(1) as pool:
        report = pool.submit(bench.evaluate, image, job, watch=Watch(on_case=on_case))
        expect(first_seen.wait(20), "no case was told")
        expect(len(done) < 4 and not report.done(), done)
        expect(tuple(done) != report.result().runs[0].cases or len(done) == 4, done)
    expect(len(done) == 4, done)


CHECKS = (
    tells_its_facts,
    answers_ten_cases,
    builds_the_same_source_once,
    refuses_what_breaks_a_rule,
    tells_a_failed_build,
    knows_no_removed_image,
    keeps_an_image_that_runs,
    tells_wrong_answers_with_the_tests_words,
    tells_bad_answers_by_class,
    weighs_values_recorded_twice,
    tells_an_error_of_the_task_itself,
    raises_for_a_task_that_cannot_be_loaded,
    streams_in_order,
    meets_one_prototype_in_all_jobs,
    evaluates_at_once,
    generates_the_same_cases_from_a_seed,
    tells_a_generator_that_fails,
    tells_cases_while_they_come,
)
