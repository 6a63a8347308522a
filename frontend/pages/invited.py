"""An invitation that waits until its guest has an account: kept by the browser, so that confirming leads back to it."""

from litestar.datastructures import Cookie

from frontend.pages.visiting import AnyRequest
from hackathon.teams import looks_like_secret

NAME = "undangan"
"""Name of the cookie."""

_DAYS = 2  # as long as a letter that confirms an account is good
_SECONDS = _DAYS * 86_400


def keep_invitation(secret: str) -> Cookie:
    """Remember an invitation that somebody looked at who cannot join yet."""
    return Cookie(key=NAME, value=secret, max_age=_SECONDS, httponly=True, samesite="lax", path="/")


def forget_invitation() -> Cookie:
    """Forget it: the guest has been led back."""
    return Cookie(key=NAME, value="", max_age=0, httponly=True, samesite="lax", path="/")


def kept_invitation(request: AnyRequest) -> str:
    """The page of the invitation that this browser remembers; empty for none."""
    secret = request.cookies.get(NAME, "")
    return f"/undangan/{secret}" if looks_like_secret(secret) else ""
