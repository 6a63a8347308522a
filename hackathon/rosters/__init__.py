"""Teams and people as organizers list them."""

from hackathon.rosters.model import PeoplePage, PersonLine, TeamLine, TeamPage
from hackathon.rosters.service import approvals, list_people, list_teams

__all__ = ["PeoplePage", "PersonLine", "TeamLine", "TeamPage", "approvals", "list_people", "list_teams"]
