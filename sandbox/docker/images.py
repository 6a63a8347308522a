"""What is known of images: how to call a prototype, and the grader's own image, made on demand."""

import hashlib
import io
import json
import tarfile
import threading
from dataclasses import dataclass
from importlib import resources
from typing import Any

import docker
import docker.errors

from sandbox.docker import owner
from sandbox.docker.client import Clients, speaking
from sandbox.docker.options import GRADER_CODE
from sandbox.errors import EngineUnavailable, ImageMissing

GRADER_DEPS = "gelanggang/grader-deps:latest"
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Of a prototype's image: its id, the `[http]` table of its manifest, the paths it declares as volumes."""

    id: str
    http: dict[str, Any]
    volumes: tuple[str, ...]


class Images:
    """Looks images up, and remembers those named by content: an id never changes its meaning."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._lock = threading.Lock()
        self._known: dict[str, ImageFacts] = {}
        self._grader: str | None = None

    def facts(self, image: str) -> ImageFacts:
        """Raises ImageMissing, EngineUnavailable."""
        known = self._known.get(image)
        if known is not None:
            return known
        found = self._inspect(image)
        config = found.get("Config") or {}
        facts = ImageFacts(
            id=found["Id"],
            http=_http((config.get("Labels") or {}).get(owner.HTTP)),
            volumes=tuple(sorted(config.get("Volumes") or ())),
        )
        if image == facts.id:
            with self._lock:
                while len(self._known) >= _REMEMBERED:
                    del self._known[next(iter(self._known))]
                self._known[image] = facts
        return facts

    def forget(self, image: str) -> None:
        """The image was removed."""
        with self._lock:
            self._known.pop(image, None)

    def grader(self) -> str:
        """The id of the grader's image, made when it is not there yet. Raises ImageMissing, EngineUnavailable."""
        with self._lock:
            if self._grader is None:
                self._grader = self._make_grader()
            return self._grader

    def _make_grader(self) -> str:
        deps = self._inspect(GRADER_DEPS)["Id"]
        files = {
            item.name: item.read_bytes()
            for item in resources.files("sandbox.grader").iterdir()
            if item.name.endswith(".py")
        }
        digest = hashlib.sha256(deps.encode())
        for name in sorted(files):
            digest.update(f"\0{name}\0{len(files[name])}\0".encode() + files[name])
        tag = f"gelanggang/grader:{digest.hexdigest()[:16]}"
        try:
            return str(self._inspect(tag)["Id"])
        except ImageMissing:
            context = _context(files)
        client = self._clients.get()
        output = []
        with speaking():
            for line in client.build(
                fileobj=context,
                custom_context=True,
                tag=tag,
                rm=True,
                forcerm=True,
                labels={owner.OURS: "1"},
                decode=True,
            ):
                output += [line.get("stream") or line.get("error") or ""]
        try:
            return str(self._inspect(tag)["Id"])
        except ImageMissing:
            raise EngineUnavailable(f"the grader's image cannot be made: {''.join(output)[-500:]}") from None

    def _inspect(self, image: str) -> dict[str, Any]:
        client = self._clients.get()
        with speaking():
            try:
                found: dict[str, Any] = client.inspect_image(image)
            except (docker.errors.NotFound, docker.errors.NullResource):
                raise ImageMissing(image) from None
        return found


def _http(label: str | None) -> dict[str, Any]:
    table = json.loads(label) if label else {}
    return table if isinstance(table, dict) else {}


def _context(files: dict[str, bytes]) -> io.BytesIO:
    """A build context that puts the grader's modules under the import path they have here."""
    entries = {f"code/sandbox/grader/{name}": data for name, data in files.items()}
    entries["code/sandbox/__init__.py"] = b""
    entries["Dockerfile"] = f"FROM {GRADER_DEPS}\nCOPY code {GRADER_CODE}\n".encode()
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in entries.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            member.mode = 0o644
            archive.addfile(member, io.BytesIO(data))
    stream.seek(0)
    return stream
