"""`gelanggang mirror`: the package index of builds, which have no network."""

import os
import signal
import threading
from types import FrameType

import click

from frontend.cli.frame import Console, command
from frontend.cli.process import end_with
from hackathon.settings import Settings
from sandbox.limits import MB
from sandbox.mirror.keeping import Keeping
from sandbox.mirror.serve import MirrorSettings, serve_mirror

_LOWER_PRIORITY = 10
"""Packages can wait; a prototype's answers are timed."""


@command("mirror", short_help="Run the package mirror of builds.")
@click.option("--parent", type=int, hidden=True, help="End when this process, which started it, ends.")
def mirror(console: Console, parent: int | None) -> None:
    """Offer Python packages to the builds of this machine's workers until SIGTERM or Ctrl-C.

    What was fetched once is kept in the data folder and stays there when the index behind it is gone. Workers and web
    servers use it where GELANGGANG_MIRROR_SOCKET names its socket. The index behind it is the one that pip's own
    settings name; with GELANGGANG_MIRROR_WHEELS it offers the wheels of a folder and asks nobody.
    """
    if parent is not None:
        end_with(parent)
    settings = Settings.from_environment(os.environ)
    socket = settings.mirror_socket or settings.mirror_dir / "socket" / "mirror.sock"
    keeping = Keeping(bytes=settings.mirror_gb * 1000 * MB, floor=settings.disk_floor_mb * MB)
    wanted = MirrorSettings(settings.mirror_dir, socket, settings.mirror_wheels, keeping)
    os.nice(_LOWER_PRIORITY)
    console.note(f"The package mirror starts; its socket will be {socket.absolute()}")
    if settings.mirror_socket is None:
        console.note("Set GELANGGANG_MIRROR_SOCKET to it for workers and web servers.")
    serve_mirror(wanted, _stopped_by_signals(), on_ready=lambda: console.note("Ready."), env=os.environ)
    console.result({"stopped": True})


def _stopped_by_signals() -> threading.Event:
    """Set by SIGINT and SIGTERM; a second one is not waited for."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return stop
