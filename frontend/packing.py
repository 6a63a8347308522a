"""A folder as an archive to hand in: the same files give the same bytes, so the same SHA-256, on any day and any
machine.
"""

import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NoReturn

from sandbox.model import Text

JUNK_FOLDERS = frozenset(
    {
        ".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__", "__MACOSX",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", ".idea", ".vscode",
    }
)  # fmt: skip
"""Folders that tools make by themselves; a prototype needs none of them, and `.git` may hold what was meant to be
deleted.
"""

JUNK_FILES = ("*.pyc", "*.pyo", ".DS_Store", "Thumbs.db", "desktop.ini", "~$*", "*.swp", ".env")
"""Files likewise. `.env` is left behind because keys live there, and nothing of it reaches the running prototype
anyway.
"""

ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz")

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold
_CHUNK = 1 << 20


class CannotPack(ValueError):
    """The folder holds something that no archive may: `text` names the file and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into an archive. `skipped` are the junk entries left behind, as paths relative to the folder."""

    path: Path
    files: int
    skipped: tuple[str, ...]


def is_archive(path: Path) -> bool:
    """Whether the name says zip or tar.gz; the server looks at the bytes."""
    return path.name.lower().endswith(ARCHIVE_SUFFIXES)


def pack(folder: Path, target: Path) -> Packed:
    """Write the files below `folder` to `target` as a zip, in the order of their names, without times, owners and junk.

    Links, devices and names that are not UTF-8 raise `CannotPack`: the server would refuse them, and here the team
    still has the file at hand. So does a folder without any file.
    """
    skipped: list[str] = []
    members = sorted(_files(folder, folder, skipped))
    if not members:
        _refuse(
            f"Folder {folder} tidak berisi berkas apa pun untuk dikirim. Isi dengan app.py atau Dockerfile.",
            f"The folder {folder} holds no file to hand in. Put an app.py or a Dockerfile into it.",
        )
    write(members, target)
    return Packed(target, len(members), tuple(sorted(skipped)))


def write(members: Iterable[tuple[str, Path]], target: Path) -> None:
    """Write the files of `members`, each under its name and in this order, to `target` as a zip without times and
    owners.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, path in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # Unix, also when packed on Windows: else the mode below is not read
            executable = os.access(path, os.X_OK)
            info.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            info.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as entry:
                while chunk := source.read(_CHUNK):
                    entry.write(chunk)


def is_junk(path: Path) -> bool:
    """Whether tools made it by themselves, or it is where keys live."""
    if path.name in JUNK_FOLDERS and path.is_dir():
        return True
    return any(fnmatchcase(path.name, pattern) for pattern in JUNK_FILES)


def _files(folder: Path, root: Path, skipped: list[str]) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        path = Path(entry.path)
        name = path.relative_to(root).as_posix()
        if entry.name in JUNK_FOLDERS and entry.is_dir(follow_symlinks=False):
            skipped.append(f"{name}/")
            continue
        if any(fnmatchcase(entry.name, pattern) for pattern in JUNK_FILES):
            skipped.append(name)
            continue
        try:
            name.encode()
        except UnicodeEncodeError:
            _refuse(
                f"Nama {name!r} bukan UTF-8. Ganti nama berkas itu.",
                f"The name {name!r} is not UTF-8. Rename the file.",
            )
        if entry.is_symlink():
            _refuse(
                f"{name} adalah tautan. Ganti dengan berkasnya sendiri.",
                f"{name} is a link. Put the file itself in its place.",
            )
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path, root, skipped)
        elif entry.is_file(follow_symlinks=False):
            yield name, path
        else:
            _refuse(
                f"{name} bukan berkas biasa (perangkat, pipa, atau soket). Hapus.",
                f"{name} is not a regular file (a device, pipe or socket). Remove it.",
            )


def _refuse(indonesian: str, english: str) -> NoReturn:
    raise CannotPack(Text(id=indonesian, en=english))
