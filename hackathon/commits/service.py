"""Asking for a commit, looking how far it is, and taking the question back: by its team, within its deadline."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox, store, submissions, teams
from hackathon.commits import store as rows
from hackathon.commits.errors import (
    AddressInvalid,
    FetchBusy,
    FetchOver,
    FetchUnknown,
    GitOff,
    RevisionInvalid,
    TooManyFetches,
)
from hackathon.commits.model import ASKS, ASKS_SPAN, CommitFetch, FetchState
from hackathon.model import Principal
from hackathon.submissions import Window
from sandbox.git import Wanted, address_fault, revision_fault


async def ask_commit(
    entry_id: UUID,
    *,
    repository: str,
    revision: str,
    hosts: Sequence[str],
    actor: Principal,
    now: datetime | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> CommitFetch:
    """Ask for a commit (40 hex digits, or a branch or tag) of a public https repository on one of `hosts`.

    From here the deadline is kept; a worker fetches it and hands it in. The same question again, while it is on its
    way, is the same one. Without `now` the database's clock rules. Raises GitOff, AddressInvalid, RevisionInvalid,
    FetchBusy, TooManyFetches, EntryUnknown, NotAMember, NotApproved, NotOpen, AttemptsUsed, TooManyUploads.
    """
    if not hosts:
        raise GitOff
    fault = address_fault(repository, hosts)
    if fault is not None:
        raise AddressInvalid(fault)
    fault = revision_fault(revision)
    if fault is not None:
        raise RevisionInvalid(fault)
    wanted = Wanted.read(repository, revision)
    async with store.transaction():
        window = await Window.of(entry_id, actor=actor)
        await window.require_approved()
        await submissions.lock_entry(entry_id)
        moment = now or await store.clock()
        current = await rows.read_under_way(entry_id)
        if current is not None:
            if (current.repository, current.revision) == (wanted.repository, wanted.revision):
                return current
            raise FetchBusy(current.repository, current.revision)
        window.require_open(moment)
        await window.require_attempt(moment)
        await window.require_pace(moment)
        oldest = await rows.nth_newest_ask(entry_id, ASKS)
        if oldest is not None and moment < oldest + ASKS_SPAN:
            raise TooManyFetches(ASKS, oldest + ASKS_SPAN, window.event.zone)
        fetch = CommitFetch(
            id=new_id(),
            entry_id=entry_id,
            account_id=actor.account_id,
            author=actor.name,
            repository=wanted.repository,
            revision=wanted.revision,
            commit=None,
            state=FetchState.WAITING,
            asked_at=moment,
            finished_at=None,
            failures=0,
            message=None,
            submission_id=None,
        )
        await rows.insert(fetch)
        await outbox.append("commit.asked", {"commit": fetch.id, "entry": entry_id}, actor=actor)
    return fetch


async def fetch_state(fetch_id: UUID, *, actor: Principal) -> CommitFetch:
    """How far it is. Raises FetchUnknown, NotAMember."""
    fetch = await rows.read(fetch_id)
    if fetch is None:
        raise FetchUnknown
    await teams.get_entry(fetch.entry_id, actor=actor)
    return fetch


async def latest_fetch(entry_id: UUID, *, actor: Principal) -> CommitFetch | None:
    """What the entry asked for last. Raises EntryUnknown, NotAMember."""
    await teams.get_entry(entry_id, actor=actor)
    return await rows.read_latest(entry_id)


async def cancel_fetch(fetch_id: UUID, *, actor: Principal, now: datetime | None = None) -> None:
    """Take the question back; one that came to nothing already is fine. Raises FetchUnknown, NotAMember, FetchOver."""
    async with store.transaction():
        fetch = await rows.read(fetch_id, lock=True)
        if fetch is None:
            raise FetchUnknown
        await teams.get_entry(fetch.entry_id, actor=actor)
        if fetch.state in (FetchState.CANCELLED, FetchState.REFUSED):
            return
        if not await rows.cancel(fetch_id, now or await store.clock()):
            raise FetchOver
        await outbox.append("commit.cancelled", {"commit": fetch_id, "entry": fetch.entry_id}, actor=actor)
