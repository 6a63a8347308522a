"""What a browser holds of a session, and the key that its forms carry.

A form is good only with the key of the page it stood on (CSRF). The key is made from a secret that another site cannot
read: of the session, or, for somebody who is not signed in, of a cookie that a page with a form sets. So no session is
made for a visitor, and the server keeps nothing of keys.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from hackathon.sessions import LONGEST, NewSession
from hackathon.settings import Settings

FIELD = "_kunci"
"""Name of the hidden field."""

HEADER = "X-Kunci"
"""Name of the header by which scripts send the key."""

VISITOR = "formulir"
"""Name of a visitor's cookie."""

_PURPOSE = b"gelanggang form"
_LONGEST_SECRET = 100
_OWN_SITES = (None, "same-origin", "none")

AnyRequest = Request[Any, Any, Any]


def session_name(settings: Settings) -> str:
    """Name of the session's cookie. Over https its prefix keeps other hosts and paths from setting it."""
    return "__Host-gelanggang" if is_secure(settings) else "gelanggang"


def session_secret(request: AnyRequest) -> str:
    """The secret that the browser sent; empty where it sent none."""
    settings: Settings = request.app.state.settings
    return request.cookies.get(session_name(settings), "")[:_LONGEST_SECRET]


def session_cookie(opened: NewSession, settings: Settings) -> Cookie:
    """The cookie that signs a browser in."""
    return _cookie(session_name(settings), opened.secret, settings, max_age=int(LONGEST.total_seconds()))


def no_session_cookie(settings: Settings) -> Cookie:
    """The cookie that signs a browser out."""
    return _cookie(session_name(settings), "", settings, max_age=0)


def visitor_secret(request: AnyRequest) -> str:
    """The secret of a visitor's forms; empty where no form was shown yet."""
    return request.cookies.get(VISITOR, "")[:_LONGEST_SECRET]


def visitor_cookie(settings: Settings) -> Cookie:
    """A new secret for a visitor's forms."""
    return _cookie(VISITOR, secrets.token_urlsafe(32), settings, max_age=None)


def key_of(secret: str) -> str:
    """The key that forms carry, made from a secret; empty for none."""
    if not secret:
        return ""
    digest = hmac.digest(secret.encode(), _PURPOSE, "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def is_key(key: str, secret: str) -> bool:
    """Whether a key was made from this secret."""
    return bool(secret) and hmac.compare_digest(key.encode(), key_of(secret).encode())


def is_own(request: AnyRequest) -> bool:
    """Whether the browser says that a page of ours asks; true where it says nothing (old browsers, programs)."""
    return request.headers.get("sec-fetch-site") in _OWN_SITES


def is_secure(settings: Settings) -> bool:
    """Whether people come over https: then every cookie of ours is sent over nothing else."""
    return settings.public_url.startswith("https://")


def _cookie(name: str, value: str, settings: Settings, *, max_age: int | None) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(settings),
    )
