"""Builds: from a source to a tagged image. An image of the same source, kit and bases is used again."""

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docker
import docker.errors

from sandbox.docker import owner as owners
from sandbox.docker.build_attempt import Attempt
from sandbox.docker.build_holders import BuildHolders
from sandbox.docker.build_log import BuildLog
from sandbox.docker.client import Clients, speaking
from sandbox.docker.owner import Owner
from sandbox.errors import Cancelled, ImageMissing
from sandbox.kits import Source, inspect
from sandbox.limits import Limits
from sandbox.model import Build, Status, Text
from sandbox.provider import Cancel, LogSink
from sandbox.refusal import Refusal, Refused

REPOSITORY = "gelanggang/prototype"
RECIPE = 1
"""Raise it when the same source should give another image than before."""

_KIT = "gelanggang.kit"
_KEY_DIGITS = 40
_LEFT_BEHIND = "24h"


class Builder:
    """Builds sources for one owner; with `mirror` (a Unix socket) their steps find Python packages there.

    Thread-safe: each call uses the calling thread's client.
    """

    def __init__(self, clients: Clients, owner: Owner, mirror: Path | None = None) -> None:
        self._clients = clients
        self._owner = owner
        self._holders = BuildHolders(clients, owner, mirror)
        self._info: dict[str, Any] | None = None
        self._naming = threading.Lock()

    def build(
        self,
        archive: Path,
        *,
        limits: Limits,
        label: str,
        on_log: LogSink = lambda data: None,
        cancel: Cancel | None = None,
    ) -> Build:
        """See `sandbox.provider.Provider.build`. Raises EngineUnavailable, ImageMissing, MirrorUnavailable, Cancelled;
        OSError for an unreadable `archive`."""
        started = time.monotonic()
        _check(cancel)
        source = inspect(archive, limits, packages=self._holders.mirror is not None)
        if isinstance(source, Refusal):
            return _refused(source, started)
        client = self._clients.get()
        bases = {base.name: _inspect(client, base.latest) for base in source.bases}
        parts = [found["Id"] for found in bases.values()]
        if source.runs and self._holders.mirror is not None:
            parts.append("mirror")  # a step can find what it does not find without
        tag = f"{REPOSITORY}:{_key(source, parts)}"
        log = BuildLog(limits.build.log_bytes, on_log)
        for note in source.notes:
            log.write(f"{note.id}\n".encode())
        with contextlib.suppress(ImageMissing):
            image = _inspect(client, tag)
            log.write(b"Sumber yang sama sudah pernah dibangun; image-nya dipakai lagi.\n")
            return _built(image["Id"], started, log, cached=True)
        _check(cancel)
        labels = self._labels(source, label)
        base = bases[source.base.name]
        attempt = Attempt(
            client, source, base, limits.build, labels, log, cancel, info=self._engine, holders=self._holders
        )
        try:
            result = attempt.run()
        except Refused as refused:
            return _refused(refused.refusal, started)
        if isinstance(result, Text):
            log.write(f"\n{result.id}\n".encode())
            return Build(Status.BUILD_FAILED, result, None, time.monotonic() - started, log=log.close())
        return _built(self._name(client, result.image, tag), started, log, cached=False)

    def make_ahead(self) -> None:
        """Make what the next build will want, in a thread; best when nothing else is under way."""
        self._holders.make_ahead()

    def close(self) -> None:
        """Remove what was made ahead."""
        self._holders.close()

    def _engine(self) -> dict[str, Any]:
        """What the engine tells of itself, asked once: it takes as long as making a container."""
        if self._info is None:
            with speaking():
                self._info = self._clients.get().info()
        return self._info

    def _name(self, client: docker.APIClient, image: str, tag: str) -> str:
        """Tag the image, unless the same source was built beside this one: then that image is the one to keep."""
        with self._naming:
            with contextlib.suppress(ImageMissing):
                other = str(_inspect(client, tag)["Id"])
                with speaking(), contextlib.suppress(docker.errors.APIError):
                    if other != image:
                        client.remove_image(image)
                return other
            with speaking():
                client.tag(image, REPOSITORY, tag.rpartition(":")[2])
            return image

    def tidy(self) -> None:
        """Remove images of ours that have no name and no child, a day after they were made: steps of builds whose
        worker died.

        Raises EngineUnavailable.
        """
        filters = {"dangling": True, "label": f"{owners.OURS}=1", "until": _LEFT_BEHIND}
        with speaking(), contextlib.suppress(docker.errors.APIError):  # somebody else is at it
            self._clients.get().prune_images(filters=filters)

    def _labels(self, source: Source, label: str) -> dict[str, str]:
        return {**self._owner.labels(label), owners.HTTP: source.http_label, _KIT: source.kit.value}


def _check(cancel: Cancel | None) -> None:
    if cancel is not None and cancel.is_set:
        raise Cancelled("the build was cancelled")


def _inspect(client: docker.APIClient, reference: str) -> dict[str, Any]:
    with speaking():
        try:
            found: dict[str, Any] = client.inspect_image(reference)
        except docker.errors.NotFound:
            raise ImageMissing(reference) from None
    return found


def _key(source: Source, bases: Iterable[str]) -> str:
    whole = "\n".join((str(RECIPE), source.fingerprint, *sorted(bases)))
    return hashlib.sha256(whole.encode()).hexdigest()[:_KEY_DIGITS]


def _refused(refusal: Refusal, started: float) -> Build:
    return Build(Status.REFUSED, refusal.message, None, time.monotonic() - started)


def _built(image: str, started: float, log: BuildLog, *, cached: bool) -> Build:
    message = Text("Image siap.", "The image is ready.")
    return Build(Status.OK, message, image, time.monotonic() - started, cached=cached, log=log.close())
