"""One site and one browser for all tests of pages; gone after them, for a process holds one database at a time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.pages.lens import Lens
from tests.e2e.pages.site import Site, open_site


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """The application with the world in it."""
    with open_site() as opened:
        yield opened


@pytest.fixture(scope="package")
def lens(browser: Browser, site: Site) -> Lens:
    """What looks at it."""
    return Lens(browser, site)
