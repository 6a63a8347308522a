"""The log of a submission in pages of lines: found again by number, searched, followed."""

import re
from dataclasses import dataclass

from frontend.pages.result.ansi import Line, State, Style, find, last, plain, read, style_after

PAGE_LINES = 2000
TAIL_LINES = 40
MOST_HITS = 500
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines of a log. `total` counts all, `page` of `pages` is shown (from 1)."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Number of the first line shown; 0 for an empty log."""
        return self.lines[0].number if self.lines else 0


@dataclass(frozen=True, slots=True)
class Hits:
    """The lines that hold what was searched for; `count` may be more than are shown."""

    sought: str
    lines: tuple[Line, ...]
    count: int


def count_lines(data: bytes) -> int:
    """How many lines there are; the last one needs no end."""
    return data.count(b"\n") + (0 if not data or data.endswith(b"\n") else 1)


def lines_from(data: bytes, number: int, most: int) -> tuple[Line, ...]:
    """At most `most` lines from line `number` (from 1) on, looking as they do in the whole log."""
    offset, state = at_line(data, number)
    end = offset
    for _ in range(most):
        end = data.find(b"\n", end) + 1
        if not end:
            end = len(data)
            break
    return _read_on(data[offset:end], state)[:most]


def log_page(data: bytes, *, page: int | None = None, line: int | None = None) -> LogPage:
    """A page of the log: the one asked for, the one with a line, else the last."""
    total = count_lines(data)
    pages = max(1, -(-total // PAGE_LINES))
    if line is not None:
        page = -(-line // PAGE_LINES)
    page = min(max(pages if page is None else page, 1), pages)
    return LogPage(lines_from(data, (page - 1) * PAGE_LINES + 1, PAGE_LINES), total, page, pages)


def tail(data: bytes) -> tuple[Line, ...]:
    """The last lines."""
    total = count_lines(data)
    offset = len(data.removesuffix(b"\n"))
    for _ in range(TAIL_LINES):
        offset = data.rfind(b"\n", 0, offset)
        if offset < 0:
            break
    return _read_on(data[offset + 1 :], State(_style_of(data[: offset + 1]), max(total - TAIL_LINES, 0)))


def search(data: bytes, sought: str) -> Hits:
    """All lines that hold `sought`, in any case of letters; the first of them are given. Marks are not searched."""
    sought = sought.strip()[:LONGEST_SEARCH]
    wanted = re.compile(re.escape(sought), re.IGNORECASE)
    raw = data.split(b"\n")
    numbers = [
        number for number, line in enumerate(raw) if sought and wanted.search(plain(line.decode(errors="replace")))
    ]
    shown, style, done = [], Style(), 0
    for number in numbers[:MOST_HITS]:
        style = style_after(style, b"\n".join(raw[done:number]).decode(errors="replace"))
        (line,), state = read(raw[number] + b"\n", State(style, number))
        style, done = state.style, number + 1
        shown.append(find(line, sought) or line)
    return Hits(sought, tuple(shown), len(numbers))


def at_line(data: bytes, number: int) -> tuple[int, State]:
    """Where line `number` begins, and the state in which reading reaches it, without reading what stands before."""
    offset = 0
    for passed in range(number - 1):
        found = data.find(b"\n", offset)
        if found < 0:
            return len(data), State(_style_of(data), passed)
        offset = found + 1
    return offset, State(_style_of(data[:offset]), number - 1)


def _style_of(before: bytes) -> Style:
    return style_after(Style(), before.decode(errors="replace"))


def _read_on(data: bytes, state: State) -> tuple[Line, ...]:
    found, state = read(data, state)
    rest = last(state)
    return (*found, rest) if rest else tuple(found)
