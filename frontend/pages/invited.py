"""An invitation that waits until its guest has an account: kept by the browser, so that confirming leads back to it."""

from litestar.datastructures import Cookie

from frontend.keys import is_secure
from frontend.pages.visiting import AnyRequest
from hackathon.settings import Settings
from hackathon.teams import looks_like_secret

NAME = "undangan"
"""Name of the cookie."""

_DAYS = 2  # as long as a letter that confirms an account is good
_SECONDS = _DAYS * 86_400


def keep_invitation(secret: str, settings: Settings) -> Cookie:
    """Remember an invitation that somebody looked at who cannot join yet."""
    return _cookie(secret, _SECONDS, settings)


def forget_invitation(settings: Settings) -> Cookie:
    """Forget it: the guest has been led back."""
    return _cookie("", 0, settings)


def kept_invitation(request: AnyRequest) -> str:
    """The page of the invitation that this browser remembers; empty for none."""
    secret = request.cookies.get(NAME, "")
    return f"/undangan/{secret}" if looks_like_secret(secret) else ""


def _cookie(value: str, seconds: int, settings: Settings) -> Cookie:
    secure = is_secure(settings)
    return Cookie(key=NAME, value=value, max_age=seconds, httponly=True, samesite="lax", path="/", secure=secure)
