"""What happened, as a value, and the arithmetic of the audit chain."""

import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hackathon.outbox.errors import NotForTheChain

GENESIS = bytes(32)
"""What the first link names as its predecessor."""

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")
_KEY = re.compile(r"[a-z_]{1,40}")
_WORD = re.compile(r"[A-Za-z0-9_.:+-]{1,80}")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link: the `number`-th thing that happened. `subject` holds ids and single words."""

    number: int
    kind: str
    subject: Mapping[str, str]
    actor: UUID
    at: datetime

    def id(self, key: str) -> UUID:
        """The id that the subject has under `key`. Raises KeyError or ValueError."""
        return UUID(self.subject[key])


Handler = Callable[[AuditEntry], Awaitable[None]]
"""Called once or more for each entry, in order; must do the same when called again."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the chain found. `broken_at` is the first number that does not fit, `problem` says how."""

    entries: int
    head: bytes
    broken_at: int | None = None
    problem: str | None = None

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def checked_subject(kind: str, subject: Mapping[str, UUID | str]) -> dict[str, str]:
    """The subject as text. Raises NotForTheChain for what may be a person's words: nothing is ever taken out of it."""
    if not _KIND.fullmatch(kind):
        raise NotForTheChain(f"a kind looks like thing.happened, not {kind!r}")
    if not subject:
        raise NotForTheChain(f"{kind}: the subject is empty")
    texts = {key: str(value) for key, value in subject.items()}
    for key, text in texts.items():
        if not _KEY.fullmatch(key) or not _WORD.fullmatch(text):
            raise NotForTheChain(f"{kind}: {key}={text!r} is neither an id nor a single word")
    return texts


def body(
    *, number: int, kind: str, subject: Mapping[str, str], actor: UUID, at: datetime, reason_hash: bytes | None
) -> str:
    """The canonical JSON of a link: keys sorted, no spaces, UTC time in microseconds."""
    fields: dict[str, Any] = {
        "actor": str(actor),
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kind": kind,
        "number": number,
        "reason": None if reason_hash is None else reason_hash.hex(),
        "subject": dict(subject),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def parse_body(text: str) -> AuditEntry:
    """The entry of a link's body."""
    fields = json.loads(text)
    return AuditEntry(
        number=fields["number"],
        kind=fields["kind"],
        subject=fields["subject"],
        actor=UUID(fields["actor"]),
        at=datetime.strptime(fields["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
    )


def link_hash(previous: bytes, text: str) -> bytes:
    """SHA-256 over the predecessor's hash and the body."""
    return hashlib.sha256(previous + text.encode("ascii")).digest()


def reason_hash(key: bytes, reason: str) -> bytes:
    """What the chain keeps of a reason: an HMAC with a key of that row alone.

    The words can be erased with their key, and then nobody can test a guess against the chain.
    """
    return hmac.digest(key, reason.encode(), "sha256")
