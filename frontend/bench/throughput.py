"""`bench throughput`: how many evaluations a minute, beside what the engine can do at all."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from frontend.bench import engine, sources
from frontend.bench.figures import median
from frontend.bench.stage import BenchFailed
from sandbox.docker.floor import RawCycles, measure_floors
from sandbox.model import Status
from sandbox.provider import Job, Provider

AT_ONCE = 8
ROUNDS = 5
EACH = 4
"""How many each thread does in a round."""

RAW_BAR = 0.75
"""At least this many evaluations for each bare create, start and remove of the same container."""

DOCKER_RUN_BAR = 1.2
"""At least this many evaluations for each `docker run`, as many at once."""

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Round:
    """What a minute gives of each kind."""

    evaluations: float
    raw: float
    docker_run: float

    @property
    def raw_ratio(self) -> float:
        return self.evaluations / self.raw

    @property
    def docker_run_ratio(self) -> float:
        return self.evaluations / self.docker_run


@dataclass(frozen=True, slots=True)
class ThroughputFigures:
    """Medians over the rounds. `good`: both ratios reach their bars."""

    per_minute: float
    raw_per_minute: float
    docker_run_per_minute: float
    raw_ratio: float
    docker_run_ratio: float
    at_once: int
    rounds: int
    each: int
    cases: int
    raw_bar: float = RAW_BAR
    docker_run_bar: float = DOCKER_RUN_BAR

    @property
    def good(self) -> bool:
        return self.raw_ratio >= self.raw_bar and self.docker_run_ratio >= self.docker_run_bar


def bench_throughput(
    provider: Provider,
    base: str,
    *,
    runtime: str | None = None,
    at_once: int = AT_ONCE,
    rounds: int = ROUNDS,
    each: int = EACH,
    on_round: Callable[[Round], None] = lambda done: None,
) -> ThroughputFigures:
    """Measure the three kinds in turn, the order within a round changing each time.

    An evaluation is one of the provider's: a prototype whose image is there, with the cases of both sets through pytest
    in a warm grader. `provider` should keep twice as many graders as there are evaluations at once. Raises BenchFailed
    and what the engine raises.
    """
    image = engine.build(provider, sources.trivial())
    jobs = engine.both_sets(provider)
    provider.warm()
    measured = []
    with RawCycles(image, at_once=at_once, runtime=runtime) as raw:
        kinds: dict[str, Callable[[], float]] = {
            "evaluations": lambda: _evaluations(provider, image, jobs, at_once, each),
            "raw": lambda: raw.measure(each),
            "docker_run": lambda: measure_floors(base, at_once=at_once, each=each, runtime=runtime),
        }
        # Each thread's connection, each grader's tasks: whatever is made on first use.
        _evaluations(provider, image, jobs, at_once, 2)
        raw.measure(1)
        names = list(kinds)
        for number in range(rounds):
            first = number % len(names)
            done = {}
            for name in (*names[first:], *names[:first]):
                done[name] = _MINUTE * at_once * each / kinds[name]()
            measured.append(Round(**done))
            on_round(measured[-1])
    return ThroughputFigures(
        per_minute=median([one.evaluations for one in measured]),
        raw_per_minute=median([one.raw for one in measured]),
        docker_run_per_minute=median([one.docker_run for one in measured]),
        raw_ratio=median([one.raw_ratio for one in measured]),
        docker_run_ratio=median([one.docker_run_ratio for one in measured]),
        at_once=at_once,
        rounds=rounds,
        each=each,
        cases=sum(len(job.cases) for job in jobs),
    )


def _evaluations(provider: Provider, image: str, jobs: tuple[Job, ...], at_once: int, each: int) -> float:
    """Seconds for `each` evaluations in each of `at_once` threads."""

    def work() -> None:
        for _ in range(each):
            report = provider.evaluate(image, jobs, limits=engine.LIMITS, label=engine.LABEL)
            if any(run.status is not Status.OK for run in report.runs):
                raise BenchFailed(f"the trivial prototype ended with {[run.message.en for run in report.runs]}")

    with ThreadPoolExecutor(at_once, thread_name_prefix="bench") as executor:
        started = time.perf_counter()
        futures = [executor.submit(work) for _ in range(at_once)]
        for future in futures:
            future.result()
        return time.perf_counter() - started
