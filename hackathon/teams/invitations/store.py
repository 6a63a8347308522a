"""Reading and writing of invitations."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hackathon import store
from hackathon.teams import tables


@dataclass(frozen=True, slots=True)
class Kept:
    """An invitation as it is kept."""

    id: UUID
    team_id: UUID
    sealed: bytes = field(repr=False)
    made_at: datetime
    revoked_at: datetime | None


_KEPT = "SELECT id, team_id, sealed, made_at, revoked_at FROM invitation"


async def insert_invitation(
    invitation_id: UUID, team_id: UUID, secret_hash: bytes, sealed: bytes, now: datetime
) -> None:
    """Keep an invitation by its hash. The team has no other living one."""
    await tables.Invitation(id=invitation_id, team_id=team_id, hash=secret_hash, sealed=sealed, made_at=now).save()


async def revoke_invitation(team_id: UUID, now: datetime) -> UUID | None:
    """End the living invitation of a team; returns its id, None where there was none."""
    ended: UUID | None = await store.fetch_value(
        "UPDATE invitation SET revoked_at = $2 WHERE team_id = $1 AND revoked_at IS NULL RETURNING id", team_id, now
    )
    return ended


async def read_living(team_id: UUID) -> Kept | None:
    """The living invitation of a team."""
    row = await store.fetch_one(f"{_KEPT} WHERE team_id = $1 AND revoked_at IS NULL", team_id)
    return None if row is None else Kept(**dict(row))


async def read_by_hash(secret_hash: bytes) -> Kept | None:
    """The invitation of this secret, also one that was revoked."""
    row = await store.fetch_one(f"{_KEPT} WHERE hash = $1", secret_hash)
    return None if row is None else Kept(**dict(row))
