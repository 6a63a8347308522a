"""An event with teams whose submissions can be queued, in a fresh database."""

from pathlib import Path
from types import ModuleType

import pytest

from hackathon.evaluations import Catalog
from tests.integration.evaluations.arena import Arena, write_task


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
