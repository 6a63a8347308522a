"""Who visits a page, in which language and theme."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie

from frontend import keys
from frontend import language as languages
from frontend.language import Language, choose
from hackathon import announcements, sessions
from hackathon.announcements import Announcement
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from hackathon.sessions import Session
from hackathon.settings import Settings
from judging import judges

THEME = "tema"
"""Name of the query parameter and of the cookie."""

NOTICE = "kabar"
"""Name of the query parameter by which a page is told what was just done; see `frontend.pages.notices`."""

_YEAR_SECONDS = 365 * 86_400

AnyRequest = Request[Any, Any, Any]


class Theme(StrEnum):
    """How a page looks; the value is the attribute on `html`. `SYSTEM` follows the visitor's system."""

    SYSTEM = ""
    LIGHT = "light"
    DARK = "dark"
    PROJECTOR = "projector"


THEMES: Mapping[str, Theme] = {"sistem": Theme.SYSTEM, "terang": Theme.LIGHT, "gelap": Theme.DARK}
"""The themes that people may choose."""


class SignInNeeded(Exception):
    """Only somebody who is signed in may have this. `back` is where to go on afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request says of its visitor. `person` is None for who is not signed in; no session is made for them.
    `key` is what forms of the page carry; `kept` are cookies to set; `notice` names what was just done; `news` is what
    stands on every page of an event, by its slug; `judging` are the slugs of the events that the person judges.
    """

    language: Language
    theme: Theme
    kept: tuple[Cookie, ...] = ()
    person: Session | None = None
    key: str = ""
    back: str = "/"
    notice: str = ""
    news: Mapping[str, Announcement] = dataclasses.field(default_factory=dict)
    judging: frozenset[str] = frozenset()

    def signed_in(self) -> Session:
        """The person. Raises SignInNeeded, which leads to the page for it and back."""
        if self.person is None:
            raise SignInNeeded(self.back)
        return self.person

    def organizer(self) -> Principal:
        """The organizer. Raises SignInNeeded, Forbidden."""
        principal = self.signed_in().principal
        require_organizer(principal)
        return principal

    def with_form(self, settings: Settings) -> "Visit":
        """The same visit with a key for the forms of its page, for pages whose forms visitors use too."""
        if self.key:
            return self
        cookie = keys.visitor_cookie(settings)
        return dataclasses.replace(self, kept=(*self.kept, cookie), key=keys.key_of(cookie.value or ""))


async def visit(request: AnyRequest) -> Visit:
    """Language, theme and person of a request."""
    secret = keys.session_secret(request)
    person = await sessions.authenticate(secret) if secret else None
    asked_language, asked_theme = request.query_params.get(languages.PARAMETER), request.query_params.get(THEME)
    settings: Settings = request.app.state.settings
    kept = []
    if asked_language in tuple(Language):
        kept.append(choice_cookie(languages.PARAMETER, Language(asked_language).value, settings))
    if asked_theme in THEMES:
        kept.append(choice_cookie(THEME, asked_theme or "", settings))
    return Visit(
        language=visitor_language(request, person),
        theme=visitor_theme(request),
        kept=tuple(kept),
        person=person,
        key=keys.key_of(secret if person else keys.visitor_secret(request)),
        back=_way_back(request),
        notice=request.query_params.get(NOTICE, ""),
        news=await announcements.current_notices(),
        judging=await _judging(person),
    )


async def _judging(person: Session | None) -> frozenset[str]:
    if person is None or person.principal.is_organizer:  # organizers never score
        return frozenset()
    return frozenset(slug for _, slug in await judges.judging_of(person.account_id))


def visitor_language(request: AnyRequest, person: Session | None = None) -> Language:
    """The language alone; for an error page too. What was chosen in this browser goes before what the account says."""
    return choose(
        request.query_params.get(languages.PARAMETER),
        request.cookies.get(languages.PARAMETER),
        person.language if person else request.headers.get("accept-language"),
    )


def visitor_theme(request: AnyRequest) -> Theme:
    """The theme alone; for an error page too."""
    asked = request.query_params.get(THEME)
    wish = asked if asked in THEMES else request.cookies.get(THEME, "")
    return THEMES.get(wish or "", Theme.SYSTEM)


def _way_back(request: AnyRequest) -> str:
    """The page to return to after signing in: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        query = request.url.query
        return f"{request.url.path}?{query}" if query else request.url.path
    try:
        came_from = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    own = came_from.netloc == request.headers.get("host")
    # Two slashes would begin the name of another site.
    return came_from.path if own and came_from.path.startswith("/") and came_from.path[1:2] != "/" else "/"


def choice_cookie(name: str, value: str, settings: Settings) -> Cookie:
    """Keeps what somebody chose for this browser: a language, a theme."""
    secure = keys.is_secure(settings)
    return Cookie(key=name, value=value, max_age=_YEAR_SECONDS, httponly=True, samesite="lax", path="/", secure=secure)
