"""Rows of events and what belongs to them. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class Event(Table, db=ENGINE, tablename="event"):
    """One hackathon. `schedule`, `rules` and `content` are `Schedule`, `Rules` and `Content` as JSON."""

    id = UUID(primary_key=True)
    slug = Text()
    title_id = Text()
    title_en = Text()
    zone = Text()
    schedule = JSONB()
    rules = JSONB()
    demo = Boolean()
    content = JSONB()
    created_at = Timestamptz()
    updated_at = Timestamptz()


class EventSeed(Table, db=ENGINE, tablename="event_seed"):
    """The seed of a hidden case set: sealed, and the SHA-256 that is published."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    case_set = Text()
    sealed = Bytea()
    sha256 = Text()
    created_at = Timestamptz()


class Venue(Table, db=ENGINE, tablename="venue"):
    """A city or hall of an event."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    slug = Text()
    name = Text()
    zone = Text()
    address = Text()


class Track(Table, db=ENGINE, tablename="track"):
    """A challenge of an event. `tasks` is a list of `{"slug", "weight"}`, `summary` a text in both languages."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    slug = Text()
    title_id = Text()
    title_en = Text()
    position = Integer()
    tasks = JSONB()
    summary = JSONB(null=True, default=None)


class Extension(Table, db=ENGINE, tablename="extension"):
    """A later deadline for all, a venue, a track or a team."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    scope = Text()
    target = UUID(null=True, default=None)
    until = Timestamptz()
    reason = Text()
    created_at = Timestamptz()
