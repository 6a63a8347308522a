"""Rows of try-outs. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, Boolean, DoublePrecision, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.evaluations.tables import Worker
from hackathon.store import ENGINE
from hackathon.submissions.tables import Submission


class TryoutRow(Table, db=ENGINE, tablename="tryout"):
    """A prototype that runs, or is to run, for one person. While a worker has it, `attempt` fences every write and
    `lease_until` says how long it is that worker's. `address` is where that worker shows pages of prototypes.
    """

    id = UUID(primary_key=True)
    submission_id = ForeignKey(Submission, null=False)
    account_id = ForeignKey(Account, null=False)
    state = Text()
    attempt = Integer()
    worker_id = ForeignKey(Worker, null=True, default=None)
    lease_until = Timestamptz(null=True, default=None)
    asked_at = Timestamptz()
    ready_at = Timestamptz(null=True, default=None)
    ready_seconds = DoublePrecision(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    reason = JSONB(null=True, default=None)
    note = JSONB(null=True, default=None)
    address = Text(null=True, default=None)


class TryoutCallRow(Table, db=ENGINE, tablename="tryout_call"):
    """An input that somebody put to a prototype, and what came back: evidence beside the scorecard. `clipped`: the
    answer was long, and `answer` is the beginning of its JSON as a text.
    """

    id = UUID(primary_key=True)
    tryout_id = ForeignKey(TryoutRow, null=False)
    number = Integer()
    task_slug = Text()
    input = JSONB()
    asked_at = Timestamptz()
    state = Text()
    answer = JSONB(null=True, default=None)
    clipped = Boolean()
    failure = Text(null=True, default=None)
    message = JSONB(null=True, default=None)
    seconds = DoublePrecision(null=True, default=None)
