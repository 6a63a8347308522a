"""Pixels become pictures; what is no picture is refused."""

import struct
import zlib

import numpy as np
import pytest

from sandbox.pixels import NoPicture, Picture, png, read_ppm, shrink


def unfiltered(data: bytes) -> np.ndarray:
    """The pixels of a PNG, by the rules of the standard."""
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    assert depth == 8
    channels = {0: 1, 2: 3}[colour]
    start = data.index(b"IDAT") + 4
    (length,) = struct.unpack_from(">I", data, start - 8)
    assert struct.unpack_from(">I", data, start + length) == (zlib.crc32(data[start - 4 : start + length]),)
    raw, stride = zlib.decompress(data[start : start + length]), width * channels
    rows: list[list[int]] = []
    for row in range(height):
        kind, *line = raw[row * (stride + 1) : (row + 1) * (stride + 1)]
        for x in range(stride):
            left = line[x - channels] if x >= channels else 0
            above = rows[-1][x] if rows else 0
            line[x] = (line[x] + {0: 0, 1: left, 2: above}[kind]) & 255
        rows.append(line)
    return np.array(rows, np.uint8).reshape(height, width, channels)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 5), (64, 33), (1, 90)])
def test_a_png_holds_the_very_pixels(width: int, height: int) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)
    assert (unfiltered(png(Picture(pixels))) == pixels).all()


def test_what_has_no_colour_is_kept_as_grey() -> None:
    slope = np.tile(np.arange(90, dtype=np.uint8)[:, None, None], (1, 120, 3))
    packed = png(Picture(slope))
    assert (unfiltered(packed) == slope[..., :1]).all()
    assert len(packed) < 90 * 120 / 20


def test_a_smaller_copy_is_made_of_means() -> None:
    board = np.indices((8, 8)).sum(axis=0) % 2 * 255
    small = shrink(Picture(np.repeat(board[..., None], 3, axis=2).astype(np.uint8)), side=4)
    assert (small.width, small.height) == (4, 4)
    assert (small.pixels == 128).all()
    long = shrink(Picture(np.zeros((1, 1600, 3), np.uint8)), side=400)
    assert (long.width, long.height) == (400, 1)
    same = Picture(np.zeros((9, 9, 3), np.uint8))
    assert shrink(same, side=9) is same


def test_a_ppm_is_read() -> None:
    picture = read_ppm(b"P6\n2 1\n255\n\x01\x02\x03\x04\x05\x06", side=2)
    assert picture.pixels.tolist() == [[[1, 2, 3], [4, 5, 6]]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"P6",
        b"P5\n1 1\n255\n\x00",
        b"P6\n1 1\n255\n\x00\x00",
        b"P6\n1 1\n255\n\x00\x00\x00\x00",
        b"P6\n0 1\n255\n",
        b"P6\n9 1\n255\n" + bytes(27),
        b"P6\n99999 99999\n255\n",
        b"P6\n# a note\n1 1\n255\n\x00\x00\x00",
        b"P6\n-1 1\n255\n",
        b"P6\n1 1\n65535\n" + bytes(6),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NoPicture):
        read_ppm(data, side=8)
