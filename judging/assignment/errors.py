"""Why entries cannot be given to judges.

AssignmentInfeasible    no plan keeps all constraints; names the one that is broken and whom it is about
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sandbox.model import Text


class Constraint(StrEnum):
    """What no plan can keep."""

    JUDGES = "judges"
    """An entry needs more judges than there are."""
    CONFLICTS = "conflicts"
    """Conflicts of interest leave an entry too few judges."""
    LOAD = "load"
    """All judges together may take fewer entries than are needed."""
    CONFLICTS_AND_LOAD = "conflicts_and_load"
    """Some entries are left to a few judges by conflicts, and those may not take as many."""
    EXISTING = "existing"
    """Work that is to stay is itself a conflict of interest."""


class AssignmentInfeasible(Exception):
    """No plan keeps all constraints.

    `entries`: the entries that cannot be given; `judges`: the only ones who could take them (for `EXISTING` those whose
    work is in conflict); `missing`: how many assignments at least there is no room for.
    """

    def __init__(
        self, constraint: Constraint, message: Text, *, entries: Sequence[UUID], judges: Sequence[UUID], missing: int
    ) -> None:
        super().__init__(f"{constraint}: {message.en}")
        self.constraint = constraint
        self.message = message
        self.entries = tuple(entries)
        self.judges = tuple(judges)
        self.missing = missing
