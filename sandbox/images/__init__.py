"""Images of ours on an engine: which there are, which may go, and how one travels as a file."""

from sandbox.images.disk import disk_room
from sandbox.images.errors import ImageBroken
from sandbox.images.model import ENGINE_DISK, Goes, HeldImage, ImageKind, Policy, Room, Why
from sandbox.images.policy import to_remove
from sandbox.images.store import ImageStore

__all__ = [
    "ENGINE_DISK",
    "Goes",
    "HeldImage",
    "ImageBroken",
    "ImageKind",
    "ImageStore",
    "Policy",
    "Room",
    "Why",
    "disk_room",
    "to_remove",
]
