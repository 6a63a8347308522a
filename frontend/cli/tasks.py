"""`gelanggang task`: list the benchmark tasks, prove one; make, run and hand over new ones."""

import importlib
import os
from pathlib import Path

import click

from frontend.cli.checks.model import Check, State, as_json, line
from frontend.cli.frame import Console, Exit, Failure, command
from frontend.cli.interrupt import interruptible
from frontend.cli.wording import table
from hackathon import benchmarks
from hackathon.settings import Settings
from sandbox.model import CaseSet
from sandbox.provider import Cancel
from sandbox.tasks import Task, find_tasks, load_public_cases, load_task

LAZY = {"new": "task_new", "run": "task_run", "pack": "task_pack", "add": "task_pack", "proof": "task_proof"}
"""The commands that have modules of their own."""


class _TaskGroup(click.Group):
    """Imports a command's module when it is needed: only some of them need the engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*LAZY, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LAZY:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(importlib.import_module(f"frontend.cli.{LAZY[cmd_name]}"), cmd_name)
        return found


@click.group("task", cls=_TaskGroup)
def task() -> None:
    """Make, prove, run and hand over benchmark tasks."""


def known_tasks(settings: Settings) -> dict[str, Task]:
    """The tasks that ship with the product and those of the organizer's folder; the organizer's win."""
    tasks = find_tasks(benchmarks.folder())
    if settings.benchmarks_dir is not None:
        tasks |= find_tasks(settings.benchmarks_dir)
    return tasks


def find_task(settings: Settings, name: str) -> Task:
    """A task by slug, or by folder where the name is one."""
    if (Path(name) / "task.toml").is_file():
        return load_task(Path(name))
    tasks = known_tasks(settings)
    if name not in tasks:
        there = ", ".join(tasks) or "none"
        raise Failure(f"No task {name!r}. There is: {there}.", code="task_unknown", status=Exit.USAGE)
    return tasks[name]


@command("list", short_help="The tasks that this machine knows.")
def list_(console: Console) -> None:
    """Slug, version, number of public cases and title of every task."""
    tasks = known_tasks(Settings.from_environment(os.environ)).values()
    rows = [
        (found.slug, found.version, len(load_public_cases(found)), found.protocol.value, found.title.id)
        for found in tasks
    ]
    console.say(table(("task", "version", "public", "protocol", "title"), rows, right=(2,)))
    console.result(
        {
            "tasks": [
                {
                    "slug": found.slug,
                    "version": found.version,
                    "hash": found.hash,
                    "title": {"id": found.title.id, "en": found.title.en},
                    "protocol": found.protocol.value,
                    "public_cases": len(load_public_cases(found)),
                    "board_cases": found.cases[CaseSet.BOARD],
                    "final_cases": found.cases[CaseSet.FINAL],
                    "metrics": [metric.name for metric in found.metrics],
                    "folder": str(found.folder),
                }
                for found in tasks
            ]
        }
    )


@command("check", short_help="Prove a task with the engine.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(console: Console, folder: Path) -> Exit:
    """Load the task in DIR; prove its cases, its generator, its metrics, and the prototypes that come with it.

    Exit status 1 when the task does not keep what it declares.
    """
    # Only this command of the group needs the engine.
    import sandbox
    from frontend.cli.checks.task import from_finding
    from sandbox.task_check import Finding, check_task

    found: list[Check] = []
    cancel = Cancel()
    settings = Settings.from_environment(os.environ)
    provider = sandbox.connect(runtime=settings.container_runtime, graders=1, mirror=settings.mirror_socket)

    def tell(finding: Finding) -> None:
        found.append(from_finding(finding))
        console.say(line(found[-1]))

    try:
        interruptible(lambda: check_task(folder, provider, on_finding=tell, cancel=cancel), cancel)
    finally:
        provider.close()
    failed = any(one.state is State.FAIL for one in found)
    console.result({"valid": not failed, "checks": [as_json(one) for one in found]})
    return Exit.PROTOTYPE_FAILED if failed else Exit.FINE


task.add_command(list_)
task.add_command(check)
