"""The benches measure the real way of a submission. Few rounds: whether the figures are good is not asked here."""

from collections.abc import Iterator

import docker
import pytest

import sandbox
from frontend.bench import sources
from frontend.bench.evaluate import Pair, bench_evaluate
from frontend.bench.leaks import bench_leaks
from frontend.bench.neighbours import Beside, bench_neighbours
from frontend.bench.queue import bench_queue
from frontend.bench.throughput import Round, bench_throughput
from sandbox.docker.owner import BUILD_HOLDER, LABEL, OWNER, current
from sandbox.provider import Provider

BASE = "gelanggang/python:latest"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = sandbox.connect(graders=2)
    yield made
    made.close()


async def test_evaluations_are_measured_against_bare_containers_in_turn(
    provider: Provider, engine: docker.APIClient
) -> None:
    """With a COPY and a RUN that are new each time; their images are taken away again."""
    seen: list[Pair] = []
    bench_throughput(provider, BASE, at_once=1, rounds=1, each=1)  # the trivial prototype's image stays
    before = _built_by_benches(engine)

    figures = await bench_evaluate(provider, BASE, pairs=1, on_pair=seen.append)

    assert (figures.pairs, len(seen), figures.cases) == (1, 1, 10)
    assert all(min(pair.evaluation_s, pair.floor_s, pair.copy_s, pair.run_s) > 0.05 for pair in seen)
    assert figures.ratio in [pair.ratio for pair in seen]
    assert figures.ratio_low <= figures.ratio <= figures.ratio_high
    assert figures.copy_ratio in [pair.copy_ratio for pair in seen]
    assert figures.run_ratio in [pair.run_ratio for pair in seen]
    assert figures.engine.startswith("Docker Engine")
    assert {"claim", "fetch", "build", "evaluate", "engine.start", "engine.ready", "score"} <= figures.stages.keys()
    assert _built_by_benches(engine) <= before


async def test_the_wait_in_the_queue_is_measured_from_the_commit(provider: Provider) -> None:
    figures = await bench_queue(provider, samples=3)

    assert figures.samples == 3
    assert 0 < figures.p50_ms <= figures.p99_ms < 5000


def test_throughput_is_measured_against_bare_calls_and_docker_run(provider: Provider) -> None:
    seen: list[Round] = []

    figures = bench_throughput(provider, BASE, at_once=2, rounds=1, each=1, on_round=seen.append)

    assert (figures.at_once, figures.rounds, figures.each, figures.cases) == (2, 1, 1, 10)
    assert [(one.raw_ratio, one.docker_run_ratio) for one in seen] == [(figures.raw_ratio, figures.docker_run_ratio)]
    assert min(figures.per_minute, figures.raw_per_minute, figures.docker_run_per_minute) > 0


def test_an_honest_prototype_is_measured_beside_each_neighbour(provider: Provider, engine: docker.APIClient) -> None:
    seen: list[Beside] = []

    figures = bench_neighbours(provider, rounds=1, cases=20, on_measured=seen.append)

    assert [one.kind for one in seen] == ["idle", "cpu", "memory", "log"]
    assert figures.p95_ratio.keys() == {"cpu", "memory", "log"}
    assert figures.p95_s.keys() == set(sources.NEIGHBOURS)
    assert all(ratio > 0 for ratio in figures.p95_ratio.values())
    labels = [f"{OWNER}={current()}", f"{LABEL}=bench"]
    assert engine.containers(filters={"label": labels}) == []


async def test_what_is_left_behind_is_counted(provider: Provider, engine: docker.APIClient) -> None:
    seen: list[int] = []
    # One holder made ahead is left out of the count; those of other providers in this process would be a second one.
    for one in engine.containers(filters={"label": [f"{OWNER}={current()}", f"{LABEL}={BUILD_HOLDER}"]}):
        engine.remove_container(one["Id"], force=True)

    figures = await bench_leaks(provider, evaluations=20, on_progress=seen.append)

    assert (figures.evaluations, seen[-1]) == (20, 20)
    assert (figures.containers, figures.files) == (0, 0)
    assert figures.disk_each >= 0


def _built_by_benches(engine: docker.APIClient) -> set[str]:
    return {image["Id"] for image in engine.images(filters={"label": f"{OWNER}={current()}"})}
