"""A client of the public API: what `gelanggang submit` and the demo use, and nothing but what anybody's client could
do.

Lost connections and a server that is restarting are lived through: every request is repeated with growing pauses, and
an upload goes on with the parts that are missing, also in a new process.
"""

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

import httpx
import msgspec

from frontend.api.shapes import (
    PREFIX,
    CommitBody,
    CommitRequest,
    EntriesBody,
    LeaderboardBody,
    MeBody,
    Problem,
    ProblemBody,
    ReceiptBody,
    SubmissionBody,
    SubmissionsBody,
    UploadBody,
    UploadRequest,
    Words,
)

T = TypeVar("T")

_RETRIED_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})

_DAMAGED_ON_THE_WAY = frozenset({"part_hash_mismatch", "part_incomplete"})
"""Refusals of a part that sending it again may mend."""

_SEND_AGAIN = frozenset({"parts_missing", "hash_mismatch"})
"""Refusals of a completion likewise."""
_CHUNK = 1 << 16


class ApiError(Exception):
    """The server answered, and said no. `problem` is for the person, `status` is the HTTP status."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(f"{status} {problem.code}: {problem.message.en}")
        self.status = status
        self.problem = problem


class ServerUnreachable(Exception):
    """No usable answer, however often it was tried."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request is repeated: pauses double from `first` to `longest` seconds, until `total` seconds have
    passed.
    """

    first: float = 0.25
    longest: float = 8.0
    total: float = 120.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an upload stands, in bytes. `resumed`: bytes that the server had from an earlier try."""

    sent: int
    total: int
    resumed: int


