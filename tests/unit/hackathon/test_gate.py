"""Turns of completions: one of an entry, few of all."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from hackathon.submissions.gate import AT_ONCE, turn


@pytest.fixture
def objects(tmp_path: Path) -> Iterator[Objects]:
    opened = open_objects(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


async def _most_at_once(objects: Objects, entries: list[UUID]) -> int:
    inside = most = 0

    async def complete(entry: UUID) -> None:
        nonlocal inside, most
        async with turn(objects, entry):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1

    await asyncio.gather(*(complete(entry) for entry in entries))
    return most


async def test_one_of_an_entry(objects: Objects) -> None:
    assert await _most_at_once(objects, [uuid4()] * 5) == 1


async def test_few_of_all(objects: Objects) -> None:
    assert await _most_at_once(objects, [uuid4() for _ in range(3 * AT_ONCE)]) == AT_ONCE


async def test_a_team_with_many_keeps_nobody_waiting(objects: Objects) -> None:
    busy, other, order = uuid4(), uuid4(), []

    async def complete(entry: UUID) -> None:
        async with turn(objects, entry):
            await asyncio.sleep(0.005)
            order.append(entry)

    await asyncio.gather(*(complete(entry) for entry in [busy] * 20 + [other]))
    assert order.index(other) < 2


async def test_whoever_gives_up_frees_the_turn(objects: Objects) -> None:
    entry = uuid4()
    async with turn(objects, entry):
        waiting = asyncio.create_task(_most_at_once(objects, [entry]))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
    async with asyncio.timeout(1):
        assert await _most_at_once(objects, [entry]) == 1
