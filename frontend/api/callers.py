"""Who calls: a bearer token, or nobody; and how fast."""

import math
import time
from typing import Any

from litestar import Request

from frontend.addresses import client_of
from frontend.api.errors import ApiProblem
from frontend.api.pace import Pace
from frontend.api.shapes import Words
from hackathon import accounts
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


async def caller(request: Request[Any, Any, Any]) -> Principal:
    """The account behind the request's token. 401 where there is none."""
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
        token = request.headers.get("Authorization", "")[:_LONGEST_TOKEN]
        seconds = max(self._by_address.wait(address, now), self._by_token.wait(token or address, now))
        if seconds > 0:
            pause = max(1, math.ceil(seconds))
            words = Words(
                id=f"Terlalu banyak permintaan. Coba lagi dalam {pause} detik.",
                en=f"Too many requests. Try again in {pause} s.",
            )
            raise ApiProblem(429, "too_many_requests", words, {"Retry-After": str(pause)})
