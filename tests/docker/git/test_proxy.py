"""The proxy, spoken to by somebody who took the container over: CONNECT to what was allowed, and nothing else."""

import asyncio
import socket
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.git.model import GitLimits, GitStatus
from sandbox.git.proxy import Outside, Proxy

NAME = "git.desa.example"
LIMITS = GitLimits(connections=12, at_once=4, transfer_bytes=100_000, silence_seconds=2.0)


class Echo(Outside):
    """Leads to a server on loopback that sends back what it gets."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reached = 0

    async def resolve(self, host: str) -> Sequence[str]:
        return ["8.8.8.8"]

    async def connect(self, address: str):  # type: ignore[no-untyped-def]
        self.reached += 1
        return await asyncio.open_connection("127.0.0.1", self.port)


@pytest.fixture
def echo() -> Iterator[Echo]:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection = listening.accept()[0]
            except OSError:
                return
            threading.Thread(target=back, args=(connection,), daemon=True).start()

    def back(connection: socket.socket) -> None:
        with closing(connection):
            try:
                while piece := connection.recv(65536):
                    connection.sendall(piece)
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    yield Echo(listening.getsockname()[1])
    listening.close()


def knock(proxy: Proxy) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    connection.connect(str(proxy.path))
    return connection


def ask(proxy: Proxy, data: bytes) -> bytes:
    with closing(knock(proxy)) as connection:
        connection.sendall(data)
        try:
            return connection.recv(4096)
        except ConnectionResetError:
            return b""


def connect(name: str = NAME, port: int = 443) -> bytes:
    return f"CONNECT {name}:{port} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (connect(), b"HTTP/1.1 200"),
        (connect("GIT.desa.EXAMPLE"), b"HTTP/1.1 200"),
        (connect("lain.example"), b"HTTP/1.1 403"),
        (connect(f"{NAME}.lain.example"), b"HTTP/1.1 403"),
        (connect(f"{NAME}."), b"HTTP/1.1 403"),
        (connect("127.0.0.1"), b"HTTP/1.1 403"),
        (connect("2130706433"), b"HTTP/1.1 403"),
        (connect("[::1]"), b"HTTP/1.1 405"),
        (connect(port=22), b"HTTP/1.1 403"),
        (connect(port=99999), b"HTTP/1.1 403"),
        (f"GET http://{NAME}/ HTTP/1.1\r\n\r\n".encode(), b"HTTP/1.1 405"),
        (f"connect {NAME}:443 HTTP/1.1\r\n\r\n".encode(), b"HTTP/1.1 405"),
        (f"CONNECT {NAME}:443\r\n\r\n".encode(), b"HTTP/1.1 405"),
        (f"CONNECT {NAME}:443@lain.example:443 HTTP/1.1\r\n\r\n".encode(), b"HTTP/1.1 405"),
        (b"\x16\x03\x01\r\n\r\n", b"HTTP/1.1 405"),
        (b"A" * 20_000, b""),
    ],
)
def test_only_connect_to_what_was_allowed_is_answered(said: bytes, answer: bytes, echo: Echo) -> None:
    with Proxy([NAME], LIMITS, echo) as proxy:
        assert ask(proxy, said).startswith(answer)
    assert echo.reached == (1 if b"200" in answer else 0)


def test_bytes_pass_both_ways_and_are_counted(echo: Echo) -> None:
    with Proxy([NAME], LIMITS, echo) as proxy:
        with closing(knock(proxy)) as connection:
            connection.sendall(connect())
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            connection.sendall(b"halo")
            assert connection.recv(4096) == b"halo"
            came = 0
            with pytest.raises((ConnectionError, EOFError)):  # noqa: PT012 - whichever of the two is noticed
                while True:
                    connection.sendall(bytes(10_000))
                    if not (piece := connection.recv(65536)):
                        raise EOFError
                    came += len(piece)
            assert came <= LIMITS.transfer_bytes
        assert [note.status for note in proxy.notes][:1] == [GitStatus.TOO_LARGE]
        assert ask(proxy, connect()).startswith(b"HTTP/1.1 429")


def test_only_so_many_connections_at_once_and_in_all(echo: Echo) -> None:
    with Proxy([NAME], LIMITS, echo) as proxy:
        held = [knock(proxy) for _ in range(LIMITS.at_once)]
        for connection in held:
            connection.sendall(connect())
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        assert ask(proxy, connect()).startswith(b"HTTP/1.1 429")
        for connection in held:
            connection.close()
        answers = [ask(proxy, connect()) for _ in range(LIMITS.connections)]
        assert answers[-1].startswith(b"HTTP/1.1 429")
        assert echo.reached <= LIMITS.connections


def test_who_does_not_read_is_left(echo: Echo) -> None:
    with Proxy([NAME], replace(LIMITS, transfer_bytes=100_000_000), echo) as proxy, closing(knock(proxy)) as connection:
        connection.sendall(connect())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        started = time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012 - it takes some until both ways are full
            while time.monotonic() - started < 60:
                connection.sendall(bytes(100_000))


def test_it_ends_with_its_socket_whoever_is_connected(echo: Echo) -> None:
    with Proxy([NAME], LIMITS, echo) as proxy:
        folder, path = proxy.folder, proxy.path
        assert stat.S_IMODE(folder.stat().st_mode) == 0o711
        assert list(folder.iterdir()) == [path]
        connection = knock(proxy)
        connection.sendall(connect())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    assert connection.recv(4096) == b""
    connection.close()
    assert not folder.exists()
    assert not any(thread.name == "git-proxy" for thread in threading.enumerate())


def test_two_fetches_have_two_ways(echo: Echo) -> None:
    with Proxy([NAME], LIMITS, echo) as one, Proxy(["lain.example"], LIMITS, echo) as other:
        assert Path(one.folder) != Path(other.folder)
        assert ask(other, connect()).startswith(b"HTTP/1.1 403")
        assert ask(one, connect()).startswith(b"HTTP/1.1 200")
