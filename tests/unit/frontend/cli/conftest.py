"""Commands run inside the test process: what they set up for a process of their own must end with the test."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Take a command's logging back: it writes to the standard error of a test that is over."""
    yield
    structlog.reset_defaults()
