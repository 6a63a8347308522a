"""A grader with the packages of a set of tasks: its image, made once and kept by what is in it.

pip runs in a step without any network but the relay that leads to this host's package mirror, as in the builds of
teams (`build_relay`). Only wheels are installed, at the versions that the tasks fix, and nothing that they do not name.
"""

import contextlib
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docker
import docker.errors

from sandbox.docker import owner as owners
from sandbox.docker.build_holders import BuildHolders
from sandbox.docker.build_log import BuildLog
from sandbox.docker.build_relay import has_spent
from sandbox.docker.build_stream import Outcome, Stopper, run_build
from sandbox.docker.client import Clients, speaking
from sandbox.docker.options import GRADER_CODE
from sandbox.docker.owner import Owner
from sandbox.errors import EngineUnavailable, MirrorUnavailable, TaskInvalid
from sandbox.grader.files import PACKAGES
from sandbox.limits import BuildLimits
from sandbox.task_packages import NAME, Package

REPOSITORY = "gelanggang/grader-packages"

_LABEL = "grader-packages"
_PIP = "pip install --no-deps --only-binary :all:"
_TOLD_LINES = 6
_SECONDS = 240.0
"""What did not arrive by then is asked for again, with what the mirror has kept meanwhile."""


class GraderPackages:
    """Images of graders with packages. Thread-safe; each is made once. `mirror` is the mirror's Unix socket."""

    def __init__(self, clients: Clients, owner: Owner, mirror: Path | None) -> None:
        self._clients = clients
        self._mirror = mirror
        self._holders = BuildHolders(clients, owner, mirror)
        self._making: dict[str, threading.Lock] = {}

    def image(self, grader: str, packages: tuple[Package, ...]) -> str:
        """The id of the image of `grader` (an id) with `packages`, made where this engine does not have it.

        Raises MirrorUnavailable where it must be made and no mirror gives the packages, TaskInvalid where the packages
        are the reason, EngineUnavailable.
        """
        files = _files(grader, packages)
        tag = hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in files.items())).hexdigest()[:16]
        reference = f"{REPOSITORY}:{tag}"
        found = self._find(reference)
        if found is None:
            # Nobody waits for another set's packages.
            with self._making.setdefault(tag, threading.Lock()):
                found = self._find(reference) or self._make(grader, packages, files)
        # Named again each time: when it was named last is when it was used last (`image_store`).
        with speaking():
            self._clients.get().tag(found, REPOSITORY, tag)
        return found

    def close(self) -> None:
        """Remove what was made ahead."""
        self._holders.close()

    def _find(self, reference: str) -> str | None:
        with speaking(), contextlib.suppress(docker.errors.NotFound):
            return str(self._clients.get().inspect_image(reference)["Id"])
        return None

    def _make(self, grader: str, packages: tuple[Package, ...], files: Mapping[str, bytes]) -> str:
        if self._mirror is None:
            names = ", ".join(str(package) for package in packages)
            raise MirrorUnavailable(
                f"the measurement of a task needs packages ({names}) and this machine has no package mirror: set "
                "GELANGGANG_MIRROR_SOCKET and run `gelanggang mirror`"
            )
        client, limits = self._clients.get(), replace(BuildLimits(), seconds=_SECONDS)
        with speaking():
            architecture = str(client.info()["Architecture"])
        outcome, log = Outcome(), BuildLog(limits.log_bytes, lambda data: None)
        with (
            self._holders.holding(grader, architecture, limits, _LABEL) as holder,
            Stopper(None, limits.seconds, lambda: None) as stopper,
        ):
            run_build(
                client,
                [_context(files)],
                _params(holder, limits),
                seconds=limits.seconds,
                outcome=outcome,
                steps=len(files["Dockerfile"].splitlines()),
                log=log,
                log_bytes=limits.log_bytes,
                stopper=stopper,
            )
            if outcome.image is None and outcome.code is not None:
                has_spent(client, holder, self._mirror)
        if outcome.image is not None:
            return outcome.image
        if outcome.stop is not None:
            raise MirrorUnavailable(f"the packages of a grader did not arrive: {outcome.stop.value}")
        if outcome.code is None:
            raise EngineUnavailable(f"the image of a grader with packages cannot be made: {outcome.error}")
        said = [line for line in log.recent.splitlines() if line.strip()][-_TOLD_LINES:]
        raise TaskInvalid(NAME, f"the packages cannot be installed: {' / '.join(said)}")


def _files(grader: str, packages: tuple[Package, ...]) -> dict[str, bytes]:
    """The build's context. With and without hashes apart: pip takes either all with, or all without."""
    parts = {
        "hashed.txt": [package.wanted for package in packages if package.hashes],
        "plain.txt": [package.wanted for package in packages if not package.hashes],
    }
    installed = {name: "\n".join([*lines, ""]).encode() for name, lines in parts.items() if lines}
    names = "\n".join([*(package.name for package in packages), ""]).encode()
    # One thread: what was started before a fork is not there behind it.
    steps = [
        f"FROM {grader}",
        "ENV OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1",
        f"COPY . {GRADER_CODE}/packages",
        *(f"RUN {_PIP} -r {GRADER_CODE}/packages/{name}" for name in installed),
        "RUN pip check",
        f"RUN mv {GRADER_CODE}/packages/names.txt {GRADER_CODE}/{PACKAGES} && rm -r {GRADER_CODE}/packages",
    ]
    return {"Dockerfile": "\n".join([*steps, ""]).encode(), "names.txt": names, **installed}


def _params(holder: str, limits: BuildLimits) -> dict[str, Any]:
    return {
        "dockerfile": "Dockerfile",
        "rm": 1,
        "forcerm": 1,
        "nocache": 1,
        "networkmode": f"container:{holder}",
        "memory": limits.memory_bytes,
        "memswap": limits.memory_bytes,
        "labels": json.dumps({owners.OURS: "1"}),
    }


def _context(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o644
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()
