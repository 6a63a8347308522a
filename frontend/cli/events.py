"""`gelanggang event`: make or change an event from a file, and write one as a file."""

import asyncio
import os
from pathlib import Path

import click

from frontend.cli.database import using_database
from frontend.cli.frame import Console, command
from frontend.cli.tasks import known_tasks
from hackathon import events, store
from hackathon.keys import load_key
from hackathon.model import SYSTEM
from hackathon.settings import Settings
from judging import event_file
from sandbox.task_packages import together


@click.group("event")
def event() -> None:
    """Apply an event file, or write one."""


@command("apply", short_help="Make or change an event from a file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", default="", help="Why: judges read it where their rubric or the rules of judging change.")
def apply(console: Console, file: Path, reason: str) -> None:
    """Make the event that FILE (TOML) describes, or change the one with its slug to match. Twice is the same as
    once.
    """
    settings = Settings.from_environment(os.environ)
    data = file.read_bytes()
    tasks = known_tasks(settings)
    spec = events.parse_event(data, known_tasks=tasks.keys(), elsewhere={event_file.TABLE})
    for track in spec.tracks:
        # What one grader cannot hold is told here, not by evaluations that nobody can mend during the event.
        together({of.slug: tasks[of.slug].packages for of in track.tasks})
    judging = event_file.parse_judging(data, spec)
    asyncio.run(_apply(settings, spec, judging, reason, console))


async def _apply(
    settings: Settings,
    spec: events.EventSpec,
    judging: event_file.JudgingSpec | None,
    reason: str,
    console: Console,
) -> None:
    async with using_database(settings):
        now = await store.clock()
        await event_file.check_judging(judging, spec, reason=reason)
        applied = await events.apply_event(spec, key=load_key(settings.secret_file), actor=SYSTEM, now=now)
        if judging is not None:
            await event_file.apply_judging(judging, applied, actor=SYSTEM, reason=reason)
    tracks = ", ".join(track.slug for track in applied.tracks)
    phase = events.phase(applied.schedule, now)
    console.say(f"{applied.slug}: applied, phase {phase.value}, tracks {tracks}")
    console.result(
        {
            "id": str(applied.id),
            "event": applied.slug,
            "phase": phase.value,
            "tracks": [track.slug for track in applied.tracks],
            "seeds": {str(case_set): sha256 for case_set, sha256 in applied.seeds.items()},
        }
    )


@command("export", short_help="Write an event as a file.")
@click.argument("slug")
def export(console: Console, slug: str) -> None:
    """Write the event SLUG as an event file (TOML) to standard output. Applied, it changes nothing."""
    settings = Settings.from_environment(os.environ)
    text = asyncio.run(_export(settings, slug))
    if console.as_json:
        console.result({"event": slug, "file": text})
    else:
        click.echo(text, nl=False)


async def _export(settings: Settings, slug: str) -> str:
    async with using_database(settings):
        return await event_file.written(await events.get_event(slug))


event.add_command(apply)
event.add_command(export)
