"""Tells what a file is by its first bytes, whatever its name says."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sandbox.model import Text

_HEAD = 512


class Format(StrEnum):
    """The forms in which a source may be handed in."""

    ZIP = "zip"
    TAR_GZ = "tar.gz"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file that is no archive we take, with its name in both languages."""

    what: Text


_STRANGERS = (
    (b"%PDF-", "berkas PDF", "a PDF file"),
    (b"Rar!\x1a\x07", "arsip RAR", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7-Zip", "a 7-Zip archive"),
    (b"BZh", "arsip bzip2", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "arsip xz", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "arsip Zstandard", "a Zstandard archive"),
    (b"PK\x07\x08", "arsip zip yang terbagi beberapa bagian", "a zip archive split into parts"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dokumen Office lama", "an old Office document"),
    (b"\x89PNG\r\n\x1a\n", "gambar PNG", "a PNG image"),
    (b"\xff\xd8\xff", "gambar JPEG", "a JPEG image"),
    (b"GIF8", "gambar GIF", "a GIF image"),
    (b"MZ", "program Windows", "a Windows program"),
    (b"\x7fELF", "program Linux", "a Linux program"),
    (
        b"version https://git-lfs",
        "penunjuk Git LFS, bukan arsipnya sendiri",
        "a Git LFS pointer, not the archive itself",
    ),
)
_TAR_MAGIC = (257, b"ustar")
_HTML = (b"<!doctype html", b"<html", b"<?xml")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def sniff(path: Path) -> Format | Stranger:
    """Look at the first bytes of the file at `path`, which must exist and hold at least one byte."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Format.TAR_GZ
    for magic, id_name, en_name in _STRANGERS:
        if head.startswith(magic):
            return Stranger(Text(id_name, en_name))
    offset, magic = _TAR_MAGIC
    if head[offset:].startswith(magic):
        return Stranger(Text("arsip tar tanpa kompresi gzip", "a tar archive without gzip compression"))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML):
        return Stranger(Text("halaman web", "a web page"))
    if not head.strip(b"\0"):
        return Stranger(Text("berkas kosong (semua byte nol)", "a blank file (all zero bytes)"))
    if all(byte >= ord(" ") or byte in _TEXT_CONTROLS for byte in head):
        return Stranger(Text("berkas teks", "a text file"))
    return Stranger(Text("berkas yang tidak dikenal", "an unknown file"))
