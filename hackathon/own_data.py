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

GATHERED: Mapping[str, str] = {
    "api_token.account_id": "tokens",
    "account_secret.account_id": "nip",
    "card.account_id": "cards",
    "code.used_by": "codes",
    "code_batch.account_id": "codes",
    "consent.account_id": "consents",
    "git_fetch.account_id": "fetches",
    "judge.account_id": "judging",
    "mail.account_id": "letters",
    "member.account_id": "teams",
    "outbox.actor": "acts",
    "pitch.account_id": "pitches",
    "pitch_video.account_id": "pitches",
    "session.account_id": "sessions",
    "submission.account_id": "uploads",
    "tryout.account_id": "tryouts",
    "upload.account_id": "uploads",
}
"""Every column that names a person, and the field of `OwnData` in which it is told."""

LEFT_OUT: Mapping[str, str] = {
    "account_key.account_id": "the sealed key under which the NIP lies; the NIP itself is told",
    "code_batch.created_by": "an organizer's act, told among the acts",
    "proof.account_id": "the hash of a link in a letter, worth nothing after two days; the letter is told",
}
"""The others, and why they say nothing of the person. A test finds columns that stand in neither."""


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
class Wrote:
    """A version of a prototype card that the person saved."""

    event: str
    track: str
    team: str
    version: int
    answers: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Presented:
    """A pitch that the person uploaded, or the address of a video: then `size` and `sha256` are None."""

    event: str
    track: str
    team: str
    name: str
    size: int | None
    sha256: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A commit that the person asked us to fetch."""

    event: str
    track: str
    team: str
    repository: str
    revision: str
    state: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """A printed code that the person used, or that was printed for them to sign in. `used_at` is None for one that lies
    about.
    """

    event: str
    purpose: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judging:
    """That the person judges an event, as the organizers wrote it down, and the teams they must not judge, with why."""

    event: str
    name: str
    email: str | None
    agency: str
    expertise: tuple[str, ...]
    state: str
    invited_at: datetime
    joined_at: datetime | None
    left_at: datetime | None
    conflicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A prototype that the person tried out as a judge; `inputs` is how often they put something to it."""

    event: str
    track: str
    team: str
    submission: int
    inputs: int
    at: datetime


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
    cards: tuple[Wrote, ...]
    pitches: tuple[Presented, ...]
    fetches: tuple[Fetched, ...]
    codes: tuple[Code, ...]
    judging: tuple[Judging, ...]
    tryouts: tuple[Tried, ...]
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
        cards=tuple(
            Wrote(**{**row, "answers": msgspec.json.decode(row["answers"])}) for row in await _rows(_CARDS, me)
        ),
        pitches=tuple(Presented(**row) for row in await _rows(_PITCHES, me)),
        fetches=tuple(Fetched(**row) for row in await _rows(_FETCHES, me)),
        codes=tuple(Code(**row) for row in await _rows(_CODES, me)),
        judging=tuple(
            Judging(**{**row, "expertise": tuple(row["expertise"]), "conflicts": msgspec.json.decode(row["conflicts"])})
            for row in await _rows(_JUDGING, me)
        ),
        tryouts=tuple(Tried(**row) for row in await _rows(_TRYOUTS, me)),
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
    " WHERE upload.account_id = $1 OR submission.account_id = $1 ORDER BY upload.registered_at DESC"
)

_PLACE = "event.slug AS event, track.slug AS track, team.name AS team"
_ENTRY = (
    " JOIN entry ON entry.id = entry_id JOIN team ON team.id = entry.team_id"
    " JOIN track ON track.id = entry.track_id JOIN event ON event.id = entry.event_id"
)

_CARDS = (
    f"SELECT {_PLACE}, version, answers, saved_at FROM card{_ENTRY}"  # noqa: S608 - constants
    " WHERE account_id = $1 ORDER BY saved_at DESC"
)

_PITCHES = (
    f"SELECT {_PLACE}, filename AS name, size, sha256, offered_at AS at FROM pitch{_ENTRY}"  # noqa: S608 - constants
    f" WHERE account_id = $1 UNION ALL SELECT {_PLACE}, address, NULL, NULL, saved_at FROM pitch_video{_ENTRY}"
    " WHERE account_id = $1 ORDER BY at DESC"
)

_FETCHES = (
    f"SELECT {_PLACE}, repository, revision, state, asked_at FROM git_fetch{_ENTRY}"  # noqa: S608 - constants
    " WHERE account_id = $1 ORDER BY asked_at DESC"
)

_CODES = (
    "SELECT event.slug AS event, purpose, code_batch.created_at AS made_at, code.used_at FROM code"
    " JOIN code_batch ON code_batch.id = code.batch_id JOIN event ON event.id = code_batch.event_id"
    " WHERE code.used_by = $1 OR code_batch.account_id = $1 ORDER BY made_at DESC"
)

# The tables of judging are not this package's, but what they say of a person is that person's.
_JUDGING = (
    "SELECT event.slug AS event, judge.name, judge.email, judge.agency, judge.expertise, judge.state, judge.invited_at,"
    " judge.joined_at, judge.left_at, (SELECT coalesce(jsonb_object_agg(team.name, c.reason ORDER BY c.at), '{}')"
    " FROM conflict_of_interest c JOIN team ON team.id = c.team_id WHERE c.judge_id = judge.id) AS conflicts"
    " FROM judge JOIN event ON event.id = judge.event_id WHERE judge.account_id = $1 ORDER BY judge.invited_at DESC"
)

_TRYOUTS = (
    "SELECT event.slug AS event, track.slug AS track, team.name AS team, submission.number AS submission,"
    " (SELECT count(*) FROM tryout_call WHERE tryout_call.tryout_id = tryout.id) AS inputs, tryout.asked_at AS at"
    " FROM tryout JOIN submission ON submission.id = tryout.submission_id JOIN entry ON entry.id = submission.entry_id"
    " JOIN team ON team.id = entry.team_id JOIN track ON track.id = entry.track_id"
    " JOIN event ON event.id = entry.event_id WHERE tryout.account_id = $1 ORDER BY tryout.asked_at DESC"
)

_LETTERS = "SELECT kind, state, created_at, ended_at FROM mail WHERE account_id = $1 ORDER BY created_at DESC"

_ACTS = "SELECT number, kind, subject, reason, at FROM outbox WHERE actor = $1 ORDER BY id DESC"
