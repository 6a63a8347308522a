"""`gelanggang event`: make or change an event from a file."""

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


@click.group("event")
def event() -> None:
    """Apply an event file."""


@command("apply", short_help="Make or change an event from a file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def apply(console: Console, file: Path) -> None:
    """Make the event that FILE (TOML) describes, or change the one with its slug to match. Twice is the same as
    once.
    """
    settings = Settings.from_environment(os.environ)
    spec = events.parse_event(file.read_bytes(), known_tasks=known_tasks(settings).keys())
    asyncio.run(_apply(settings, spec, console))


async def _apply(settings: Settings, spec: events.EventSpec, console: Console) -> None:
    async with using_database(settings):
        now = await store.clock()
        applied = await events.apply_event(spec, key=load_key(settings.secret_file), actor=SYSTEM, now=now)
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


event.add_command(apply)
