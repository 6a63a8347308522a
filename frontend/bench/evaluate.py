"""`bench evaluate`: a whole evaluation against the bare cost of a container, in turn."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from frontend.bench.figures import median, percentile
from frontend.bench.stage import BenchFailed, Stage, stage
from hackathon import store
from hackathon.listen import Listener
from hackathon.store import CHANNEL
from sandbox.docker.floor import measure_floor
from sandbox.provider import Provider

PAIRS = 15
BAR = 0.8
"""What the median ratio must stay under."""

_WARM_UP = 3
_SETTLE_SECONDS = 0.5
"""Between two measurements: what the last one left to be removed must not slow the next."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One evaluation and one bare container, one after the other. Seconds."""

    evaluation_s: float
    floor_s: float

    @property
    def ratio(self) -> float:
        return self.evaluation_s / self.floor_s


@dataclass(frozen=True, slots=True)
class EvaluateFigures:
    """Medians over the pairs; `ratio_low` and `ratio_high` are the quartiles of their ratios. `good`: under the bar."""

    ratio: float
    ratio_low: float
    ratio_high: float
    evaluation_s: float
    floor_s: float
    pairs: int
    cases: int
    runtime: str
    engine: str
    bar: float = BAR

    @property
    def good(self) -> bool:
        return self.ratio <= self.bar


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
    """Measure `pairs` pairs, the order within a pair changing each time.

    An evaluation counts from the moment the worker takes the job (as the queue noted it) until the committed score is
    heard of on a connection that listens: with fetching the archive, finding the image again, and all cases of both
    sets through pytest. The floor is `docker run` of `base`. Raises BenchFailed, EngineUnavailable, and what the
    database raises.
    """
    measured = []
    async with stage(provider) as made, _hearing(made) as ear:
        for _ in range(_WARM_UP):
            await made.finished(await made.hand_in())
        cases = await _count_cases()
        for number in range(pairs):
            evaluation = floor = 0.0
            for part in (0, 1):
                await asyncio.sleep(_SETTLE_SECONDS)
                if (number + part) % 2:
                    floor = await asyncio.to_thread(measure_floor, base, runtime)
                else:
                    evaluation = await _evaluation(made, ear)
            measured.append(Pair(evaluation, floor))
            on_pair(measured[-1])
        facts = await asyncio.to_thread(provider.facts)
    ratios = [pair.ratio for pair in measured]
    return EvaluateFigures(
        ratio=median(ratios),
        ratio_low=percentile(ratios, 0.25),
        ratio_high=percentile(ratios, 0.75),
        evaluation_s=median([pair.evaluation_s for pair in measured]),
        floor_s=median([pair.floor_s for pair in measured]),
        pairs=len(measured),
        cases=cases,
        runtime=facts.runtime,
        engine=facts.engine,
    )


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


async def _evaluation(made: Stage, ear: _Ear) -> float:
    """Seconds from the job's receipt to the stored score of one more submission."""
    submission_id = await made.hand_in()
    # Nothing is asked of the database meanwhile: looking costs what is measured.
    await asyncio.sleep(_SETTLE_SECONDS)
    await made.finished(submission_id)
    row = await store.fetch_one(
        "SELECT extract(epoch FROM (SELECT max(at) FROM procrastinate_events WHERE type = 'started'"
        "   AND at <= evaluation.claimed_at)) AS received, extract(epoch FROM evaluation.finished_at) AS finished"
        " FROM evaluation WHERE submission_id = $1 AND case_set = 'board'",
        submission_id,
    )
    if row is None or row["received"] is None or ear.heard[submission_id] < row["finished"]:
        raise BenchFailed("the queue's notes and what was heard do not fit together")
    return ear.heard[submission_id] - float(row["received"])


async def _count_cases() -> int:
    count: int = await store.fetch_value(
        "SELECT sum(jsonb_array_length(run.cases)) FROM run JOIN evaluation ON evaluation.id = run.evaluation_id"
        " WHERE submission_id = (SELECT submission_id FROM evaluation ORDER BY queued_at DESC LIMIT 1)"
    )
    return count
