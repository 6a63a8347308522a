"""An assignment as a value."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """This judge judges this entry."""

    judge_id: UUID
    entry_id: UUID
