"""A folder of wheels as a simple index (PEP 503), for hosts that no index can be reached from.

Answers the addresses that devpi has, so that relays need not know which of the two they speak to.
"""

import hashlib
import html
import re
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)

from sandbox.mirror.relay import BEHIND

_PAGE = re.compile(rf"{BEHIND}/\+simple/([a-z0-9-]{{1,100}})/")
_FILE = re.compile(rf"{BEHIND}/\+f/([0-9a-f]{{64}})/([^/]{{1,250}})")
_CHUNK = 1 << 18


class WheelServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Serves the wheels and source archives of `folder`, which may change while it does, on the Unix socket `path`."""

    daemon_threads = True

    def __init__(self, path: Path, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[tuple[str, int, int], str] = {}
        self._lock = threading.Lock()
        super().__init__(str(path), _Handler)
        path.chmod(0o666)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A relay that hung up is no news."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def files(self, name: str) -> list[tuple[str, str]]:
        """File names of the package `name` (normalised) with their SHA-256."""
        found = [path for path in self.folder.iterdir() if path.is_file() and _package(path.name) == name]
        return [(path.name, self.digest(path)) for path in sorted(found)]

    def digest(self, path: Path) -> str:
        """SHA-256 of a file, reckoned once as long as it is not changed."""
        facts = path.stat()
        key = (path.name, facts.st_size, facts.st_mtime_ns)
        with self._lock:
            known = self._digests.get(key)
        if known is None:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
            with self._lock:
                self._digests[key] = known
        return known


def _package(filename: str) -> str | None:
    try:
        if filename.endswith(".whl"):
            return canonicalize_name(parse_wheel_filename(filename)[0])
        return canonicalize_name(parse_sdist_filename(filename)[0])
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: WheelServer
    timeout = 60

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if self.path == "/+api":
            self._send(200, b"{}", "application/json", body=body)
        elif page := _PAGE.fullmatch(self.path):
            self._page(page[1], body=body)
        elif file := _FILE.fullmatch(self.path):
            self._file(file[1], unquote(file[2]), body=body)
        else:
            self._send(404, b"not here\n", "text/plain", body=body)

    def _page(self, name: str, *, body: bool) -> None:
        files = self.server.files(name)
        links = "".join(
            f'<a href="../../+f/{digest}/{html.escape(file)}#sha256={digest}">{html.escape(file)}</a><br>\n'
            for file, digest in files
        )
        page = f"<!DOCTYPE html><html><body>\n{links}</body></html>\n".encode()
        self._send(200 if files else 404, page, "text/html; charset=utf-8", body=body)

    def _file(self, digest: str, name: str, *, body: bool) -> None:
        path = self.server.folder / name
        if "/" in name or _package(name) is None or not path.is_file() or self.server.digest(path) != digest:
            self._send(404, b"not here\n", "text/plain", body=body)
            return
        self._head(200, path.stat().st_size, "application/octet-stream")
        with path.open("rb") as file:
            while body and (chunk := file.read(_CHUNK)):
                self.wfile.write(chunk)

    def _send(self, status: int, data: bytes, kind: str, *, body: bool) -> None:
        self._head(status, len(data), kind)
        if body:
            self.wfile.write(data)

    def _head(self, status: int, length: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def address_string(self) -> str:
        return "relay"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Who asked for what is nobody's business."""
