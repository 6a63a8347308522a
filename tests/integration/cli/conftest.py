"""What the commands' tests share."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def served_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        yield port
