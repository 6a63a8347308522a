"""Rows of judges and of their conflicts of interest. The constraints stand in the migrations."""

from piccolo.columns import UUID, Array, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.events.tables import Event
from hackathon.store import ENGINE
from hackathon.teams.tables import Team


class JudgeRow(Table, db=ENGINE, tablename="judge"):
    """A judge of an event. `account_id` is null until the invitation was accepted; `max_load` null: no limit."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    account_id = ForeignKey(Account, null=True, default=None)
    name = Text()
    email = Text(null=True, default=None)
    agency = Text()
    expertise = Array(base_column=Text())
    max_load = Integer(null=True, default=None)
    state = Text()
    invited_at = Timestamptz()
    joined_at = Timestamptz(null=True, default=None)
    left_at = Timestamptz(null=True, default=None)
    left_reason = Text(default="")
    left_by_self = Boolean(default=False)
    declared_at = Timestamptz(null=True, default=None)
    language = Text()


class ConflictRow(Table, db=ENGINE, tablename="conflict_of_interest"):
    """That a judge must not judge a team. One of the team's agency needs no row: that is derived."""

    id = UUID(primary_key=True)
    judge_id = ForeignKey(JudgeRow, null=False)
    team_id = ForeignKey(Team, null=False)
    source = Text()
    reason = Text()
    at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)


class JudgeInvitationRow(Table, db=ENGINE, tablename="judge_invitation"):
    """A link by which a judge joins: only the SHA-256 of its secret is kept."""

    id = UUID(primary_key=True)
    judge_id = ForeignKey(JudgeRow, null=False)
    hash = Bytea()
    made_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    mailed = Boolean()
