"""Forms: what a browser sent, what is wrong with it, and where to go when it was accepted.

A form is sent as `application/x-www-form-urlencoded` with the key of its page in the field `_kunci`. A handler reads
it, calls one service function, and either answers the same page with the problems and everything that was typed, or
sends the browser on (303), so that a reload repeats nothing.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from litestar import Request
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from frontend import keys
from frontend.language import Language, pick
from frontend.pages.visiting import NOTICE, Visit
from hackathon.errors import Refusal
from sandbox.model import Text

MOST_BYTES = 64 * 1024
MOST_FIELDS = 500

GENERAL = ""
"""The field of problems that belong to no field."""

AnyRequest = Request[Any, Any, Any]


class FormExpired(Exception):
    """The form's key is not of this browser: the session ended, or another site sent it. `back` is the form's page."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class Form:
    """What was sent, by field."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """The value without spaces around it; empty where nothing was sent. Lines end in `\\n`."""
        return self.raw(name).replace("\r\n", "\n").strip()

    def raw(self, name: str) -> str:
        """The value as it was sent, for passwords."""
        return self._values.get(name, [""])[-1]

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.raw(name))

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a field, in order."""
        return tuple(value.strip() for value in self._values.get(name, []))


class Problems:
    """What is wrong with a form, in the order in which the fields stand."""

    def __init__(self) -> None:
        self._by_field: dict[str, Text] = {}
        self.status = 422

    def __bool__(self) -> bool:
        return bool(self._by_field)

    def add(self, field: str, words: Text) -> None:
        """Note a problem; the first one of a field counts."""
        self._by_field.setdefault(field, words)

    def refused(self, refusal: Refusal, fields: Mapping[str, str] | None = None) -> None:
        """Note what a service refused: at the field that `fields` gives for its code, else at the whole form."""
        self.add((fields or {}).get(refusal.code, GENERAL), refusal.message)

    def told(self, language: Language) -> dict[str, str]:
        """The problems for a template."""
        return {field: pick(words, language) for field, words in self._by_field.items()}


async def read_form(request: AnyRequest, visitor: Visit, *, most: int = MOST_BYTES) -> Form:
    """The form of a request, of `most` bytes. Raises FormExpired where its key is not good, HTTPException (400, 413,
    415) for what is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(status_code=415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(status_code=413)
    try:
        values = parse_qs(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict", encoding="utf-8"
        )
    except ValueError as error:
        raise HTTPException(status_code=400) from error
    form = Form(values)
    require_key(request, visitor, form.raw(keys.FIELD))
    return form


def require_key(request: AnyRequest, visitor: Visit, key: str) -> None:
    """Raises FormExpired where the key was not made for this browser, or another site's page asks."""
    secret = keys.session_secret(request) if visitor.person else keys.visitor_secret(request)
    if not keys.is_own(request) or not keys.is_key(key, secret):
        raise FormExpired(visitor.back)


def done(path: str, notice: str = "", *, cookies: list[Cookie] | None = None, anchor: str = "") -> Redirect:
    """On to a page of ours; `notice` is a code of `frontend.pages.notices`."""
    where = path
    if notice:
        where += ("&" if urlsplit(path).query else "?") + f"{NOTICE}={quote(notice)}"
    return Redirect(
        where + (f"#{anchor}" if anchor else ""), status_code=HTTP_303_SEE_OTHER, cookies=list(cookies or ())
    )


def safe_path(text: str, default: str = "/") -> str:
    """A path of this site to go on to; `default` for anything else (another site, a scheme, control characters)."""
    try:
        parts = urlsplit(text) if text.isprintable() and len(text) <= 1000 else None
    except ValueError:
        parts = None  # `//[` begins an address that never ends
    own = parts is not None and not parts.scheme and not parts.netloc and text.startswith("/")
    return text if own and not text.startswith(("//", "/\\")) and "\\" not in text else default
