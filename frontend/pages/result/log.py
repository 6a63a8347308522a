"""The log of a submission in pages of lines: found again by number, searched, followed."""

from dataclasses import dataclass
from functools import reduce
from re import compile as pattern

from frontend.pages.result.ansi import START, Line, State, Style, find, last, read, restyled

PAGE_LINES = 2000
TAIL_LINES = 40
MOST_HITS = 500
LONGEST_SEARCH = 200

_STYLING = pattern(rb"(?:\x1b\[|\xc2\x9b)([0-9;:]*)m")


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
    found, state = read(data[offset:end], state)
    rest = last(state)
    return tuple([*found, *([rest] if rest else [])][:most])


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
    return lines_from(data, max(1, count_lines(data) - TAIL_LINES + 1), TAIL_LINES)


def search(data: bytes, sought: str) -> Hits:
    """All lines that hold `sought`, in any case of letters; the first of them are given."""
    sought = sought.strip()[:LONGEST_SEARCH]
    shown: list[Line] = []
    count = 0
    for line in _all(data):
        found = find(line, sought)
        if found is not None:
            count += 1
            if len(shown) < MOST_HITS:
                shown.append(found)
    return Hits(sought, tuple(shown), count)


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
    # What a reset wiped out need not be looked at.
    begin = max(before.rfind(b"\x1b[0m"), before.rfind(b"\x1b[m"), 0)
    return reduce(restyled, (match[1].decode() for match in _STYLING.finditer(before, begin)), START.style)


def _all(data: bytes) -> list[Line]:
    found, state = read(data)
    rest = last(state)
    return [*found, *([rest] if rest else [])]
