"""Bodies of the API, as the wire has them. Times are RFC 3339 in UTC, sizes are bytes, hashes are lower-case hex.

Within a version fields are added, never renamed or removed: a client ignores what it does not know.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

PREFIX = "/api/v1"


class Words(msgspec.Struct, frozen=True):
    """A sentence for people, Bahasa Indonesia first."""

    id: str
    en: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was wrong with a request. `code` is a stable word; `entry`, `line` and `rule` say where in an archive."""

    code: str
    message: Words
    entry: str | None = None
    line: int | None = None
    rule: str | None = None


class ProblemBody(msgspec.Struct, frozen=True):
    """The body of every answer of 400 and above."""

    error: Problem


class TrackBody(msgspec.Struct, frozen=True):
    """A track of an event, with its tasks and their weights."""

    slug: str
    title: Words
    tasks: dict[str, float]


class EventBody(msgspec.Struct, frozen=True):
    """An event as everybody may see it. `phase` is the one of the moment of the answer.

    Building is open from `opens_at` to `closes_at`, extensions apart. `seeds` are the SHA-256 of the hidden sets'
    seeds.
    """

    slug: str
    title: Words
    zone: str
    phase: str
    opens_at: datetime
    closes_at: datetime
    seeds: dict[str, str]
    tracks: list[TrackBody]


class EventsBody(msgspec.Struct, frozen=True):
    """All events."""

    events: list[EventBody]


class JudgesBody(msgspec.Struct, frozen=True):
    """What judges give an entry by the event's method, with its bounds at 90 %, from `scorecards` scorecards. `value`
    is null while too few have sent theirs: the total counts the leaderboard's `filler` then.
    """

    value: float | None
    low: float | None
    high: float | None
    scorecards: int


class BasisBody(msgspec.Struct, frozen=True):
    """How totals are made: `judges_share` percent, the rest measured; `method` is `mean`, `trimmed` or `adjusted`."""

    judges_share: float
    method: str
    filler: float | None


class RowBody(msgspec.Struct, frozen=True):
    """A row of a board: an entry with its latest evaluated submission.

    Equal scores share a place. Scores are told with two decimals, but places are made from the scores as they are
    stored: rows that show the same score may have different places. `evaluated_at` is told in whole seconds.
    `low` and `high` bound the score at 90 %, `place_low` to `place_high` are the places that those bounds allow; rows
    of one `tie` cannot be told apart. `trend` is how many places it rose, None when it is new. `score` is what places
    are made of: where judges count it is the total, `automated` the measured part and `judges` theirs; both are null
    where judges do not count. `fourfold`: work goes at least four times faster with it, which is no part of the score.
    """

    place: int
    place_low: int
    place_high: int
    tie: int
    team: str
    agency: str
    score: float
    low: float
    high: float
    status: str
    tasks: dict[str, float]
    submission_number: int
    evaluated_at: datetime
    trend: int | None
    automated: float | None = None
    judges: JudgesBody | None = None
    fourfold: bool = False


class LeaderboardBody(msgspec.Struct, frozen=True):
    """The latest publication of a track's board. `number` counts publications of the track; 0: nothing is published
    yet. `published_at` is told in whole seconds; `sha256` is that of the publication as it is stored, with full
    precision. `basis` is null where judges do not count; `final`: it holds the results, after judging closed.
    """

    event: str
    track: str
    number: int
    published_at: datetime | None
    sha256: str | None
    frozen: bool
    rows: list[RowBody]
    basis: BasisBody | None = None
    final: bool = False


class MeBody(msgspec.Struct, frozen=True):
    """Whose token it is."""

    account: UUID
    name: str
    roles: list[str]


class EntryBody(msgspec.Struct, frozen=True):
    """A team in a track, as its members see it. `closes_at` is its own deadline, extensions included."""

    id: UUID
    event: str
    track: str
    team: str
    phase: str
    closes_at: datetime
    chosen_submission: UUID | None


class EntriesBody(msgspec.Struct, frozen=True):
    """The entries of the token's account."""

    entries: list[EntryBody]


class UploadRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Announces an archive. `event` and `track` may be left out where the account has one entry that fits.

    The same announcement twice (same entry, size and hash, not completed) gives the same upload: that is how a client
    resumes.
    """

    filename: str
    size: int
    sha256: str
    event: str | None = None
    track: str | None = None


class PartBody(msgspec.Struct, frozen=True):
    """A stored part. Parts are numbered from 1."""

    number: int
    size: int
    sha256: str


class UploadBody(msgspec.Struct, frozen=True):
    """An announced upload. Every part has `part_bytes` bytes but the last, which holds the rest; sent again, a part
    replaces itself. `same_as` is the number of the entry's latest submission with these very bytes, null where there
    is none: completing it costs another attempt.
    """

    id: UUID
    entry: UUID
    state: str
    size: int
    sha256: str
    part_bytes: int
    registered_at: datetime
    parts: list[PartBody]
    missing: list[int]
    same_as: int | None = None


class ReceiptBody(msgspec.Struct, frozen=True):
    """Proof that a submission was received. `registered_at` counts for the deadline, `number` within the entry."""

    submission: UUID
    entry: UUID
    event: str
    track: str
    team: str
    number: int
    sha256: str
    size: int
    kit: str
    registered_at: datetime
    received_at: datetime
    attempts_used: int
    attempts_allowed: int
    attempts_reset_at: datetime


class CommitRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks for a commit of a public repository. `event` and `track` may be left out where the account has one entry
    that fits.
    """

    repository: str
    commit: str
    event: str | None = None
    track: str | None = None


