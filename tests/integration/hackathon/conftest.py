"""An object store in a folder, and the city of Sukaraya."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from tests.integration.hackathon.city import City, found


@pytest.fixture
def objects(tmp_path: Path) -> Iterator[Objects]:
    """A store in the test's own folder."""
    opened = open_objects(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
async def city(store: ModuleType) -> City:
    """The city, in a database of its own."""
    return await found()
