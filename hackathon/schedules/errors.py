"""What changing a schedule refuses."""

from collections.abc import Mapping

from hackathon.errors import Conflict, Refusal
from hackathon.schedules.model import Moment
from sandbox.model import Text


class ScheduleMisplaced(Refusal):
    """Moments stand in a wrong order; `moments` says which and why."""

    def __init__(self, moments: Mapping[Moment, Text]) -> None:
        first = next(iter(moments.values()))
        super().__init__(first, "schedule_misplaced")
        self.moments = moments


class ScheduleMoved(Conflict):
    """Somebody changed the schedule since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Panitia lain baru saja mengubah jadwal ini, jadi perubahan Anda belum disimpan. "
                "Periksa jadwal yang sekarang, lalu ubah lagi bila masih perlu.",
                en="Another organizer has just changed this schedule, so your change was not stored. "
                "Look at the schedule as it is now, and change it again if that is still needed.",
            ),
            "schedule_moved",
        )


class NotConfirmed(Refusal):
    """A grave change was not confirmed by typing what was asked for."""

    def __init__(self, word: str) -> None:
        super().__init__(
            Text(
                id=f"Ketik “{word}” untuk memastikan perubahan ini.",
                en=f"Type “{word}” to confirm this change.",
            ),
            "not_confirmed",
        )
