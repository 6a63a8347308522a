"""How an event is judged, as a value."""

from dataclasses import dataclass, field
from enum import StrEnum

from judging.composite.methods import Method


class Showing(StrEnum):
    """When judges' scores join the public board. `LIVE`: as they are sent; `END`: when judging closes."""

    LIVE = "live"
    END = "end"


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """What organizers choose. `method` and `judges_share` are locked once the first score is sent.

    `judges_share` is the judges' part of the total in percent, 0 to 100; `reviews` how many judges see each entry;
    `blind` hides names of teams and agencies from judges; `metrics_after_save` hides the measured metrics until the
    judge has saved a first rating; `named` shows judges' names to teams; `calibration` entries (ids as text) are scored
    by all judges first and count nowhere; `ties` names the parts (`judges`, `automated`) that part equal totals.
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
    ties: tuple[str, ...] = field(default=("judges", "automated"))
