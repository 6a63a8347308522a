"""A provider whose containers lack a wall, by one changed option, and what the proof then finds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import sandbox.docker.build_attempt
import sandbox.docker.provider
from sandbox.docker import DockerProvider
from sandbox.model import Finding
from sandbox.proof.building import try_step, try_vetting
from sandbox.proof.host import careless_service
from sandbox.proof.running import try_run_walls
from sandbox.provider import Cancel

Change = Callable[[dict[str, Any]], None]
"""Changes the engine's JSON of a container in place."""

IN_TURN = "log-flood"
"""The walls from here on have runs of their own."""


@contextmanager
def changed(maker: str, change: Change) -> Iterator[None]:
    """Let `maker` of `sandbox.docker.options` (`prototype_config`, `grader_config`) give changed containers."""
    made = getattr(sandbox.docker.provider, maker)

    def make(*args: Any, **more: Any) -> dict[str, Any]:
        config: dict[str, Any] = made(*args, **more)
        change(config)
        return config

    with patch.object(sandbox.docker.provider, maker, make):
        yield


def run_findings(maker: str, change: Change) -> dict[str, Finding]:
    """What is found around a prototype when its containers are changed; walls with runs of their own are left out."""
    provider = DockerProvider(graders=0)
    found = {}
    try:
        with changed(maker, change), careless_service() as service:
            for finding in try_run_walls(provider, service, Cancel()):
                if finding.wall == IN_TURN:
                    break
                found[finding.wall] = finding
    finally:
        provider.close()
    return found


@contextmanager
def changed_builds(params: Change) -> Iterator[None]:
    """Let builds be asked for with other parameters."""
    attempt = sandbox.docker.build_attempt.Attempt
    asked = attempt._params

    def ask(self: Any, parent: str | None) -> dict[str, Any]:
        found: dict[str, Any] = asked(self, parent)
        params(found)
        return found

    with patch.object(attempt, "_params", ask):
        yield


def build_findings(params: Change) -> dict[str, Finding]:
    """What is found in a step of a build whose parameters are changed."""
    provider = DockerProvider(graders=0)
    try:
        with changed_builds(params), careless_service() as service:
            return {finding.wall: finding for finding in try_step(provider, service, Cancel())}
    finally:
        provider.close()


def vetting_findings() -> dict[str, Finding]:
    """What is refused before the engine is asked."""
    provider = DockerProvider(graders=0)
    try:
        return {finding.wall: finding for finding in try_vetting(provider, Cancel())}
    finally:
        provider.close()
