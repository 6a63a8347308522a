"""Documents that mean harm, on the real engine: each ends as a value, in bounded time, and leaves nothing behind."""

import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.conformance.documents import pdf, words
from sandbox.docker import DockerProvider
from sandbox.pages import Drawing, PageLimits, PagesStatus

LIMITS = PageLimits(page_seconds=5, seconds=40.0)

LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'1f' * 32}> /U <{'a7' * 32}> >> /ID [<00> <00>]"


def image_bomb(side: int) -> bytes:
    """A page with one picture of `side` x `side` pixels that packs to almost nothing."""
    packed = zlib.compress(bytes(side * side // 8), 9)
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (side, side, len(packed), packed)
    )
    content = b"320 0 0 180 0 0 cm /P Do"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 180] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        picture,
        b"<< /XObject << /P 5 0 R >> >>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, text) for n, text in enumerate(objects, start=1))
    return body + b"trailer\n<< /Size 7 /Root 1 0 R >>\n%%EOF\n"


ENDLESS = b"0 0 1 rg " + b"q 1 0 0 1 0.0001 0 cm 0 0 320 180 re 0.1 w S " * 300_000
"""Hundreds of thousands of nested states, each with a frame to draw."""

HOSTILE = {
    "locked": (pdf([words("x")], trailer=LOCK), {PagesStatus.LOCKED}),
    "cut off": (pdf([words("x")])[:300], {PagesStatus.BROKEN}),
    "a zip that calls itself a pdf": (b"%PDF-1.7\n" + b"PK\x03\x04" * 1000, {PagesStatus.BROKEN}),
    "nothing but zeros": (bytes(1 << 20), {PagesStatus.BROKEN}),
    "31 pages": (pdf([words("x")] * 31), {PagesStatus.TOO_MANY}),
    "a page tree that counts to a milliard": (
        pdf([words("x")]).replace(b"/Count 1", b"/Count 999999999"),
        {PagesStatus.TOO_MANY, PagesStatus.BROKEN},
    ),
    "a page tree in a circle": (
        pdf([words("x")]).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
        {PagesStatus.BROKEN, PagesStatus.OK},
    ),
    "a picture of 60,000 x 60,000": (image_bomb(60_000), {PagesStatus.OK, PagesStatus.TOO_HEAVY, PagesStatus.BROKEN}),
    "a drawing without end": (pdf([ENDLESS]), {PagesStatus.TOO_HEAVY, PagesStatus.OK}),
    "a page of a kilometre": (pdf([words("x")], box="0 0 2834645 2834645"), {PagesStatus.OK, PagesStatus.TOO_HEAVY}),
    "a page of no size": (pdf([words("x")], box="0 0 0 0"), {PagesStatus.OK, PagesStatus.BROKEN}),
    "a page as thin as a hair": (pdf([words("x")], box="0 0 1 14400"), {PagesStatus.OK, PagesStatus.BROKEN}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends_as_a_value(
    name: str, provider: DockerProvider, tmp_path: Path, leftovers: Callable[[], int]
) -> None:
    data, expected = HOSTILE[name]
    started = time.monotonic()
    drawing, folder = draw(provider, tmp_path, data)
    assert drawing.status in expected, drawing
    assert time.monotonic() - started < LIMITS.seconds + 10
    for page in drawing.pages:
        assert size((folder / page.file).read_bytes()) == (page.width, page.height)
        assert 1 <= page.width <= LIMITS.side + 1
        assert 1 <= page.height <= LIMITS.side + 1
    if drawing.status is not PagesStatus.OK:
        assert drawing.message.id != drawing.message.en
        assert drawing.message.id.endswith("lagi.")
    assert leftovers() == 0


def test_the_pages_show_what_was_written(provider: DockerProvider, tmp_path: Path) -> None:
    empty, black = b"", b"0 0 320 180 re f"
    drawing, folder = draw(provider, tmp_path, pdf([empty, black, words("Kawan Lapor")]))
    darkness = [mean((folder / page.small).read_bytes()) for page in drawing.pages]
    assert darkness[0] == 255
    assert darkness[1] == 0
    assert 200 < darkness[2] < 255


def draw(provider: DockerProvider, folder: Path, data: bytes) -> tuple[Drawing, Path]:
    document, into = folder / "document.pdf", folder / "pages"
    document.write_bytes(data)
    into.mkdir()
    return provider.draw_pages(document, into, limits=LIMITS, label="test-pages"), into


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def mean(png: bytes) -> float:
    """The mean of a grey picture's pixels, filters undone."""
    width, height = size(png)
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack_from(">I", png, start - 8)
    raw = zlib.decompress(png[start : start + length])
    total, above = 0, bytes(width)
    for row in range(height):
        line = raw[row * (width + 1) : (row + 1) * (width + 1)]
        values = bytearray(line[1:])
        for x in range(width):
            if line[0] == 1:
                values[x] = (values[x] + (values[x - 1] if x else 0)) & 255
            elif line[0] == 2:
                values[x] = (values[x] + above[x]) & 255
        total += sum(values)
        above = bytes(values)
    return total / (width * height)
