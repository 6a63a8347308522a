"""Messages on a byte stream: four bytes of length (big endian), then that many bytes of UTF-8 JSON."""

import json
import struct
from collections.abc import Iterator
from typing import Any

# Tasks that a grader keeps collected, least recently prepared out first; both ends count them alike.
KEPT_TASKS = 9
MAX_FRAME_BYTES = 64 * 1024 * 1024
_HEADER = struct.Struct(">I")

Message = dict[str, Any]


class BadFrame(Exception):
    """The other side sent what is no frame: too long, no JSON, no object."""


def encode(message: Message) -> bytes:
    """The frame of one message. Raises BadFrame when it would be too long."""
    return wrap(json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode())


def wrap(payload: bytes) -> bytes:
    """The frame around a payload that is encoded already."""
    if len(payload) > MAX_FRAME_BYTES:
        raise BadFrame(f"a message of {len(payload)} bytes")
    return _HEADER.pack(len(payload)) + payload


def decode(payload: bytes) -> Message:
    """The message in a payload. Raises BadFrame."""
    try:
        message = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise BadFrame(f"not JSON: {error}") from error
    if not isinstance(message, dict) or not isinstance(message.get("op"), str):
        raise BadFrame("not an object with an `op`")
    return message


class FrameBuffer:
    """Collects bytes as they arrive, in pieces of any size, and gives back the whole payloads."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    @property
    def empty(self) -> bool:
        """Whether no part of a frame is waiting."""
        return not self._bytes

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Add `data` and yield each payload that is complete now. Raises BadFrame."""
        self._bytes += data
        while len(self._bytes) >= _HEADER.size:
            (length,) = _HEADER.unpack_from(self._bytes)
            if length > MAX_FRAME_BYTES:
                raise BadFrame(f"announces {length} bytes")
            end = _HEADER.size + length
            if len(self._bytes) < end:
                return
            payload = bytes(self._bytes[_HEADER.size : end])
            del self._bytes[:end]
            yield payload
