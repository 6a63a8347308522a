"""The directory of a zip file, read strictly: what its headers say, and that they say it once.

Format: PKWARE APPNOTE 6.3.10. The usual readers believe the directory at the end; others believe the headers before
each file. Here both must
tell the same, and the file must consist of nothing but members, the directory and its end record, so that every
reader sees the same archive.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from sandbox.archive.rules import Rule, refuse_count
from sandbox.limits import MIB, ArchiveLimits
from sandbox.refusal import refuse

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")

_MAX_COMMENT = 0xFFFF
_MAX_DIRECTORY = 16 * MIB
_FULL16 = 0xFFFF
_FULL32 = 0xFFFFFFFF
_ZIP64 = 0x0001
_UNICODE_PATH = 0x7075

ENCRYPTED_FLAGS = 1 << 0 | 1 << 6 | 1 << 13
DESCRIPTOR_FLAG = 1 << 3
PATCH_FLAG = 1 << 5


@dataclass(frozen=True, slots=True)
class Record:
    """One member as the directory tells it. Sizes and offsets in bytes; `mode` is the Unix mode, 0 where the writer
    had none."""

    raw_name: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int

    @property
    def directory(self) -> bool:
        return self.name.endswith("/")


def read_index(file: BinaryIO, limits: ArchiveLimits) -> tuple[tuple[Record, int], ...]:
    """Read the directory of `file`; returns each member with the offset at which its content starts, in the order of
    the file.

    Raises Refused.
    """
    size = file.seek(0, 2)
    start, length, count = _find_directory(file, size)
    if count > limits.files:
        refuse_count(count, limits)
    if length > min(_MAX_DIRECTORY, size):
        _inconsistent("direktori zip terlalu besar", "the zip directory is too large")
    file.seek(start)
    records = sorted(_parse_directory(_exactly(file, length), count), key=lambda record: record.offset)
    return tuple(_place(file, records, start))


def _inconsistent(id: str, en: str, entry: str | None = None) -> NoReturn:
    refuse(
        Rule.INCONSISTENT,
        f"Isi arsip zip tidak cocok dengan catatannya sendiri ({id}). Buat ulang arsip dengan alat zip biasa.",
        f"The zip archive contradicts itself ({en}). Make it again with an ordinary zip tool.",
        entry=entry,
    )


def _truncated() -> NoReturn:
    refuse(
        Rule.TRUNCATED,
        "Arsip zip terpotong: bagian akhirnya tidak ada. Mungkin unduhan atau salinannya belum selesai. Buat ulang "
        "arsip, lalu kirim lagi.",
        "The zip archive is cut off: its end is missing. A download or copy may not have finished. Make it again and "
        "send it again.",
    )


def _extra() -> NoReturn:
    refuse(
        Rule.EXTRA_DATA,
        "Arsip zip memuat data yang bukan milik berkas mana pun. Buat ulang arsip dengan alat zip biasa.",
        "The zip archive contains data that belongs to no file. Make it again with an ordinary zip tool.",
    )


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        _truncated()
    return data


def _find_directory(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Where the central directory starts, its length, and how many members it names."""
    tail_start = max(0, size - _END.size - _MAX_COMMENT)
    file.seek(tail_start)
    tail = file.read()
    found = [at for at in _occurrences(tail, b"PK\x05\x06") if at + _END.size <= len(tail)]
    if not found:
        _truncated()
    # A second end record inside the first one's comment would be believed by some readers.
    ends = [at for at in found if at + _END.size + _END.unpack_from(tail, at)[7] == len(tail)]
    if len(ends) > 1:
        _inconsistent("dua catatan akhir", "two end records")
    if not ends:
        if found[-1] + _END.size + _END.unpack_from(tail, found[-1])[7] > len(tail):
            _truncated()
        _extra()
    end = tail_start + ends[0]
    _, disk, first_disk, here, count, length, start, _ = _END.unpack_from(tail, ends[0])
    directory_end = end
    if _FULL16 in (disk, first_disk, here, count) or _FULL32 in (length, start):
        directory_end, (disk, first_disk, here, count, length, start) = _read_end64(file, end)
    if disk or first_disk or here != count:
        refuse(
            Rule.UNSUPPORTED,
            "Arsip zip ini terbagi dalam beberapa bagian. Kirim satu berkas zip utuh.",
            "This zip archive is split into several parts. Send one whole zip file.",
        )
    if start + length > directory_end:
        _truncated()
    if start + length < directory_end:
        _extra()
    return start, length, count


def _occurrences(data: bytes, what: bytes) -> Iterator[int]:
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)


def _read_end64(file: BinaryIO, end: int) -> tuple[int, tuple[int, int, int, int, int, int]]:
    at = end - _LOCATOR64.size
    if at < 0:
        _truncated()
    file.seek(at)
    signature, _, start64, disks = _LOCATOR64.unpack(_exactly(file, _LOCATOR64.size))
    # Some writers fill a field without needing zip64; a lying one is caught when the directory is not where it says.
    if signature != b"PK\x06\x07" or disks > 1 or start64 + _END64.size != at:
        _inconsistent("catatan akhir zip64", "zip64 end record")
    file.seek(start64)
    signature, _, _, _, disk, first_disk, here, count, length, start = _END64.unpack(_exactly(file, _END64.size))
    if signature != b"PK\x06\x06":
        _inconsistent("catatan akhir zip64", "zip64 end record")
    return start64, (disk, first_disk, here, count, length, start)


