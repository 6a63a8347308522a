"""Try-outs as values, and the numbers that bound them."""

import hmac
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sandbox.model import Failure, Text

LASTING = timedelta(minutes=10)
"""How long a prototype runs for somebody, once it is ready."""

IDLE = timedelta(minutes=3)
"""How long nobody may use it before it ends."""

PATIENCE = timedelta(minutes=2)
"""How long one is wanted before it is given up: by then whoever asked has gone on."""

STARTS, STARTS_SPAN = 60, timedelta(hours=1)
"""So many may one person start within any hour."""

CALLS = 100
"""So many inputs may be put to one."""

INPUT_BYTES = 256 * 1024
"""The largest input, as JSON."""

ANSWER_LETTERS = 64 * 1024
"""A longer answer, as JSON, is kept as its beginning."""

KEPT_CALLS = 50
"""So many of the last inputs are shown beside a scorecard."""

_TOKEN_BYTES = 20
_PURPOSE = b"gelanggang try-out "


class TryoutState(StrEnum):
    """Where it stands. All but `ENDED` are live, and a person has one of these at most."""

    WANTED = "wanted"
    STARTING = "starting"
    READY = "ready"
    ENDED = "ended"


class CallState(StrEnum):
    """Where an input stands."""

    ASKED = "asked"
    ANSWERING = "answering"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Tryout:
    """A prototype that runs, or is to run, for one person.

    `ready_seconds` is from asking to ready; `reason` says why it ended, `note` what takes long while it starts. `page`
    is the path of the prototype's own page (None: it has none), `address` a pattern with `{token}`: where the worker
    that runs it shows such pages (None: nowhere).
    """

    id: UUID
    submission_id: UUID
    account_id: UUID
    state: TryoutState
    asked_at: datetime
    ready_at: datetime | None
    ready_seconds: float | None
    ends_at: datetime | None
    ended_at: datetime | None
    reason: Text | None
    note: Text | None
    page: str | None
    address: str | None

    @property
    def live(self) -> bool:
        """Whether it runs or is about to."""
        return self.state is not TryoutState.ENDED


@dataclass(frozen=True, slots=True)
class TryoutCall:
    """An input that was put to a prototype, and what came back. `answer` is the output, or where `clipped` the
    beginning of its JSON.
    """

    id: UUID
    tryout_id: UUID
    number: int
    task_slug: str
    input: Mapping[str, Any]
    asked_at: datetime
    state: CallState
    answer: Any = None
    clipped: bool = False
    failure: Failure | None = None
    message: Text | None = None
    seconds: float | None = None

    @property
    def open(self) -> bool:
        """Whether the answer is still to come."""
        return self.state is not CallState.ANSWERED


def token_of(tryout_id: UUID, key: bytes) -> str:
    """The name under which the page of a prototype is found, as one label of a host name: known to whoever has the
    installation's key, and of no use once the try-out has ended.
    """
    digest = hmac.digest(key, _PURPOSE + tryout_id.bytes, "sha256")
    return b32encode(digest[:_TOKEN_BYTES]).decode("ascii").lower()
