"""`python -m tools.host [--tests]`: the part of setup that Python can do: engine, base images, browser.

Called by tools/setup; exit status 0 when this machine is ready, 1 when something is missing, with the reason.
"""

import sys
import time

import docker
import docker.errors

from sandbox.bases import BaseNotMade
from sandbox.bases.grader import ensure_grader_deps
from sandbox.bases.host import HostRefused
from sandbox.bases.make import ensure
from sandbox.bases.recipes import PYTHON
from sandbox.docker.owner import current
from tools.browser import ensure_browser
from tools.engine import ensure_engine
from tools.wheels import ensure_wheels


def say(line: str) -> None:
    """Print a line at once: some of what follows it takes a minute."""
    print(line, flush=True)


def prove_engine(client: docker.DockerClient) -> None:
    """Start one container, as an engine that answers may still be unable to. Raises HostRefused."""
    try:
        client.containers.run(
            PYTHON.reference, ["true"], network_mode="none", remove=True, labels=current().labels("setup")
        )
    except docker.errors.DockerException as error:
        said = getattr(error, "explanation", None) or error
        raise HostRefused(f"the container engine answers, but cannot start a container: {said}") from error


def main(arguments: list[str]) -> int:
    """Make this machine ready."""
    started = time.monotonic()
    try:
        ensure_engine(say)
        client = docker.from_env()
        ensure(client, say=say)
        ensure_grader_deps(client, say)
        prove_engine(client)
        if "--tests" in arguments:
            ensure_browser(say)
            ensure_wheels(say)
    except (HostRefused, BaseNotMade) as reason:
        print(f"\nsetup: {reason}", file=sys.stderr)
        return 1
    except docker.errors.DockerException as error:
        print(f"\nsetup: the container engine failed: {error}", file=sys.stderr)
        return 1
    say(f"This machine is ready ({time.monotonic() - started:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
