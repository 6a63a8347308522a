"""What everybody may download of a task: the starter kit, the public cases, the schemas. Nothing else of its folder."""

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frontend.packing import pack
from hackathon.errors import NotFound
from hackathon.evaluations import Catalog
from hackathon.events import Track
from sandbox.errors import TaskInvalid
from sandbox.model import Text
from sandbox.tasks import Task

PUBLIC_CASES, STARTER_KIT = "public.jsonl", "contoh-awal.zip"

_FILES = {
    PUBLIC_CASES: "application/jsonl",
    "input.schema.json": "application/schema+json",
    "output.schema.json": "application/schema+json",
}


class NothingToDownload(NotFound):
    """There is no such file to download."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Berkas itu tidak ada di kategori ini. Kembali ke halaman kategori.",
                en="This track has no such file. Go back to the page of the track.",
            ),
            "download_unknown",
        )


@dataclass(frozen=True, slots=True)
class Handout:
    """A file to download, whole. `tag` changes with its bytes."""

    filename: str
    media_type: str
    data: bytes

    @property
    def tag(self) -> str:
        """An entity tag, quotes included."""
        return f'"{hashlib.sha256(self.data).hexdigest()[:32]}"'


def has_starter(task: Task) -> bool:
    """Whether the task has a kit to begin with."""
    return (task.folder / "starter").is_dir()


async def handout(catalog: Catalog, track: Track, task_slug: str, name: str) -> Handout:
    """A file of a task of this track. Raises NothingToDownload for everything that is not to be had."""
    if task_slug not in {task.slug for task in track.tasks}:
        raise NothingToDownload
    # Files are read the first time.
    return await asyncio.to_thread(_handout, catalog, task_slug, name)


def _handout(catalog: Catalog, slug: str, name: str) -> Handout:
    try:
        task = catalog.get(slug)
    except TaskInvalid as error:
        raise NothingToDownload from error
    if name in _FILES:
        return Handout(f"{slug}-{name}", _FILES[name], _read(task.folder / name, task.hash))
    if name == STARTER_KIT and has_starter(task):
        return Handout(f"{slug}-{STARTER_KIT}", "application/zip", _packed(task.folder / "starter"))
    raise NothingToDownload


@lru_cache(maxsize=64)
def _read(path: Path, task_hash: str) -> bytes:
    """The bytes of a file that belongs to the task's hash."""
    return path.read_bytes()


@lru_cache(maxsize=64)
def _packed(folder: Path) -> bytes:
    """The kit as a zip that can be handed in as it is; the same files give the same bytes."""
    with tempfile.TemporaryDirectory(prefix="gelanggang-kit-") as room:
        return pack(folder, Path(room) / STARTER_KIT).path.read_bytes()
