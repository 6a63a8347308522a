"""`gelanggang serve`: the web server."""

import asyncio
import os
import signal
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from frontend.cli import logs
from frontend.cli.frame import Console, Exit, Failure, command
from frontend.cli.ports import check_port
from frontend.cli.process import end_with
from hackathon.settings import Settings

if TYPE_CHECKING:
    from litestar import Litestar

# Granian's defaults refuse connections beyond 4,096; a board on every phone of a hall needs more. The kernel caps the
# backlog at net.core.somaxconn by itself.
BACKLOG = 8192
BACKPRESSURE = 12_000

STOP_SECONDS = 15
"""How long an answer in progress may take after SIGTERM before its process is killed. Streams end at once."""


@command("serve", short_help="Run the web server.")
@click.option("--host", help="Address to listen on [GELANGGANG_HOST].")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on [GELANGGANG_PORT].")
@click.option("--no-migrate", is_flag=True, help="Do not bring the database to this version first.")
@click.option("--parent", type=int, hidden=True, help="End when this process, which started it, ends.")
def serve(console: Console, host: str | None, port: int | None, no_migrate: bool, parent: int | None) -> None:
    """Serve the pages, the API and the live streams until SIGTERM or Ctrl-C. Answers in progress are finished first."""
    if parent is not None:
        end_with(parent)
    given = {"GELANGGANG_HOST": host, "GELANGGANG_PORT": None if port is None else str(port)}
    settings = Settings.from_environment({**os.environ, **{name: value for name, value in given.items() if value}})
    logs.configure(settings)
    check_port(settings.host, settings.port)
    if not no_migrate:
        from frontend.cli.migrate import migrate_database  # a second's worth of imports that only this needs

        asyncio.run(migrate_database(settings))
    console.note(f"Listening on {settings.public_url}")
    server = Server(
        target="frontend.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.web_workers,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        websockets=False,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels(settings.log_level),
        log_dictconfig=_granian_logs(settings),
    )
    try:
        server.serve(target_loader=partial(_load, settings, os.getpid()), wrap_loader=False)
    except SystemExit as end:
        if end.code:
            sentence = "A web process ended by itself; its reason is in the lines above."
            raise Failure(sentence, code="server_ended", status=Exit.OUR_FAILURE) from end
    console.result({"url": settings.public_url, "stopped": True})


def _load(settings: Settings, parent: int) -> "Litestar":
    # Until it serves, this process has the handlers of the one it was forked from, and they do nothing here: a SIGTERM
    # that came while it starts would be lost.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    logs.configure(settings)
    # Imported in each web process, so that the one that watches them stays small.
    from frontend.app import create_app

    return create_app(settings)


def _granian_logs(settings: Settings) -> dict[str, Any]:
    # Granian configures its own two loggers; here they hand everything to ours.
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "root": {"level": settings.log_level.upper()},
        "loggers": {
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "granian.access": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
