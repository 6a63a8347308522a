"""A pitch day as values: a drawn order that anybody can draw again, and the clock of who is on the stage. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

SHORTEST, LONGEST = 1, 120
"""Minutes of a pitch."""

SEED_BYTES = 8


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn order. `number` counts the draws of an event from 1; `pool` is what was drawn from."""

    id: UUID
    event_id: UUID
    number: int
    seed: str
    pool: tuple[UUID, ...]
    reason: str
    minutes: int
    made_at: datetime

    @property
    def order(self) -> tuple[UUID, ...]:
        """The entries as they come on the stage."""
        return drawn(self.pool, self.seed)


class Move(StrEnum):
    """What the organizer does with the clock."""

    CALL = "panggil"
    START = "mulai"
    STOP = "henti"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is on the stage. `ends_at` while the clock runs (it may be past); `left` while it stands."""

    entry_id: UUID
    ends_at: datetime | None
    left: timedelta

    def remaining(self, now: datetime) -> timedelta:
        """What is left at `now`; below zero: over time."""
        return self.left if self.ends_at is None else self.ends_at - now


def drawn(pool: Iterable[UUID], seed: str) -> tuple[UUID, ...]:
    """The order of a draw: by SHA-256 of `seed:id`, so that anybody draws it again and nobody could aim at it."""
    return tuple(sorted(pool, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).hexdigest()))


def moved(turn: Turn | None, entry_id: UUID, move: Move, *, minutes: int, now: datetime) -> Turn:
    """The turn after a move. Who is called gets the whole time, with the clock standing."""
    if move is Move.CALL or turn is None or turn.entry_id != entry_id:
        turn = Turn(entry_id, None, timedelta(minutes=minutes))
    if move is Move.START and turn.ends_at is None:
        return Turn(entry_id, now + turn.left, turn.left)
    if move is Move.STOP and turn.ends_at is not None:
        return Turn(entry_id, None, turn.ends_at - now)
    return turn
