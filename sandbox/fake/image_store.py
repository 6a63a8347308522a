"""The fake engine's images as an `ImageStore`: files in memory, saved as JSON."""

import contextlib
import gzip
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from sandbox.errors import ImageMissing
from sandbox.images.errors import ImageBroken
from sandbox.images.model import ENGINE_DISK, HeldImage, ImageKind, Room
from sandbox.limits import GIB


class FakeImageStore:
    """See `sandbox.images.ImageStore`. `free` is what its disk has left, for tests to set; `made` when an image came,
    by id.
    """

    def __init__(self, images: dict[str, dict[str, bytes]], lock: threading.Lock) -> None:
        self._images = images
        self._lock = lock
        self.made: dict[str, float] = {}
        self.free = 100 * GIB

    def held(self) -> tuple[HeldImage, ...]:
        with self._lock:
            return tuple(
                HeldImage(
                    id=image,
                    names=(f"fake/{image}",),
                    kind=ImageKind.PROTOTYPE,
                    bytes=sum(len(data) for data in files.values()),
                    made_at=self.made.setdefault(image, time.time()),
                )
                for image, files in self._images.items()
            )

    def has(self, image: str) -> bool:
        return image in self._images

    def remove(self, image: HeldImage) -> bool:
        with self._lock:
            self._images.pop(image.id, None)
        return True

    @contextlib.contextmanager
    def saved(self, image: str) -> Iterator[Iterator[bytes]]:
        files = self._images.get(image)
        if files is None:
            raise ImageMissing(image)
        text = json.dumps({"image": image, "files": {path: data.hex() for path, data in files.items()}})
        yield iter((gzip.compress(text.encode(), mtime=0),))

    def load(self, path: Path, image: str) -> None:
        try:
            told = json.loads(gzip.decompress(path.read_bytes()))
            files = {name: bytes.fromhex(data) for name, data in told["files"].items()}
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise ImageBroken(f"not an image: {error}") from error
        if told["image"] != image:
            raise ImageBroken(f"the file does not hold the image {image}")
        with self._lock:
            self._images[image] = files

    def room(self) -> Room | None:
        return Room(ENGINE_DISK, "fake", self.free, 200 * GIB)