class CommitBody(msgspec.Struct, frozen=True):
    """A commit that was asked for. `asked` is what was asked, `commit` its number as soon as it is known;
    `registered_at` counts for the deadline. `message` says why it was refused, or what was wrong with the last of
    `failures` tries. `receipt` is there when it was received.
    """

    id: UUID
    entry: UUID
    repository: str
    asked: str
    commit: str | None
    state: str
    registered_at: datetime
    failures: int
    message: Words | None
    receipt: ReceiptBody | None


class CaseBody(msgspec.Struct, frozen=True):
    """A public case: everything that is known of it. Hidden cases have no body at all.

    `input` is what the prototype was given and `expected` the answer it is held against; `input` is null where the
    server no longer has the version of the task that was run.
    """

    id: str
    passed: bool
    seconds: float
    metrics: dict[str, float]
    failure: str | None
    message: Words | None
    got: Any
    input: dict[str, Any] | None = None
    expected: Any = None


class MetricBody(msgspec.Struct, frozen=True):
    """A metric's value over all cases, and its points from 0 to 100. Of hidden sets the value is told with four
    significant digits, the points with two decimals.
    """

    value: float
    points: float


class SampledBody(msgspec.Struct, frozen=True):
    """A figure from a sample of `cases` hidden cases, with its bounds at 90 %; all null where it was not measured.
    `reason` says why not, or what cut the sample short.
    """

    value: float | None
    low: float | None
    high: float | None
    cases: int
    reason: Words | None


class EfficiencyBody(msgspec.Struct, frozen=True):
    """Answer times that half and 95 % of the cases keep to, CPU seconds a case, the peak of memory; null where it was
    not measured.
    """

    p50_seconds: float | None
    p95_seconds: float | None
    cpu_seconds: float | None
    peak_memory_bytes: int | None


class ProductivityBody(msgspec.Struct, frozen=True):
    """How many times faster the work goes, with its bounds at 90 %, and minutes a case by hand, for a review, and with
    the prototype all in all.
    """

    times: float
    low: float
    high: float
    hand_minutes: float
    review_minutes: float
    minutes: float


class QualitiesBody(msgspec.Struct, frozen=True):
    """What is measured beside the score. `consistency` is the share of cases with the same output when asked again,
    `robustness` the points of the task's score that other wording costs.
    """

    consistency: SampledBody
    robustness: SampledBody
    efficiency: EfficiencyBody
    productivity: ProductivityBody | None


class TaskBody(msgspec.Struct, frozen=True):
    """One task of an evaluation. `cases` are given for the public set only (else None); `failed` counts the classes
    of failure. Of hidden cases `passed` and `failed` are told when the evaluation has finished, and until then `done`
    moves in quarters of `total`. Scores of hidden sets are told with two decimals. `qualities` are measured with hidden
    sets only, and told with two significant digits.
    """

    task: str
    status: str | None
    message: Words | None
    done: int
    total: int
    passed: int
    score: float | None
    metrics: dict[str, MetricBody]
    failed: dict[str, int]
    cases: list[CaseBody] | None
    qualities: QualitiesBody | None = None


class EvaluationBody(msgspec.Struct, frozen=True):
    """One evaluation of a submission under a case set. Scores of hidden sets are told with two decimals, `finished_at`
    in whole seconds. `productivity` is that over all tasks.
    """

    case_set: str
    state: str
    status: str | None
    message: Words | None
    score: float | None
    low: float | None
    high: float | None
    finished_at: datetime | None
    tasks: list[TaskBody]
    productivity: ProductivityBody | None = None


class StepBody(msgspec.Struct, frozen=True):
    """A step of a submission's way: `received`, `queued`, `build`, `test`, `done`.

    `state` is `done`, `now`, `ahead`, `failed` or `skipped`; `cause` says why it is so. Times are told in
    whole seconds.
    """

    name: str
    title: Words
    state: str
    since: datetime | None
    until: datetime | None
    cause: Words


class SubmissionBody(msgspec.Struct, frozen=True):
    """A submission with the state of its evaluation, for its team and the organizers. `now` is the server's clock, for
    ages.

    `place` counts from 1 while it waits; `estimate_seconds` guesses the time until the result (null: nobody knows).
    `status` and `message` are there when it is finished. `failures_of_ours` tells how often the evaluation was repeated
    because of us; none of those costs an attempt. `repository` and `commit` are there when it was fetched
    and not sent.
    """

    id: UUID
    entry: UUID
    number: int
    filename: str
    sha256: str
    size: int
    kit: str
    received_at: datetime
    finished: bool
    charged: bool
    status: str | None
    message: Words | None
    steps: list[StepBody]
    place: int | None
    waiting: int | None
    estimate_seconds: float | None
    failures_of_ours: int
    evaluations: list[EvaluationBody]
    now: datetime
    repository: str | None = None
    commit: str | None = None


class SubmissionSummary(msgspec.Struct, frozen=True):
    """A submission in a list."""

    id: UUID
    number: int
    filename: str
    sha256: str
    size: int
    kit: str
    received_at: datetime
    charged: bool


class SubmissionsBody(msgspec.Struct, frozen=True):
    """The submissions of an entry, the newest first."""

    submissions: list[SubmissionSummary]
