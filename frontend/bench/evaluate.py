"""`bench evaluate`: a whole evaluation against the bare cost of a container, in turn.

Three submissions: one whose image is there, one with a new COPY layer, one with a new RUN step.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import msgspec

from frontend.bench import sources
from frontend.bench.figures import median, percentile
from frontend.bench.stage import BenchFailed, Stage, stage
from hackathon import store
from hackathon.listen import Listener
from hackathon.store import CHANNEL
from sandbox.docker.floor import measure_floor
from sandbox.provider import Provider

PAIRS = 15
BAR = 0.55
"""What the median ratio must stay under where the image is there."""

COPY_BAR = 2.0
RUN_BAR = 3.0

_WARM_UP = 3
_SETTLE_SECONDS = 0.5
"""Between two measurements: what the last one left to be removed must not slow the next."""

_STAMPS = """
SELECT extract(epoch FROM (SELECT max(at) FROM procrastinate_events WHERE type = 'started'
    AND at <= evaluation.claimed_at)) AS received, extract(epoch FROM evaluation.claimed_at) AS claimed,
    extract(epoch FROM evaluation.finished_at) AS finished, evaluation.timings
FROM evaluation WHERE submission_id = $1 AND case_set = 'board'
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """One evaluation: its seconds, and where they went by stage."""

    seconds: float
    stages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """What was measured in one round, one after the other. Seconds."""

    evaluation_s: float
    floor_s: float
    copy_s: float
    run_s: float
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return self.evaluation_s / self.floor_s

    @property
    def copy_ratio(self) -> float:
        return self.copy_s / self.floor_s

    @property
    def run_ratio(self) -> float:
        return self.run_s / self.floor_s


@dataclass(frozen=True, slots=True)
class EvaluateFigures:
    """Medians over the rounds; `ratio_low` and `ratio_high` are the quartiles of their ratios. `good`: all three
    under their bars. `stages` are seconds of the evaluation whose image is there, by stage.
    """

    ratio: float
    ratio_low: float
    ratio_high: float
    copy_ratio: float
    run_ratio: float
    evaluation_s: float
    copy_s: float
    run_s: float
    floor_s: float
    pairs: int
    cases: int
    runtime: str
    engine: str
    stages: Mapping[str, float]
    bar: float = BAR
    copy_bar: float = COPY_BAR
    run_bar: float = RUN_BAR

    @property
    def good(self) -> bool:
        return self.ratio <= self.bar and self.copy_ratio <= self.copy_bar and self.run_ratio <= self.run_bar


class _Ear:
    """Hears when something of a submission changed."""

    def __init__(self) -> None:
        self.heard: dict[UUID, float] = {}
        self.ready = asyncio.Event()

    def on_message(self, payload: str) -> None:
        kind, _, subject = payload.partition(":")
        if kind == "submission":
            self.heard[UUID(subject)] = time.time()

    async def on_resync(self) -> None:
        self.ready.set()


async def bench_evaluate(
    provider: Provider,
    base: str,
    *,
    runtime: str | None = None,
    pairs: int = PAIRS,
    on_pair: Callable[[Pair], None] = lambda pair: None,
) -> EvaluateFigures:
    """Measure `pairs` rounds, the order within a round changing each time.

    An evaluation counts from the moment the worker takes the job (as the queue noted it) until the committed score is
    heard of on a connection that listens: with fetching the archive, finding or building the image, and all cases of
    both sets through pytest. The floor is `docker run` of `base`. Raises BenchFailed, EngineUnavailable, and what the
    database raises.
    """
    measured = []
    async with stage(provider) as made, _hearing(made) as ear:
        for _ in range(_WARM_UP):
            await made.finished(await made.hand_in())
        cases = await _count_cases()
        try:
            for number in range(pairs):
                measured.append(await _round(number, made, ear, base, runtime))
                on_pair(measured[-1])
        finally:
            await made.forget_new_images(provider)
        facts = await asyncio.to_thread(provider.facts)
    ratios = [pair.ratio for pair in measured]
    return EvaluateFigures(
        ratio=median(ratios),
        ratio_low=percentile(ratios, 0.25),
        ratio_high=percentile(ratios, 0.75),
        copy_ratio=median([pair.copy_ratio for pair in measured]),
        run_ratio=median([pair.run_ratio for pair in measured]),
        evaluation_s=median([pair.evaluation_s for pair in measured]),
        copy_s=median([pair.copy_s for pair in measured]),
        run_s=median([pair.run_s for pair in measured]),
        floor_s=median([pair.floor_s for pair in measured]),
        pairs=len(measured),
        cases=cases,
        runtime=facts.runtime,
        engine=facts.engine,
        stages=_medians([pair.stages for pair in measured]),
    )


