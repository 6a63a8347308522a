"""A bad line: a TCP relay that cuts connections after so many bytes, and can be down altogether."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class BadLine:
    """Relays to `target`. The next `cuts` connections end after `after` bytes from the client."""

    target: tuple[str, int]
    listener: socket.socket
    cuts: int = 0
    after: int = 0
    connections: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where clients connect to."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Accept until the listener is closed."""
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self._guard:
                self.connections += 1
                cut = self.cuts > 0
                self.cuts -= cut
            threading.Thread(target=self._relay, args=(client, self.after if cut else None), daemon=True).start()

    def _relay(self, client: socket.socket, left: int | None) -> None:
        with closing(client), closing(socket.create_connection(self.target)) as server:
            back = threading.Thread(target=_pump, args=(server, client, None), daemon=True)
            back.start()
            _pump(client, server, left)
            back.join(timeout=5)


def _pump(source: socket.socket, sink: socket.socket, left: int | None) -> None:
    with suppress(OSError):
        while left is None or left > 0:
            data = source.recv(65536 if left is None else min(left, 65536))
            if not data:
                break
            sink.sendall(data)
            left = None if left is None else left - len(data)
        for end in (source, sink):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def bad_line(url: str) -> Iterator[BadLine]:
    """A relay to the server at `url`."""
    address = urlsplit(url)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        line = BadLine((str(address.hostname), int(address.port or 80)), listener)
        thread = threading.Thread(target=line.serve, daemon=True)
        thread.start()
        yield line
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)
