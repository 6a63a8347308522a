"""Rows of teams, members, entries and invitations. The constraints stand in the migrations."""

from piccolo.columns import UUID, Boolean, Bytea, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.events.tables import Event, Track, Venue
from hackathon.store import ENGINE


class Team(Table, db=ENGINE, tablename="team"):
    """A team of an event. `approval` is `teams.model.Approval`, `members_at` when somebody last came or went."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    name = Text()
    agency = Text()
    venue_id = ForeignKey(Venue, null=True, default=None)
    created_at = Timestamptz()
    approval = Text()
    approval_at = Timestamptz()
    approval_reason = Text(null=True, default=None)
    members_at = Timestamptz()


class Member(Table, db=ENGINE, tablename="member"):
    """A person in a team. `event_id` repeats the team's, so that one team a person and event can be a constraint."""

    id = UUID(primary_key=True)
    team_id = ForeignKey(Team, null=False)
    event_id = ForeignKey(Event, null=False)
    account_id = ForeignKey(Account, null=False)
    captain = Boolean()
    joined_at = Timestamptz()


class Entry(Table, db=ENGINE, tablename="entry"):
    """A team in a track. `event_id` repeats the event of both, so that they must agree."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    team_id = ForeignKey(Team, null=False)
    track_id = ForeignKey(Track, null=False)
    chosen_submission_id = UUID(null=True, default=None)
    created_at = Timestamptz()


class Invitation(Table, db=ENGINE, tablename="invitation"):
    """A link into a team: found by the SHA-256 of its secret, which is kept sealed for the captain to see again."""

    id = UUID(primary_key=True)
    team_id = ForeignKey(Team, null=False)
    hash = Bytea()
    sealed = Bytea()
    made_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
