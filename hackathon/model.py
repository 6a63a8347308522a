"""Who acts."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account may do beyond taking part in a team."""

    ORGANIZER = "organizer"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or the system itself, as the services see it."""

    account_id: UUID
    name: str
    roles: frozenset[Role]

    @property
    def is_organizer(self) -> bool:
        return Role.ORGANIZER in self.roles


SYSTEM = Principal(account_id=UUID(int=0), name="Gelanggang", roles=frozenset(Role))
"""Whoever runs commands on the server itself, and the server's own loops. Owns no account."""
