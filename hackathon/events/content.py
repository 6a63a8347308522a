"""What an event says of itself on its page: plain texts in both languages, paragraphs parted by an empty line."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sandbox.model import Text


class Source(StrEnum):
    """Where a criterion's points come from."""

    MEASURED = "measured"
    JUDGES = "judges"


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what stands below it."""

    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda. `venue` is a slug of the event's, None: for everybody. `until` is later than `at`."""

    at: datetime
    title: Text
    until: datetime | None = None
    body: Text | None = None
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored, with its share of the total in percent; those of an event make 100."""

    title: Text
    body: Text
    weight: float
    source: Source


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize, the highest first: who gets it, what it is worth ("Rp75 juta"), what belongs to it."""

    title: Text
    worth: Text
    body: Text | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """Who stands behind the event, and as what. `link` is https."""

    name: str
    role: Text | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is often asked."""

    question: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an event says of itself, in the order of its page; all of it may be missing. The agenda is sorted by
    time.
    """

    summary: Text | None = None
    themes: tuple[Passage, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    terms: tuple[Passage, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    prizes: tuple[Prize, ...] = ()
    partners: tuple[Partner, ...] = ()
    faq: tuple[Question, ...] = ()

    def weight(self, source: Source) -> float:
        """Share of the total, in percent, that comes from there."""
        return sum(criterion.weight for criterion in self.criteria if criterion.source is source)
