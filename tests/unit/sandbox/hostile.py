"""Archives as no honest tool writes them: every field of the formats can be set to a lie."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

UTF8 = 0x800
DESCRIPTOR = 0x8
ENCRYPTED = 0x1
REGULAR = 0o100644


@dataclass(frozen=True)
class Part:
    """One member of a zip. What is None follows from the rest; `local_*` is what stands before the content."""

    name: bytes
    data: bytes = b"print(1)\n"
    method: int = 8
    flags: int = UTF8
    mode: int = REGULAR
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    offset: int | None = None
    disk: int = 0
    extra: bytes = b""
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    local_size: int | None = None
    local_extra: bytes = b""
    content: bytes | None = None
    behind: bytes = b""

    def packed_content(self) -> bytes:
        if self.content is not None:
            return self.content
        if self.method != 8:
            return self.data
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.data) + deflate.flush()


def zip_bytes(
    parts: Sequence[Part],
    *,
    front: bytes = b"",
    gap: bytes = b"",
    back: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    start: int | None = None,
    length: int | None = None,
) -> bytes:
    """A zip file of `parts`. `front`, `gap` (before the directory) and `back` are foreign bytes."""
    body = bytearray(front)
    central = bytearray()
    for part in parts:
        content = part.packed_content()
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        packed = len(content) if part.packed is None else part.packed
        offset = len(body) if part.offset is None else part.offset
        local_name = part.name if part.local_name is None else part.local_name
        local_flags = part.flags if part.local_flags is None else part.local_flags
        local_method = part.method if part.local_method is None else part.local_method
        told = (crc, packed, size if part.local_size is None else part.local_size)
        if local_flags & DESCRIPTOR:
            told = (0, 0, 0)
        body += struct.pack(
            "<4s5H3L2H",
            b"PK\x03\x04",
            20,
            local_flags,
            local_method,
            0,
            0x21,
            *told,
            len(local_name),
            len(part.local_extra),
        )
        body += local_name + part.local_extra + content + part.behind
        central += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 0x031E, 20, part.flags, part.method, 0, 0x21, crc, packed, size),
            *(len(part.name), len(part.extra), 0, part.disk, 0, part.mode << 16, offset),
        )
        central += part.name + part.extra
    body += gap
    where = len(body) if start is None else start
    number = len(parts) if count is None else count
    whole = len(central) if length is None else length
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, whole, where, len(comment))
    return bytes(body + central) + end + comment + back


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip as Python's own module writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tar_header(
    name: bytes,
    size: int = 0,
    *,
    kind: bytes = b"0",
    mode: bytes = b"0000644\0",
    link: bytes = b"",
    size_field: bytes | None = None,
    checksum: int | None = None,
    magic: bytes = b"ustar\x0000",
    prefix: bytes = b"",
) -> bytes:
    """One header block of a tar."""
    block = bytearray(512)
    block[0 : len(name)] = name
    block[100:108] = mode
    block[108:124] = b"0000000\x000000000\0"
    block[124:136] = b"%011o\0" % size if size_field is None else size_field
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[157 : 157 + len(link)] = link
    block[257:265] = magic
    block[345 : 345 + len(prefix)] = prefix
    block[148:156] = b"%06o\0 " % (sum(block) if checksum is None else checksum)
    return bytes(block)


def tar_member(name: bytes, data: bytes = b"print(1)\n", **fields: bytes) -> bytes:
    """A header with its content, padded to whole blocks."""
    return tar_header(name, len(data), **fields) + data + bytes(-len(data) % 512)  # type: ignore[arg-type]


def pax(records: Mapping[str, str], kind: bytes = b"x") -> bytes:
    """An extension header of the pax format."""
    body = b""
    for key, value in records.items():
        rest = f" {key}={value}\n".encode()
        length = len(rest) + 1
        while len(str(length)) + len(rest) != length:
            length = len(str(length)) + len(rest)
        body += str(length).encode() + rest
    return tar_member(b"PaxHeader", body, kind=kind)


def tar_gz(*blocks: bytes, end: bytes = bytes(1024), behind: bytes = b"") -> bytes:
    """A tar.gz of raw blocks. `behind` follows the compressed stream."""
    return gzip.compress(b"".join(blocks) + end, mtime=0) + behind


def tar_gz_of(files: Mapping[str, bytes]) -> bytes:
    """A tar.gz as Python's own module writes it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def write_folder(root: Path, files: Mapping[str, bytes]) -> Path:
    """The same files in a plain folder."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root
