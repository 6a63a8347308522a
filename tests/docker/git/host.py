"""A git host on this machine: https with an authority of its own, git's own backend, and some ways of misbehaving."""

import asyncio
import datetime as dt
import ipaddress
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sandbox.git.proxy import Outside
from sandbox.git.public import is_public

NAME = "git.desa.example"
OTHER = "lain.desa.example"
STRANGE = "asing.example"

Answer = Callable[["Handler"], None]


class Here(Outside):
    """Names lead to this machine's loopback, where these tests allow it: `addresses` is what the resolver says."""

    def __init__(self, port: int, authorities: Path) -> None:
        self.authorities = authorities
        self.port = port
        self.addresses: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []
        self.reached: list[str] = []

    async def resolve(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        answers = self.addresses.get(host, [["127.0.0.1"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def permits(self, address: str) -> bool:
        return address == "127.0.0.1" or is_public(address)

    async def connect(self, address: str):  # type: ignore[no-untyped-def]
        self.reached.append(address)
        return await asyncio.open_connection("127.0.0.1", self.port)


class Handler(BaseHTTPRequestHandler):
    """Answers of `GitHost.answers` by the beginning of the path, everything else is git's backend's."""

    protocol_version = "HTTP/1.1"
    server: "GitHost"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.close_connection = True
        self.server.requests.append(self.path)
        try:
            for beginning, answer in self.server.answers.items():
                if self.path.startswith(beginning):
                    answer(self)
                    return
            self._backend()
        except OSError:
            pass  # the client left

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        return body

    def _backend(self) -> None:
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_CONFIG_KEY_1": "uploadpack.allowAnySHA1InWant",
            "GIT_CONFIG_VALUE_1": "true",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": "127.0.0.1",
        }
        made = subprocess.run(
            ["git", "http-backend"], env=environment, input=self._body(), capture_output=True, check=False
        ).stdout
        head, _, body = made.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(headers.pop("Status", "200").split()[0])
        self.say(status, body, **{name.replace("-", "_"): value for name, value in headers.items()})


class GitHost(ThreadingHTTPServer):
    """Serves the bare repositories of `root`. A context manager."""

    daemon_threads = True

    def __init__(self, root: Path, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.root = root
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._context = context

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that left

    def finish_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        # In the connection's own thread: one that says nothing must not keep the others waiting.
        request.settimeout(60)
        with self._context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def __enter__(self) -> "GitHost":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()


def authority(folder: Path, names: Sequence[str]) -> tuple[Path, Path]:
    """A certificate with its key for the names, and the file of the authority that signed it."""
    now = dt.datetime.now(dt.UTC)

    def made(subject: str, signer: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePrivateKey, issuer: str, ca: bool):  # type: ignore[no-untyped-def]
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:
            others = [x509.DNSName(name) for name in names]
            addresses = [x509.IPAddress(ipaddress.ip_address("169.254.169.254"))]
            builder = builder.add_extension(x509.SubjectAlternativeName([*others, *addresses]), critical=False)
        return builder.sign(signer, hashes.SHA256())

    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    pem = serialization.Encoding.PEM
    authorities, certificate = folder / "authorities.crt", folder / "host.pem"
    authorities.write_bytes(made("Desa", root, root, "Desa", True).public_bytes(pem))
    key = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate.write_bytes(key + made(names[0], root, leaf, "Desa", False).public_bytes(pem))
    authorities.chmod(0o644)
    return certificate, authorities


def packets(*lines: bytes | None) -> bytes:
    """Lines as git's protocol has them; None is a flush."""
    return b"".join(b"0000" if line is None else b"%04x%b" % (len(line) + 4, line) for line in lines)


def pieces(handler: Handler, parts: Iterator[bytes]) -> None:
    """An answer without a length that goes on as long as there are parts."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/x-git-upload-pack-result")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for part in parts:
        handler.wfile.write(part)
        handler.wfile.flush()
