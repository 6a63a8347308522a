"""Opens views in browsers of their own: cold caches, the person's cookie, a language, a theme."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.pages.look import WIDE
from tests.e2e.pages.site import Site
from tests.e2e.pages.viewing import View, path_of
from tests.e2e.pages.world import Role

COOKIE = "gelanggang"
SETTLE_MS = 150
"""Scripts that run after the page has loaded, and what they complain of, are through by then."""


class Lens:
    """One browser looking at one site."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site

    @contextmanager
    def context(
        self,
        role: Role = Role.VISITOR,
        *,
        language: str = "id",
        empty: bool = False,
        scripts: bool = True,
        **options: Any,
    ) -> Iterator[BrowserContext]:
        """A browser of a person. Moving things stand still, so that what is seen is the same each time."""
        settings: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(
            base_url=self.site.empty_url if empty else self.site.url,
            locale="id-ID" if language == "id" else "en-GB",
            timezone_id="Asia/Jakarta",
            java_script_enabled=scripts,
            **settings,
        )
        context.set_default_timeout(10_000)
        cookies = [{"name": "bahasa", "value": language}]
        if role in self.site.world.secrets:
            cookies.append({"name": COOKIE, "value": self.site.world.secrets[role]})
        context.add_cookies([{**cookie, "domain": "127.0.0.1", "path": "/"} for cookie in cookies])  # type: ignore[typeddict-item]
        try:
            yield context
        finally:
            context.close()

    def open(self, page: Page, view: View) -> int:
        """Go to a view, do what it says, and let it settle; the status of the last page."""
        statuses: list[int] = []

        def on_response(response: Any) -> None:
            if response.request.is_navigation_request() and response.frame == page.main_frame:
                statuses.append(response.status)

        page.on("response", on_response)
        page.goto(path_of(view, self.site.world))
        if view.act is not None:
            view.act(page)
            page.wait_for_load_state()
        page.remove_listener("response", on_response)
        return statuses[-1]
