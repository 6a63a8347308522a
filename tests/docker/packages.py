"""Packages made on the spot, an index that offers them, and a mirror in front of it: nothing comes from outside."""

import base64
import hashlib
import http.server
import io
import socketserver
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.mirror.serve import MirrorSettings, serve_mirror

_READY_SECONDS = 180.0


def wheel(folder: Path, name: str, version: str, code: str, *, needs: str = "") -> Path:
    """A wheel with one module of the package's name, which may need another package."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + (f"Requires-Dist: {needs}\n" if needs else ""),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: uji\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={_digest(text)},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


def source_archive(folder: Path, name: str, version: str) -> Path:
    """A package that has to be compiled."""
    setup = (
        "from setuptools import Extension, setup\n"
        f"setup(name={name!r}, version={version!r}, ext_modules=[Extension({name!r}, ['a.c'])])\n"
    )
    path = folder / f"{name}-{version}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for inside, text in {"setup.py": setup, "a.c": "int a;\n", "PKG-INFO": f"Name: {name}\n"}.items():
            member = tarfile.TarInfo(f"{name}-{version}/{inside}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@contextmanager
def index(folder: Path, broken: str = "") -> Iterator[str]:
    """The files of `folder` as a package index on loopback; gives its address. It fails for the package `broken`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = self.path.strip("/").split("/")
            found = [path for path in sorted(folder.iterdir()) if path.name.partition("-")[0] == parts[-1]]
            if parts[-1] == broken:
                self._send(503, b"", "text/plain")
            elif parts[0] == "simple" and found:
                links = [f'<a href="/files/{path.name}#sha256={_hex(path)}">{path.name}</a>' for path in found]
                self._send(200, "\n".join(links).encode(), "text/html")
            elif parts[0] == "files" and (folder / parts[-1]).is_file():
                self._send(200, (folder / parts[-1]).read_bytes(), "application/octet-stream")
            else:
                self._send(404, b"", "text/plain")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/simple/"
        finally:
            server.shutdown()
            thread.join()


def _hex(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def mirror(settings: MirrorSettings, env: Mapping[str, str]) -> Iterator[Path]:
    """A mirror that runs; gives its socket."""
    stop, ready = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            serve_mirror(settings, stop, on_ready=ready.set, env=env)
        except BaseException as failure:
            failures.append(failure)
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert ready.wait(_READY_SECONDS)
        assert not failures, failures
        yield settings.socket
    finally:
        stop.set()
        thread.join()
