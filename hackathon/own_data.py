"""Everything that is kept of one person, for that person (UU PDP 27/2022, article 7: access to one's data, and a copy).

Secrets are left out: hashes of passwords, tokens and sessions say nothing to people and would only weaken them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from hackathon import accounts, sessions, store
from hackathon.accounts import Account, Consent, Token
from hackathon.model import Principal
from hackathon.sessions import OpenSession


@dataclass(frozen=True, slots=True)
class Membership:
    """A team the person is in."""

    event: str
    team: str
    agency: str
    captain: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A file the person announced. `number` is the submission it became, None where it became none."""

    id: UUID
    event: str
    track: str
    team: str
    filename: str
    size: int
    sha256: str
    state: str
    registered_at: datetime
    number: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to the person; its words are not kept once it is sent."""

    kind: str
    state: str
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Act:
    """What the person did, as the audit has it. `number` is its place in the chain, None while it waits for one."""

    number: int | None
    kind: str
    subject: Mapping[str, str]
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnData:
    """All of it. Lists are newest first, but for consents and teams."""

    account: Account
    has_password: bool
    nip: str | None
    consents: tuple[Consent, ...]
    sessions: tuple[OpenSession, ...]
    tokens: tuple[Token, ...]
    teams: tuple[Membership, ...]
    uploads: tuple[Sent, ...]
    letters: tuple[Letter, ...]
    acts: tuple[Act, ...]


async def own_data(*, actor: Principal, key: bytes, now: datetime) -> OwnData:
    """What is kept of who asks. Raises AccountUnknown, Unavailable where the installation's `key` is another one."""
    me = actor.account_id
    return OwnData(
        account=await accounts.get_account(me),
        has_password=await store.fetch_value("SELECT password_hash IS NOT NULL FROM account WHERE id = $1", me),
        nip=await accounts.read_nip(key=key, actor=actor),
        consents=await accounts.list_consents(actor=actor),
        sessions=await sessions.list_sessions(me, now=now),
        tokens=await accounts.list_tokens(me, actor=actor),
        teams=tuple(Membership(**row) for row in await _rows(_TEAMS, me)),
        uploads=tuple(Sent(**row) for row in await _rows(_UPLOADS, me)),
        letters=tuple(Letter(**row) for row in await _rows(_LETTERS, me)),
        acts=tuple(Act(**{**row, "subject": msgspec.json.decode(row["subject"])}) for row in await _rows(_ACTS, me)),
    )


async def _rows(sql: str, account_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await store.fetch(sql, account_id)]


_TEAMS = (
    "SELECT event.slug AS event, team.name AS team, team.agency, member.captain, member.joined_at FROM member"
    " JOIN team ON team.id = member.team_id JOIN event ON event.id = member.event_id"
    " WHERE member.account_id = $1 ORDER BY member.joined_at"
)

_UPLOADS = (
    "SELECT upload.id, event.slug AS event, track.slug AS track, team.name AS team, upload.filename, upload.size,"
    " upload.sha256, upload.state, upload.registered_at, submission.number FROM upload"
    " JOIN entry ON entry.id = upload.entry_id JOIN team ON team.id = entry.team_id"
    " JOIN track ON track.id = entry.track_id JOIN event ON event.id = entry.event_id"
    " LEFT JOIN submission ON submission.upload_id = upload.id"
    " WHERE upload.account_id = $1 ORDER BY upload.registered_at DESC"
)

_LETTERS = "SELECT kind, state, created_at, ended_at FROM mail WHERE account_id = $1 ORDER BY created_at DESC"

_ACTS = "SELECT number, kind, subject, reason, at FROM outbox WHERE actor = $1 ORDER BY id DESC"
