"""`gelanggang doctor`: is this host fit, and do the walls of its sandbox hold?"""

import asyncio
import os
from collections.abc import Callable, Iterable

import click

import sandbox
from frontend.cli.checks import Check, State
from frontend.cli.checks.engine import check_engine
from frontend.cli.checks.letters import check_letters
from frontend.cli.checks.machine import check_machine
from frontend.cli.checks.model import as_json, line
from frontend.cli.checks.packages import check_packages
from frontend.cli.checks.storage import check_storage
from frontend.cli.frame import Console, Exit, command
from frontend.cli.interrupt import interruptible
from hackathon.settings import Settings
from sandbox.limits import MB
from sandbox.provider import Cancel


@command("doctor", short_help="Check this host and prove its walls.")
@click.option("--no-walls", is_flag=True, help="Do not try the walls: seconds instead of half a minute.")
def doctor(console: Console, no_walls: bool) -> Exit:
    """Check machine, database, object store, mail, package mirror, engine and images, and try every wall of the sandbox
    from inside.

    Exit status 3 when something fails: such a host must not evaluate. What only limits is a warning.
    """
    settings = Settings.from_environment(os.environ)
    cancel = Cancel()
    found: list[Check] = []

    def look(checks: Callable[[], Iterable[Check]]) -> None:
        for check in checks():
            found.append(check)
            console.say(line(check))

    look(lambda: check_machine(settings.data_dir, floor=settings.disk_floor_mb * MB))
    look(lambda: asyncio.run(check_storage(settings)))
    look(lambda: asyncio.run(check_letters(settings)))
    look(lambda: check_packages(settings))
    provider = sandbox.connect(runtime=settings.container_runtime, graders=1, mirror=settings.mirror_socket)
    try:
        interruptible(
            lambda: look(lambda: check_engine(provider, settings.proofs_dir, cancel, walls=not no_walls)), cancel
        )
    finally:
        provider.close()
    failed = sum(check.state is State.FAIL for check in found)
    warned = sum(check.state is State.WARN for check in found)
    console.say(f"\n{len(found)} checks, {failed} failed, {warned} to look at.")
    console.result(
        {
            "fit": failed == 0,
            "checks": [as_json(check) for check in found],
        }
    )
    return Exit.OUR_FAILURE if failed else Exit.FINE
