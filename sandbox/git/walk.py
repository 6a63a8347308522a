"""From a commit's number to an archive of its files: each object is asked for by its hash, and hashed here.

So nothing has to be trusted: neither the container that answers, nor the host that it fetched from. Files have the
bytes that were committed: attributes (`export-ignore`, `export-subst`, line ends, filters) change nothing. The same
commit gives the same archive.
"""

import gzip
import hashlib
import io
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sandbox.git.model import GitLimits, GitStatus
from sandbox.limits import KIB, MIB

_MOST_META = 4 * MIB
"""Bytes of a commit or of one folder."""

_LONGEST_LINK = 4 * KIB
_TAGS_OF_TAGS = 5
_DEEPEST = 100
_BATCH = 64
_LFS = b"version https://git-lfs.github.com/spec/"
_LFS_BYTES = 1024
_LEVEL = 6

_TREE = re.compile(rb"tree ([0-9a-f]{40})\n")
_TAG = re.compile(rb"object ([0-9a-f]{40})\n")
_ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0/]+)\0(.{20})", re.DOTALL)
_NAMES_REFUSED = frozenset({b".", b"..", b".git"})
_FOLDER, _LINK, _SUBMODULE = 0o040000, 0o120000, 0o160000


class Stopped(Exception):
    """No archive comes of it. `at` is the path that it is about, where there is one."""

    def __init__(self, status: GitStatus, at: str = "") -> None:
        super().__init__(f"{status} {at}".strip())
        self.status = status
        self.at = at


@dataclass(frozen=True, slots=True)
class Found:
    """An object as it was answered: `chunks` has `size` bytes, and is read before the next object."""

    kind: str
    size: int
    chunks: Iterator[bytes]


class Repository(Protocol):
    """Answers for objects. An answer may be a lie."""

    def objects(self, names: Sequence[str]) -> Iterator[Found | None]:
        """The objects with these names (40 hex digits), in their order; None for one that is not there."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What became of it: the commit (of a tag, the one it names), how many files there are, the archive's bytes."""

    commit: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class _File:
    path: bytes
    name: str
    mode: int


def pack(repository: Repository, start: str, limits: GitLimits, into: Path) -> Packed:
    """Write the files of a commit to `into` as a tar.gz. `start` names the commit, or a tag of it. Raises Stopped."""
    commit, tree = _commit(repository, start)
    files = list(_files(repository, tree, limits))
    with into.open("wb") as file:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
            _write(repository, files, limits, packed, file)
        size = file.tell()
    if size > limits.archive.compressed_bytes:
        raise Stopped(GitStatus.TOO_LARGE)
    return Packed(commit, len(files), size)


def _commit(repository: Repository, start: str) -> tuple[str, str]:
    """The commit's number and its tree's."""
    name = start
    for _ in range(_TAGS_OF_TAGS):
        kind, data = _whole(repository, name, None)
        if kind == "commit" and (tree := _TREE.match(data)):
            return name, tree[1].decode()
        if kind != "tag" or not (tagged := _TAG.match(data)):
            raise Stopped(GitStatus.NO_COMMIT)
        name = tagged[1].decode()
    raise Stopped(GitStatus.NO_COMMIT)


def _files(repository: Repository, tree: str, limits: GitLimits) -> Iterator[_File]:
    """All files and links, in the order of their paths; folders are counted with them."""
    count = 0
    waiting: list[tuple[bytes, int, str]] = [(b"", 0, tree)]
    while waiting:
        path, depth, name = waiting.pop()
        if depth > _DEEPEST:
            raise Stopped(GitStatus.BROKEN)
        _, data = _whole(repository, name, "tree")
        folders = []
        for mode, entry, child in _entries(data):
            count += 1
            if count > 2 * limits.archive.files:
                raise Stopped(GitStatus.TOO_MANY)
            full = path + entry
            if mode == _SUBMODULE:
                raise Stopped(GitStatus.SUBMODULE, shown(full))
            if mode == _FOLDER:
                folders.append((full + b"/", depth + 1, child))
            else:
                yield _File(full, child, mode)
        waiting += reversed(folders)


