"""Rows of evaluations, runs, builds and workers. The constraints stand in the migrations.

Submissions call this package, so their table is not imported here: `submission_id` is a plain id, a foreign key in the
database only.
"""

from piccolo.columns import JSONB, UUID, Boolean, DoublePrecision, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Track
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry, Team


class Worker(Table, db=ENGINE, tablename="worker"):
    """A worker process, as it last said. `engine` is `sandbox.provider.EngineFacts`, `proof` what
    `sandbox.proof.Proof` tells of its walls, `room` what its disks have left, `mirror` what
    is wrong with its package mirror, `reason` why it is sick.
    """

    id = UUID(primary_key=True)
    host = Text()
    pid = Integer()
    slots = Integer()
    state = Text()
    reason = Text(null=True, default=None)
    engine = JSONB(null=True, default=None)
    proof = JSONB(null=True, default=None)
    room = JSONB(null=True, default=None)
    mirror = JSONB(null=True, default=None)
    started_at = Timestamptz()
    seen_at = Timestamptz()


class Evaluation(Table, db=ENGINE, tablename="evaluation"):
    """One submission under one plan: the truth about where it is and who has it.

    `round` counts how often the submission is evaluated on that case set: an organizer may ask for another one, and
    each finishes once. `attempt` counts claims; `lease_until` is set while a worker has it; `due_at` is the earliest
    next claim; `claimed_at` is when the last claim was made (none after it came back). `failure` is
    `{"reason", "host", "at"}` of ours.
    """

    id = UUID(primary_key=True)
    submission_id = UUID()
    entry_id = ForeignKey(Entry, null=False)
    team_id = ForeignKey(Team, null=False)
    track_id = ForeignKey(Track, null=False)
    case_set = Text()
    round = Integer()
    plan = JSONB()
    state = Text()
    attempt = Integer()
    worker_id = ForeignKey(Worker, null=True, default=None)
    lease_until = Timestamptz(null=True, default=None)
    queued_at = Timestamptz()
    due_at = Timestamptz()
    claimed_at = Timestamptz(null=True, default=None)
    running_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    progress = JSONB(null=True, default=None)
    status = Text(null=True, default=None)
    message = JSONB(null=True, default=None)
    score = DoublePrecision(null=True, default=None)
    low = DoublePrecision(null=True, default=None)
    high = DoublePrecision(null=True, default=None)
    tasks = JSONB(null=True, default=None)
    image = Text(null=True, default=None)
    engine = JSONB(null=True, default=None)
    timings = JSONB(null=True, default=None)
    productivity = JSONB(null=True, default=None)
    failures = Integer()
    failure = JSONB(null=True, default=None)


class Run(Table, db=ENGINE, tablename="run"):
    """One task of a finished evaluation. `cases` of hidden sets hold no answer and no words. `qualities` are
    `sandbox.qualities.Qualities`, measured with hidden sets only.
    """

    id = UUID(primary_key=True)
    evaluation_id = ForeignKey(Evaluation, null=False)
    attempt = Integer()
    task_slug = Text()
    task_version = Text()
    task_hash = Text()
    status = Text()
    message = JSONB()
    score = DoublePrecision()
    metrics = JSONB()
    cases = JSONB()
    expected_cases = Integer()
    seconds = DoublePrecision()
    usage = JSONB()
    qualities = JSONB(null=True, default=None)


class Build(Table, db=ENGINE, tablename="build"):
    """The last build of a submission: begun while `status` is null. The log at `log_key` may be shown to the team."""

    submission_id = UUID(primary_key=True)
    attempt = Integer()
    status = Text(null=True, default=None)
    message = JSONB(null=True, default=None)
    image = Text(null=True, default=None)
    seconds = DoublePrecision(null=True, default=None)
    cached = Boolean(null=True, default=None)
    log_key = Text()
    started_at = Timestamptz()
    finished_at = Timestamptz(null=True, default=None)
