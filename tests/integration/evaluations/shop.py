"""An arena whose submissions have archives, and workers on the fake engine that evaluate them."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hackathon.evaluations import Catalog
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.objects import Objects
from hackathon.settings import Settings
from sandbox.fake import FakeProvider
from sandbox.limits import Limits
from sandbox.model import Report
from sandbox.provider import Cancel, Job, Watch
from tests.integration.evaluations.arena import SLUG, Arena

GOOD = 'print("siap", flush=True)\ndef predict(task, input):\n    return {"text": "Halo " + input["name"]}\n'
HALF = 'def predict(task, input):\n    return {"text": "Halo Sari"}\n'
CRASHING = """
import os
count = 0
def predict(task, input):
    global count
    count += 1
    if count == 3:
        os._exit(3)
    return {"text": "Halo " + input["name"]}
"""
NO_COPY = "FROM python\nCOPY nowhere.py /app.py\nCMD python3 /app.py\n"


class Flaky(FakeProvider):
    """An engine that fails so many times, then works."""

    def __init__(self, failures: int, error: Callable[[], Exception]) -> None:
        super().__init__()
        self.failures = failures
        self.error = error

    def evaluate(
        self,
        image: str,
        jobs: Sequence[Job],
        *,
        limits: Limits,
        label: str,
        fresh: bool = False,
        watch: Watch = Watch(),  # noqa: B008 - frozen, without state
        cancel: Cancel | None = None,
    ) -> Report:
        if self.failures > 0:
            self.failures -= 1
            raise self.error()
        return super().evaluate(image, jobs, limits=limits, label=label, fresh=fresh, watch=watch, cancel=cancel)


@dataclass
class Shop:
    """An arena whose submissions have archives, and workers for them."""

    arena: Arena
    settings: Settings
    objects: Objects
    stop: Stop = field(default_factory=Stop)
    workers: list[asyncio.Task[None]] = field(default_factory=list)
    providers: list[FakeProvider] = field(default_factory=list)

    def work(self, provider: FakeProvider | None = None, *, drain_seconds: float = 30.0) -> None:
        """Start a worker, with a catalogue of its own as another host would have."""
        engine = provider or FakeProvider()
        catalog = Catalog(self.arena.catalog.get(SLUG).folder.parent)
        self.providers.append(engine)
        worker = run_worker(self.settings, engine, self.stop, catalog=catalog, drain_seconds=drain_seconds)
        self.workers.append(asyncio.create_task(worker))

    async def hand_in(self, entry_id: UUID, files: dict[str, str]) -> UUID:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return await self.hand_in_bytes(entry_id, buffer.getvalue())

    async def hand_in_bytes(self, entry_id: UUID, data: bytes) -> UUID:
        key = f"archives/{len(data)}-{hash(data)}"
        await self.objects.put(key, data)
        return await self.arena.hand_in(entry_id, object_key=key)

    async def until(self, sql: str, *args: object, seconds: float = 20.0) -> None:
        """Wait until the query gives true."""
        for _ in range(int(seconds / 0.05)):
            if await self.arena.store.fetch_value(sql, *args):
                return
            await asyncio.sleep(0.05)
        rows = await self.arena.store.fetch("SELECT state, attempt, failures, failure FROM evaluation")
        raise AssertionError(f"never true: {sql}: {[dict(row) for row in rows]}")

    async def finished(self, submission_id: UUID) -> None:
        await self.until("SELECT bool_and(state = 'finished') FROM evaluation WHERE submission_id = $1", submission_id)

    async def close(self) -> None:
        self.stop.request()
        for worker in self.workers:
            await asyncio.wait_for(worker, 30)
        for provider in self.providers:
            assert provider.running == 0
            provider.close()
        self.objects.close()
