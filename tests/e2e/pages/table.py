"""Every page, as everybody sees it, in every state: what the tests of this folder go through, and the pictures too.

A page that the application has and this table has not fails a test.
"""

from tests.e2e.pages.viewing import View
from tests.e2e.pages.views import account, console, judging, public, result, submit, team

AREAS = (public, account, team, submit, result, console, judging)

VIEWS: list[View] = [view for area in AREAS for view in area.VIEWS]

NO_PAGES: dict[str, str] = {route: what for area in AREAS for route, what in area.NO_PAGES.items()}
"""Routes that answer with something else than a page, and with what."""

PRINTED: tuple[str, ...] = tuple(name for area in AREAS for name in area.PRINTED)
"""Names of views that people print."""
