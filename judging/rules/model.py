"""How an event is judged, as a value; which of it is locked, and what cannot be. Pure."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from enum import StrEnum
from math import isfinite
from uuid import UUID

import msgspec

from hackathon.events import Event
from hackathon.events.content import Source
from judging.composite.methods import Method
from judging.rules.errors import RulesInvalid
from sandbox.model import Text

PARTS = ("judges", "automated")
"""The parts of a total that may part equal ones."""

LOCKED = ("method", "judges_share", "ties")
"""What stays once the first scorecard is sent: it decides the result."""

MOST_REVIEWS = 50
MOST_LOAD = 1000
MOST_SAMPLES = 5
MOST_HOURS = 14 * 24


class Showing(StrEnum):
    """When judges' scores join the public board. `LIVE`: as they are sent; `END`: when judging closes."""

    LIVE = "live"
    END = "end"


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """What organizers choose. `method`, `judges_share` and `ties` are locked once the first score is sent.

    `judges_share` is the judges' part of the total in percent, 0 to 100; `reviews` how many judges see each entry;
    `max_load` how many entries a judge gets at most, None: as many as are needed; `blind` hides names of teams and
    agencies from judges; `metrics_after_save` hides the measured metrics until the judge has saved a first rating;
    `named` shows judges' names to teams; `calibration` entries (ids as text) are scored by all judges first and count
    nowhere; `ties` names the parts (`judges`, `automated`) that part equal totals; so many `reminder_hours` before
    judging closes a judge with open work gets a letter, 0: nobody does.
    """

    method: Method = Method.ADJUSTED
    judges_share: float = 40.0
    reviews: int = 3
    max_load: int | None = None
    blind: bool = False
    metrics_after_save: bool = False
    showing: Showing = Showing.END
    named: bool = False
    calibration: tuple[str, ...] = ()
    ties: tuple[str, ...] = field(default=PARTS)
    reminder_hours: int = 48

    @property
    def samples(self) -> tuple[UUID, ...]:
        """The calibration entries."""
        return tuple(UUID(text) for text in self.calibration)


def require_possible(rules: JudgingRules) -> None:
    """Raises RulesInvalid for the first value that cannot be."""
    if not (isfinite(rules.judges_share) and 0 <= rules.judges_share <= 100):
        raise RulesInvalid(
            "judges_share",
            Text(id="Porsi juri antara 0 dan 100 persen.", en="The judges' share is between 0 and 100 percent."),
        )
    if not 1 <= rules.reviews <= MOST_REVIEWS:
        raise RulesInvalid(
            "reviews",
            Text(
                id=f"Juri per peserta antara 1 dan {MOST_REVIEWS}.",
                en=f"An entry has between 1 and {MOST_REVIEWS} judges.",
            ),
        )
    if rules.max_load is not None and not 1 <= rules.max_load <= MOST_LOAD:
        raise RulesInvalid(
            "max_load",
            Text(
                id=f"Batas beban antara 1 dan {MOST_LOAD}, atau kosong bila tidak dibatasi.",
                en=f"The limit is between 1 and {MOST_LOAD}, or empty for none.",
            ),
        )
    if not 0 <= rules.reminder_hours <= MOST_HOURS:
        raise RulesInvalid(
            "reminder_hours",
            Text(
                id=f"Antara 1 dan {MOST_HOURS} jam, atau 0 bila juri tidak perlu diingatkan.",
                en=f"Between 1 and {MOST_HOURS} hours, or 0 to remind nobody.",
            ),
        )
    if not set(rules.ties) <= set(PARTS) or len(set(rules.ties)) != len(rules.ties):
        raise RulesInvalid(
            "ties", Text(id="Pilih salah satu aturan nilai sama.", en="Choose one of the rules for equal totals.")
        )
    if len(set(rules.calibration)) != len(rules.calibration) or len(rules.calibration) > MOST_SAMPLES:
        raise RulesInvalid(
            "calibration",
            Text(id=f"Pilih paling banyak {MOST_SAMPLES} sampel.", en=f"Choose at most {MOST_SAMPLES} samples."),
        )


def changed(old: JudgingRules, new: JudgingRules) -> tuple[str, ...]:
    """The names of the rules that differ, in their order."""
    return tuple(rule.name for rule in fields(JudgingRules) if getattr(old, rule.name) != getattr(new, rule.name))


def locked_changes(names: Collection[str]) -> tuple[str, ...]:
    """Which of these rules stay once the first scorecard is sent."""
    return tuple(name for name in LOCKED if name in names)


def share(event: Event, rules: JudgingRules) -> float:
    """The judges' part of the total in percent: what the criteria of the event's page say, where it has any."""
    return event.content.weight(Source.JUDGES) if event.content.criteria else rules.judges_share


def fingerprint(rules: JudgingRules) -> str:
    """A short name of exactly these rules, so that a change is never made on others than were looked at."""
    return hashlib.sha256(msgspec.json.encode(rules, order="sorted")).hexdigest()[:16]
