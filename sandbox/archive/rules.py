"""Rules for the names and kinds inside an archive, whatever its format."""

import re
import unicodedata
from enum import StrEnum
from typing import NoReturn

from sandbox.archive.model import Kind
from sandbox.limits import ArchiveLimits
from sandbox.refusal import printable, refuse

PATH_FACTOR = 4
"""A whole path may have this many times the bytes of one name."""


class Rule(StrEnum):
    """Every reason to refuse an archive."""

    NOT_AN_ARCHIVE = "not_an_archive"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_MANY_FILES = "too_many_files"
    RATIO = "ratio"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    INCONSISTENT = "inconsistent"
    EXTRA_DATA = "extra_data"
    OVERLAP = "overlap"
    ENCRYPTED = "encrypted"
    COMPRESSION = "compression"
    UNSUPPORTED = "unsupported"
    TRAVERSAL = "traversal"
    ABSOLUTE_PATH = "absolute_path"
    BACKSLASH = "backslash"
    CONTROL_CHARACTER = "control_character"
    NAME_ENCODING = "name_encoding"
    NAME_LENGTH = "name_length"
    BAD_NAME = "bad_name"
    DEPTH = "depth"
    DUPLICATE = "duplicate"
    COLLISION = "collision"
    LINK = "link"
    DEVICE = "device"
    CHANGED = "changed"


_DRIVE = re.compile(r"[A-Za-z]:")
# Unicode's category Cc, its line breaks, and the signs that turn the direction of text, so that a name shows as
# another.
_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
_UNDECODABLE = re.compile("[\\ud800-\\udfff]")

_LEFT_OUT_FOLDERS = frozenset({"__MACOSX", ".git", ".hg", ".svn", "__pycache__", ".venv", ".ipynb_checkpoints"})
_LEFT_OUT_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def left_out(path: str, *, directory: bool) -> bool:
    """Whether `path` is litter of a desktop or a tool, which nobody meant to hand in and no image needs."""
    *folders, name = path.split("/")
    if any(folder in _LEFT_OUT_FOLDERS for folder in folders) or (directory and name in _LEFT_OUT_FOLDERS):
        return True
    return not directory and (name in _LEFT_OUT_FILES or name.startswith("._"))


def check_kind(path: str, kind: Kind) -> None:
    """Refuse everything but files and directories."""
    shown = printable(path)
    if kind in (Kind.SYMLINK, Kind.HARDLINK):
        refuse(
            Rule.LINK,
            f"“{shown}” adalah tautan (link). Tautan ditolak karena bisa menunjuk ke luar arsip. Salin berkas "
            "aslinya ke tempat itu, lalu kirim lagi.",
            f"“{shown}” is a link. Links are refused because they can point outside the archive. Put a copy of the "
            "file in its place and send it again.",
            entry=path,
        )
    if kind not in (Kind.FILE, Kind.DIRECTORY):
        refuse(
            Rule.DEVICE,
            f"“{shown}” adalah berkas khusus ({kind.value}), bukan berkas biasa. Hapus dari arsip, lalu kirim lagi.",
            f"“{shown}” is a special file ({kind.value}), not an ordinary one. Remove it from the archive and send "
            "it again.",
            entry=path,
        )


def plain_path(name: str, limits: ArchiveLimits) -> str:
    """Check a member's name and return it as a relative path without a slash at its end; "" for the root itself.

    Raises Refused for every name that a file system could take for another place or that a person could take for
    another name.
    """
    shown = printable(name)
    _check_signs(name, shown)
    if name.startswith("/") or _DRIVE.match(name):
        refuse(
            Rule.ABSOLUTE_PATH,
            f"“{shown}” memakai alamat mutlak. Isi arsip harus relatif terhadap folder proyek. Buat ulang arsip dari "
            "dalam folder proyek.",
            f"“{shown}” is an absolute path. Names must be relative to the project's folder. Make the archive again "
            "from inside that folder.",
            entry=name,
        )
    path = name.removesuffix("/")
    while path.startswith("./"):
        path = path[2:]
    if path in ("", "."):
        return ""
    parts = path.split("/")
    if ".." in parts:
        refuse(
            Rule.TRAVERSAL,
            f"“{shown}” memuat “..” sehingga menunjuk ke luar arsip. Buat ulang arsip dari dalam folder proyek.",
            f"“{shown}” contains “..” and so points outside the archive. Make the archive again from inside the "
            "project's folder.",
            entry=name,
        )
    if "" in parts or "." in parts:
        refuse(
            Rule.BAD_NAME,
            f"“{shown}” bukan nama yang wajar (ada bagian kosong atau “.” di tengah). Buat ulang arsip dengan alat "
            "zip biasa.",
            f"“{shown}” is not a sound name (an empty part or “.” inside). Make the archive again with an ordinary "
            "zip tool.",
            entry=name,
        )
    _check_size(name, shown, parts, limits)
    return path


