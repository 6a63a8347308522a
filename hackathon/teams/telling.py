"""Telling people by mail what others did to their team: a handler of the outbox.

It may be called again for an entry: a letter's id is made of the entry's number and the reader, so it is posted once.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

from hackathon import events, mail, store
from hackathon.mail import Letter, Recipient, letters
from hackathon.mail.letters import TeamNews
from hackathon.outbox import AuditEntry, Handler
from hackathon.teams import store as rows
from hackathon.teams.model import Approval, Team

NEWS = timedelta(days=1)
"""What happened longer ago is told to nobody any more: a new installation's handler begins with the oldest entry."""

_Words = Callable[[Recipient, TeamNews], Letter]


def letters_about_teams(key: bytes) -> Handler:
    """The handler; letters are sealed with the installation's `key`."""

    async def on_change(entry: AuditEntry) -> None:
        tell = _TOLD.get(entry.kind)
        if tell is None or await store.clock() - entry.at > NEWS:
            return
        team = await rows.read_team(entry.id("team"))
        if team is not None:
            await tell(entry, team, key)

    return on_change


async def _joined(entry: AuditEntry, team: Team, key: bytes) -> None:
    """The captain hears of it, unless it was they who did it."""
    members = await rows.read_members(team.id)
    joined = next((one for one in members if one.account_id == entry.id("account")), None)
    captains = [one.account_id for one in members if one.captain and one.account_id != entry.actor]
    if joined is not None and not joined.captain:
        name = joined.name
        await _post(entry, team, captains, lambda to, about: letters.team_joined(to, about, name, entry.at), key)


async def _left(entry: AuditEntry, team: Team, key: bytes) -> None:
    """Who was removed by somebody else hears of it."""
    person = entry.id("account")
    if person != entry.actor:
        await _post(entry, team, [person], lambda to, about: letters.team_removed(to, about, entry.at), key)


async def _decided(entry: AuditEntry, team: Team, key: bytes) -> None:
    """All members hear what the organizers say, if they still say so."""
    members = [one.account_id for one in await rows.read_members(team.id)]
    reason = team.approval_reason or ""
    if entry.kind == "team.approved" and team.approval is Approval.APPROVED:
        await _post(entry, team, members, lambda to, about: letters.team_approved(to, about, entry.at), key)
    elif entry.kind == "team.rejected" and team.approval is Approval.REJECTED:
        await _post(entry, team, members, lambda to, about: letters.team_rejected(to, about, reason, entry.at), key)


_TOLD: dict[str, Callable[[AuditEntry, Team, bytes], Awaitable[None]]] = {
    "team.joined": _joined,
    "team.left": _left,
    "team.approved": _decided,
    "team.rejected": _decided,
}


async def _post(entry: AuditEntry, team: Team, account_ids: list[UUID], words: _Words, key: bytes) -> None:
    event = await events.get_event_by_id(team.event_id)
    about = TeamNews(team.name, event.title, event.slug)
    readers = await rows.read_recipients(account_ids)
    async with store.transaction():
        for reader in readers:
            same_again = partial(uuid5, NAMESPACE_OID, f"gelanggang outbox {entry.number} {reader.account_id}")
            await mail.post(words(reader, about), key=key, now=entry.at, new_id=same_again)
