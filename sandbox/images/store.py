"""The contract of an engine's images. Like a provider's verbs these block, and may be called from several threads."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol as Interface

from sandbox.images.model import HeldImage, Room


class ImageStore(Interface):
    """The images of ours that an engine holds. Every verb raises EngineUnavailable."""

    def held(self) -> tuple[HeldImage, ...]:
        """Every image of ours that has a name."""

    def has(self, image: str) -> bool:
        """Whether the image with this id is here."""

    def remove(self, image: HeldImage) -> bool:
        """Let an image go; False where the engine keeps it, because something is made from it."""

    def saved(self, image: str) -> AbstractContextManager[Iterator[bytes]]:
        """An image as the bytes of a compressed file, piece by piece; leaving early ends it.

        Raises ImageMissing.
        """

    def load(self, path: Path, image: str) -> None:
        """Bring in an image from a file that `saved` gave, and give it a name. Raises ImageBroken where what was in the
        file is not the image with this id.
        """

    def room(self) -> Room | None:
        """Room where the engine keeps images; None where this process cannot see that disk."""
