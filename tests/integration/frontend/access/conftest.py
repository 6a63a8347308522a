"""A world with everything in it that somebody could want to see or change."""

import pytest

from tests.integration.frontend.access.quarter import Quarter, make_quarter
from tests.integration.frontend.conftest import Browser
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def quarter(sukaraya: Sukaraya, browser: Browser) -> Quarter:
    """All of it, and nobody has done anything yet."""
    return await make_quarter(sukaraya, browser)
