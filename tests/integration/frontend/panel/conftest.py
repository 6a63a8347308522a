"""The Balai, behind the application."""

import pytest

from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def balai(sukaraya: Sukaraya) -> Balai:
    """Six teams fixed, three judges, all of them judging all."""
    return await Balai.make(sukaraya)
