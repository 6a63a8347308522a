"""The hackathon of Sukaraya with the tables of publications."""

from types import ModuleType

import pytest

from hackathon.database import migrate
from judging.piccolo_app import APP_CONFIG
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def sukaraya(dsn: str, store: ModuleType) -> Sukaraya:
    """The event in its building phase; nothing is evaluated yet."""
    await migrate(dsn, upper=(APP_CONFIG,))
    return await Sukaraya.make()
