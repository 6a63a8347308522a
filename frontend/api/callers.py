"""Who calls: a bearer token, a browser's session, or nobody; and how fast."""

import math
import time
from typing import Any

from litestar import Request

from frontend import keys
from frontend.addresses import client_of
from frontend.api.errors import ApiProblem
from frontend.api.pace import Pace
from frontend.api.shapes import Words
from hackathon import accounts, sessions
from hackathon.model import Principal

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gelanggang"'}

_LONGEST_TOKEN = 200
"""No more of a header is remembered than tells clients apart."""

_MISSING = Words(
    id="Sertakan token: tajuk `Authorization: Bearer glg_...`. Token diberikan oleh panitia.",
    en="Send a token: header `Authorization: Bearer glg_...`. The organizers give tokens out.",
)
_INVALID = Words(
    id="Token ini tidak dikenal, sudah dicabut, atau sudah lewat masa berlakunya. Minta yang baru kepada panitia.",
    en="This token is unknown, revoked or expired. Ask the organizers for a new one.",
)


_SESSION_OVER = Words(
    id="Sesi Anda sudah berakhir. Masuk lagi lalu lanjutkan; yang sudah terkirim tetap tersimpan.",
    en="Your session has ended. Sign in again and go on; what has been sent is kept.",
)
_KEY_WRONG = Words(
    id=f"Permintaan dari peramban perlu tajuk `{keys.HEADER}` dengan kunci halamannya. Muat ulang halaman, lalu coba "
    "lagi.",
    en=f"A browser's request needs the header `{keys.HEADER}` with its page's key. Reload the page and try again.",
)
_READING = ("GET", "HEAD")


async def caller(request: Request[Any, Any, Any]) -> Principal:
    """The account behind the request's token, or behind the browser's session. 401 where there is none.

    What a session changes needs the key of a page of ours (403), so that no other site can use it.
    """
    secret = keys.session_secret(request)
    if secret and not request.headers.get("Authorization"):
        return await _person(request, secret)
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise ApiProblem(401, "token_missing", _MISSING, _CHALLENGE)
    principal = await accounts.authenticate(token.strip())
    if principal is None:
        raise ApiProblem(
            401,
            "token_invalid",
            _INVALID,
            {"WWW-Authenticate": f'{_CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'},
        )
    return principal


async def _person(request: Request[Any, Any, Any], secret: str) -> Principal:
    session = await sessions.authenticate(secret)
    if session is None:
        raise ApiProblem(401, "session_over", _SESSION_OVER)
    key = request.headers.get(keys.HEADER, "")
    if request.method not in _READING and not (keys.is_own(request) and keys.is_key(key, secret)):
        raise ApiProblem(403, "key_wrong", _KEY_WRONG)
    return session.principal


class Paced:
    """Answers 429 to whoever asks too fast: a token (nobody's counts as one for each address), and an address.

    A whole hall may share one address, so its limit is wide; it is there because tokens can be made up.
    """

    def __init__(self) -> None:
        self._by_token = Pace(rate=30.0, burst=600.0)
        self._by_address = Pace(rate=300.0, burst=6000.0)

    def __call__(self, request: Request[Any, Any, Any]) -> None:
        """Run before each handler of the router."""
        now = time.monotonic()
        address = client_of(request)
        token = request.headers.get("Authorization", "")[:_LONGEST_TOKEN] or keys.session_secret(request)
        seconds = max(self._by_address.wait(address, now), self._by_token.wait(token or address, now))
        if seconds > 0:
            pause = max(1, math.ceil(seconds))
            words = Words(
                id=f"Terlalu banyak permintaan. Coba lagi dalam {pause} detik.",
                en=f"Too many requests. Try again in {pause} s.",
            )
            raise ApiProblem(429, "too_many_requests", words, {"Retry-After": str(pause)})
