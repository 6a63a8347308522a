"""What an archive holds, before and after it was checked. Plain data."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a member of an archive is. Only files and directories are ever taken."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    HARDLINK = "hardlink"
    DEVICE = "device"
    FIFO = "fifo"
    SOCKET = "socket"


_KIND_OF_MODE = {
    stat.S_IFREG: Kind.FILE,
    stat.S_IFDIR: Kind.DIRECTORY,
    stat.S_IFLNK: Kind.SYMLINK,
    stat.S_IFCHR: Kind.DEVICE,
    stat.S_IFBLK: Kind.DEVICE,
    stat.S_IFIFO: Kind.FIFO,
    stat.S_IFSOCK: Kind.SOCKET,
}


def kind_of_mode(mode: int) -> Kind | None:
    """The kind that a Unix mode tells; None where its type bits say nothing known."""
    return _KIND_OF_MODE.get(stat.S_IFMT(mode))


@dataclass(frozen=True, slots=True)
class Member:
    """One member as its archive tells it, nothing of it trusted yet.

    `chunks` gives the real content, unpacked as it is read, and raises Refused where the archive lied; it must be
    read before the next
    member is asked for, or not at all. `packed` is the compressed size in bytes where the format has one for each
    member.
    """

    name: str
    kind: Kind
    executable: bool
    chunks: Iterator[bytes]
    packed: int | None = None


class Reader(Protocol):
    """Lists the members of one source, in the order in which they can be read fastest."""

    def members(self) -> Iterator[Member]:
        """Read the source from its beginning. Raises Refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One checked file or directory: `path` relative to the source's root with `/` between, `size` in bytes, `sha256`
    of a file's content."""

    path: str
    directory: bool
    executable: bool = False
    size: int = 0
    sha256: str = ""
