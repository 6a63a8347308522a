"""Lists of teams and people, for organizers."""

from uuid import UUID

from hackathon.model import Principal
from hackathon.permissions import require_organizer
from hackathon.rosters import store as rows
from hackathon.rosters.model import PeoplePage, TeamPage, page_of, searched
from hackathon.teams.model import Approval


async def list_teams(
    event_id: UUID, *, actor: Principal, words: str = "", approval: Approval | None = None, page: int = 1
) -> TeamPage:
    """The teams of an event that fit. Raises Forbidden."""
    require_organizer(actor)
    wanted = searched(words)
    counts = await rows.count_teams(event_id, wanted)
    total = sum(counts.values()) if approval is None else counts.get(approval, 0)
    shown, pages = page_of(total, page)
    return TeamPage(await rows.read_teams(event_id, wanted, approval, shown), counts, total, shown, pages)


async def list_people(
    event_id: UUID, *, actor: Principal, words: str = "", unconfirmed: bool = False, page: int = 1
) -> PeoplePage:
    """The people who fit, with their team in the event. Raises Forbidden."""
    require_organizer(actor)
    wanted = searched(words)
    people, waiting = await rows.count_people(wanted)
    total = waiting if unconfirmed else people
    shown, pages = page_of(total, page)
    found = await rows.read_people(event_id, wanted, unconfirmed=unconfirmed, page=shown)
    return PeoplePage(found, waiting, total, shown, pages)
