"""What is in the engine besides images: to tell whether evaluations left something behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.docker import owner
from sandbox.docker.client import Clients, speaking

_GRADER = "grader"


@dataclass(frozen=True, slots=True)
class Left:
    """By id or name: this process's containers other than those made ahead, and the engine's volumes and networks."""

    containers: frozenset[str]
    volumes: frozenset[str]
    networks: frozenset[str]


def look() -> Left:
    """What there is now. Raises EngineUnavailable."""
    clients = Clients()
    try:
        client = clients.get()
        with speaking():
            ours = client.containers(all=True, filters={"label": f"{owner.OWNER}={owner.current()}"})
            volumes = client.volumes()["Volumes"] or ()
            networks = client.networks()
    finally:
        clients.close()
    return Left(
        frozenset(one["Id"] for one in work(ours)),
        frozenset(one["Name"] for one in volumes),
        frozenset(one["Id"] for one in networks),
    )


def work(containers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of one process's containers that are not made ahead: a warm grader is, and one holder of a build, the
    newest: each is used once, so an older one is left over.
    """
    labelled = [(one["Labels"].get(owner.LABEL), one) for one in containers]
    ahead = max((one["Created"] for label, one in labelled if label == owner.BUILD_HOLDER), default=0)
    return [
        one
        for label, one in labelled
        if label != _GRADER and not (label == owner.BUILD_HOLDER and one["Created"] == ahead)
    ]
