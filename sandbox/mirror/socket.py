"""Asking the mirror from this host, through its Unix socket."""

import http.client
import secrets
import socket
from pathlib import Path

from sandbox.mirror.relay import BEHIND

NAME = "mirror.sock"
"""The socket's name in its folder; builds get the folder, so that a mirror that starts again is found again."""

ANSWERS_SECONDS = 5.0
INDEX_SECONDS = 60.0
_NOWHERE = "gelanggang-tanya-"
_LOWEST_FAILURE = 500


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("127.0.0.1", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(str(self._path))
        except BaseException:
            self.sock.close()
            raise


def ask(path: Path, target: str = "/+api", *, seconds: float = ANSWERS_SECONDS) -> str | None:
    """What is wrong with the mirror behind the socket `path`; None where it answers `target` (a 404 is an answer)."""
    connection = _Connection(path, seconds)
    try:
        connection.request("GET", target, headers={"Accept": "text/html", "User-Agent": "pip/relay"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    return f"status {status}" if status >= _LOWEST_FAILURE else None


def ask_index(path: Path, *, seconds: float = INDEX_SECONDS) -> str | None:
    """What is wrong with the index behind the mirror; None where it answers.

    Asked for a name that nobody has: of one that was asked for before, the mirror would show its own copy.
    """
    return ask(path, f"{BEHIND}/+simple/{_NOWHERE}{secrets.token_hex(6)}/", seconds=seconds)
