"""Removing what workers left behind that were killed."""

import logging

from sandbox.docker import owner
from sandbox.docker.client import Clients, remove, speaking

_log = logging.getLogger(__name__)


def sweep(clients: Clients) -> int:
    """Remove each container whose owner was a process of this host and is gone. Raises EngineUnavailable."""
    client = clients.get()
    with speaking():
        found = client.containers(all=True, filters={"label": owner.OURS})
    dead = [container for container in found if owner.is_dead(container.get("Labels") or {})]
    for container in dead:
        _log.info("sweeping container %s of %s", container["Id"][:12], container["Labels"][owner.OWNER])
        remove(client, container["Id"])
    return len(dead)
