"""What surrounds every answer, errors and static files included: security headers, a limit, one line of log."""

import time
from typing import cast

import structlog
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import LifeSpanReceive, LifeSpanScope, LifeSpanSend, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline code or style, nothing from elsewhere. A prototype's own pages are never served from this origin."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)

SECRET_PATHS = frozenset({"konfirmasi", "sandi", "undangan", "undangan-juri"})
"""Below these stand secrets of links that were sent to one person."""

_YEAR = b"max-age=31536000"

_log = structlog.get_logger("frontend.request")


class Application(Litestar):
    """Litestar with the outer layer: outside of routing, so that a 404 has the headers and the log line too."""

    secure: bool = False
    """Whether the public address is https: browsers are then told to stay with it."""

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        """Answer one ASGI connection."""
        if scope["type"] != ScopeType.HTTP:
            await super().__call__(scope, receive, send)
            return
        answer = cast(Send, send)
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *self._extra_headers()]
            await answer(message)

        try:
            await super().__call__(scope, receive, sending)
        finally:
            _log_request(cast(Scope, scope), status, time.perf_counter() - started)

    def _extra_headers(self) -> list[tuple[bytes, bytes]]:
        return [*HEADERS, *([(b"strict-transport-security", _YEAR)] if self.secure else [])]


def shown_path(path: str) -> str:
    """A path as logs may keep it: what opens something to whoever knows it is left out."""
    head, slash, rest = path.lstrip("/").partition("/")
    return f"/{head}/..." if slash and rest and head in SECRET_PATHS else path[:200]


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    path = shown_path(scope["path"])
    # Not the query, the address or the user agent: a log of them would be a register of who looked at what.
    fields = {"method": scope.get("method", ""), "path": path, "status": status, "ms": round(seconds * 1000, 1)}
    if status >= 500 or status == 0:
        _log.warning("request", **fields)
    elif path.startswith(("/static/", "/healthz")):
        _log.debug("request", **fields)
    else:
        _log.info("request", **fields)
