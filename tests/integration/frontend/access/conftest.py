"""A world with everything in it that somebody could want to see or change."""

import pytest

from tests.integration.frontend.access.quarter import GIT_HOSTS, Quarter, make_quarter
from tests.integration.frontend.conftest import Browser
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def quarter(sukaraya: Sukaraya, browser: Browser) -> Quarter:
    """All of it, and nobody has done anything yet."""
    return await make_quarter(sukaraya, browser)


@pytest.fixture
def environment() -> dict[str, str]:
    """What is off unless an operator turns it on is on: its addresses must be tried too."""
    return {"GELANGGANG_GIT_HOSTS": ",".join(GIT_HOSTS)}
