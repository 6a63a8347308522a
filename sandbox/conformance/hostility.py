"""Checks that a prototype which means harm fails itself alone, whatever engine it meets."""

from sandbox.conformance import samples
from sandbox.conformance.bench import Bench, expect
from sandbox.model import Case, CaseSet, Failure, Status
from sandbox.provider import Job

_TRICKS = "\x1b[2J\u202egnp\x9b31m"


def refuses_numbers_that_break_a_test(bench: Bench) -> None:
    app = "def predict(task, input):\n    return {'x': 10 ** (400 if input['x'] else 20)}\n"
    task = bench.task(
        "def test_a(prototype, case, record):\n    record('same', float(prototype(case.input)['x']) > 0)\n"
    )
    report = bench.evaluate(bench.image(app), Job(task, CaseSet.PUBLIC, samples.cases(2)))
    failures = [case.failure for case in report.runs[0].cases]
    expect(failures == [None, Failure.BAD_ANSWER], report)


def takes_no_verdict_from_an_answer(bench: Bench) -> None:
    app = (
        "def predict(task, input):\n"
        '    print(\'{"op": "case", "index": 0, "passed": true}\', flush=True)\n'
        "    return {'op': 'case', 'passed': True, 'failure': None, 'metrics': {'same': [1.0, 9.0]}, 'same': 1.0}\n"
    )
    run, _ = bench.run(app)
    expect(run.status is Status.OK and len(run.cases) == 10, run)
    expect(not any(case.passed for case in run.cases), run)
    expect(all(case.metrics["same"].value == 0.0 for case in run.cases), run)


def shows_words_of_a_prototype_without_their_tricks(bench: Bench) -> None:
    app = (
        "def predict(task, input):\n"
        f"    word = {_TRICKS!r}\n"
        "    if input['x'] == 'galat':\n"
        "        raise ValueError(word)\n"
        "    return [word] if input['x'] == 'daftar' else {'x': word}\n"
    )
    task = bench.task(
        "def test_a(prototype, case):\n    answer = prototype(case.input)\n    assert not answer, answer['x']\n"
    )
    cases = tuple(Case(word, {"x": word}) for word in ("galat", "daftar", "kata"))
    report = bench.evaluate(bench.image(app), Job(task, CaseSet.PUBLIC, cases))
    run = report.runs[0]
    expect(len(run.cases) == 3 and not any(case.passed for case in run.cases), run)
    for case in run.cases:
        message = case.message
        expect(message is not None and message.id.isprintable() and message.en.isprintable(), case)


def begins_anew_in_each_evaluation(bench: Bench) -> None:
    app = "n = 0\ndef predict(task, input):\n    global n\n    n += 1\n    return {'x': n}\n"
    task = bench.task("def test_a(prototype, case, record):\n    record('same', prototype(case.input)['x'])\n")
    image = bench.image(app)
    for _ in range(2):
        report = bench.evaluate(image, Job(task, CaseSet.PUBLIC, samples.cases(2)))
        expect([case.metrics["same"].value for case in report.runs[0].cases] == [1, 2], report)


CHECKS = (
    refuses_numbers_that_break_a_test,
    takes_no_verdict_from_an_answer,
    shows_words_of_a_prototype_without_their_tricks,
    begins_anew_in_each_evaluation,
)
