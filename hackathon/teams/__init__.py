"""Teams, their members, their entries in tracks."""

from hackathon.teams.errors import (
    AlreadyInTeam,
    EntryUnknown,
    NotAMember,
    NotTheCaptain,
    PhaseClosed,
    TeamFull,
    TeamNameTaken,
    TeamTooSmall,
    TeamUnknown,
)
from hackathon.teams.model import Entry, EntryView, Member, Team
from hackathon.teams.service import (
    add_member,
    create_team,
    enter_track,
    entries_of,
    get_entry,
    get_team,
    list_members,
    list_teams,
    remove_member,
)

__all__ = [
    "AlreadyInTeam",
    "Entry",
    "EntryUnknown",
    "EntryView",
    "Member",
    "NotAMember",
    "NotTheCaptain",
    "PhaseClosed",
    "Team",
    "TeamFull",
    "TeamNameTaken",
    "TeamTooSmall",
    "TeamUnknown",
    "add_member",
    "create_team",
    "enter_track",
    "entries_of",
    "get_entry",
    "get_team",
    "list_members",
    "list_teams",
    "remove_member",
]
