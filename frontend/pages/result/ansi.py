"""Logs as people may look at them: lines with the 16 colours of terminals, and nothing else that a program wrote.

Escape sequences (ECMA-48) that set colour or weight become class names; all others are taken out. Characters that do
not show, or that turn the direction of text around, are shown as marks. Pure: the same bytes give the same lines, in
whatever pieces they come.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from html import escape
from itertools import islice, pairwise

LINE_LETTERS = 4000
"""A longer line shows its beginning; the raw log has all of it."""

LINE_HITS = 100
"""So many hits are marked in one line."""

_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")

_TOKEN = re.compile(
    "(?:\x1b\\[|\x9b)(?P<numbers>[0-9;:]*)m"  # how text looks from here on
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # other control sequences
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"  # titles, links and other commands
    "|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\\\|\x9c)?"  # strings for devices
    "|\x1b[ -/]*[0-~]?"  # shorter escapes
    "|(?P<back>\r)"
    "|(?P<hidden>[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f])"
)


_STYLING = re.compile("(?:\x1b\\[|\x9b)([0-9;:]*)m")


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks from here on."""

    colour: str = ""
    ground: str = ""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False

    @property
    def classes(self) -> str:
        """Class names, empty for plain text."""
        named = (
            self.colour and f"ansi-{self.colour}",
            self.ground and f"ansi-bg-{self.ground}",
            self.bold and "ansi-bold",
            self.dim and "ansi-dim",
            self.italic and "ansi-italic",
            self.underline and "ansi-underline",
        )
        return " ".join(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line that looks the same. `hit`: it was searched for."""

    text: str
    classes: str = ""
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, numbered from 1. `left_out` counts letters at its end that are not shown."""

    number: int
    spans: tuple[Span, ...]
    left_out: int = 0

    @property
    def text(self) -> str:
        """What is shown, without colours."""
        return "".join(span.text for span in self.spans)

    @property
    def html(self) -> str:
        """The line as markup: escaped text in spans, all closed."""
        return "".join(_markup(span) for span in self.spans)


@dataclass(frozen=True, slots=True)
class State:
    """Between two pieces of a log: how text looks, how many lines are complete, and the beginning of the next."""

    style: Style = Style()
    lines: int = 0
    rest: bytes = b""


START = State()


def read(data: bytes, state: State = START) -> tuple[list[Line], State]:
    """The lines that `data` completes, after what was read before; what is left waits in the state."""
    *complete, rest = (state.rest + data).split(b"\n")
    style, number, lines = state.style, state.lines, []
    for raw in complete:
        number += 1
        line, style = _line(number, raw, style)
        lines.append(line)
    return lines, State(style, number, rest)


def last(state: State) -> Line | None:
    """The line that is not complete yet, as far as it goes; None where there is none."""
    return _line(state.lines + 1, state.rest, state.style)[0] if state.rest else None


def find(line: Line, sought: str) -> Line | None:
    """The line with what was searched for marked, in any case of letters; None where it does not hold it."""
    found = re.finditer(re.escape(sought), line.text, re.IGNORECASE) if sought else iter(())
    ranges = [match.span() for match in islice(found, LINE_HITS)]
    return replace(line, spans=tuple(_marked(line.spans, ranges))) if ranges else None


def plain(text: str) -> str:
    """Text without escapes: as it is searched, quicker than reading it."""
    return _TOKEN.sub(_kept, text)


def style_after(style: Style, text: str) -> Style:
    """How text looks after `text`, without reading it line by line."""
    # What a reset wiped out need not be looked at.
    begin = max(text.rfind("\x1b[0m"), text.rfind("\x1b[m"), 0)
    return reduce(restyled, (match[1] for match in _STYLING.finditer(text, begin)), style)


def _kept(token: re.Match[str]) -> str:
    return token["back"] or token["hidden"] or ""


def _line(number: int, raw: bytes, style: Style) -> tuple[Line, Style]:
    text = raw.decode("utf-8", errors="replace").removesuffix("\r")
    if "\r" in text:
        overwritten, text = _overwritten(text)
        style = style_after(style, overwritten)
    spans: list[Span] = []
    shown = start = 0

    def put(piece: str, classes: str) -> None:
        nonlocal shown
        kept = piece[: LINE_LETTERS - shown]
        if not kept:
            return
        shown += len(kept)
        if spans and spans[-1].classes == classes:
            kept = spans.pop().text + kept
        spans.append(Span(kept, classes))

    for token in _TOKEN.finditer(text):
        put(text[start : token.start()], style.classes)
        if shown == LINE_LETTERS:
            break
        start = token.end()
        if token["numbers"] is not None:
            style = restyled(style, token["numbers"])
        elif token["hidden"]:
            put(_mark(token["hidden"]), "ansi-mark")
    else:
        put(text[start:], style.classes)
    if shown < LINE_LETTERS:
        return Line(number, tuple(spans)), style
    # Of a long line the rest is not shown, only counted.
    return Line(number, tuple(spans), max(len(plain(text)) - shown, 0)), style_after(style, text[start:])


def _overwritten(text: str) -> tuple[str, str]:
    """What a carriage return took back, as progress bars do, and what stands there in the end."""
    end = len(text)
    while (at := text.rfind("\r", 0, end)) >= 0:
        if plain(text[at + 1 :]).strip("\r"):
            return text[: at + 1], text[at + 1 :].replace("\r", "")
        end = at
    return "", text.replace("\r", "")


def _mark(sign: str) -> str:
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else f"U+{code:04X}"


@lru_cache(maxsize=4096)
def restyled(style: Style, numbers: str) -> Style:
    """The style after `ESC [ numbers m`. Colours beyond the 16 are passed over."""
    codes = iter([int(part[:4]) if part else 0 for part in numbers.replace(":", ";").split(";")[:64]])
    for code in codes:
        style = _with(style, code, codes)
    return style


def _with(style: Style, code: int, following: Iterator[int]) -> Style:
    match code:
        case 0:
            return Style()
        case 1:
            return replace(style, bold=True)
        case 2:
            return replace(style, dim=True)
        case 3:
            return replace(style, italic=True)
        case 4:
            return replace(style, underline=True)
        case 22:
            return replace(style, bold=False, dim=False)
        case 23:
            return replace(style, italic=False)
        case 24:
            return replace(style, underline=False)
        case 38:
            return replace(style, colour=_colour_of_many(following))
        case 39:
            return replace(style, colour="")
        case 48:
            return replace(style, ground=_colour_of_many(following))
        case 49:
            return replace(style, ground="")
        case _:
            return _with_colour(style, code)


def _with_colour(style: Style, code: int) -> Style:
    tens, colour = code - code % 10, code % 10
    if colour >= len(_COLOURS):
        return style
    match tens:
        case 30:
            return replace(style, colour=_COLOURS[colour])
        case 40:
            return replace(style, ground=_COLOURS[colour])
        case 90:
            return replace(style, colour=f"bright-{_COLOURS[colour]}")
        case 100:
            return replace(style, ground=_COLOURS[colour])
        case _:
            return style


def _colour_of_many(following: Iterator[int]) -> str:
    """The colour of `38;5;n`, if it is one of the 16; of three numbers (`38;2;r;g;b`) none."""
    kind = next(following, 0)
    if kind == 2:
        for _ in range(3):
            next(following, 0)
        return ""
    number = next(following, 255) if kind == 5 else 255
    if number >= 2 * len(_COLOURS):
        return ""
    return ("bright-" if number >= len(_COLOURS) else "") + _COLOURS[number % len(_COLOURS)]


def _marked(spans: tuple[Span, ...], ranges: list[tuple[int, int]]) -> Iterator[Span]:
    borders = [border for hit in ranges for border in hit]
    begin = 0
    for span in spans:
        end = begin + len(span.text)
        cuts = [begin, *(border for border in borders if begin < border < end), end]
        for left, right in pairwise(cuts):
            hit = any(low <= left < high for low, high in ranges)
            yield Span(span.text[left - begin : right - begin], span.classes, hit)
        begin = end


def _markup(span: Span) -> str:
    text = escape(span.text)
    if span.hit:
        text = f"<mark>{text}</mark>"
    return f'<span class="{span.classes}">{text}</span>' if span.classes else text
