"""The build context: a tar stream made of a source while it is read, the same bytes for the same source."""

import json
import tarfile
from collections.abc import Iterator, Mapping

from sandbox.archive import Entry
from sandbox.kits import Source
from sandbox.limits import KIB

# The first moment that a zip file can name: some tools choke on anything older.
MTIME = 315_532_800
_CHUNK = 256 * KIB
DOCKERFILE = ".gelanggang.dockerfile"
_IGNORE = ".dockerignore"
_FILE_MODE = 0o644
_EXECUTABLE_MODE = 0o755


def stream_context(source: Source, labels: Mapping[str, str]) -> Iterator[bytes]:
    """The tar of `source` in pieces of about 256 KiB, with a Dockerfile that also sets `labels`.

    Everything belongs to user 0, has one fixed time and mode 0644 or 0755; folders come before what is in them.
    Raises Refused when the source changed since it was checked.
    """
    added = {
        **source.added,
        # The engine takes these two out of the context before `COPY . .` can see them.
        DOCKERFILE: f"{source.dockerfile}{_label_step(labels)}\n".encode(),
        _IGNORE: f"{DOCKERFILE}\n{_IGNORE}\n".encode(),
    }
    yield from _gathered(_pieces(source, added, ""))


def stream_root(source: Source) -> Iterator[bytes]:
    """The tar of what a source without steps lays below `/`, in the same way. Raises Refused likewise."""
    yield from _gathered(_pieces(source, source.added, source.root))


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= _CHUNK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _pieces(source: Source, added: Mapping[str, bytes], root: str) -> Iterator[bytes]:
    """The files below `root`, named from there."""
    made: set[str] = set()
    folder = source.folder.removeprefix(root)
    added = {path.removeprefix(root): data for path, data in added.items()}
    for path, data in sorted(added.items()):
        yield from _folders(path, made)
        yield _header(path, size=len(data), mode=_FILE_MODE)
        yield data
        yield bytes(-len(data) % tarfile.BLOCKSIZE)
    for entry in source.archive.entries:
        if entry.directory and entry.path not in source.ignored:
            yield from _folders(f"{folder}{entry.path}/", made)
    for entry, chunks in source.archive.stream():
        path = f"{folder}{entry.path}"
        if path in added or entry.path in source.ignored:
            continue
        yield from _folders(path, made)
        yield from _file(path, entry, chunks)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _folders(path: str, made: set[str]) -> Iterator[bytes]:
    """Headers of the folders above `path` that were not made yet."""
    at = path.find("/")
    while at >= 0:
        folder = path[:at]
        if folder not in made:
            made.add(folder)
            yield _header(folder, size=0, mode=_EXECUTABLE_MODE, directory=True)
        at = path.find("/", at + 1)


def _file(path: str, entry: Entry, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield _header(path, size=entry.size, mode=_EXECUTABLE_MODE if entry.executable else _FILE_MODE)
    yield from chunks
    yield bytes(-entry.size % tarfile.BLOCKSIZE)


def _header(path: str, *, size: int, mode: int, directory: bool = False) -> bytes:
    info = tarfile.TarInfo(path)
    info.size = size
    info.mode = mode
    info.mtime = MTIME
    info.type = tarfile.DIRTYPE if directory else tarfile.REGTYPE
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


def _label_step(labels: Mapping[str, str]) -> str:
    """One step for all labels: the build API's own parameter makes one of each, and expands `$` in their values."""
    return "LABEL " + " ".join(f"{name}={_quoted(value)}" for name, value in sorted(labels.items()))


def _quoted(value: str) -> str:
    """`value` in single quotes, in which nothing is expanded.

    A quote or an escape sign becomes JSON's escape for it: such values are JSON, where that changes nothing.
    """
    plain = "".join(sign if sign.isprintable() and sign.isascii() else json.dumps(sign)[1:-1] for sign in value)
    return "'" + plain.replace("'", "\\u0027").replace("`", "\\u0060") + "'"
