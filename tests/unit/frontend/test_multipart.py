"""A form with a file whose sender falls silent."""

import asyncio
from typing import Any

import pytest
from litestar import Request, post

from frontend.pages.submit import multipart
from frontend.pages.submit.multipart import FileForm, FormStalled

HEAD = b'--batas\r\nContent-Disposition: form-data; name="_kunci"\r\n\r\nabc'
FILE = HEAD + b'\r\n--batas\r\nContent-Disposition: form-data; name="berkas"; filename="a.zip"\r\n\r\nPK'


@post("/", request_max_body_size=None)
async def take() -> None:
    """The route whose limits hold."""


def sent(body: bytes) -> FileForm:
    """A form of which these bytes came, and then nothing more, not even its end."""
    parts = [body]

    async def receive() -> Any:
        if not parts:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": parts.pop(), "more_body": True}

    scope: Any = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    scope["route_handler"] = take
    return FileForm(Request(scope, receive), "batas")


async def test_fields_that_stop_coming_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "FIELD_SECONDS", 0.1)
    form = sent(HEAD)
    with pytest.raises(FormStalled):
        await form.open("berkas")
    await asyncio.wait_for(form.drain(), 1)


async def test_a_refused_form_that_stops_coming_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "DRAIN_SECONDS", 0.1)
    form = sent(FILE)
    await form.open("berkas")
    assert (form.fields.raw("_kunci"), form.filename) == ("abc", "a.zip")
    await asyncio.wait_for(form.drain(), 1)
