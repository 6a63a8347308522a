"""`gelanggang bench`: measure the engine and the queue on this machine."""

import asyncio
import os
from dataclasses import asdict

import click

import sandbox
from frontend.bench.evaluate import PAIRS, Pair, bench_evaluate
from frontend.bench.queue import SAMPLES, bench_queue
from frontend.cli.frame import Console, command
from hackathon.settings import Settings
from sandbox.provider import Provider

BASE = "gelanggang/python:latest"
FEWEST_PAIRS = 9


@click.group("bench")
def bench() -> None:
    """Measure the engine and the queue."""


@command("evaluate", short_help="A whole evaluation against the bare cost of a container.")
@click.option("--pairs", type=click.IntRange(FEWEST_PAIRS, 1000), default=PAIRS, show_default=True)
def evaluate(console: Console, pairs: int) -> None:
    """Measure in turn: an evaluation of a trivial prototype, from the job's receipt to the stored score, and
    `docker run --rm --network none` of the base.
    """
    settings, provider = _provider()

    def on_pair(pair: Pair) -> None:
        console.note(f"{pair.evaluation_s * 1000:4.0f} ms over {pair.floor_s * 1000:4.0f} ms = {pair.ratio:.2f}")

    try:
        runtime = settings.container_runtime
        found = asyncio.run(bench_evaluate(provider, BASE, runtime=runtime, pairs=pairs, on_pair=on_pair))
    finally:
        provider.close()
    span = f"{found.ratio_low:.2f} to {found.ratio_high:.2f}"
    console.say(f"ratio       {found.ratio:.2f} ({span} in the middle half; the bar is {found.bar:.2f})")
    console.say(f"evaluation  {found.evaluation_s * 1000:.0f} ms, {found.cases} cases, image cached")
    console.say(f"floor       {found.floor_s * 1000:.0f} ms, {found.runtime}, {found.engine}")
    console.say(f"pairs       {found.pairs}")
    console.result({**asdict(found), "good": found.good})


@command("queue", short_help="From the commit of a submission to the start of its evaluation.")
@click.option("--samples", type=click.IntRange(10, 100_000), default=SAMPLES, show_default=True)
def queue(console: Console, samples: int) -> None:
    """Hand in one submission after another and measure how long each waits for a worker that is idle."""
    _, provider = _provider()
    try:
        found = asyncio.run(bench_queue(provider, samples=samples))
    finally:
        provider.close()
    console.say(f"p50 {found.p50_ms:.1f} ms (the bar is {found.bar_ms:.0f}), p99 {found.p99_ms:.1f} ms")
    console.say(f"{found.samples} samples")
    console.result({**asdict(found), "good": found.good})


def _provider() -> tuple[Settings, Provider]:
    settings = Settings.from_environment(os.environ)
    return settings, sandbox.connect(runtime=settings.container_runtime, graders=2, mirror=settings.mirror_socket)


bench.add_command(evaluate)
bench.add_command(queue)
