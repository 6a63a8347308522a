"""A form with a file, read as it comes: its few fields first, then the file's bytes, never the whole in memory.

The key of the page stands in front of the file, so nothing of a file is read for a form that is not ours. An answer
reaches a browser only once it has sent all it wants to say: after a refusal the rest is read and thrown away, up to a
limit.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from litestar.exceptions import HTTPException
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from frontend import keys
from frontend.pages.forms import Form, require_key
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Refusal, TooSlow
from sandbox.limits import MIB
from sandbox.model import Text

MOST_FIELDS = 10
MOST_FIELD_BYTES = 16 * 1024
FIELD_SECONDS = 30.0
DRAIN_BYTES = 512 * MIB
DRAIN_SECONDS = 120.0


class FileMissing(Refusal):
    """The form came without a file."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Berkas belum dipilih. Pilih satu berkas, lalu kirim.", "No file was chosen. Choose one, then send it."
            ),
            "file_missing",
        )


class TwoFiles(Refusal):
    """More than one file came."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Yang sampai lebih dari satu berkas. Jadikan satu arsip zip, lalu kirim arsip itu.",
                "More than one file came. Put them into one zip archive and send that.",
            ),
            "two_files",
        )


class FormCutOff(Refusal):
    """The form ended before its end."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Kiriman terputus sebelum berkasnya lengkap, jadi tidak ada yang diterima dan tidak ada jatah yang "
                "terpakai. Periksa koneksi Anda, lalu kirim lagi.",
                "The form broke off before the file was complete, so nothing was taken and no attempt was used. Check "
                "your connection, then send it again.",
            ),
            "form_cut_off",
        )


class FormStalled(TooSlow):
    """The fields in front of the file did not come in time."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Kiriman berhenti sebelum berkasnya mulai, jadi tidak ada yang diterima dan tidak ada jatah yang "
                "terpakai. Periksa koneksi Anda, lalu kirim lagi.",
                "The form stopped before its file began, so nothing was taken and no attempt was used. Check your "
                "connection, then send it again.",
            ),
            "form_stalled",
        )


class FileForm:
    """A form on its way. `fields` are those in front of the file; `chunks()` gives the file's bytes, once."""

    def __init__(self, request: AnyRequest, boundary: str) -> None:
        self._body = request.stream()
        self._parser = PushMultipartParser(boundary, max_segment_count=MOST_FIELDS)
        self._events = self._parse()
        self.announced = request.content_length
        self.fields = Form({})
        self.filename = ""

    async def open(self, name: str) -> None:
        """Read up to the first byte of the file in the field `name`. Raises FormCutOff, FormStalled, HTTPException."""
        values: dict[str, list[str]] = {}
        try:
            async with asyncio.timeout(FIELD_SECONDS):
                while True:
                    segment = await anext(self._events, None)
                    if segment is None:
                        break
                    if segment.filename is not None and segment.name == name:
                        self.filename = segment.filename
                        break
                    values.setdefault(segment.name, []).append(await self._text())
        except TimeoutError as error:
            raise FormStalled from error
        self.fields = Form(values)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes. Raises FileMissing where there is none, TwoFiles, FormCutOff."""
        if not self.filename:
            raise FileMissing
        while (event := await anext(self._events, None)) is not None:
            yield event
        async for event in self._events:
            if isinstance(event, MultipartSegment) and event.filename:
                raise TwoFiles

    async def drain(self) -> None:
        """Throw the rest away, so that the browser listens to the answer."""
        left = DRAIN_BYTES
        if self.announced is not None and self.announced > DRAIN_BYTES:
            return
        # Who sends nothing more is not waited for either.
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                async for chunk in self._body:
                    left -= len(chunk)
                    if left < 0:
                        return

    async def _text(self) -> str:
        data = b""
        while (event := await anext(self._events, None)) is not None:
            data += event
            if len(data) > MOST_FIELD_BYTES:
                raise HTTPException(status_code=413)
        return data.decode("utf-8", "replace")

    async def _parse(self) -> AsyncIterator[Any]:
        """What the parser finds: a segment, its bytes, None at its end, and so on."""
        try:
            async for chunk in self._body:
                if chunk:
                    for event in self._parser.parse(chunk):
                        yield event
            self._parser.close()
        except MultipartError as error:
            raise FormCutOff from error


async def read_file_form(request: AnyRequest, visitor: Visit, name: str) -> FileForm:
    """The form of a request with a file in the field `name`, read up to the file.

    Raises FormExpired where its key is not good, FormCutOff, FormStalled, HTTPException (413, 415) for what is no such
    form.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 1 <= len(boundary) <= 200:
        raise HTTPException(status_code=415)
    form = FileForm(request, boundary)
    try:
        await form.open(name)
        require_key(request, visitor, form.fields.raw(keys.FIELD))
    except BaseException as error:
        if isinstance(error, Exception):
            await form.drain()
        raise
    return form
