"""The front page's list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend.language import Language
from frontend.pages.schedule import Stage, stage
from hackathon.events import Event
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event in the list."""

    slug: str
    title: Text
    stage: Stage
    teams: int
    demo: bool


def list_events(
    events: Iterable[Event], teams: Mapping[UUID, int], now: datetime, language: Language
) -> tuple[ListedEvent, ...]:
    """Events in the given order, each with its phase."""
    return tuple(
        ListedEvent(
            slug=event.slug,
            title=event.title,
            stage=stage(event.schedule, now, ZoneInfo(event.zone), language),
            teams=teams.get(event.id, 0),
            demo=event.demo,
        )
        for event in events
    )
