"""The images of ours that a Docker engine holds."""

import contextlib
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docker
import docker.errors

from sandbox.docker.build import REPOSITORY
from sandbox.docker.client import Clients, speaking
from sandbox.docker.grader_packages import REPOSITORY as GRADERS
from sandbox.docker.images import Images
from sandbox.errors import EngineUnavailable, ImageMissing
from sandbox.images.disk import disk_room
from sandbox.images.errors import ImageBroken
from sandbox.images.model import ENGINE_DISK, HeldImage, ImageKind, Room

OURS = "gelanggang/"
LATEST = "latest"

_PIECE_BYTES = 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_QUICK = 1
"""Compression for little CPU: layers are mostly programs, and a prototype is being measured beside this."""

_TAR_END_BYTES = 1024
_NAME_DIGITS = 40
_REMEMBERED = 4096


class DockerImageStore:
    """See `sandbox.images.ImageStore`. `prefix` begins the names of images that are ours, `repository` is that of
    prototypes.
    """

    def __init__(self, clients: Clients, known: Images, *, prefix: str = OURS, repository: str = REPOSITORY) -> None:
        self._clients = clients
        self._known = known
        self._prefix = prefix
        self._repository = repository
        self._lock = threading.Lock()
        self._layers: dict[str, tuple[str, ...]] = {}
        self._root: str | None = None

    def held(self) -> tuple[HeldImage, ...]:
        client = self._clients.get()
        with speaking():
            found = client.images()
            used = {container["ImageID"] for container in client.containers(all=True)}
        named = [(image, self._names(image)) for image in found]
        ours = [(image, names) for image, names in named if names]
        layers = {image["Id"]: self._layers_of(client, image["Id"]) for image, _ in ours}
        sizes = {layers[image["Id"]]: int(image["Size"]) for image, names in ours if not self._is_prototype(names)}
        return tuple(
            HeldImage(
                id=image["Id"],
                names=names,
                kind=ImageKind.PROTOTYPE if self._is_prototype(names) else ImageKind.TOOL,
                bytes=int(image["Size"]) - _below(layers[image["Id"]], sizes),
                made_at=_wanted_at(client, image, names),
                in_use=image["Id"] in used or any(name.endswith(f":{LATEST}") for name in names),
            )
            for image, names in ours
        )

    def has(self, image: str) -> bool:
        with speaking():
            try:
                found: dict[str, Any] = self._clients.get().inspect_image(image)
            except (docker.errors.NotFound, docker.errors.NullResource):
                return False
        return bool(found["Id"] == image)

    def remove(self, image: HeldImage) -> bool:
        client = self._clients.get()
        self._known.forget(image.id)
        for name in image.names:
            with speaking():
                try:
                    # Not by force: whatever a container is made from stays, also one made a moment ago.
                    client.remove_image(name)
                except docker.errors.NotFound:
                    continue
                except docker.errors.APIError as error:
                    if error.status_code == 409:
                        return False
                    raise
        return True

    @contextlib.contextmanager
    def saved(self, image: str) -> Iterator[Iterator[bytes]]:
        if not self.has(image):
            raise ImageMissing(image)
        client = self._clients.get()
        # The SDK's own verb hands out a generator that cannot hang up.
        with speaking():
            address = f"{client.base_url}/v{client.api_version}/images/{image}/get"
            response = client.get(address, stream=True, timeout=client.timeout)
            response.raise_for_status()
        try:
            yield _compressed(response.iter_content(_PIECE_BYTES))
        finally:
            response.close()

    def load(self, path: Path, image: str) -> None:
        client = self._clients.get()
        said = []
        with speaking():
            try:
                with path.open("rb") as file:
                    said = [str(line) for line in client.load_image(file)]
            except docker.errors.APIError as error:
                if error.status_code is not None and error.status_code < 500 and not self.has(image):
                    raise ImageBroken(f"the engine takes no such file: {error.explanation or error}") from error
                raise
        # An image's id is the digest of what it is made of: having it is having the same program.
        if not self.has(image):
            raise ImageBroken(f"the file does not hold the image {image}: {' '.join(said)[-300:]}")
        with speaking():
            client.tag(image, self._repository, image.partition(":")[2][:_NAME_DIGITS])

    def room(self) -> Room | None:
        if self._root is None:
            with speaking():
                self._root = str(self._clients.get().info().get("DockerRootDir") or "")
        return disk_room(ENGINE_DISK, Path(self._root)) if self._root else None

    def _names(self, image: dict[str, Any]) -> tuple[str, ...]:
        return tuple(name for name in image.get("RepoTags") or () if name.startswith(self._prefix))

    def _is_prototype(self, names: tuple[str, ...]) -> bool:
        return all(name.startswith(f"{self._repository}:") for name in names)

    def _layers_of(self, client: docker.APIClient, image: str) -> tuple[str, ...]:
        with self._lock:
            known = self._layers.get(image)
        if known is not None:
            return known
        with speaking():
            try:
                found: dict[str, Any] = client.inspect_image(image)
            except docker.errors.NotFound:
                return ()
        layers = tuple((found.get("RootFS") or {}).get("Layers") or ())
        with self._lock:
            while len(self._layers) >= _REMEMBERED:
                del self._layers[next(iter(self._layers))]
            self._layers[image] = layers
        return layers


def _wanted_at(client: docker.APIClient, image: Mapping[str, Any], names: Sequence[str]) -> float:
    """When an image was made; that of a grader with packages, which is named again by each grader: when that was."""
    if not any(name.startswith(f"{GRADERS}:") for name in names):
        return float(image["Created"])
    with speaking(), contextlib.suppress(docker.errors.NotFound, ValueError):
        named: str = client.inspect_image(image["Id"])["Metadata"]["LastTagTime"]
        # To the second: the engine tells more digits than Python reads.
        return datetime.fromisoformat(f"{named[:19]}+00:00").timestamp()
    return float(image["Created"])


def _below(layers: tuple[str, ...], sizes: dict[tuple[str, ...], int]) -> int:
    """Bytes of the largest of these images that stands under one with such layers."""
    under = (size for base, size in sizes.items() if 0 < len(base) < len(layers) and layers[: len(base)] == base)
    return max(under, default=0)


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Raises EngineUnavailable where the engine stopped in the middle: it then ends its file with an error message."""
    packer = zlib.compressobj(_QUICK, zlib.DEFLATED, _GZIP)
    tail = b""
    with speaking():
        for piece in pieces:
            tail = (tail + piece)[-_TAR_END_BYTES:]
            if packed := packer.compress(piece):
                yield packed
    if tail != bytes(_TAR_END_BYTES):
        raise EngineUnavailable(f"the engine could not save an image: {tail[-200:].decode(errors='replace')}")
    yield packer.flush()
