"""The browser that the end-to-end tests drive."""

import shutil
from collections.abc import Callable

from sandbox.bases.host import HostRefused, install_packages

NAMES = ("chromium", "chromium-browser")


def ensure_browser(say: Callable[[str], None]) -> None:
    """Make sure that a Chromium is on this machine: Debian's package where none is. Raises HostRefused."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is not None:
        say(f"browser: kept ({found})")
        return
    say("browser: installing Debian's chromium, for the end-to-end tests")
    try:
        install_packages("chromium", "fonts-dejavu-core")
    except HostRefused as refused:
        raise HostRefused(
            f"{refused}. Where the distribution has no package `chromium` (Ubuntu has a snap of that name), "
            "install Chromium in another way, so that one of these is on PATH: " + ", ".join(NAMES)
        ) from refused
