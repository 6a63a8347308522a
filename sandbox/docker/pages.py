"""Pages of a PDF: poppler in a container without network, spoken to over its attached stream, ended from outside.

The stream is not trusted: a document may have taken the container over. So a line has a bounded length, a picture a
bounded size, pages come in order, and the whole has a deadline.
"""

import selectors
import time
from collections.abc import Mapping
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import docker.errors

from sandbox import pages
from sandbox.docker.client import Clients, attach, remove, speaking
from sandbox.docker.streams import STDOUT, StreamBuffer
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing
from sandbox.pages import Drawing, Page, PageLimits
from sandbox.pixels import HEADER_BYTES, NoPicture, png, read_ppm, shrink
from sandbox.provider import Cancel

IMAGE = "gelanggang/pages:latest"

_SCRIPT = resources.files("sandbox.docker").joinpath("pages.sh").read_text(encoding="utf-8")
_LINE_BYTES = 100
_READ_BYTES = 256 * 1024
_SEND_SECONDS = 60.0
_LOOK_SECONDS = 0.2


def command(size: int, limits: PageLimits) -> list[str]:
    """What the container runs for a document of `size` bytes."""
    numbers = (size, limits.pages, limits.side, limits.page_seconds)
    return ["sh", "-c", _SCRIPT, "pages", *map(str, numbers)]


def draw(
    clients: Clients,
    config: Mapping[str, Any],
    pdf: Path,
    into: Path,
    *,
    limits: PageLimits,
    cancel: Cancel | None,
) -> Drawing:
    """See `sandbox.provider.Provider.draw_pages`. Raises EngineUnavailable, ImageMissing, Cancelled."""
    client = clients.get()
    with speaking():
        try:
            container = client.create_container_from_config(dict(config))["Id"]
        except docker.errors.NotFound:
            raise ImageMissing(IMAGE) from None
        except docker.errors.APIError as error:
            raise _not_started(error) from error
        try:
            with closing(attach(client, container, stdin=True)) as stream:
                try:
                    client.start(container)
                except docker.errors.APIError as error:
                    raise _not_started(error) from error
                return _Talk(stream, limits, cancel).hold(pdf, into)
        finally:
            remove(client, container)


def _not_started(error: docker.errors.APIError) -> EngineUnavailable:
    """A runtime that the engine does not have, for one."""
    return EngineUnavailable(f"the engine refused to start the reader of documents: {error.explanation or error}")


class _Nonsense(Exception):
    """The container said what is no answer."""


class _TooLate(Exception):
    """The deadline has passed."""


class _Talk:
    """One document, one container."""

    def __init__(self, stream: Any, limits: PageLimits, cancel: Cancel | None) -> None:
        self._stream = stream
        self._limits = limits
        self._cancel = cancel
        self._frames = StreamBuffer()
        self._said = bytearray()
        self._until = time.monotonic() + limits.seconds

    def hold(self, pdf: Path, into: Path) -> Drawing:
        """Send the document, take its pages."""
        made: list[Page] = []
        try:
            self._send(pdf)
            word, *numbers = self._line()
            if word != "pages":
                return self._ended(word, numbers)
            count = _number(numbers, 1, self._limits.pages)
            while (answer := self._line())[0] == "page":
                if len(made) >= count:
                    raise _Nonsense
                made.append(self._page(len(made) + 1, answer[1:], into))
            word, *numbers = answer
            if word == "done" and len(made) == count:
                return pages.drawn(tuple(made))
            return self._ended(word, numbers)
        except _TooLate:
            return pages.too_heavy(len(made) + 1)
        except (_Nonsense, NoPicture, EOFError):
            return pages.broken(len(made) + 1 if made else None)

    def _ended(self, word: str, numbers: list[str]) -> Drawing:
        most = self._limits.pages
        match word:
            case "locked":
                return pages.locked()
            case "many":
                return pages.too_many(_number(numbers, most + 1, 10**9), most)
            case "heavy":
                return pages.too_heavy(_number(numbers, 1, most))
            case "torn":
                return pages.broken(_number(numbers, 1, most))
        return pages.broken()

    def _page(self, number: int, numbers: list[str], into: Path) -> Page:
        if len(numbers) != 2 or numbers[0] != str(number):
            raise _Nonsense
        side = self._limits.side + 1  # poppler rounds up
        size = _number(numbers[1:], 1, 3 * side**2 + HEADER_BYTES)
        picture = read_ppm(self._bytes(size), side=side)
        page = Page(number, picture.width, picture.height, f"{number:03d}.png", f"{number:03d}-small.png")
        (into / page.file).write_bytes(png(picture))
        (into / page.small).write_bytes(png(shrink(picture, side=self._limits.small_side)))
        return page

    def _send(self, pdf: Path) -> None:
        self._stream.settimeout(_SEND_SECONDS)
        try:
            with pdf.open("rb") as document:
                while piece := document.read(_READ_BYTES):
                    self._stream.sendall(piece)
        except TimeoutError as error:
            raise EngineUnavailable(f"the engine takes no input: {error}") from error
        except (BrokenPipeError, ConnectionResetError):
            # It has ended already; what it said can still be read.
            pass
        self._stream.setblocking(False)

    def _line(self) -> list[str]:
        """The next line in words."""
        while (end := self._said.find(b"\n")) < 0:
            if len(self._said) > _LINE_BYTES:
                raise _Nonsense
            self._read()
        line = bytes(self._said[:end])
        del self._said[: end + 1]
        if len(line) > _LINE_BYTES or not line.strip():
            raise _Nonsense
        return line.decode("ascii", "replace").split()

    def _bytes(self, size: int) -> bytes:
        while len(self._said) < size:
            self._read()
        data = bytes(self._said[:size])
        del self._said[:size]
        return data

    def _read(self) -> None:
        """Wait for something more. Raises EOFError at the end, _TooLate, Cancelled."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._stream, selectors.EVENT_READ)
            while not selector.select(_LOOK_SECONDS):
                self._check()
        self._check()
        data = self._stream.recv(_READ_BYTES)
        if not data:
            raise EOFError
        for stream, piece in self._frames.feed(data):
            if stream == STDOUT:
                self._said += piece

    def _check(self) -> None:
        if self._cancel is not None and self._cancel.is_set:
            raise Cancelled
        if time.monotonic() > self._until:
            raise _TooLate


def _number(numbers: list[str], low: int, high: int) -> int:
    if len(numbers) != 1 or not (numbers[0].isascii() and numbers[0].isdigit()) or len(numbers[0]) > 12:
        raise _Nonsense
    number = int(numbers[0])
    if not low <= number <= high:
        raise _Nonsense
    return number
