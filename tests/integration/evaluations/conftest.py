"""An event with teams whose submissions can be queued, in a fresh database."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest

from hackathon.evaluations import Catalog
from hackathon.keys import load_key
from hackathon.objects import open_objects
from hackathon.settings import Settings
from tests.integration.evaluations.arena import Arena, write_task
from tests.integration.evaluations.shop import Shop


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A catalogue with one small task."""
    write_task(tmp_path / "tasks")
    return Catalog(tmp_path / "tasks")


@pytest.fixture
async def arena(store: ModuleType, catalog: Catalog) -> Arena:
    """An event where a team may have one submission running."""
    made = Arena(store, catalog)
    await made.open()
    return made


@pytest.fixture
async def shop(arena: Arena, dsn: str, tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop without workers yet."""
    settings = Settings(data_dir=tmp_path / "data", database_url=dsn, lease_seconds=5)
    settings.secret_file.parent.mkdir(parents=True)
    settings.secret_file.write_text(arena.key.hex())
    assert load_key(settings.secret_file) == arena.key
    made = Shop(arena, settings, open_objects(settings))
    yield made
    await made.close()
