"""Letters as values, and when one is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

GIVE_UP = timedelta(hours=24)
"""So long after the first try a letter that cannot be delivered is given up."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""What a letter waits after each refusal that may pass; the last one repeats."""

FIRST_LINE_PAUSE = timedelta(seconds=5)
LONGEST_LINE_PAUSE = timedelta(minutes=5)
"""What everything waits while the mail server does not answer: it doubles from one to the other."""

KEPT = timedelta(days=30)
"""So long it is remembered that a letter was sent or given up; its content is erased at once."""


class Kind(StrEnum):
    """What a letter is about."""

    CONFIRM_ADDRESS = "confirm_address"
    ADDRESS_KNOWN = "address_known"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a kind of letter
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    TEAM_JOINED = "team_joined"
    TEAM_REMOVED = "team_removed"
    TEAM_APPROVED = "team_approved"
    TEAM_REJECTED = "team_rejected"
    JUDGE_INVITED = "judge_invited"
    JUDGE_WORK = "judge_work"
    JUDGE_REMINDER = "judge_reminder"
    JUDGE_REOPENED = "judge_reopened"
    JUDGE_APPOINTED = "judge_appointed"


class State(StrEnum):
    """What became of a letter. `REFUSED`: the address cannot take it. `EXPIRED`: it could not be delivered in time."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    EXPIRED = "expired"


class Trouble(StrEnum):
    """Why a letter was not taken: the server cannot be worked with (`LINE`), it wants the letter later (`LATER`), or
    it will never have it for this address (`FINAL`).
    """

    LINE = "line"
    LATER = "later"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is for. `name` is empty where nobody has shown yet that address and name belong together: what a
    stranger typed must not travel in our letters. `language` is `id` or `en`, `zone` an IANA name. `account_id` None:
    an organizer invites somebody who has no account yet.
    """

    account_id: UUID | None
    email: str
    name: str = ""
    language: str = "id"
    zone: str = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is written: `values` are what its kind needs. After `good_until` it is of no use."""

    kind: Kind
    to: Recipient
    good_until: datetime
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter so far; `at` is when it was posted, or ended."""

    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter taken to be sent. Only who holds the same `claim` may say what became of it."""

    id: UUID
    claim: int
    refusals: int
    created_at: datetime
    first_tried_at: datetime
    letter: Letter


@dataclass(frozen=True, slots=True)
class Standing:
    """How the mail stands. `oldest_at` is when the oldest waiting letter was posted; `last_error` what holds up one
    that waits; `refused` and `expired` count the last 24 hours.
    """

    waiting: int
    oldest_at: datetime | None
    last_error: str | None
    refused: int
    expired: int


def pause_after(refusals: int) -> timedelta:
    """How long a letter waits after its `refusals`-th refusal (1 and more)."""
    return PAUSES[min(refusals, len(PAUSES)) - 1]


def line_pause(failures: int, first: timedelta = FIRST_LINE_PAUSE) -> timedelta:
    """How long everything waits after the server failed for the `failures`-th time in a row (1 and more)."""
    doublings: int = 2 ** min(failures - 1, 20)
    return min(first * doublings, LONGEST_LINE_PAUSE)


def is_over(claimed: Claimed, now: datetime) -> bool:
    """Whether it is too late for a letter."""
    return now >= claimed.letter.good_until or now >= claimed.first_tried_at + GIVE_UP
