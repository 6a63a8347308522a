"""Fetches pages as somebody, without a browser: where only the HTML matters this is much quicker."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.e2e.pages.lens import COOKIE
from tests.e2e.pages.site import Site
from tests.e2e.pages.world import Role


@contextmanager
def person(site: Site, role: Role, *, language: str = "id", empty: bool = False) -> Iterator[httpx.Client]:
    """A client with the cookies of a person who chose a language; it follows no redirect."""
    cookies = {"bahasa": language}
    if role in site.world.secrets and not empty:
        cookies[COOKIE] = site.world.secrets[role]
    with httpx.Client(
        base_url=site.empty_url if empty else site.url, cookies=cookies, trust_env=False, timeout=30
    ) as client:
        yield client
