"""What an entry may hand in, and until when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from hackathon import events, teams
from hackathon.events import Event
from hackathon.model import Principal
from hackathon.submissions import store as rows
from hackathon.submissions.errors import AttemptsUsed, DeadlinePassed, NotOpen, TooManyUploads
from hackathon.submissions.model import UPLOADS_SPAN, Attempts, day_of, may_arrive
from hackathon.teams import EntryView


@dataclass(frozen=True, slots=True)
class Window:
    """An entry with its event and its own deadline, as they were read."""

    entry: EntryView
    event: Event
    deadline: datetime

    @classmethod
    async def of(cls, entry_id: UUID, *, actor: Principal) -> "Window":
        """Read it, for the entry's team and organizers. Raises EntryUnknown, NotAMember."""
        entry = await teams.get_entry(entry_id, actor=actor)
        event = await events.get_event_by_id(entry.event_id)
        extensions = await events.list_extensions(entry.event_id)
        return cls(entry, event, events.deadline(event.schedule, extensions, entry.standing))

    def require_open(self, now: datetime) -> None:
        """Raises NotOpen outside of the time in which archives are announced."""
        opens = self.event.schedule.building_opens
        if now < opens:
            raise NotOpen(opens, self.event.zone, begun=False)
        if now >= self.deadline:
            raise NotOpen(self.deadline, self.event.zone, begun=True)

    async def require_approved(self) -> None:
        """Raises NotApproved for a team that the organizers have not let take part, where the event asks for it."""
        team = await teams.get_team(self.entry.team_id)
        if not team.may_hand_in(self.event.rules):
            raise teams.NotApproved(team.approval_reason)

    def require_not_over(self, now: datetime) -> None:
        """Raises NotOpen after the deadline. Cards and pitches may come before archives are taken."""
        if now >= self.deadline:
            raise NotOpen(self.deadline, self.event.zone, begun=True)

    def require_arrival(self, registered_at: datetime, now: datetime) -> None:
        """Raises DeadlinePassed when bytes of an upload registered then are too late."""
        if not may_arrive(registered_at, self.deadline, now):
            raise DeadlinePassed(self.deadline, self.event.zone)

    async def require_pace(self, now: datetime) -> None:
        """Raises TooManyUploads when no more may be announced for now; meaningful while the entry is locked."""
        allowed = self.event.rules.uploads_an_hour
        oldest = await rows.read_nth_newest_registration(self.entry.id, allowed)
        if oldest is not None and now < oldest + UPLOADS_SPAN:
            raise TooManyUploads(allowed, oldest + UPLOADS_SPAN, self.event.zone)

    async def attempts(self, now: datetime) -> Attempts:
        """The attempts of the calendar day of `now`."""
        begin, end = day_of(now, ZoneInfo(self.event.zone))
        used = await rows.count_charged(self.entry.id, begin, end)
        return Attempts(used, self.event.rules.attempts_a_day, end)

    async def require_attempt(self, now: datetime) -> Attempts:
        """The attempts, when one is left. Raises AttemptsUsed."""
        attempts = await self.attempts(now)
        if attempts.left == 0:
            raise AttemptsUsed(attempts.allowed, attempts.resets_at, self.event.zone)
        return attempts
