"""`gelanggang worker`: take evaluations from the queue and run them on this machine's engine."""

import asyncio
import os

import click

import sandbox
from frontend.cli import logs
from frontend.cli.frame import Console, command
from frontend.cli.process import end_with
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.settings import Settings
from sandbox.provider import Provider


@command("worker", short_help="Run an evaluation worker.")
@click.option("--parent", type=int, hidden=True, help="End when this process, which started it, ends.")
def worker(console: Console, parent: int | None) -> None:
    """Evaluate what is queued until SIGTERM or Ctrl-C; what runs then is finished first, a second signal gives it
    back.
    """
    if parent is not None:
        end_with(parent)
    settings = Settings.from_environment(os.environ)
    logs.configure(settings)
    provider = sandbox.connect(
        runtime=settings.container_runtime,
        graders=settings.graders,
        mirror=settings.mirror_socket,
        pinned=settings.worker_slots if settings.pin_cores else 0,
        holders=min(1, settings.tryouts),
    )
    try:
        asyncio.run(_run(settings, provider))
    finally:
        provider.close()
    console.result({"stopped": True})


async def _run(settings: Settings, provider: Provider) -> None:
    stop = Stop()
    stop.on_signals()
    await run_worker(settings, provider, stop)