@dataclass(slots=True)
class Client:
    """Talks to one server with one token. Use it in a `with` block; one thread at a time.

    `server` is the address as people type it (`http://127.0.0.1:8000`, with or without a path or slash at the end).
    """

    server: str
    token: str | None = None
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    on_retry: Callable[[str, float], None] = lambda reason, pause: None
    _http: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # The address is what the person typed; a proxy set for the internet must not carry a loopback demo's uploads.
        address = httpx.URL(self.server.rstrip("/"))
        local = address.host in ("localhost", "127.0.0.1", "::1")
        timeout = httpx.Timeout(30.0, connect=10.0)
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout, trust_env=not local)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def me(self) -> MeBody:
        """Whose token it is."""
        return self._call("GET", "/me", MeBody)

    def entries(self) -> EntriesBody:
        """The entries that the token's account may hand in to."""
        return self._call("GET", "/me/entries", EntriesBody)

    def leaderboard(self, event: str, track: str) -> LeaderboardBody:
        """The public board of a track."""
        return self._call("GET", f"/events/{event}/tracks/{track}/leaderboard", LeaderboardBody)

    def submissions(self, entry: UUID) -> SubmissionsBody:
        """The submissions of an entry, the newest first."""
        return self._call("GET", f"/entries/{entry}/submissions", SubmissionsBody)

    def submission(self, submission: UUID) -> SubmissionBody:
        """One submission with the state of its evaluation."""
        return self._call("GET", f"/submissions/{submission}", SubmissionBody)

    def log(self, submission: UUID) -> str:
        """The build log, and what the prototype printed up to the end of its public cases."""
        return self._send("GET", f"/submissions/{submission}/log").text

    def hand_in(
        self,
        archive: Path,
        *,
        filename: str | None = None,
        event: str | None = None,
        track: str | None = None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        on_same: Callable[[int], None] = lambda number: None,
    ) -> ReceiptBody:
        """Register, upload what is missing, complete. `on_same` hears the number of an earlier submission with the
        same bytes, before an attempt is charged.

        Raises `ApiError`, `ServerUnreachable`, and OSError for the file.
        """
        size, sha256 = digest(archive)
        request = UploadRequest(filename=filename or archive.name, size=size, sha256=sha256, event=event, track=track)
        for tries_left in (2, 1, 0):
            upload = self.register(request)
            if upload.same_as is not None and tries_left == 2:
                on_same(upload.same_as)
            self._send_missing(upload, archive, on_progress)
            try:
                return self.complete(upload.id)
            except ApiError as refused:
                # The server lost or never got some parts after all: the same announcement says which.
                if refused.problem.code not in _SEND_AGAIN or tries_left == 0:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")

    def _send_missing(self, upload: UploadBody, archive: Path, on_progress: Callable[[Progress], None]) -> None:
        resumed = sent = sum(part.size for part in upload.parts)
        on_progress(Progress(sent, upload.size, resumed))
        with archive.open("rb") as source:
            for number in upload.missing:
                source.seek((number - 1) * upload.part_bytes)
                data = source.read(upload.part_bytes)
                self.send_part(upload.id, number, data)
                sent += len(data)
                on_progress(Progress(sent, upload.size, resumed))

    def register(self, request: UploadRequest) -> UploadBody:
        """Announce an archive; from here the deadline is kept."""
        return self._call("POST", "/uploads", UploadBody, json=msgspec.to_builtins(request))

    def send_part(self, upload: UUID, number: int, data: bytes) -> None:
        """Store one part; storing it again is the same as storing it once."""
        headers = {"Content-Type": "application/octet-stream", "X-Content-SHA256": hashlib.sha256(data).hexdigest()}
        for tries_left in (2, 1, 0):
            try:
                self._send("PUT", f"/uploads/{upload}/parts/{number}", content=data, headers=headers)
                return
            except ApiError as refused:
                if refused.problem.code not in _DAMAGED_ON_THE_WAY or tries_left == 0:
                    raise

    def complete(self, upload: UUID) -> ReceiptBody:
        """All parts are there: make it a submission. Asked again, the server gives the same receipt."""
        return self._call("POST", f"/uploads/{upload}/complete", ReceiptBody)

    def ask_commit(self, request: CommitRequest) -> CommitBody:
        """Ask for a commit; from here the deadline is kept. Asked again while it is on its way, it is the same."""
        return self._call("POST", "/commits", CommitBody, json=msgspec.to_builtins(request))

    def commit(self, commit: UUID) -> CommitBody:
        """How far it is."""
        return self._call("GET", f"/commits/{commit}", CommitBody)

    def follow_commit(self, commit: UUID, *, interval: float = 1.0) -> Iterator[CommitBody]:
        """A commit that was asked for again and again, until it is received, refused or cancelled."""
        while True:
            state = self.commit(commit)
            yield state
            if state.state not in ("waiting", "fetching"):
                return
            self.sleep(interval)

    def follow(
        self, submission: UUID, *, interval: float = 1.0, timeout: float | None = None
    ) -> Iterator[SubmissionBody]:
        """The submission again and again, whenever something of it changed and every few seconds, until it is finished.

        `timeout` in seconds ends the wait with a `TimeoutError`; None waits for ever.
        """
        started = self.clock()
        while True:
            state = self.submission(submission)
            yield state
            if state.finished:
                return
            if timeout is not None and self.clock() - started > timeout:
                raise TimeoutError(f"submission {submission} is not finished after {timeout:.0f} s")
            self.sleep(interval)

    def _call(self, method: str, path: str, answer: type[T], **options: Any) -> T:
        response = self._send(method, path, **options)
        try:
            return msgspec.json.decode(response.content, type=answer)
        except msgspec.DecodeError as wrong:
            raise ServerUnreachable(
                f"{self.server} does not speak this API ({path}: {wrong}); is the address right?"
            ) from wrong

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        started = self.clock()
        pause = self.patience.first
        while True:
            reason, wanted = "", None
            try:
                response = self._http.request(method, PREFIX + path, **options)
                if response.is_success:
                    return response
                if response.status_code not in _RETRIED_STATUSES:
                    raise ApiError(response.status_code, _problem(response))
                reason = f"HTTP {response.status_code}"
                wanted = _retry_after(response)
            except httpx.TransportError as lost:
                reason = f"{type(lost).__name__}: {lost}".rstrip(": ")
            except httpx.InvalidURL as wrong:
                raise ServerUnreachable(f"{self.server} is not an address: {wrong}") from wrong
            wait = max(wanted or 0.0, pause * random.uniform(0.75, 1.25))  # noqa: S311 - spreads clients, protects nothing
            if self.clock() - started + wait > self.patience.total:
                raise ServerUnreachable(f"{self.server} gave no answer for {self.patience.total:.0f} s ({reason})")
            self.on_retry(reason, wait)
            self.sleep(wait)
            pause = min(pause * 2, self.patience.longest)


def digest(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 in hex of a file, read in chunks."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            sha256.update(chunk)
            size += len(chunk)
    return size, sha256.hexdigest()


def _problem(response: httpx.Response) -> Problem:
    try:
        return msgspec.json.decode(response.content, type=ProblemBody).error
    except msgspec.DecodeError:
        # Not an answer of this API: another program, or a proxy in front of it.
        what = f"{response.url} answered HTTP {response.status_code} {response.reason_phrase}"
        return Problem(
            code="http",
            message=Words(
                id=f"{what}, bukan seperti Gelanggang. Periksa alamat server.",
                en=f"{what}, which is not how Gelanggang answers. Check the server's address.",
            ),
        )


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdigit() else None
