"""`python -m frontend.demo.keeper DATA_DIR`: outlives the demo by seconds should it be killed, and clears up after it.

The kernel tells the demo's children to end when the demo is killed. A worker would then finish what it runs, and the
embedded
PostgreSQL is by design nobody's child: the keeper sees to both. Its standard input is a pipe from the demo: a line
`child PID` for each child, `bye` when the demo ended in order. The end of the pipe without `bye` means that it was
killed.
"""

import asyncio
import contextlib
import os
import select
import signal
import sys
import time
from pathlib import Path

_PATIENCE = ((3.0, signal.SIGTERM), (20.0, signal.SIGKILL), (5.0, signal.SIGKILL))
"""How long the children may go on, and what comes then; the first SIGTERM was the kernel's."""


def main(data_dir: Path) -> None:
    """Read until the demo ends; clear up if it was not in order."""
    children: list[int] = []
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "bye":
            return
        if word == "child":
            # A file of the process, not its number: that may be somebody else's by then.
            with contextlib.suppress(ProcessLookupError):
                children.append(os.pidfd_open(int(rest)))
    for seconds, number in _PATIENCE:
        children = _still_there(children, seconds)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(child, number)
    asyncio.run(_stop_database(data_dir))


def _still_there(children: list[int], seconds: float) -> list[int]:
    """Those that have not ended after at most `seconds`; a process's file is readable when it has ended."""
    deadline = time.monotonic() + seconds
    while children and (left := deadline - time.monotonic()) > 0:
        ended, _, _ = select.select(children, [], [], left)
        children = [child for child in children if child not in ended]
    return children


async def _stop_database(data_dir: Path) -> None:
    # Imported only now: in nearly every life of a keeper this is not needed, and the demo should be quick to start.
    from hackathon.database import open_database
    from hackathon.settings import Settings

    settings = Settings(data_dir=data_dir)
    if (settings.database_dir / "postmaster.pid").exists():
        database = await open_database(settings)
        await database.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
