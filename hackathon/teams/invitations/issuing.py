"""Make and end invitations within the transaction of a team's verb, whose lock on the team they need."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox
from hackathon.keys import seal
from hackathon.model import Principal
from hackathon.sessions.model import hash_secret, make_secret
from hackathon.teams.invitations import store as rows
from hackathon.teams.model import Invitation


async def issue(
    team_id: UUID,
    *,
    key: bytes,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> Invitation:
    """Make an invitation of 256 random bits, kept as a hash and sealed with `key`; the one before ends."""
    await revoke(team_id, actor=actor, now=now)
    secret, invitation_id = make_secret(random_bytes), new_id()
    sealed = seal(key, secret.encode(), context(invitation_id), random_bytes=random_bytes)
    await rows.insert_invitation(invitation_id, team_id, hash_secret(secret), sealed, now)
    await outbox.append("invitation.made", {"invitation": invitation_id, "team": team_id}, actor=actor)
    return Invitation(invitation_id, team_id, now, secret)


async def revoke(team_id: UUID, *, actor: Principal, now: datetime) -> None:
    """End the living invitation, where there is one."""
    ended = await rows.revoke_invitation(team_id, now)
    if ended is not None:
        await outbox.append("invitation.revoked", {"invitation": ended, "team": team_id}, actor=actor)


def context(invitation_id: UUID) -> bytes:
    """What a sealed secret is bound to."""
    return f"invitation:{invitation_id}".encode()
