"""Words for a terminal: the language by the locale, ages, sizes and plain tables without colour."""

import shutil
import sys
from collections.abc import Mapping, Sequence

from frontend.inert import visible
from sandbox.model import Text


def languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The languages a message for a team is told in: one where the locale names it, else both, Bahasa Indonesia first.

    Looks at LC_ALL, LC_MESSAGES and LANG in this order, as gettext does.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            language = value.split("_")[0].split(".")[0].lower()
            return (language,) if language in ("id", "en") else ("id", "en")
    return ("id", "en")


def harmless(text: str, *, lines: bool = True) -> str:
    """`text` as a terminal may have it: signs that hide, steer it or turn the direction of writing are escaped.

    Line ends and tabs stay where `lines` says so.
    """
    return visible(text, lines=lines)


def tell(text: Text, wanted: Sequence[str]) -> str:
    """`text` in the wanted languages, a line each; equal lines once."""
    lines = [text.id if language == "id" else text.en for language in wanted]
    return "\n".join(dict.fromkeys(lines))


def table(
    header: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = (), width: int | None = None
) -> str:
    """Columns padded with spaces, two between; columns in `right` (0-based) are set flush right. Empty without rows.

    Lines longer than `width` are cut with an ellipsis; None leaves them whole, as a file or another program wants them.
    """
    if not rows:
        return ""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = []
    for row in cells:
        padded = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        line = "  ".join(padded).rstrip()
        lines.append(line if width is None or len(line) <= width else f"{line[: width - 1]}…")
    return "\n".join(lines)


def screen_width() -> int | None:
    """Columns of the terminal; None where standard output is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def size(count: int) -> str:
    """Bytes for people, decimal units as file managers show them: 999 B, 1.5 kB, 23.0 MB."""
    if count < 1000:
        return f"{count} B"
    value = float(count)
    for unit in ("kB", "MB", "GB"):
        value /= 1000
        if value < 999.95 or unit == "GB":
            return f"{value:.1f} {unit}"
    raise AssertionError("unreachable: GB ends the loop")


def duration(seconds: float) -> str:
    """Seconds for people: 340 ms, 12.3 s, 4 min 05 s, 2 h 07 min."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min"
