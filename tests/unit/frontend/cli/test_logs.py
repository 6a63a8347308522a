"""Logs of the long-running commands: what others write must stay text."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from frontend.cli import logs
from hackathon.settings import Settings

STEERING = "\x1b[2J\x9b31m\r\u202e"


@pytest.fixture(autouse=True)
def _root() -> Iterator[None]:
    """`configure` takes the root logger over."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_nobody_steers_the_terminal_by_what_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Settings())
    structlog.get_logger("uji").info("request", path=f"/a{STEERING}\n2026 [info] palsu", ms=1.5)
    logging.getLogger("uji").warning("kata %s", f"{STEERING}\nbaris palsu")
    try:
        raise ValueError(f"nama {STEERING}")
    except ValueError:
        structlog.get_logger("uji").exception("gagal")
    shown = capsys.readouterr().err
    assert not set(shown) & set("\x1b\x9b\r\u202e")
    assert shown.count("palsu") == 2
    assert not [line for line in shown.splitlines() if line.startswith(("2026 [info] palsu", "baris palsu"))]
    # A traceback keeps its lines.
    assert "\nValueError: nama \\x1b[2J" in shown
    assert "ms=1.5" in shown
