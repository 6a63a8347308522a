"""QR codes as paths."""

import re

import segno

from frontend.qr import QUIET, qr_code

LINK = "https://gelanggang.example/undangan/" + "aB3_-" * 8 + "xyz"


def test_the_path_draws_exactly_the_dark_modules() -> None:
    code = qr_code(LINK)
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.path):
        drawn |= {(int(x) + step - QUIET, int(y) - QUIET) for step in range(int(width))}
    rows = segno.make_qr(LINK, error="m").matrix
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert code.size == len(rows) + 2 * QUIET
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", code.path)
