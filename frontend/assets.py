"""Static files: read once, addressed by their content, kept by browsers for a year."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

STYLESHEETS = (
    "tokens.css",
    "base.css",
    "parts.css",
    "screens.css",
    "account.css",
    "team.css",
    "event.css",
    "submit.css",
    "result.css",
    "console.css",
    "judging.css",
    "panel.css",
    "codes.css",
    "tools.css",
)
"""Served as one `app.css`, in this order."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE = {".css", ".js", ".svg"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; `packed` is its gzip, None where that saves nothing."""

    content: bytes
    packed: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name, and the digest that stands in their addresses.

    One digest for all: a stylesheet's relative addresses then lead to the files it was made with.
    """

    files: Mapping[str, Asset]
    digest: str

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError where there is none."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"


@cache
def load() -> Assets:
    """Read all static files."""
    contents: dict[str, bytes] = {
        str(path.relative_to(STATIC)): path.read_bytes()
        for path in sorted(STATIC.rglob("*"))
        if path.is_file() and path.suffix in _TYPES and path.parent.name != "css"
    }
    contents["app.css"] = b"\n".join((STATIC / "css" / name).read_bytes() for name in STYLESHEETS)
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    files = {name: _asset(name, content) for name, content in contents.items()}
    return Assets(files, digest.hexdigest()[:16])


def _asset(name: str, content: bytes) -> Asset:
    suffix = Path(name).suffix
    packed = gzip.compress(content, 9, mtime=0) if suffix in _COMPRESSIBLE else None
    return Asset(content, packed, _TYPES[suffix])
