"""`gelanggang bench`: measure the engine and the queue on this machine."""

import asyncio
import os
from dataclasses import asdict
from typing import Any

import click

import sandbox
from frontend.bench.evaluate import PAIRS, EvaluateFigures, Pair, bench_evaluate
from frontend.bench.leaks import EVALUATIONS, bench_leaks
from frontend.bench.neighbours import CASES, Beside, bench_neighbours
from frontend.bench.neighbours import ROUNDS as NEIGHBOUR_ROUNDS
from frontend.bench.queue import SAMPLES, bench_queue
from frontend.bench.throughput import AT_ONCE, EACH, ROUNDS, Round, bench_throughput
from frontend.cli.frame import Console, command
from hackathon.settings import Settings
from sandbox.provider import Provider

BASE = "gelanggang/python:latest"
FEWEST_PAIRS = 9
_MIB = 1024 * 1024


@click.group("bench")
def bench() -> None:
    """Measure the engine and the queue."""


@command("evaluate", short_help="A whole evaluation against the bare cost of a container.")
@click.option("--pairs", type=click.IntRange(FEWEST_PAIRS, 1000), default=PAIRS, show_default=True)
@click.option("--profile", is_flag=True, help="Show where the time of an evaluation goes, by stage.")
def evaluate(console: Console, pairs: int, profile: bool) -> None:
    """Measure in turn: an evaluation of a trivial prototype, from the job's receipt to the stored score, the same with
    a new COPY layer and with a new RUN step, and `docker run --rm --network none` of the base.
    """
    settings, provider = _provider()

    def on_pair(pair: Pair) -> None:
        console.note(
            f"{pair.evaluation_s * 1000:4.0f} ms over {pair.floor_s * 1000:4.0f} ms = {pair.ratio:.2f},"
            f" with COPY {pair.copy_ratio:.2f}, with RUN {pair.run_ratio:.2f}, load {os.getloadavg()[0]:.1f}"
        )

    try:
        runtime = settings.container_runtime
        found = asyncio.run(bench_evaluate(provider, BASE, runtime=runtime, pairs=pairs, on_pair=on_pair))
    finally:
        provider.close()
    span = f"{found.ratio_low:.2f} to {found.ratio_high:.2f}"
    console.say(f"ratio       {found.ratio:.2f} ({span} in the middle half; the bar is {found.bar:.2f})")
    console.say(f"with COPY   {found.copy_ratio:.2f} (the bar is {found.copy_bar:.2f})")
    console.say(f"with RUN    {found.run_ratio:.2f} (the bar is {found.run_bar:.2f})")
    console.say(f"evaluation  {found.evaluation_s * 1000:.0f} ms, {found.cases} cases, image cached")
    console.say(f"floor       {found.floor_s * 1000:.0f} ms, {found.runtime}, {found.engine}")
    console.say(f"pairs       {found.pairs}")
    if profile:
        _say_stages(console, found)
    _result(console, found)


def _say_stages(console: Console, found: EvaluateFigures) -> None:
    for name, seconds in found.stages.items():
        console.say(f"  {name:22} {seconds * 1000:6.1f} ms")


@command("throughput", short_help="Evaluations a minute, against what the engine can do.")
@click.option("--at-once", type=click.IntRange(1, 64), default=AT_ONCE, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 100), default=ROUNDS, show_default=True)
@click.option("--each", type=click.IntRange(1, 1000), default=EACH, show_default=True, help="How many a thread does.")
def throughput(console: Console, at_once: int, rounds: int, each: int) -> None:
    """Measure in turn, so many at once: evaluations; create, start and remove of the same container; `docker run`."""
    settings, provider = _provider(graders=2 * at_once)

    def on_round(one: Round) -> None:
        console.note(
            f"{one.evaluations:4.0f} a minute over {one.raw:4.0f} bare = {one.raw_ratio:.2f},"
            f" over {one.docker_run:4.0f} docker run = {one.docker_run_ratio:.2f}, load {os.getloadavg()[0]:.1f}"
        )

    try:
        found = bench_throughput(
            provider,
            BASE,
            runtime=settings.container_runtime,
            at_once=at_once,
            rounds=rounds,
            each=each,
            on_round=on_round,
        )
    finally:
        provider.close()
    console.say(f"evaluations   {found.per_minute:.0f} a minute, {found.at_once} at once, {found.cases} cases each")
    console.say(f"over bare     {found.raw_ratio:.2f} of {found.raw_per_minute:.0f} (the bar is {found.raw_bar:.2f})")
    console.say(
        f"over docker   {found.docker_run_ratio:.2f} of {found.docker_run_per_minute:.0f} (the bar is"
        f" {found.docker_run_bar:.2f})"
    )
    _result(console, found)


@command("neighbours", short_help="Whether an honest prototype pays for what runs beside it.")
@click.option("--rounds", type=click.IntRange(1, 100), default=NEIGHBOUR_ROUNDS, show_default=True)
@click.option("--cases", type=click.IntRange(20, 10_000), default=CASES, show_default=True)
def neighbours(console: Console, rounds: int, cases: int) -> None:
    """Measure in turn how long an honest prototype takes for a case (the 95th percentile) beside one that idles, spins,
    takes all memory, floods its log.
    """
    _, provider = _provider(graders=4)

    def on_measured(one: Beside) -> None:
        console.note(f"{one.kind:7} {one.p95_s * 1000:6.1f} ms, load {os.getloadavg()[0]:.1f}")

    try:
        found = bench_neighbours(provider, rounds=rounds, cases=cases, on_measured=on_measured)
    finally:
        provider.close()
    for kind, ratio in found.p95_ratio.items():
        console.say(f"{kind:7} {ratio:.2f} of {found.p95_s['idle'] * 1000:.1f} ms (the bar is {found.bar:.2f})")
    _result(console, found)


@command("leaks", short_help="What many evaluations leave behind.")
@click.option("--evaluations", type=click.IntRange(20, 100_000), default=EVALUATIONS, show_default=True)
def leaks(console: Console, evaluations: int) -> None:
    """Evaluate many submissions and count what is there three seconds later and was not there before."""
    _, provider = _provider()

    def on_progress(done: int) -> None:
        console.progress(f"{done} of {evaluations}")

    try:
        found = asyncio.run(bench_leaks(provider, evaluations=evaluations, on_progress=on_progress))
    finally:
        provider.close()
    console.say(
        f"left over   {found.containers} containers, {found.volumes} volumes, {found.networks} networks,"
        f" {found.sockets} sockets, {found.descriptors} descriptors, {found.files} files"
    )
    console.say(f"memory      {found.memory / _MIB:+.1f} MiB (the bar is {found.memory_bar / _MIB:.0f})")
    console.say(f"disk        {found.disk_each} bytes an evaluation (the bar is {found.disk_bar})")
    _result(console, found)


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
    _result(console, found)


def _provider(graders: int = 2) -> tuple[Settings, Provider]:
    settings = Settings.from_environment(os.environ)
    return settings, sandbox.connect(runtime=settings.container_runtime, graders=graders, mirror=settings.mirror_socket)


def _result(console: Console, found: Any) -> None:
    console.result({**asdict(found), "good": found.good})


for _command in (evaluate, throughput, neighbours, leaks, queue):
    bench.add_command(_command)
