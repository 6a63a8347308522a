"""Teams and people as organizers list them."""

from hackathon.rosters.model import PeoplePage, PersonLine, TeamLine, TeamPage
from hackathon.rosters.service import list_people, list_teams

__all__ = ["PeoplePage", "PersonLine", "TeamLine", "TeamPage", "list_people", "list_teams"]
