"""Reads the members of a zip file, unpacking as they are asked for."""

import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from sandbox.archive.model import Kind, Member, kind_of_mode
from sandbox.archive.rules import Rule
from sandbox.archive.zip_index import ENCRYPTED_FLAGS, PATCH_FLAG, Record, read_index
from sandbox.limits import KIB, ArchiveLimits
from sandbox.refusal import printable, refuse

_READ = 64 * KIB
_UNPACK = 256 * KIB
_STORED = 0
_DEFLATED = 8
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}
_AES = 99


class ZipReader:
    """Reads one zip file."""

    def __init__(self, path: Path, limits: ArchiveLimits) -> None:
        self._path = path
        self._limits = limits

    def members(self) -> Iterator[Member]:
        """See `model.Reader`. Raises Refused."""
        with self._path.open("rb") as file:
            for record, start in read_index(file, self._limits):
                _check_method(record)
                yield Member(
                    name=record.name,
                    kind=_kind(record),
                    executable=bool(record.mode & stat.S_IXUSR),
                    chunks=_content(file, record, start),
                    packed=record.packed,
                )


def _kind(record: Record) -> Kind:
    kind = kind_of_mode(record.mode)
    if record.directory:
        return kind if kind not in (None, Kind.FILE) else Kind.DIRECTORY
    # Writers on Windows leave the mode empty. A directory without a slash is taken for what its content says: a file.
    return kind if kind not in (None, Kind.DIRECTORY) else Kind.FILE


def _check_method(record: Record) -> None:
    shown = printable(record.name)
    if record.flags & ENCRYPTED_FLAGS or record.method == _AES:
        refuse(
            Rule.ENCRYPTED,
            f"“{shown}” dilindungi kata sandi. Buat ulang arsip tanpa kata sandi.",
            f"“{shown}” is protected by a password. Make the archive again without one.",
            entry=record.name,
        )
    if record.method not in (_STORED, _DEFLATED) or record.flags & PATCH_FLAG:
        method = _METHODS.get(record.method, str(record.method))
        refuse(
            Rule.COMPRESSION,
            f"“{shown}” dikompresi dengan cara {method}, yang tidak didukung. Buat ulang arsip dengan kompresi biasa "
            "(Deflate).",
            f"“{shown}” is compressed by {method}, which is not supported. Make the archive again with ordinary "
            "compression (Deflate).",
            entry=record.name,
        )


def _content(file: BinaryIO, record: Record, start: int) -> Iterator[bytes]:
    file.seek(start)
    crc = 0
    total = 0
    for chunk in _unpacked(file, record):
        crc = zlib.crc32(chunk, crc)
        total += len(chunk)
        if total > record.size:
            break
        yield chunk
    if total != record.size:
        refuse(
            Rule.INCONSISTENT,
            f"Isi “{printable(record.name)}” tidak sebesar yang tertulis di dalam arsip. Buat ulang arsip dengan "
            "alat zip biasa.",
            f"“{printable(record.name)}” is not as large as the archive says. Make it again with an ordinary zip tool.",
            entry=record.name,
        )
    if crc != record.crc:
        _corrupt(record)


def _unpacked(file: BinaryIO, record: Record) -> Iterator[bytes]:
    if record.method == _STORED:
        left = record.packed
        while left:
            chunk = file.read(min(left, _READ))
            if not chunk:
                _corrupt(record)
            left -= len(chunk)
            yield chunk
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left = record.packed
    while not inflater.eof:
        data = inflater.unconsumed_tail
        if not data and left:
            data = file.read(min(left, _READ))
            left -= len(data)
        try:
            chunk = inflater.decompress(data, _UNPACK)
        except zlib.error:
            _corrupt(record)
        if not chunk and not data and not inflater.eof:
            _corrupt(record)
        if chunk:
            yield chunk
    if left or inflater.unused_data:
        refuse(
            Rule.EXTRA_DATA,
            f"Di belakang isi “{printable(record.name)}” ada data lain. Buat ulang arsip dengan alat zip biasa.",
            f"There is other data behind the content of “{printable(record.name)}”. Make the archive again with an "
            "ordinary zip tool.",
            entry=record.name,
        )


def _corrupt(record: Record) -> NoReturn:
    refuse(
        Rule.CORRUPT,
        f"“{printable(record.name)}” rusak di dalam arsip. Mungkin salinannya tidak sempurna. Buat ulang arsip, lalu "
        "kirim lagi.",
        f"“{printable(record.name)}” is damaged inside the archive. A copy may have gone wrong. Make it again and "
        "send it again.",
        entry=record.name,
    )
