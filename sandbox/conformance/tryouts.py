"""Checks of trying a prototype out: what is asked is answered, what goes wrong is told, nothing is left behind."""

import time
from collections.abc import Callable
from dataclasses import replace

from sandbox.conformance import samples
from sandbox.conformance.bench import LABEL, Bench, expect
from sandbox.endings import Ending
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing
from sandbox.limits import RunLimits
from sandbox.model import Failure, Status
from sandbox.provider import Cancel, TryOut

_LONG = 60.0
_TOLD_SECONDS = 20.0
_STEP = 0.02

_MOODY = """
import os, sys, time

def predict(task, input):
    mood = input["x"]
    if mood == "henti":
        os._exit(7)
    if mood == "diam":
        time.sleep(120)
    if mood == "banjir":
        while True:
            os.write(1, b"banjir " * 10000)
    if mood == "besar":
        return {"x": "x" * 20_000_000}
    if mood == "galat":
        raise ValueError("tidak suka")
    return {"x": mood, "task": task}
"""


def answers_one_person(bench: Bench) -> None:
    task = bench.task()
    with _try(bench, bench.image(samples.ECHO)) as tried:
        expect(tried.ended is None and tried.seconds > 0, tried.ended)
        for x in (1, {"dalam": ["é", None]}, "tiga"):
            said = tried.call(task, {"x": x})
            expect(said.output == {"x": x} and said.failure is None and said.seconds > 0, said)
        expect(tried.ended is None, tried.ended)
    tried.close()
    bench.expect_nothing_left()


def tells_what_is_wrong_with_an_answer(bench: Bench) -> None:
    task, image = bench.task(), bench.image(_MOODY)
    limits = replace(bench.limits, run=RunLimits(ready_seconds=20.0, case_seconds=5.0, total_seconds=60.0))
    with bench.provider.try_out(image, limits=limits, seconds=_LONG, label=LABEL) as tried:
        for x, failure in (("galat", Failure.BAD_ANSWER), ("besar", Failure.BAD_ANSWER), ("diam", Failure.TOO_SLOW)):
            said = tried.call(task, {"x": x})
            if x == "besar" and said.failure is Failure.TOO_SLOW:
                continue  # so much takes long to make
            expect(said.output is None and said.failure is failure and said.message is not None, (x, said))
        said = tried.call(task, {"x": "masih di sini"})
        expect(said.output == {"x": "masih di sini", "task": task.slug}, (said, tried.ended))
    bench.expect_nothing_left()


def tells_how_it_ended(bench: Bench) -> None:
    task, image = bench.task(), bench.image(_MOODY)
    for x, status in (("henti", Status.CRASHED), ("banjir", Status.OUTPUT_LIMIT)):
        with _try(bench, image) as tried:
            said = tried.call(task, {"x": x})
            ended = _end_of(tried)
            expect(ended.status is status, (x, ended))
            expect(said.output is None and said.failure is not None, said)
            again = tried.call(task, {"x": 1})
            expect(again.failure is Failure.NO_CONNECTION and again.message == ended.message, again)
            expect(tried.dial() is None, "a connection to what has ended")
        bench.expect_nothing_left()


def ends_at_its_time(bench: Bench) -> None:
    with _try(bench, bench.image(samples.ECHO), seconds=0.3) as tried:
        expect(_end_of(tried).status is Status.TIMED_OUT, tried.ended)
    bench.expect_nothing_left()


def tells_what_does_not_start(bench: Bench) -> None:
    quick = replace(bench.limits, run=replace(bench.limits.run, ready_seconds=1.5))
    for app, status in (("raise SystemExit(3)\n", Status.CRASHED), ("import time; time.sleep(60)\n", Status.NOT_READY)):
        image = bench.image(app + "def predict(task, input):\n    return {}\n")
        with bench.provider.try_out(image, limits=quick, seconds=_LONG, label=LABEL) as tried:
            expect(tried.ended is not None and tried.ended.status is status, tried.ended)
            expect(tried.call(bench.task(), {"x": 1}).output is None, "an answer from what never started")
        bench.expect_nothing_left()


def starts_nothing_unknown_or_unwanted(bench: Bench) -> None:
    _raises(ImageMissing, lambda: _try(bench, "sha256:" + "0" * 64))
    cancel, app = Cancel(), "import time; time.sleep(60)\ndef predict(task, input):\n    return {}\n"
    image = bench.image(app)
    cancel.set()
    _raises(Cancelled, lambda: _try(bench, image, cancel=cancel))
    bench.expect_nothing_left()


def ends_with_its_provider(bench: Bench) -> None:
    tried = _try(bench, bench.image(samples.ECHO))
    bench.provider.close()
    bench.expect_nothing_left()
    _raises(EngineUnavailable, lambda: _try(bench, "sha256:" + "0" * 64))
    tried.close()


def _try(bench: Bench, image: str, *, seconds: float = _LONG, cancel: Cancel | None = None) -> TryOut:
    return bench.provider.try_out(image, limits=bench.limits, seconds=seconds, label=LABEL, cancel=cancel)


def _end_of(tried: TryOut) -> Ending:
    end = time.monotonic() + _TOLD_SECONDS
    while (ended := tried.ended) is None:
        expect(time.monotonic() < end, "it did not end")
        time.sleep(_STEP)
    return ended


def _raises(kind: type[Exception], verb: Callable[[], object]) -> None:
    try:
        verb()
    except kind:
        return
    expect(False, f"no {kind.__name__}")


CHECKS = (
    answers_one_person,
    tells_what_is_wrong_with_an_answer,
    tells_how_it_ended,
    ends_at_its_time,
    tells_what_does_not_start,
    starts_nothing_unknown_or_unwanted,
)
