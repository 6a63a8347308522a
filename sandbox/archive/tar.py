"""Reads the members of a tar.gz file in one pass, unpacking as they are asked for.

Format: POSIX.1-2024 pax, with GNU's long names. Python's `tarfile` believes sizes before it reads them and follows
every extension; here an
extension may only name a file, and only within the limits of a name.
"""

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from sandbox.archive.model import Kind, Member, kind_of_mode
from sandbox.archive.rules import Rule
from sandbox.limits import KIB, MIB, ArchiveLimits
from sandbox.refusal import printable, refuse

_BLOCK = 512
_READ = 64 * KIB
_UNPACK = 256 * KIB
_GZIP = 16 + zlib.MAX_WBITS
_MAX_EXTENSION = 64 * KIB
_MAX_PADDING = 1 * MIB
_EXTENSION_EACH = 8 * KIB

_REGULAR = (b"0", b"\0", b"7")
_KINDS = {
    b"1": Kind.HARDLINK,
    b"2": Kind.SYMLINK,
    b"3": Kind.DEVICE,
    b"4": Kind.DEVICE,
    b"5": Kind.DIRECTORY,
    b"6": Kind.FIFO,
}
_LONG_NAME = b"L"
_LONG_LINK = b"K"
_PAX = b"x"
_PAX_GLOBAL = b"g"
_ZERO_BLOCK = bytes(_BLOCK)


class TarReader:
    """Reads one tar.gz file."""

    def __init__(self, path: Path, limits: ArchiveLimits) -> None:
        self._path = path
        self._limits = limits

    def members(self) -> Iterator[Member]:
        """See `model.Reader`. Raises Refused."""
        with self._path.open("rb") as file:
            stream = _Gunzip(file, self._limits)
            long_name: bytes | None = None
            pax: dict[bytes, bytes] = {}
            while (block := stream.block()) != _ZERO_BLOCK:
                header = _parse(block)
                if header.type == _LONG_NAME:
                    long_name = stream.extension(header).split(b"\0", 1)[0]
                elif header.type == _PAX:
                    pax = _parse_pax(stream.extension(header))
                elif header.type == _PAX_GLOBAL:
                    _check_global(_parse_pax(stream.extension(header)))
                elif header.type == _LONG_LINK:
                    stream.extension(header)  # the link that follows is refused by its own kind
                else:
                    yield from _member(stream, header, pax, long_name)
                    long_name = None
                    pax = {}
            stream.finish()


@dataclass(frozen=True, slots=True)
class _Header:
    raw_name: bytes
    type: bytes
    size: int
    mode: int

    @property
    def name(self) -> str:
        return self.raw_name.decode("utf-8", "surrogateescape")


class _Gunzip:
    """The unpacked stream; counts what it gives, so that a bomb ends early."""

    def __init__(self, file: BinaryIO, limits: ArchiveLimits) -> None:
        self._file = file
        self._inflater = zlib.decompressobj(_GZIP)
        self._ready = bytearray()
        self._given = 0
        self._extended = 0
        self._members = 0
        # Headers and padding come on top of the content: at most this much for each member.
        self._most = limits.unpacked_bytes + limits.files * 4 * _BLOCK + _MAX_PADDING
        self._limits = limits

    def _fill(self) -> bool:
        if self._inflater.eof:
            return False
        data = self._inflater.unconsumed_tail or self._file.read(_READ)
        try:
            chunk = self._inflater.decompress(data, _UNPACK)
        except zlib.error:
            _corrupt()
        if not chunk and not data and not self._inflater.eof:
            _truncated()
        self._given += len(chunk)
        if self._given > self._most:
            refuse_size(self._limits)
        self._ready += chunk
        return True

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes. Raises Refused at the end of the stream."""
        while len(self._ready) < size:
            if not self._fill():
                _truncated()
        data = bytes(memoryview(self._ready)[:size])
        del self._ready[:size]
        return data

    def block(self) -> bytes:
        return self.read(_BLOCK)

    def content(self, size: int) -> Iterator[bytes]:
        """`size` bytes in pieces, then the padding to the next block."""
        left = size
        while left:
            chunk = self.read(min(left, _READ))
            left -= len(chunk)
            yield chunk
        self.read(-size % _BLOCK)

    def count_member(self) -> None:
        self._members += 1

    def extension(self, header: _Header) -> bytes:
        """The body of an extension header, which must be small: by itself, and all together for each member so far."""
        self._extended += _BLOCK + header.size
        if header.size > _MAX_EXTENSION or self._extended > _MAX_PADDING + self._members * _EXTENSION_EACH:
            _unsupported("kepala tambahan yang terlalu besar", "an oversized extension header", header.name)
        return b"".join(self.content(header.size))

    def finish(self) -> None:
        """Check that nothing but padding follows the first zero block, and nothing at all the compressed stream."""
        padding = _BLOCK
        while True:
            if self._ready.strip(b"\0"):
                _extra()
            padding += len(self._ready)
            self._ready.clear()
            if padding > _MAX_PADDING:
                _extra()
            if not self._fill():
                break
        if padding < 2 * _BLOCK:
            _truncated()
        if self._inflater.unused_data or self._file.read(1):
            _extra()


def _member(stream: _Gunzip, header: _Header, pax: dict[bytes, bytes], long_name: bytes | None) -> Iterator[Member]:
    raw_name = pax.get(b"path", long_name if long_name is not None else header.raw_name)
    name = raw_name.decode("utf-8", "surrogateescape")
    _check_pax(pax, header, name)
    if header.type in _REGULAR:
        # Before POSIX a directory was a file with a slash at its end.
        kind = Kind.DIRECTORY if name.endswith("/") else Kind.FILE
    elif header.type in _KINDS:
        kind = _KINDS[header.type]
    else:
        _unsupported("jenis isi tar yang tidak dikenal", "a kind of tar member that is not supported", name)
    if kind is not Kind.FILE and header.size:
        _unsupported("isi pada sesuatu yang bukan berkas", "content on something that is no file", name)
    told = kind_of_mode(header.mode)
    if kind is Kind.FILE and told not in (None, Kind.FILE):
        _unsupported("mode berkas yang bertentangan", "a contradictory file mode", name)
    stream.count_member()
    content = stream.content(header.size)
    yield Member(name, kind, bool(header.mode & stat.S_IXUSR), content)
    for _ in content:
        pass


def _parse(block: bytes) -> _Header:
    unsigned = sum(block[:148]) + 8 * ord(" ") + sum(block[156:])
    if _octal(block[148:156]) != unsigned:
        _corrupt()
    raw_name = block[:100].split(b"\0", 1)[0]
    if block[257:263] == b"ustar\0":
        prefix = block[345:500].split(b"\0", 1)[0]
        raw_name = prefix + b"/" + raw_name if prefix else raw_name
    size = _octal(block[124:136])
    if size is None:
        _unsupported("ukuran yang tidak wajar", "an unusual size", raw_name.decode("utf-8", "surrogateescape"))
    return _Header(raw_name, block[156:157], size, _octal(block[100:108]) or 0)


def _octal(field: bytes) -> int | None:
    """An octal number between spaces and zeros; None for anything else, such as GNU's binary numbers from 8 GiB up."""
    digits = field.strip(b" \0")
    if digits.strip(b"01234567"):
        return None
    return int(digits, 8) if digits else 0