async def _round(number: int, made: Stage, ear: _Ear, base: str, runtime: str | None) -> Pair:
    nonce = uuid4().hex

    async def floor() -> Timed:
        return Timed(await asyncio.to_thread(measure_floor, base, runtime), {})

    measures: dict[str, Callable[[], Awaitable[Timed]]] = {
        "floor": floor,
        "cached": lambda: _evaluation(made, ear, made.archive),
        "copy": lambda: _evaluation(made, ear, sources.with_copy(nonce)),
        "run": lambda: _evaluation(made, ear, sources.with_run(nonce)),
    }
    names = list(measures)
    first = number % len(names)
    timed = {}
    for name in (*names[first:], *names[:first]):
        await asyncio.sleep(_SETTLE_SECONDS)
        timed[name] = await measures[name]()
    cached = timed["cached"]
    return Pair(cached.seconds, timed["floor"].seconds, timed["copy"].seconds, timed["run"].seconds, cached.stages)


@asynccontextmanager
async def _hearing(made: Stage) -> AsyncIterator[_Ear]:
    ear, stop = _Ear(), asyncio.Event()
    listening = asyncio.create_task(Listener(made.dsn, CHANNEL, ear.on_message, ear.on_resync).run(stop))
    try:
        await ear.ready.wait()
        yield ear
    finally:
        stop.set()
        await listening


async def _evaluation(made: Stage, ear: _Ear, archive: bytes) -> Timed:
    """Seconds from the job's receipt to the stored score of one more submission."""
    submission_id = await made.hand_in(archive)
    # Nothing is asked of the database meanwhile: looking costs what is measured.
    await asyncio.sleep(_SETTLE_SECONDS)
    while time.time() - ear.heard.get(submission_id, 0.0) < _SETTLE_SECONDS:  # noqa: ASYNC110 - silence is waited for
        await asyncio.sleep(_SETTLE_SECONDS)
    await made.finished(submission_id)
    row = await store.fetch_one(_STAMPS, submission_id)
    if row is None or row["received"] is None or ear.heard[submission_id] < row["finished"]:
        raise BenchFailed("the queue's notes and what was heard do not fit together")
    received, claimed, heard = float(row["received"]), float(row["claimed"]), ear.heard[submission_id]
    timings: dict[str, float] = msgspec.json.decode(row["timings"])
    inside = sum(seconds for name, seconds in timings.items() if not name.startswith("engine."))
    stages = {"claim": claimed - received, **timings, "between and store": heard - claimed - inside}
    return Timed(heard - received, stages)


def _medians(stages: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for one in stages for name in one)
    return {name: median([one[name] for one in stages if name in one]) for name in names}


async def _count_cases() -> int:
    count: int = await store.fetch_value(
        "SELECT sum(jsonb_array_length(run.cases)) FROM run JOIN evaluation ON evaluation.id = run.evaluation_id"
        " WHERE submission_id = (SELECT submission_id FROM evaluation ORDER BY queued_at DESC LIMIT 1)"
    )
    return count
