"""The engine's stream of an attached container: an 8-byte header, then a piece of standard output or error."""

import struct
from collections.abc import Iterator

STDOUT = 1
STDERR = 2
_HEADER = struct.Struct(">BxxxL")


class StreamBuffer:
    """Takes bytes as they arrive and gives pieces as (stream, bytes), without waiting for the whole of a long one."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._stream = 0
        self._left = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Add `data`, yield what can be told of it."""
        self._bytes += data
        while True:
            if self._left == 0:
                if len(self._bytes) < _HEADER.size:
                    return
                self._stream, self._left = _HEADER.unpack_from(self._bytes)
                del self._bytes[: _HEADER.size]
            piece = bytes(self._bytes[: self._left])
            if not piece:
                if self._left:
                    return
                continue
            del self._bytes[: len(piece)]
            self._left -= len(piece)
            yield self._stream, piece
