"""Trying all walls of one engine: prototypes in one thread, builds in another."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from sandbox.model import Finding
from sandbox.proof.building import try_build_walls
from sandbox.proof.host import careless_service
from sandbox.proof.running import try_run_walls
from sandbox.proof.walls import WALLS
from sandbox.provider import Cancel, Provider

_ORDER = {wall.name: place for place, wall in enumerate(WALLS)}


def try_walls(provider: Provider, cancel: Cancel | None = None) -> tuple[Finding, ...]:
    """Every wall in `WALLS`, tried. A wall that could not be tried is missing.

    Takes some ten seconds. Raises SandboxError where the engine does not do its work at all, Cancelled.
    """
    ended = cancel or Cancel()
    with careless_service() as service, ThreadPoolExecutor(2, thread_name_prefix="proof") as executor:
        halves = [
            executor.submit(lambda: tuple(try_run_walls(provider, service, ended))),
            executor.submit(lambda: tuple(try_build_walls(provider, service, ended))),
        ]
        found = [finding for half in halves for finding in half.result()]
    return complete(found)


def complete(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding a wall, in the order of the table; a wall that nobody tried is missing."""
    by_name = {finding.wall: finding for finding in found}
    return tuple(by_name.get(name) or Finding(name, held=False, found="not tried") for name in _ORDER)
