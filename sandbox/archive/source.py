"""Opens a source and checks it whole, without writing any of it to the host's disk."""

import hashlib
import os
import stat
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from sandbox.archive.folder import FolderReader
from sandbox.archive.model import Entry, Kind, Member, Reader
from sandbox.archive.rules import Names, Rule, check_kind, left_out, plain_path, refuse_count
from sandbox.archive.sniff import Format, sniff
from sandbox.archive.tar import TarReader, refuse_size
from sandbox.archive.zip import ZipReader
from sandbox.limits import MB, MIB, ArchiveLimits
from sandbox.refusal import Refusal, Refused, printable, refuse

RATIO_FROM = 1 * MIB
RATIO_FROM_IN_ALL = 10 * MIB
"""Unpacked bytes of one file, and of all, from which the ratio is looked at: a small file of zeros is no bomb."""

READ_MOST = 1 * MIB
"""Bytes of one file that are read into memory unless more are asked for."""

_SCRIPT_MAGIC = (b"#!", b"\x7fELF")
_MAGIC_BYTES = 4
_READERS: dict[Format, type[ZipReader | TarReader | FolderReader]] = {
    Format.ZIP: ZipReader,
    Format.TAR_GZ: TarReader,
    Format.FOLDER: FolderReader,
}


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked source.

    `entries` are sorted by path; litter (`left_out`, as the archive spells it) and the folders that wrap everything
    (`top`, with its slash, else "") are gone. `digest` is a SHA-256 over paths, kinds, executable bits and contents:
    the same for a zip, a tar.gz and a folder of the same files.
    """

    path: Path
    format: Format
    limits: ArchiveLimits
    entries: tuple[Entry, ...]
    top: str
    left_out: tuple[str, ...]
    digest: str

    def find(self, path: str) -> Entry | None:
        """The entry at `path`, or None."""
        return next((entry for entry in self.entries if entry.path == path), None)

    def read(self, *paths: str, most: int = READ_MOST) -> dict[str, bytes]:
        """Contents of those files among `paths` that exist, each cut behind its first `most` bytes and one more.

        Raises Refused when the source changed since it was opened.
        """
        wanted = {path for path in paths if (entry := self.find(path)) and not entry.directory}
        contents: dict[str, bytes] = {}
        if wanted:
            with closing(self.stream()) as stream:
                for entry, chunks in stream:
                    if entry.path in wanted:
                        contents[entry.path] = _beginning(chunks, most)
                        if len(contents) == len(wanted):
                            break
        return contents

    def stream(self) -> Generator[tuple[Entry, Iterator[bytes]], None, None]:
        """Every file with its content, in the source's own order; read one before asking for the next, or skip it.

        Raises Refused when the source changed since it was opened.
        """
        expected = {entry.path: entry for entry in self.entries if not entry.directory}
        for member in _reader(self.path, self.format, self.limits).members():
            entry = expected.get(plain_path(member.name, self.limits).removeprefix(self.top))
            if entry is not None and member.kind is Kind.FILE:
                yield entry, _unchanged(entry, member.chunks)


def open_archive(path: Path, limits: ArchiveLimits) -> Archive | Refusal:
    """Check the zip file, tar.gz file or folder at `path`, reading all of it once.

    Memory stays bounded by the number of names, time by the limits. Raises OSError when `path` itself cannot be read.
    """
    try:
        form = _recognise(path, limits)
        return _examine(path, form, limits)
    except Refused as refused:
        return refused.refusal


def _recognise(path: Path, limits: ArchiveLimits) -> Format:
    if path.is_dir():
        return Format.FOLDER
    found = path.stat()
    size = found.st_size
    if not stat.S_ISREG(found.st_mode):
        refuse(
            Rule.NOT_AN_ARCHIVE,
            "Ini bukan berkas biasa. Kirim arsip zip atau tar.gz.",
            "This is no ordinary file. Send a zip or tar.gz archive.",
        )
    if size == 0:
        _refuse_empty()
    if size > limits.compressed_bytes:
        most = limits.compressed_bytes // MB
        refuse(
            Rule.TOO_LARGE,
            f"Arsip berukuran {size // MB} MB; batasnya {most} MB. Hapus data yang tidak dipakai, lalu kirim lagi.",
            f"The archive is {size // MB} MB; the limit is {most} MB. Remove data that is not used and send it again.",
        )
    form = sniff(path)
    if not isinstance(form, Format):
        refuse(
            Rule.NOT_AN_ARCHIVE,
            f"Ini {form.what.id}, bukan arsip zip atau tar.gz. Kemas folder proyek menjadi zip, lalu kirim lagi.",
            f"This is {form.what.en}, not a zip or tar.gz archive. Pack the project's folder as a zip and send it "
            "again.",
        )
    return form


def _reader(path: Path, form: Format, limits: ArchiveLimits) -> Reader:
    return _READERS[form](path, limits)


def _refuse_empty() -> NoReturn:
    refuse(
        Rule.EMPTY,
        "Arsip kosong: tidak ada berkas di dalamnya. Kemas folder proyek beserta isinya, lalu kirim lagi.",
        "The archive is empty: there is no file in it. Pack the project's folder with its content and send it again.",
    )


@dataclass(slots=True)
class _Totals:
    """Bytes unpacked so far, against the limits."""

    limits: ArchiveLimits
    packed: int | None
    unpacked: int = 0

    def add(self, size: int, path: str) -> None:
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            refuse_size(self.limits)
        if self.packed is not None:
            self.check_ratio(self.packed, self.unpacked, path, RATIO_FROM_IN_ALL)

    def check_ratio(self, packed: int, unpacked: int, path: str, start: int = RATIO_FROM) -> None:
        if unpacked > max(start, packed * self.limits.ratio):
            refuse(
                Rule.RATIO,
                f"“{printable(path)}” mengembang lebih dari {self.limits.ratio} kali saat dibuka, seperti bom zip. "
                "Hapus berkas itu dari arsip.",
                f"“{printable(path)}” grows more than {self.limits.ratio} times when unpacked, like a zip bomb. "
                "Remove the file from the archive.",
                entry=path,
            )


def _examine(path: Path, form: Format, limits: ArchiveLimits) -> Archive:
    totals = _Totals(limits, None if form is Format.FOLDER else path.stat().st_size)
    names = Names(limits)
    entries: list[Entry] = []
    dropped: list[str] = []
    count = 0
    for member in _reader(path, form, limits).members():
        count += 1
        if count > limits.files:
            refuse_count(count, limits)
        name = plain_path(member.name, limits)
        directory = member.kind is Kind.DIRECTORY
        if name and left_out(name, directory=directory):
            dropped.append(name)
            _weigh(member, name, totals)
            continue
        check_kind(name, member.kind)
        if name:
            names.add(name, directory=directory)
        entry = _weigh(member, name, totals)
        if name:
            entries.append(entry)
    kept, top = _settle(entries)
    if not any(not entry.directory for entry in kept):
        _refuse_empty()
    return Archive(path, form, limits, kept, top, tuple(dropped), _digest(kept))


def _weigh(member: Member, name: str, totals: _Totals) -> Entry:
    digest = hashlib.sha256()
    size = 0
    first = b""
    for chunk in member.chunks:
        if len(first) < _MAGIC_BYTES:
            first += chunk[: _MAGIC_BYTES - len(first)]
        size += len(chunk)
        totals.add(len(chunk), name)
        if member.packed is not None:
            totals.check_ratio(member.packed, size, name)
        digest.update(chunk)
    if member.kind is Kind.DIRECTORY:
        if size:
            refuse(
                Rule.INCONSISTENT,
                f"Folder “{printable(name)}” memuat data seperti berkas. Buat ulang arsip dengan alat zip biasa.",
                f"The folder “{printable(name)}” holds data like a file. Make the archive again with an ordinary zip "
                "tool.",
                entry=name,
            )
        return Entry(name, directory=True)
    # Windows keeps no executable bit: a script or program that says so itself is taken at its word.
    executable = member.executable or first.startswith(_SCRIPT_MAGIC)
    return Entry(name, directory=False, executable=executable, size=size, sha256=digest.hexdigest())


def _settle(entries: list[Entry]) -> tuple[tuple[Entry, ...], str]:
    """Sort the entries and take off the folders that wrap everything; returns them as "a/b/", "" where there are none.

    Folders are kept only where nothing is in them: some tools list the others, some do not, and the source is the same.
    """
    parents = {entry.path.rpartition("/")[0] for entry in entries}
    parents |= {"/".join(parent.split("/")[:end]) for parent in parents for end in range(1, parent.count("/") + 1)}
    leaves = [entry for entry in entries if not (entry.directory and entry.path in parents)]
    common = os.path.commonpath([entry.path.rpartition("/")[0] for entry in leaves]) if leaves else ""
    top = f"{common}/" if common else ""
    moved = (replace(entry, path=entry.path.removeprefix(top)) for entry in leaves)
    return tuple(sorted(moved, key=lambda entry: entry.path)), top


def _digest(entries: tuple[Entry, ...]) -> str:
    whole = hashlib.sha256()
    for entry in entries:
        kind = "d" if entry.directory else "x" if entry.executable else "f"
        whole.update(f"{kind}\0{entry.path}\0{entry.size}\0{entry.sha256}\n".encode())
    return whole.hexdigest()


def _beginning(chunks: Iterator[bytes], most: int) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > most:
            break
    return bytes(data[: most + 1])


def _unchanged(entry: Entry, chunks: Iterator[bytes]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        if size > entry.size:
            break
        yield chunk
    if size != entry.size or digest.hexdigest() != entry.sha256:
        refuse(
            Rule.CHANGED,
            f"“{printable(entry.path)}” berubah selagi dibaca. Coba lagi setelah berkasnya selesai disimpan.",
            f"“{printable(entry.path)}” changed while it was being read. Try again when it is no longer written to.",
            entry=entry.path,
        )
