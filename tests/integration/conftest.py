"""A real PostgreSQL: the embedded one, started once a session, and a database of its own for each test that asks.

A database is copied from a migrated template, which takes a few hundredths of a second.
"""

import itertools
from collections.abc import AsyncIterator, Iterator
from types import ModuleType

import asyncpg
import pytest

from hackathon import store as store_module
from hackathon.database import create_database
from tests.postgres import TEMPLATE, fast_postgres

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The dsn of a fresh server that keeps nothing safe but is quick."""
    with fast_postgres() as dsn:
        yield dsn


@pytest.fixture
async def dsn(postgres: str) -> AsyncIterator[str]:
    """A fresh, migrated database."""
    name = f"test_{next(_numbers)}"
    yield await create_database(postgres, name, template=TEMPLATE)
    connection = await asyncpg.connect(postgres)
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await connection.close()


@pytest.fixture
async def store(dsn: str) -> AsyncIterator[ModuleType]:
    """`hackathon.store`, connected to a fresh database."""
    async with store_module.connected(dsn):
        yield store_module
