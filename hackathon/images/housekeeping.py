"""The housekeeping of one worker's machine: room, collecting, saving."""

import asyncio
from uuid import UUID

from hackathon.images.collecting import Collector
from hackathon.images.loading import SavedImages
from hackathon.images.model import Housekeeping
from hackathon.images.room import RoomWatch
from hackathon.images.saving import Saver
from hackathon.objects import Objects
from hackathon.settings import Settings
from sandbox.images import ImageStore


class Housekeeper:
    """What a worker does beside its evaluations so that the machine stays fit for them."""

    def __init__(self, settings: Settings, objects: Objects, images: ImageStore) -> None:
        rules = housekeeping_of(settings)
        self.room = RoomWatch(images, settings.data_dir, rules.disk_floor)
        self.saved = SavedImages(objects, images)
        self._collector = Collector(images, self.room, rules.policy, settings.data_dir / "images.lock")
        self._saver = Saver(objects, images, self.room)

    async def run(self, worker_id: UUID) -> None:
        """Keep house until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.room.run(worker_id))
            group.create_task(self._collector.run())
            group.create_task(self._saver.run())


def housekeeping_of(settings: Settings) -> Housekeeping:
    """The numbers that the settings give."""
    return Housekeeping(
        unused_seconds=settings.image_days * 24 * 3600.0,
        bytes=settings.images_gb * 1000**3,
        disk_floor=settings.disk_floor_mb * 1000**2,
    )
