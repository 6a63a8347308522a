"""What is in the engine besides images: to tell whether evaluations left something behind."""

from dataclasses import dataclass

from sandbox.docker import owner
from sandbox.docker.client import Clients, speaking

_WARM = "grader"


@dataclass(frozen=True, slots=True)
class Left:
    """By id or name: this process's containers other than warm graders, and the engine's volumes and networks."""

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
        frozenset(one["Id"] for one in ours if one["Labels"].get(owner.LABEL) != _WARM),
        frozenset(one["Name"] for one in volumes),
        frozenset(one["Id"] for one in networks),
    )
