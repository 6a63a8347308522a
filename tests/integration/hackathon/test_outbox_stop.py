"""A sequencer that is told to stop in the very moment in which it is woken ends all the same."""

import asyncio
from types import ModuleType
from uuid import uuid4

from hackathon import outbox
from hackathon.model import SYSTEM
from hackathon.outbox import AuditEntry, Sequencer
from tests.integration.hackathon.loops import eventually


async def test_stopped_while_being_woken(store: ModuleType, dsn: str) -> None:
    handled: list[int] = []

    async def handler(entry: AuditEntry) -> None:
        handled.append(entry.number)

    for turns in range(8):
        stop, before = asyncio.Event(), len(handled)
        sequencer = Sequencer(dsn, {"notes": handler}, poll_seconds=5)
        task = asyncio.create_task(sequencer.run(stop))
        async with store.transaction():
            await outbox.append("note.written", {"note": uuid4()}, actor=SYSTEM)

        async def is_handled(before: int = before) -> bool:
            return len(handled) > before

        await eventually(is_handled)
        await asyncio.sleep(0.05)
        # In one of these turns of the event loop the handler's wait is over just when its cancellation comes.
        stop.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        sequencer._wakes["notes"].set()
        await asyncio.wait_for(task, 5)
