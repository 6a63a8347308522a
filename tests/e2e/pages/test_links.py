"""No link, form or picture of a page leads nowhere, for whoever sees it."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest

from tests.e2e.pages.fetching import person
from tests.e2e.pages.reading import Document, read
from tests.e2e.pages.site import Site
from tests.e2e.pages.table import VIEWS
from tests.e2e.pages.test_routes import routes
from tests.e2e.pages.viewing import View, path_of
from tests.e2e.pages.views.judging import FORMS_ELSEWHERE
from tests.e2e.pages.world import Role


class Crawl:
    """Pages of one person by address, each fetched once."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._known: dict[str, tuple[int, Document]] = {}

    def get(self, address: str) -> tuple[int, Document]:
        """Status and content."""
        if address not in self._known:
            answer = self._client.get(address, follow_redirects=True)
            html = answer.headers.get("content-type", "").startswith("text/html")
            self._known[address] = (answer.status_code, read(answer.text) if html else Document())
        return self._known[address]


def views_of(role: Role, *, empty: bool) -> list[View]:
    return [view for view in VIEWS if view.role is role and view.empty is empty and view.act is None]


@pytest.mark.parametrize(
    ("role", "empty"),
    [(role, False) for role in Role if views_of(role, empty=False)] + [(Role.VISITOR, True)],
)
def test_no_link_is_dead(site: Site, role: Role, empty: bool) -> None:
    dead = []
    with person(site, role, empty=empty) as client:
        crawl = Crawl(client)
        for view in views_of(role, empty=empty):
            here = path_of(view, site.world)
            _, document = crawl.get(here)
            for link in [*document.links, *document.sources]:
                fault = fault_of(link, here, crawl)
                dead += [f"{view}: {link}: {fault}"] if fault else []
    assert not dead, "\n".join(dead)


def fault_of(link: str, here: str, crawl: Crawl) -> str | None:
    """What is wrong with a link on the page `here`."""
    if urlsplit(link).scheme in ("mailto", "https", "http"):
        return None
    address, anchor = urldefrag(urljoin(here, link))
    status, target = crawl.get(address)
    same = urlsplit(address).path == urlsplit(here).path
    if status >= 400 and not same:
        return f"answers {status}"
    if anchor and anchor not in target.ids:
        return "there is no such place on the page"
    return None


def patterns(method: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The application's addresses as patterns of paths."""
    for route in routes(method):
        yield route, re.compile(re.sub(r"\\{[^}]*:path\\}", ".+", re.sub(r"\{[^}]*\}", "[^/]+", route)))


def test_every_form_goes_somewhere_and_every_address_has_its_form(site: Site) -> None:
    known = {method: dict(patterns(method.upper())) for method in ("get", "post")}
    used: set[str] = set()
    lost = []
    for role in Role:
        with person(site, role) as client:
            crawl = Crawl(client)
            for view in views_of(role, empty=False):
                here = path_of(view, site.world)
                # One of a dialog only closes it.
                for form in (one for one in crawl.get(here)[1].forms if one.method != "dialog"):
                    target = urlsplit(urljoin(here, form.action or here)).path
                    fits = {route for route, pattern in known[form.method].items() if pattern.fullmatch(target)}
                    lost += [] if fits else [f"{view}: {form.method} {target}"]
                    used |= fits if form.method == "post" else set()
    assert not lost, "\n".join(lost)
    without = sorted(set(known["post"]) - used - set(FORMS_ELSEWHERE))
    assert not without, "\n".join(without)
    assert set(FORMS_ELSEWHERE) & used == set()
    assert set(FORMS_ELSEWHERE) <= set(known["post"])
