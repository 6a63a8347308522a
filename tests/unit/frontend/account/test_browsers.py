"""What people would call the browser that says of itself what browsers say."""

import pytest

from frontend.language import Language
from frontend.pages.account.guarding import browser_title

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("browser", "title"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/130.0.0.0 Safari/537.36", "Chrome, Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari, iOS"),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-A155F) {WEBKIT} SamsungBrowser/26.0 Chrome/122.0",
            "Samsung Internet, Android",
        ),
        ("curl/8.5.0", "Peramban tidak dikenal"),
        ("", "Peramban tidak dikenal"),
        ("<script>" * 25, "Peramban tidak dikenal"),
    ],
)
def test_a_browser_has_a_name_for_people(browser: str, title: str) -> None:
    assert browser_title(browser, Language.ID) == title