def _check_signs(name: str, shown: str) -> None:
    if _UNDECODABLE.search(name):
        refuse(
            Rule.NAME_ENCODING,
            f"Nama “{shown}” bukan UTF-8. Ganti namanya dengan huruf biasa, lalu buat ulang arsip.",
            f"The name “{shown}” is not UTF-8. Rename it with plain letters and make the archive again.",
            entry=name,
        )
    if _CONTROLS.search(name):
        refuse(
            Rule.CONTROL_CHARACTER,
            f"Nama “{shown}” memuat karakter kendali yang tidak terlihat. Ganti namanya, lalu buat ulang arsip.",
            f"The name “{shown}” contains invisible control characters. Rename it and make the archive again.",
            entry=name,
        )
    if "\\" in name:
        refuse(
            Rule.BACKSLASH,
            f"“{shown}” memuat garis miring terbalik (\\). Buat ulang arsip dengan alat yang memakai “/” (zip bawaan "
            "Windows 10 ke atas bisa).",
            f"“{shown}” contains a backslash (\\). Make the archive again with a tool that writes “/” (the one in "
            "Windows 10 and later does).",
            entry=name,
        )


def _check_size(name: str, shown: str, parts: list[str], limits: ArchiveLimits) -> None:
    longest = max(len(part.encode()) for part in parts)
    whole = limits.name_bytes * PATH_FACTOR
    if longest > limits.name_bytes or len(name.encode()) > whole:
        refuse(
            Rule.NAME_LENGTH,
            f"Nama “{shown}” terlalu panjang (batas {limits.name_bytes} byte per nama, {whole} byte seluruhnya). "
            "Pendekkan, lalu kirim lagi.",
            f"The name “{shown}” is too long (limit {limits.name_bytes} bytes a name, {whole} bytes in all). Shorten "
            "it and send it again.",
            entry=name,
        )
    if len(parts) > limits.depth:
        refuse(
            Rule.DEPTH,
            f"“{shown}” berada {len(parts)} folder dalamnya; batasnya {limits.depth}. Ratakan susunan foldernya.",
            f"“{shown}” is {len(parts)} folders deep; the limit is {limits.depth}. Flatten the folders.",
            entry=name,
        )


def refuse_count(count: int, limits: ArchiveLimits) -> NoReturn:
    """Refuse an archive for its number of entries."""
    refuse(
        Rule.TOO_MANY_FILES,
        f"Arsip berisi {count} berkas dan folder; batasnya {limits.files}. Hapus yang tidak dipakai (misalnya "
        "node_modules), lalu kirim lagi.",
        f"The archive holds {count} files and folders; the limit is {limits.files}. Remove what is not used "
        "(node_modules, for instance) and send it again.",
    )


def caseless(name: str) -> str:
    """The key under which two names are one on a Mac or on Windows: canonical caseless matching (Unicode 3.13,
    D145)."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


class Names:
    """The names met so far. Finds duplicates, files used as folders, and names that only a Linux host tells apart.

    Folders that names only imply are counted against the limit of files as well, else deep paths would cost memory.
    """

    def __init__(self, limits: ArchiveLimits) -> None:
        self._limits = limits
        self._spelling: dict[str, str] = {}
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str, *, directory: bool) -> None:
        """Take `path` in. Raises Refused."""
        shown = printable(path)
        if path in self._files or (not directory and path in self._folders):
            refuse(
                Rule.DUPLICATE,
                f"“{shown}” ada dua kali di dalam arsip. Sisakan satu, lalu kirim lagi.",
                f"“{shown}” is in the archive twice. Keep one and send it again.",
                entry=path,
            )
        self._check_spelling(path, shown)
        parts = path.split("/")
        for end in range(len(parts) - 1, 0, -1):
            folder = "/".join(parts[:end])
            if folder in self._folders:
                break
            if folder in self._files:
                refuse(
                    Rule.DUPLICATE,
                    f"“{printable(folder)}” adalah berkas sekaligus folder. Buat ulang arsip dengan alat zip biasa.",
                    f"“{printable(folder)}” is both a file and a folder. Make the archive again with an ordinary zip "
                    "tool.",
                    entry=folder,
                )
            self._check_spelling(folder, printable(folder))
            self._folders.add(folder)
        (self._folders if directory else self._files).add(path)
        if len(self._folders) > self._limits.files:
            refuse_count(len(self._folders), self._limits)

    def _check_spelling(self, path: str, shown: str) -> None:
        other = self._spelling.setdefault(caseless(path), path)
        if other != path:
            refuse(
                Rule.COLLISION,
                f"“{shown}” dan “{printable(other)}” hanya berbeda huruf besar-kecil atau penulisan Unicode. Ganti "
                "nama salah satunya.",
                f"“{shown}” and “{printable(other)}” differ only in letter case or Unicode spelling. Rename one of "
                "them.",
                entry=path,
            )
