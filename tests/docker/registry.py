"""A registry that serves one image of the local engine, as the registry's protocol says, and one that never answers."""

import hashlib
import io
import json
import socket
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import docker

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


@contextmanager
def serving(engine: docker.APIClient, image: str) -> Iterator[str]:
    """Yield where `image` can be pulled from: a reference with a tag."""
    blobs, manifest = _contents(engine, image)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, *, with_body: bool) -> None:
            kind, _, name = self.path.rpartition("/")
            body, content_type = b"{}", "application/json"
            if kind.endswith("/manifests"):
                body, content_type = manifest, MANIFEST
            elif kind.endswith("/blobs"):
                body, content_type = blobs[name], "application/octet-stream"
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Docker-Content-Digest", _digest(body))
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}/debian:12-slim"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent() -> Iterator[str]:
    """Yield a reference whose registry accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}/debian:12-slim"


def _contents(engine: docker.APIClient, image: str) -> tuple[dict[str, bytes], bytes]:
    """The blobs of an image by their digest, and its manifest."""
    saved = io.BytesIO(b"".join(engine.get_image(image)))
    with tarfile.open(fileobj=saved) as archive:

        def read(name: str) -> bytes:
            file = archive.extractfile(name)
            assert file is not None, name
            return file.read()

        (listed,) = json.loads(read("manifest.json"))
        config = read(listed["Config"])
        layers = [read(name) for name in listed["Layers"]]
    described = [{"mediaType": LAYER, "size": len(layer), "digest": _digest(layer)} for layer in layers]
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {"mediaType": CONFIG, "size": len(config), "digest": _digest(config)},
        "layers": described,
    }
    return {_digest(blob): blob for blob in (config, *layers)}, json.dumps(manifest).encode()


def _digest(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