def _parse_pax(data: bytes) -> dict[bytes, bytes]:
    """Records of the form "<length> <key>=<value>\\n"."""
    records: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 8)
        length = data[at:space] if space > at else b""
        if not length.isdigit():
            _corrupt()
        end = at + int(length)
        key, equals, value = data[space + 1 : end - 1].partition(b"=")
        if end > len(data) or end <= space + 1 or data[end - 1 : end] != b"\n" or not equals or key in records:
            _corrupt()
        records[key] = value
        at = end
    return records


def _check_pax(pax: dict[bytes, bytes], header: _Header, name: str) -> None:
    if any(key.startswith(b"GNU.sparse.") for key in pax):
        _unsupported("berkas renggang (sparse)", "a sparse file", name)
    if b"size" in pax and pax[b"size"] != str(header.size).encode():
        refuse(
            Rule.INCONSISTENT,
            f"Ukuran “{printable(name)}” tertulis dua kali dengan angka berbeda. Buat ulang arsip dengan alat tar "
            "biasa.",
            f"The size of “{printable(name)}” is told twice and differently. Make the archive again with an ordinary "
            "tar tool.",
            entry=name,
        )
    if b"hdrcharset" in pax:
        _unsupported("nama yang bukan UTF-8", "names that are not UTF-8", name)
    if b"linkpath" in pax and header.type in _REGULAR:
        _unsupported("berkas sekaligus tautan", "a file that is also a link", name)
    if b"\0" in pax.get(b"path", b""):
        _unsupported("nama yang memuat NUL", "a name with a NUL", name)


def _check_global(pax: dict[bytes, bytes]) -> None:
    # `git archive` leaves the commit here as a comment. A name or size for all files would be an attack.
    for key in (b"path", b"size", b"linkpath", b"hdrcharset"):
        if key in pax:
            _unsupported("kepala tambahan untuk semua berkas", "an extension header for all files", key.decode())


def refuse_size(limits: ArchiveLimits) -> NoReturn:
    """Refuse an archive for its unpacked size."""
    most = limits.unpacked_bytes // 1_000_000
    refuse(
        Rule.TOO_LARGE,
        f"Isi arsip lebih dari {most} MB setelah dibuka. Hapus data yang tidak dipakai prototipe, lalu kirim lagi.",
        f"The archive holds more than {most} MB when unpacked. Remove data that the prototype does not use and send "
        "it again.",
    )


def _truncated() -> NoReturn:
    refuse(
        Rule.TRUNCATED,
        "Arsip tar.gz terpotong. Mungkin unduhan atau salinannya belum selesai. Buat ulang arsip, lalu kirim lagi.",
        "The tar.gz archive is cut off. A download or copy may not have finished. Make it again and send it again.",
    )


def _corrupt() -> NoReturn:
    refuse(
        Rule.CORRUPT,
        "Arsip tar.gz rusak. Mungkin salinannya tidak sempurna. Buat ulang arsip, lalu kirim lagi.",
        "The tar.gz archive is damaged. A copy may have gone wrong. Make it again and send it again.",
    )


def _extra() -> NoReturn:
    refuse(
        Rule.EXTRA_DATA,
        "Arsip tar.gz memuat data lain di belakang isinya. Buat ulang arsip dengan alat tar biasa.",
        "The tar.gz archive has other data behind its content. Make it again with an ordinary tar tool.",
    )


def _unsupported(id: str, en: str, name: str) -> NoReturn:
    refuse(
        Rule.UNSUPPORTED,
        f"“{printable(name)}”: arsip memakai {id}, yang tidak didukung. Buat ulang arsip dengan `tar czf`.",
        f"“{printable(name)}”: the archive uses {en}, which is not supported. Make it again with `tar czf`.",
        entry=name,
    )
