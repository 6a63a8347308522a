"""What events refuse."""

from hackathon.errors import Conflict, NotFound, Refusal
from sandbox.model import Text


class EventInvalid(Refusal):
    """An event file cannot be used. `line` counts from 1; None where it cannot be told."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(
            Text(
                id=f"Berkas acara tidak dapat dipakai{f', baris {line}' if line else ''}: {reason}",
                en=f"The event file cannot be used{f', line {line}' if line else ''}: {reason}",
            ),
            "event_invalid",
        )
        self.reason = reason
        self.line = line


class EventUnknown(NotFound):
    """There is no such event."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            Text(id=f"Acara `{slug}` tidak ada.", en=f"There is no event `{slug}`."),
            "event_unknown",
        )


class TrackUnknown(NotFound):
    """The event has no such track."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            Text(id=f"Kategori `{slug}` tidak ada di acara ini.", en=f"This event has no track `{slug}`."),
            "track_unknown",
        )


class VenueUnknown(NotFound):
    """The event has no such venue."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            Text(id=f"Lokasi `{slug}` tidak ada di acara ini.", en=f"This event has no venue `{slug}`."),
            "venue_unknown",
        )


class InUse(Conflict):
    """A part of the event that others depend on already would go or change its meaning."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "in_use")
