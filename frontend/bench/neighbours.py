"""`bench neighbours`: whether an honest prototype pays for what runs beside it."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from frontend.bench import engine, sources
from frontend.bench.figures import median, percentile
from frontend.bench.stage import BenchFailed
from sandbox.errors import Cancelled, SandboxError
from sandbox.model import Status
from sandbox.provider import Cancel, Provider, Watch

ROUNDS = 9
CASES = 60
BAR = 1.15
"""What an honest prototype's p95 latency may be beside a neighbour, over that beside an idle one."""

_SETTLE_SECONDS = 0.5
_START_SECONDS = 60.0
_END_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Beside:
    """One measurement: the neighbour's kind, and the honest prototype's p95 latency beside it. Seconds."""

    kind: str
    p95_s: float


@dataclass(frozen=True, slots=True)
class NeighbourFigures:
    """`p95_ratio` by kind of neighbour: medians over the rounds, each over the idle one of the same round. `good`:
    all are under the bar.
    """

    p95_ratio: Mapping[str, float]
    p95_s: Mapping[str, float]
    rounds: int
    cases: int
    bar: float = BAR

    @property
    def good(self) -> bool:
        return all(ratio <= self.bar for ratio in self.p95_ratio.values())


def bench_neighbours(
    provider: Provider,
    *,
    rounds: int = ROUNDS,
    cases: int = CASES,
    on_measured: Callable[[Beside], None] = lambda measured: None,
) -> NeighbourFigures:
    """Evaluate an honest prototype beside each neighbour in turn, the order within a round changing each time.

    Both run as a worker runs two submissions at once. Latency is what the grader measures, case by case. Raises
    BenchFailed and what the engine raises.
    """
    honest = engine.build(provider, sources.honest())
    images = {kind: engine.build(provider, sources.neighbour(kind)) for kind in sources.NEIGHBOURS}
    provider.warm()
    kinds = list(sources.NEIGHBOURS)
    measured: list[dict[str, float]] = []
    _p95(provider, honest, cases)
    for number in range(rounds):
        first = number % len(kinds)
        found = {}
        for kind in (*kinds[first:], *kinds[:first]):
            with _beside(provider, images[kind]):
                found[kind] = _p95(provider, honest, cases)
            on_measured(Beside(kind, found[kind]))
        measured.append(found)
    return NeighbourFigures(
        p95_ratio={kind: median([found[kind] / found["idle"] for found in measured]) for kind in kinds[1:]},
        p95_s={kind: median([found[kind] for found in measured]) for kind in kinds},
        rounds=rounds,
        cases=cases,
    )


def _p95(provider: Provider, image: str, cases: int) -> float:
    report = provider.evaluate(image, engine.many_cases(cases), limits=engine.LIMITS, label=engine.LABEL)
    (run,) = report.runs
    if run.status is not Status.OK:
        raise BenchFailed(f"the honest prototype ended with {run.status}: {run.message.en}")
    return percentile([case.seconds for case in run.cases], 0.95)


@contextmanager
def _beside(provider: Provider, image: str) -> Iterator[None]:
    """Keep a neighbour running for the time of the block; one that is ended begins anew."""
    cancel, ready, failed = Cancel(), threading.Event(), []

    def on_stage(stage: str) -> None:
        if stage == "ready":
            ready.set()

    def live() -> None:
        watch, jobs = Watch(on_stage=on_stage), engine.one_long_case()
        try:
            while not cancel.is_set:
                provider.evaluate(image, jobs, limits=engine.PATIENT, label=engine.LABEL, watch=watch, cancel=cancel)
        except Cancelled:
            pass
        except SandboxError as error:
            failed.append(error)
            ready.set()

    thread = threading.Thread(target=live, name="neighbour")
    thread.start()
    try:
        if not ready.wait(_START_SECONDS):
            raise BenchFailed("the neighbour did not start")
        time.sleep(_SETTLE_SECONDS)
        yield
    finally:
        cancel.set()
        thread.join(_END_SECONDS)
    if failed:
        raise failed[0]
