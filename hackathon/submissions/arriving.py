"""Bytes on their way to this process, whose disk they take: a team has few whole files at once, a person few parts."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from hackathon.submissions.errors import PartsBusy, UploadsBusy

AT_ONCE = 2
"""So many files of one entry may be on their way to one process, archives and pitches together."""

PARTS_AT_ONCE = 8
"""So many parts of one account may be on their way to one process, whatever uploads they belong to. Our own clients
send one after the other.
"""

PAUSE = timedelta(seconds=5)
"""After so long it is worth trying again."""

_coming: Counter[UUID] = Counter()
_parts: Counter[UUID] = Counter()


@contextmanager
def arriving(entry_id: UUID) -> Iterator[None]:
    """A place for one more file of an entry. Raises UploadsBusy."""
    if _coming[entry_id] >= AT_ONCE:
        raise UploadsBusy(AT_ONCE)
    with _counted(_coming, entry_id):
        yield


@contextmanager
def part_arriving(account_id: UUID, now: datetime) -> Iterator[None]:
    """A place for one more part of an account. Raises PartsBusy."""
    if _parts[account_id] >= PARTS_AT_ONCE:
        raise PartsBusy(PARTS_AT_ONCE, now + PAUSE)
    with _counted(_parts, account_id):
        yield


@contextmanager
def _counted(places: Counter[UUID], owner: UUID) -> Iterator[None]:
    places[owner] += 1
    try:
        yield
    finally:
        places[owner] -= 1
        if not places[owner]:
            del places[owner]
