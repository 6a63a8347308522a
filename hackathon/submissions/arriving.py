"""Whole files on their way to this process: each takes up to its size of disk, so a team has only a few at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from hackathon.submissions.errors import UploadsBusy

AT_ONCE = 2
"""So many files of one entry may be on their way to one process, archives and pitches together."""

_coming: Counter[UUID] = Counter()


@contextmanager
def arriving(entry_id: UUID) -> Iterator[None]:
    """A place for one more file of an entry. Raises UploadsBusy."""
    if _coming[entry_id] >= AT_ONCE:
        raise UploadsBusy(AT_ONCE)
    _coming[entry_id] += 1
    try:
        yield
    finally:
        _coming[entry_id] -= 1
        if not _coming[entry_id]:
            del _coming[entry_id]
