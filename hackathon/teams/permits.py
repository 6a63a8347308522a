"""Who may change a team, and when: the checks that its verbs share. Organizers may always."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hackathon.events import Event, Scope, VenueUnknown, list_extensions, teams_lock
from hackathon.model import Principal
from hackathon.teams import store as rows
from hackathon.teams.errors import NotAMember, NotConfirmed, NotTheCaptain, PhaseClosed, TeamsLocked, VenueExtended
from hackathon.teams.model import Member, members_open, teams_open
from sandbox.model import Text


def require_members_open(event: Event, actor: Principal, now: datetime) -> None:
    """Raises PhaseClosed (TeamsLocked once they are fixed) while teams may not change who is in them."""
    if actor.is_organizer or members_open(event.schedule, now):
        return
    if now >= teams_lock(event.schedule):
        raise TeamsLocked(teams_lock(event.schedule), event.zone)
    raise _not_open_yet()


async def require_no_more_time(event: Event, venue: UUID | None, actor: Principal, now: datetime) -> None:
    """Raises VenueExtended for a venue with a later deadline, once building has begun: more time is given to those whom
    something befell there.
    """
    if actor.is_organizer or venue is None or now < event.schedule.building_opens:
        return
    if any(one.scope is Scope.VENUE and one.target == venue for one in await list_extensions(event.id)):
        raise VenueExtended


def require_open(event: Event, actor: Principal, now: datetime) -> None:
    """Raises PhaseClosed outside of registration and building."""
    if actor.is_organizer or teams_open(event.schedule, now):
        return
    if now < event.schedule.registration_opens:
        raise _not_open_yet()
    raise PhaseClosed(
        Text(
            id="Tim hanya dapat diatur selama pendaftaran dan pengerjaan. Hubungi panitia bila ada yang keliru.",
            en="Teams can be changed during registration and building only. Ask the organizers if something is wrong.",
        )
    )


def require_captain(members: Sequence[Member], actor: Principal) -> None:
    """Raises NotTheCaptain."""
    if not actor.is_organizer and not any(one.captain and one.account_id == actor.account_id for one in members):
        raise NotTheCaptain


def require_member(members: Sequence[Member], actor: Principal) -> None:
    """Raises NotAMember."""
    if not actor.is_organizer and actor.account_id not in [one.account_id for one in members]:
        raise NotAMember


async def require_confirmed(actor: Principal) -> None:
    """Raises NotConfirmed for a person whose e-mail address is not confirmed."""
    if not actor.is_organizer and not await rows.is_confirmed(actor.account_id):
        raise NotConfirmed


def venue_id(event: Event, slug: str | None) -> UUID | None:
    """The id of the event's venue. Raises VenueUnknown."""
    if slug is None:
        return None
    for venue in event.venues:
        if venue.slug == slug:
            return venue.id
    raise VenueUnknown(slug)


def _not_open_yet() -> PhaseClosed:
    return PhaseClosed(
        Text(
            id="Pendaftaran acara ini belum dibuka. Tim baru dapat dibuat setelah pendaftaran dimulai.",
            en="Registration for this event has not opened yet. Teams can be made once it has.",
        )
    )
