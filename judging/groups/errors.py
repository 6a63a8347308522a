"""What judging groups refuse.

Refusal
├── GroupInvalid    a group that cannot be
└── GroupUnknown    (NotFound) there is no such group
"""

from hackathon.errors import NotFound, Refusal
from sandbox.model import Text


class GroupInvalid(Refusal):
    """A group that cannot be; `field` names what is wrong with it."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message, "group_invalid")
        self.field = field


class GroupUnknown(NotFound):
    """There is no such group."""

    def __init__(self) -> None:
        super().__init__(Text(id="Kelompok juri ini tidak ada.", en="There is no such judging group."), "group_unknown")
