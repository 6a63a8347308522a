"""People who look at a team's submissions."""

import pytest

from tests.integration.frontend.conftest import Browser
from tests.integration.frontend.result.scene import Scene
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def scene(sukaraya: Sukaraya, browser: Browser) -> Scene:
    """The event with its people; nothing is handed in yet."""
    return await Scene.make(sukaraya, browser)
