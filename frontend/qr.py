"""QR codes as one path, drawn by the templates: nothing inline that the content security policy forbids."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004, 5.3.8)."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code `size` modules wide, its white margin included; `path` draws the dark modules as SVG."""

    size: int
    path: str


def qr_code(text: str, *, mask: int | None = None) -> QrCode:
    """The code of a text such as an address, made to survive a crease (error correction M).

    With a `mask` (0 to 7) it is drawn four times as fast: the best of the eight is not sought; any can be read.
    """
    rows = [[bool(module) for module in row] for row in segno.make_qr(text, error="m", mask=mask).matrix]
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(rows))
    return QrCode(len(rows) + 2 * QUIET, path)


def _runs(row: list[bool], y: int) -> str:
    """The dark modules of a row, neighbours joined."""
    drawn, start = "", None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            drawn += f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z"
            start = None
    return drawn
