"""The browser that the end-to-end tests drive, and what their driver needs of this machine."""

import shutil
import subprocess
import sys
from collections.abc import Callable

from sandbox.bases.host import HostRefused, install_packages

NAMES = ("chromium", "chromium-browser")
_DRIVER = (sys.executable, "-m", "playwright", "--version")


def ensure_browser(say: Callable[[str], None]) -> None:
    """Make sure that a Chromium is on this machine and that Playwright can start. Raises HostRefused."""
    missing = [] if _browser() else ["chromium", "fonts-dejavu-core"]
    if not _driver_starts():
        # The Node.js that Playwright brings along is linked against it; a small Debian does not have it.
        missing.append("libatomic1")
    if missing:
        say(f"browser: installing Debian's {', '.join(missing)} for the end-to-end tests")
        _install(missing)
        if not _driver_starts():
            raise HostRefused(f"Playwright does not start: see `{' '.join(_DRIVER)}`")
    found = _browser()
    if found is None:
        raise HostRefused(f"there is no Chromium on PATH, under none of the names {', '.join(NAMES)}")
    say(f"browser: {'installed' if missing else 'kept'} ({found})")


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _driver_starts() -> bool:
    return subprocess.run(_DRIVER, capture_output=True, check=False, timeout=60).returncode == 0


def _install(packages: list[str]) -> None:
    try:
        install_packages(*packages)
    except HostRefused as refused:
        raise HostRefused(
            f"{refused}. Where the distribution has no package `chromium` (Ubuntu has a snap of that name), "
            f"install Chromium in another way, so that one of these is on PATH: {', '.join(NAMES)}"
        ) from refused
