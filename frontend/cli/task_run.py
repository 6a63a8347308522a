"""`gelanggang task run`: what a prototype gets in a task, on its public cases or on generated ones, for its author."""

import os
from dataclasses import replace
from pathlib import Path

import click

import sandbox
from frontend.cli.attempt import PUBLIC, as_json, attempt, show
from frontend.cli.frame import Console, Exit, command
from frontend.cli.interrupt import interruptible
from hackathon.settings import Settings
from sandbox.model import Case, CaseSet, Status, Text
from sandbox.provider import Cancel, Provider
from sandbox.tasks import Task, load_public_cases, load_task

MOST_GENERATED = 2000
SAME_SEED = "00" * 32
"""The seed unless another is named: two prototypes of an author meet the same cases."""

_SEED_BYTES = 32


def _seed(context: click.Context, parameter: click.Parameter, value: str) -> bytes:
    try:
        seed = bytes.fromhex(value)
    except ValueError:
        raise click.BadParameter("write it in hexadecimal digits, two for each byte") from None
    if not 1 <= len(seed) <= _SEED_BYTES:
        raise click.BadParameter(f"write 1 to {_SEED_BYTES} bytes")
    return seed


@command("run", short_help="The numbers of a prototype in a task.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--prototype",
    required=True,
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Folder or archive.",
)
@click.option(
    "--generated",
    metavar="N",
    type=click.IntRange(1, MOST_GENERATED),
    help="Run it on N cases of the task's generator instead of the public ones.",
)
@click.option(
    "--seed-hex",
    "seed",
    metavar="HEX",
    default=SAME_SEED,
    callback=_seed,
    help="Seed of --generated; zeros unless named.",
)
def run(console: Console, folder: Path, prototype: Path, generated: int | None, seed: bytes) -> Exit:
    """Build the prototype at PATH and run it on the task in DIR, with the engine and the limits of an event.

    The public cases give the numbers of `gelanggang try` and of the platform. Generated cases are like the hidden ones;
    for the task's author, their messages and answers are shown.
    """
    settings = Settings.from_environment(os.environ)
    task = load_task(folder)
    cancel = Cancel()
    provider = sandbox.connect(runtime=settings.container_runtime, graders=1, mirror=settings.mirror_socket)
    try:
        cases = load_public_cases(task)
        told = PUBLIC
        if generated is not None:
            count = generated
            cases = interruptible(lambda: made(provider, task, count, seed, cancel), cancel)
            told = Text(id=f"{count} kasus buatan", en=f"{count} generated cases")
        done = interruptible(lambda: attempt(provider, prototype, task, cases, console, cancel), cancel)
    finally:
        provider.close()
    show(console, done, told)
    measured = {"slug": task.slug, "version": task.version, "hash": task.hash}
    source = {"set": "public"} if generated is None else {"set": "generated", "seed": seed.hex()}
    console.result(as_json(done) | {"task": measured, "measured_on": source | {"count": len(cases)}})
    return Exit.FINE if done.status is Status.OK else Exit.PROTOTYPE_FAILED


def made(provider: Provider, task: Task, count: int, seed: bytes, cancel: Cancel | None = None) -> tuple[Case, ...]:
    """As many cases of the task's generator. Raises TaskInvalid, EngineUnavailable, Cancelled."""
    return provider.generate(replace(task, cases={CaseSet.BOARD: count}), CaseSet.BOARD, seed, cancel=cancel)
