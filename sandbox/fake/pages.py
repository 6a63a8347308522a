"""Pages of a PDF without a reader of PDFs: their number is counted in the bytes, and each is a blank sheet."""

import re
from pathlib import Path

import numpy as np

from sandbox import pages
from sandbox.pages import Drawing, Page, PageLimits
from sandbox.pixels import Picture, png, shrink

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_WIDTH, _HEIGHT = 16, 9


def draw(pdf: Path, into: Path, limits: PageLimits) -> Drawing:
    """See `sandbox.provider.Provider.draw_pages`. Takes plain PDFs whose objects are not packed."""
    data = pdf.read_bytes()
    count = len(_PAGE.findall(data))
    if b"/Encrypt" in data:
        return pages.locked()
    if not data.startswith(b"%PDF-") or count == 0:
        return pages.broken()
    if count > limits.pages:
        return pages.too_many(count, limits.pages)
    width, height = limits.side, limits.side * _HEIGHT // _WIDTH
    return pages.drawn(tuple(_blank(number, width, height, into, limits) for number in range(1, count + 1)))


def _blank(number: int, width: int, height: int, into: Path, limits: PageLimits) -> Page:
    page = Page(number, width, height, f"{number:03d}.png", f"{number:03d}-small.png")
    sheet = Picture(np.full((height, width, 3), 255 - number, np.uint8))
    (into / page.file).write_bytes(png(sheet))
    (into / page.small).write_bytes(png(shrink(sheet, side=limits.small_side)))
    return page
