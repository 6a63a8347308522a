"""A service of this host, as careless people run them: it listens on every address, and counts who comes."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LOCAL = re.compile(r"\|-- (\d+\.\d+\.\d+\.\d+)\n\s+/32 host LOCAL")
_MOST = 8


class CarelessService:
    """`met` is how many connections came; the addresses are those of this host, loopback left out."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self.met = 0
        self.port: int = listening.getsockname()[1]
        self.addresses = _addresses()

    def asked(self) -> dict[str, Any]:
        """What the probe needs to know to come."""
        return {"port": self.port, "addresses": list(self.addresses)}

    def serve(self) -> None:
        """Count until the socket is closed."""
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.met += 1
            connection.close()


@contextlib.contextmanager
def careless_service() -> Iterator[CarelessService]:
    """Runs while the block does."""
    with socket.socket() as listening:
        listening.bind(("0.0.0.0", 0))  # noqa: S104 - the very carelessness that must not be met
        listening.listen(16)
        service = CarelessService(listening)
        thread = threading.Thread(target=service.serve, name="careless-service", daemon=True)
        thread.start()
        try:
            yield service
        finally:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(5.0)


def _addresses() -> tuple[str, ...]:
    try:
        table = Path("/proc/net/fib_trie").read_text()
    except OSError:
        return ()
    found = dict.fromkeys(address for address in _LOCAL.findall(table) if not address.startswith("127."))
    return tuple(found)[:_MOST]
