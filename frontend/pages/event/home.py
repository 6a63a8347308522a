"""The front page: the events that go on, their news, and those that are over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend.language import Language
from frontend.pages.frame import milliseconds
from frontend.pages.schedule import Stage, stage
from hackathon.events import Event
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event in the list. `until_ms` and `left` lead to the end of its phase; 0 where nothing ends it."""

    slug: str
    title: Text
    summary: Text | None
    stage: Stage
    until_ms: int
    left: timedelta
    teams: int
    demo: bool

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return self.stage.until is None


def list_events(
    events: Iterable[Event],
    teams: Mapping[UUID, int],
    now: datetime,
    language: Language,
    zone_of: Callable[[Event], ZoneInfo],
) -> tuple[ListedEvent, ...]:
    """Events in the given order, each with its phase, in the viewer's time."""
    listed = []
    for event in events:
        here = stage(event.schedule, now, zone_of(event), language)
        listed.append(
            ListedEvent(
                slug=event.slug,
                title=event.title,
                summary=event.content.summary,
                stage=here,
                until_ms=milliseconds(here.until) if here.until else 0,
                left=here.until - now if here.until else timedelta(0),
                teams=teams.get(event.id, 0),
                demo=event.demo,
            )
        )
    return tuple(listed)
