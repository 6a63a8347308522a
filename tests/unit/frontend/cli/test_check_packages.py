"""What the doctor says of the package mirror."""

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from frontend.cli.checks.model import State
from frontend.cli.checks.packages import check_packages
from hackathon.settings import Settings


@pytest.fixture
def short() -> Iterator[Path]:
    """A short path: a socket lies in it."""
    made = Path(tempfile.mkdtemp(prefix="glg-doctor-"))
    yield made
    shutil.rmtree(made)


@contextmanager
def answering(path: Path, *statuses: str) -> Iterator[None]:
    """Somebody who answers so many requests, one after the other."""

    def answer() -> None:
        for status in statuses:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=answer)
        thread.start()
        yield
        thread.join()


def test_no_mirror_is_named() -> None:
    (found,) = check_packages(Settings())
    assert (found.state, found.todo) == (State.OK, "")


@pytest.mark.parametrize("index", ["200 OK", "404 Not Found"])
def test_a_mirror_that_answers(short: Path, index: str) -> None:
    with answering(short / "mirror.sock", "200 OK", index):
        (found,) = check_packages(Settings(mirror_socket=short / "mirror.sock"))
    assert found.state is State.OK


def test_a_mirror_that_is_away(short: Path) -> None:
    (found,) = check_packages(Settings(mirror_socket=short / "mirror.sock"))
    assert (found.state, "gelanggang mirror" in found.todo) == (State.FAIL, True)


def test_a_mirror_whose_index_is_away(short: Path) -> None:
    with answering(short / "mirror.sock", "200 OK", "502 Bad Gateway"):
        (found,) = check_packages(Settings(mirror_socket=short / "mirror.sock"))
    assert (found.state, "status 502" in found.found) == (State.WARN, True)
