"""How far judges are against the time they have, and who may be reminded. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import NAMESPACE_OID, UUID, uuid5

APART = timedelta(hours=24)
"""A judge is not reminded again before so much time has passed, by whomever."""

FRESH = timedelta(hours=12)
"""Who was given all that is left since then is not reminded by itself: there was a letter about it."""

GATHER = timedelta(minutes=2)
"""A letter about work waits so long: what is given one after the other is told once."""

NEWS = timedelta(days=1)
"""What happened longer ago is told to nobody any more: a new installation's handler begins with the oldest entry."""

_EARLY = 0.25
"""Nobody is slow before a quarter of the time has passed."""


class Unreached(StrEnum):
    """Why no letter goes to a judge."""

    NO_ADDRESS = "no_address"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Standing:
    """An active judge's work: `sent` of `assigned` scorecards; `given` are the times of those that are still to be sent
    and `all_given` those of all. Letters go to `email`; None where nobody has shown that it is theirs, and
    `unreached` says why.
    """

    judge_id: UUID
    account_id: UUID
    name: str
    account_name: str
    email: str | None
    unreached: Unreached | None
    language: str
    assigned: int
    sent: int
    all_given: tuple[datetime, ...]
    given: tuple[datetime, ...]
    reminded_at: datetime | None
    reminded_by_hand: bool

    @property
    def left(self) -> int:
        """What is still to be sent."""
        return self.assigned - self.sent

    def expected(self, opens: datetime, closes: datetime, now: datetime) -> float:
        """How many scorecards an even pace would have sent by now, each from when it was given or could be opened."""
        return sum(_share(max(opens, at), closes, now) for at in self.all_given)

    def is_slow(self, opens: datetime, closes: datetime, now: datetime) -> bool:
        """Whether the judge is a whole scorecard (of one or two, half of them) behind the pace needed to finish."""
        expected = self.expected(opens, closes, now)
        behind = expected - self.sent
        return self.left > 0 and expected >= _EARLY * self.assigned and behind >= min(1.0, self.assigned / 2)

    def was_reminded(self, now: datetime) -> bool:
        """Whether it is too early to remind once more."""
        return self.reminded_at is not None and now - self.reminded_at < APART

    def may_be_reminded(self, now: datetime) -> bool:
        """Whether a letter would be right and would arrive."""
        return self.left > 0 and self.email is not None and not self.was_reminded(now)

    def is_due(self, now: datetime) -> bool:
        """Whether a reminder by itself would be right: something left is no news."""
        return self.may_be_reminded(now) and any(now - at >= FRESH for at in self.given)


def _share(start: datetime, closes: datetime, now: datetime) -> float:
    whole = (closes - start).total_seconds()
    return 1.0 if whole <= 0 else min(1.0, max(0.0, (now - start).total_seconds() / whole))


def work_letter_id(judge_id: UUID, given_at: datetime) -> UUID:
    """The same for all that one judge was given in one round: a round is one moment."""
    return uuid5(NAMESPACE_OID, f"gelanggang work {judge_id} {given_at.isoformat()}")


def work_left_letter_id(number: int) -> UUID:
    """That of the letter in place of one about work that was taken back, by the number of what happened."""
    return uuid5(NAMESPACE_OID, f"gelanggang work left {number}")


def reminder_id(judge_id: UUID, closes: datetime) -> UUID:
    """The same for the same end of judging; another one where judging was prolonged."""
    return uuid5(NAMESPACE_OID, f"gelanggang reminder {judge_id} {closes.isoformat()}")


def reopened_letter_id(assignment_id: UUID, at: datetime) -> UUID:
    """The same for the same reopening."""
    return uuid5(NAMESPACE_OID, f"gelanggang reopened {assignment_id} {at.isoformat()}")
