"""The benches measure the real way of a submission. Few rounds: whether the figures are good is not asked here."""

from collections.abc import Iterator

import pytest

import sandbox
from frontend.bench.evaluate import Pair, bench_evaluate
from frontend.bench.queue import bench_queue
from sandbox.provider import Provider

BASE = "gelanggang/python:latest"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = sandbox.connect(graders=2)
    yield made
    made.close()


async def test_evaluations_are_measured_against_bare_containers_in_turn(provider: Provider) -> None:
    seen: list[Pair] = []

    figures = await bench_evaluate(provider, BASE, pairs=3, on_pair=seen.append)

    assert (figures.pairs, len(seen), figures.cases) == (3, 3, 10)
    assert all(pair.evaluation_s > 0.05 and pair.floor_s > 0.05 for pair in seen)
    assert figures.ratio in [pair.ratio for pair in seen]
    assert figures.ratio_low <= figures.ratio <= figures.ratio_high
    assert figures.engine.startswith("Docker Engine")


async def test_the_wait_in_the_queue_is_measured_from_the_commit(provider: Provider) -> None:
    figures = await bench_queue(provider, samples=3)

    assert figures.samples == 3
    assert 0 < figures.p50_ms <= figures.p99_ms < 5000
