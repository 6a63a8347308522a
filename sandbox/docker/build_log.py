"""The log of a build, bounded: its beginning as it comes, and its end once it is known."""

from collections import deque

from sandbox.provider import LogSink

CUT = "\n… bagian tengah log dibuang karena terlalu panjang …\n".encode()

_RECENT = 16 * 1024


class BuildLog:
    """Keeps the first and the last half of `limit` bytes. `sink` gets the first half at once, the rest when the log
    is closed."""

    def __init__(self, limit: int, sink: LogSink) -> None:
        self._half = limit // 2
        self._sink = sink
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_size = 0
        self._cut = False
        self._recent: deque[bytes] = deque()
        self._recent_size = 0
        self.total = 0

    def write(self, data: bytes) -> None:
        """Take more of the log in."""
        self.total += len(data)
        self._recent.append(data[-_RECENT:])
        self._recent_size += len(self._recent[-1])
        while self._recent_size - len(self._recent[0]) >= _RECENT:
            self._recent_size -= len(self._recent.popleft())
        room = self._half - len(self._head)
        if room > 0:
            now, data = data[:room], data[room:]
            self._head += now
            self._sink(now)
        if data:
            self._tail.append(data)
            self._tail_size += len(data)
        while self._tail and self._tail_size - len(self._tail[0]) >= self._half:
            self._tail_size -= len(self._tail.popleft())
            self._cut = True

    @property
    def recent(self) -> str:
        """The last lines written, some 16 KiB."""
        return b"".join(self._recent)[-_RECENT:].decode(errors="replace")

    def close(self) -> bytes:
        """Give the rest to the sink; returns the whole log as kept."""
        tail = b"".join(self._tail)
        if len(tail) > self._half:
            tail = tail[-self._half :]
            self._cut = True
        rest = CUT + tail if self._cut else tail
        if rest:
            self._sink(rest)
        self._tail.clear()
        return bytes(self._head) + rest
