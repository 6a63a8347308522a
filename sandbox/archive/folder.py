"""Reads a plain folder as if it were an archive, so that `gelanggang try ./folder` meets the rules that the upload
will."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from sandbox.archive.model import Kind, Member, kind_of_mode
from sandbox.archive.rules import Rule, left_out, refuse_count
from sandbox.limits import KIB, ArchiveLimits
from sandbox.refusal import printable, refuse

_READ = 256 * KIB


class FolderReader:
    """Reads one folder, without following links."""

    def __init__(self, path: Path, limits: ArchiveLimits) -> None:
        self._path = path
        self._limits = limits

    def members(self) -> Iterator[Member]:
        """See `model.Reader`. Folders that are left out anyway (`.git`, `.venv`, ...) are not even entered. Raises
        Refused."""
        waiting = [""]
        count = 0
        while waiting:
            prefix = waiting.pop()
            for entry in sorted(self._list(prefix), key=lambda entry: entry.name):
                count += 1
                if count > self._limits.files:
                    refuse_count(count, self._limits)
                name = f"{prefix}{entry.name}"
                mode = _mode(entry, name)
                kind = kind_of_mode(mode) or Kind.DEVICE
                if kind is Kind.DIRECTORY and not left_out(name, directory=True):
                    waiting.append(f"{name}/")
                content = _content(Path(entry.path), name) if kind is Kind.FILE else iter(())
                yield Member(name, kind, bool(mode & stat.S_IXUSR), content)

    def _list(self, prefix: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._path / prefix) as entries:
                return list(entries)
        except OSError as error:
            _unreadable(prefix, error)


def _mode(entry: os.DirEntry[str], name: str) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        _unreadable(name, error)


def _content(path: Path, name: str) -> Iterator[bytes]:
    try:
        # Not through a link that took the file's place, and not hanging on a fifo that did.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - Path.open takes no descriptor
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                while chunk := file.read(_READ):
                    yield chunk
    except OSError as error:
        _unreadable(name, error)


def _unreadable(name: str, error: OSError) -> NoReturn:
    shown = printable(name or ".")
    refuse(
        Rule.UNREADABLE,
        f"“{shown}” tidak dapat dibaca ({error.strerror}). Perbaiki izinnya atau hapus, lalu coba lagi.",
        f"“{shown}” cannot be read ({error.strerror}). Mend its permissions or remove it, and try again.",
        entry=name,
    )
