"""The relay of a build as a container: the holder of its network namespace, which then also speaks to the mirror."""

import re
import time
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import docker
import docker.errors

from sandbox.bases.recipes import PYTHON
from sandbox.docker.client import speaking
from sandbox.errors import MirrorUnavailable, PackageUnavailable
from sandbox.limits import MIB, BuildLimits
from sandbox.mirror import ask_index
from sandbox.mirror.relay import BEHIND, READY, SPENT

PORT = 3141
_FOLDER = "/mirror"
_MEMORY = 96 * MIB
_PIDS = 16
_TRAFFIC = 2
"""Bytes that may be fetched, as a multiple of those that the image may hold: archives are smaller than what is in
them, but a package can be fetched in vain."""

_COMPLAINT = re.compile(rf"^mirror ({BEHIND}/[!-~]{{1,400}}) ([ -~]{{1,100}})$", re.MULTILINE)
_PACKAGE = re.compile(r"/\+simple/([A-Za-z0-9._-]+)|.*/([^/]+)")
"""What a complaint is about: a package's page, or one of its files."""

_READY_SECONDS = 30.0
_INDEX_SECONDS = 30.0
_STEP_SECONDS = 0.02


@cache
def _code() -> str:
    return resources.files("sandbox.mirror").joinpath("relay.py").read_text(encoding="utf-8")


def relay_config(holder: Mapping[str, Any], mirror: Path, limits: BuildLimits) -> dict[str, Any]:
    """What makes a relay of a holder: our code on the base's Python, and the mirror's socket in a read-only folder.

    The folder and not the socket: a mirror that starts again makes a new one.
    """
    budget = _TRAFFIC * limits.bytes_over_base
    return {
        **holder,
        "Image": PYTHON.latest,
        "Cmd": ["python3", "-ISEuc", _code(), f"{_FOLDER}/{mirror.name}", str(PORT), str(budget)],
        "Env": [],
        "WorkingDir": "/",
        "HostConfig": {
            **holder["HostConfig"],
            "Memory": _MEMORY,
            "MemorySwap": _MEMORY,
            "PidsLimit": _PIDS,
            "NanoCpus": 1_000_000_000,
            "LogConfig": {"Type": "json-file", "Config": {"max-size": "64k", "max-file": "1"}},
            "Mounts": [{"Type": "bind", "Source": str(mirror.parent.absolute()), "Target": _FOLDER, "ReadOnly": True}],
        },
    }


def create_relay(client: docker.APIClient, config: Mapping[str, Any], mirror: Path) -> str:
    """The relay's container, not started yet. Raises MirrorUnavailable, EngineUnavailable."""
    try:
        # There before the mirror: a build that needs no package does not wait for it.
        mirror.parent.mkdir(parents=True, exist_ok=True)
        with speaking():
            return str(client.create_container_from_config(dict(config))["Id"])
    except OSError as error:
        raise MirrorUnavailable(f"the folder of the mirror's socket cannot be used: {error}") from error
    except docker.errors.APIError as error:
        raise MirrorUnavailable(f"the engine does not take the mirror's folder: {error.explanation}") from error


def wait_until_ready(client: docker.APIClient, relay: str) -> None:
    """Wait until the relay listens. Raises MirrorUnavailable, EngineUnavailable."""
    end = time.monotonic() + _READY_SECONDS
    while READY not in _log(client, relay).splitlines():
        if time.monotonic() > end:
            raise MirrorUnavailable(f"the relay of a build does not listen after {_READY_SECONDS:.0f} s")
        time.sleep(_STEP_SECONDS)


def has_spent(client: docker.APIClient, relay: str, mirror: Path) -> bool:
    """Whether the build has fetched as much as it may. Raises MirrorUnavailable where the relay complained of the
    mirror: a step that failed is not the team's then. Where mirror and index answer for others it is a
    PackageUnavailable.
    """
    log = _log(client, relay)
    if found := _COMPLAINT.search(log):
        named = _PACKAGE.fullmatch(found[1].removeprefix(BEHIND).rstrip("/"))
        if named is not None and ask_index(mirror, seconds=_INDEX_SECONDS) is None:
            raise PackageUnavailable(named[1] or named[2], found[2])
        raise MirrorUnavailable(f"the package mirror failed for {found[1]}: {found[2]}")
    return SPENT in log.splitlines()


def _log(client: docker.APIClient, relay: str) -> str:
    with speaking():
        try:
            return str(client.logs(relay, stdout=True, stderr=False).decode(errors="replace"))
        except docker.errors.NotFound:
            raise MirrorUnavailable("the relay of a build is gone") from None