def _entries(data: bytes) -> Iterator[tuple[int, bytes, str]]:
    at = 0
    while at < len(data):
        entry = _ENTRY.match(data, at)
        if entry is None or entry[2].lower() in _NAMES_REFUSED:
            raise Stopped(GitStatus.BROKEN)
        yield int(entry[1], 8), entry[2], entry[3].hex()
        at = entry.end()


def _write(
    repository: Repository, files: Sequence[_File], limits: GitLimits, packed: gzip.GzipFile, file: io.BufferedWriter
) -> None:
    left = limits.archive.unpacked_bytes
    with tarfile.open(
        fileobj=packed, mode="w", format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape"
    ) as tar:
        for begin in range(0, len(files), _BATCH):
            batch = files[begin : begin + _BATCH]
            for one, found in zip(batch, repository.objects([one.name for one in batch]), strict=True):
                if found is None or found.kind != "blob":
                    raise Stopped(GitStatus.BROKEN)
                left -= found.size
                if left < 0 or file.tell() > limits.archive.compressed_bytes:
                    raise Stopped(GitStatus.TOO_LARGE)
                _add(tar, one, found)


def _add(tar: tarfile.TarFile, one: _File, found: Found) -> None:
    member = tarfile.TarInfo(one.path.decode("utf-8", "surrogateescape"))
    content = _Hashed(one.name, found)
    if one.mode == _LINK:
        if found.size > _LONGEST_LINK:
            raise Stopped(GitStatus.BROKEN)
        member.type = tarfile.SYMTYPE
        member.linkname = content.read().decode("utf-8", "surrogateescape")
        tar.addfile(member)
    else:
        member.mode = 0o755 if one.mode & 0o100 else 0o644
        member.size = found.size
        if found.size < _LFS_BYTES:
            data = content.read()
            if data.startswith(_LFS):
                raise Stopped(GitStatus.LFS, shown(one.path))
            tar.addfile(member, io.BytesIO(data))
        else:
            tar.addfile(member, content)
    content.check()


def _whole(repository: Repository, name: str, kind: str | None) -> tuple[str, bytes]:
    """A small object of that kind (None: of any), proven. Raises Stopped."""
    answers = repository.objects([name])
    found = next(answers)
    if found is None:
        raise Stopped(GitStatus.COMMIT_UNKNOWN if kind is None else GitStatus.BROKEN)
    if kind is None and found.kind not in ("commit", "tag"):
        raise Stopped(GitStatus.NO_COMMIT)
    if kind not in (None, found.kind):
        raise Stopped(GitStatus.BROKEN)
    if found.size > _MOST_META:
        raise Stopped(GitStatus.TOO_LARGE)
    content = _Hashed(name, found)
    data = content.read()
    content.check()
    for _ in answers:
        raise Stopped(GitStatus.BROKEN)  # one was asked for
    return found.kind, data


class _Hashed(io.RawIOBase):
    """The content of an object as a file that is read once; `check` tells whether it was the one that was named."""

    def __init__(self, name: str, found: Found) -> None:
        self._name = name
        self._digest = hashlib.sha1(f"{found.kind} {found.size}\0".encode(), usedforsecurity=False)
        self._chunks = found.chunks
        self._rest = bytearray()

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        """So many bytes, or all that are left; fewer only at the end."""
        most = -1 if size is None else size
        while most < 0 or len(self._rest) < most:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            self._digest.update(chunk)
            self._rest += chunk
        take = len(self._rest) if most < 0 else min(most, len(self._rest))
        data = bytes(self._rest[:take])
        del self._rest[:take]
        return data

    def check(self) -> None:
        """Raises Stopped where the bytes have another hash."""
        if self._digest.hexdigest() != self._name:
            raise Stopped(GitStatus.BROKEN)


def shown(path: bytes) -> str:
    """A path of a repository, as people can be shown it."""
    text = path.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "?" for sign in text)[-200:]
