"""Removing what workers left behind that were killed."""

import logging

from sandbox.docker import owner
from sandbox.docker.client import Clients, remove, speaking
from sandbox.processes import sweep_folders

_log = logging.getLogger(__name__)


def sweep(clients: Clients) -> int:
    """Remove each container whose owner was a process of this host and is gone, and such processes' folders.

    Returns how many containers. Raises EngineUnavailable.
    """
    client = clients.get()
    with speaking():
        found = client.containers(all=True, filters={"label": owner.OURS})
    dead = [container for container in found if owner.is_dead(container.get("Labels") or {})]
    for container in dead:
        _log.info("sweeping container %s of %s", container["Id"][:12], container["Labels"][owner.OWNER])
        remove(client, container["Id"])
    # The sockets in them led to containers that are gone by now.
    sweep_folders()
    return len(dead)
