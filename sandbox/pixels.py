"""Pictures from bare pixels: a strict reader of binary PPM, a smaller copy, and PNG.

Whoever wrote the pixels is not trusted: nothing of them is interpreted but a header of three numbers. The PNG is made
here, so it holds pixels and nothing else.
"""

import re
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEADER_BYTES = 32
"""The longest header of a PPM that is taken."""

_HEADER = re.compile(rb"P6\n(\d{1,5}) (\d{1,5})\n255\n")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR, _GREY = 2, 0


class NoPicture(ValueError):
    """The bytes are no PPM of an allowed size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels, each red, green and blue: shape (height, width, 3), 8 bits each."""

    pixels: NDArray[np.uint8]

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def read_ppm(data: bytes, *, side: int) -> Picture:
    """The picture in a binary PPM with 8 bits a colour, no side longer than `side`. Raises NoPicture."""
    header = _HEADER.match(data[:HEADER_BYTES])
    if header is None:
        raise NoPicture("no header of a PPM")
    width, height = int(header[1]), int(header[2])
    if not (1 <= width <= side and 1 <= height <= side):
        raise NoPicture(f"{width} x {height} pixels")
    if len(data) - header.end() != width * height * 3:
        raise NoPicture(f"{len(data) - header.end()} bytes for {width} x {height} pixels")
    return Picture(np.frombuffer(data, np.uint8, offset=header.end()).reshape(height, width, 3))


def shrink(picture: Picture, *, side: int) -> Picture:
    """A copy whose longer side is at most `side`; each pixel is the mean of those it stands for."""
    longer = max(picture.width, picture.height)
    if longer <= side:
        return picture
    width = max(1, round(picture.width * side / longer))
    height = max(1, round(picture.height * side / longer))
    rows = _means(picture.pixels.astype(np.float32), height, axis=0)
    return Picture(np.rint(_means(rows, width, axis=1)).astype(np.uint8))


def png(picture: Picture) -> bytes:
    """The picture as PNG (W3C, third edition), grey where it has no colour. Each row has the filter that suits it."""
    pixels = picture.pixels
    grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all())
    if grey:
        pixels = pixels[..., :1]
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, _GREY if grey else _COLOUR, 0, 0, 0)
    rows = zlib.compress(_filtered(pixels), 6)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _means(values: NDArray[np.float32], count: int, *, axis: int) -> NDArray[np.float32]:
    edges = np.linspace(0, values.shape[axis], count, endpoint=False).astype(np.intp)
    sums = np.add.reduceat(values, edges, axis=axis)
    spans = np.diff(np.append(edges, values.shape[axis])).astype(np.float32)
    shape = [1] * values.ndim
    shape[axis] = count
    return np.divide(sums, spans.reshape(shape), dtype=np.float32)


def _filtered(pixels: NDArray[np.uint8]) -> bytes:
    """Rows with their filter's number in front. The one with the least sum of differences (section 12.7) is taken, of
    none, sub and up.
    """
    height, width, depth = pixels.shape
    flat = pixels.reshape(height, width * depth)
    left = np.zeros_like(flat)
    left[:, depth:] = flat[:, :-depth]
    above = np.zeros_like(flat)
    above[1:] = flat[:-1]
    choices = np.stack([flat, flat - left, flat - above])
    cost = np.abs(choices.view(np.int8).astype(np.int16)).sum(axis=2, dtype=np.int64)
    best = cost.argmin(axis=0)
    rows = np.empty((height, width * depth + 1), np.uint8)
    rows[:, 0] = best
    rows[:, 1:] = choices[best, np.arange(height)]
    return rows.tobytes()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