def _parse_directory(data: bytes, count: int) -> Iterator[Record]:
    at = 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data):
            _inconsistent("direktori lebih pendek daripada jumlah berkasnya", "a directory shorter than its count")
        signature, _, _, flags, method, _, _, crc, packed, size, *rest = _CENTRAL.unpack_from(data, at)
        names, extras, comments, disk, _, external, offset = rest
        at += _CENTRAL.size
        raw_name = data[at : at + names]
        extra = data[at + names : at + names + extras]
        at += names + extras + comments
        if signature != b"PK\x01\x02" or at > len(data):
            _inconsistent("direktori rusak", "a broken directory")
        name = _decode_name(raw_name, extra)
        size, packed, offset = _widen(extra, name, (size, packed, offset))
        if disk not in (0, _FULL16):
            _inconsistent("bagian arsip lain", "another part of a split archive", name)
        yield Record(raw_name, name, flags, method, crc, packed, size, offset, external >> 16)
    if at != len(data):
        _extra()


def _decode_name(raw: bytes, extra: bytes) -> str:
    # Without the UTF-8 flag the code page is unknown; Macs and Linux write UTF-8 all the same. Other bytes are
    # refused with the name rules.
    name = raw.decode("utf-8", "surrogateescape")
    unicode_path = _extra_field(extra, _UNICODE_PATH)
    if unicode_path and unicode_path[5:] != raw and unicode_path[1:5] == struct.pack("<L", zlib.crc32(raw)):
        _inconsistent("dua nama untuk satu berkas", "two names for one file", name)
    return name


def _extra_field(extra: bytes, wanted: int) -> bytes | None:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return None


def _widen(extra: bytes, name: str, fields: tuple[int, int, int]) -> tuple[int, int, int]:
    """Take 64-bit values for those `fields` (size, packed, offset) that say they do not fit in 32 bits."""
    if _FULL32 not in fields:
        return fields
    wide = _extra_field(extra, _ZIP64) or b""
    values = list(fields)
    at = 0
    for index, value in enumerate(fields):
        if value == _FULL32:
            if at + 8 > len(wide):
                _inconsistent("ukuran zip64 tidak ada", "a missing zip64 size", name)
            (values[index],) = struct.unpack_from("<Q", wide, at)
            at += 8
    return values[0], values[1], values[2]


def _place(file: BinaryIO, records: list[Record], directory_start: int) -> Iterator[tuple[Record, int]]:
    """Find each member's content, and make sure that members neither overlap nor leave gaps."""
    expected = 0
    for index, record in enumerate(records):
        following = records[index + 1].offset if index + 1 < len(records) else directory_start
        if record.offset < expected:
            refuse(
                Rule.OVERLAP,
                "Beberapa berkas di dalam zip memakai data yang sama, seperti pada bom zip. Buat ulang arsip dengan "
                "alat zip biasa.",
                "Several files in the zip share the same data, as in a zip bomb. Make it again with an ordinary zip "
                "tool.",
                entry=record.name,
            )
        if record.offset > expected:
            _extra()
        content = _check_local(file, record)
        expected = content + record.packed
        if expected > following:
            refuse(
                Rule.OVERLAP,
                "Beberapa berkas di dalam zip saling bertumpuk, seperti pada bom zip. Buat ulang arsip dengan alat "
                "zip biasa.",
                "Files in the zip overlap, as in a zip bomb. Make it again with an ordinary zip tool.",
                entry=record.name,
            )
        if record.flags & DESCRIPTOR_FLAG and following > expected:
            _check_descriptor(file, record, expected, following - expected)
            expected = following
        yield record, content
    if expected != directory_start:
        _extra()


def _check_local(file: BinaryIO, record: Record) -> int:
    """Compare the header before a member's content with the directory; returns where the content starts."""
    file.seek(record.offset)
    fields = _LOCAL.unpack(_exactly(file, _LOCAL.size))
    signature, _, flags, method, _, _, crc, packed, size, names, extras = fields
    raw_name = _exactly(file, names)
    extra = _exactly(file, extras)
    same = ENCRYPTED_FLAGS | DESCRIPTOR_FLAG
    if signature != b"PK\x03\x04" or raw_name != record.raw_name:
        _inconsistent("nama berkas", "a file's name", record.name)
    if method != record.method or flags & same != record.flags & same:
        _inconsistent("cara kompresi", "how a file is compressed", record.name)
    if _FULL32 in (packed, size):
        wide = _extra_field(extra, _ZIP64) or b""
        if len(wide) < 16:
            _inconsistent("ukuran zip64 tidak ada", "a missing zip64 size", record.name)
        size, packed = struct.unpack_from("<2Q", wide)
    told = (crc, packed, size)
    if told != (record.crc, record.packed, record.size) and not (flags & DESCRIPTOR_FLAG and told == (0, 0, 0)):
        _inconsistent("ukuran berkas", "a file's size", record.name)
    return file.tell()


def _check_descriptor(file: BinaryIO, record: Record, at: int, length: int) -> None:
    """The sizes that a streaming writer puts behind a member: with or without a signature, with 32 or 64 bits."""
    forms = {12: "<3L", 16: "<4s3L", 20: "<L2Q", 24: "<4sL2Q"}
    if length not in forms:
        _extra()
    file.seek(at)
    fields = struct.unpack(forms[length], _exactly(file, length))
    if length in (16, 24):
        signature, *fields = fields  # type: ignore[assignment]  # a list from here on
        if signature != b"PK\x07\x08":
            _extra()
    if tuple(fields) != (record.crc, record.packed, record.size):
        _inconsistent("ukuran berkas", "a file's size", record.name)
