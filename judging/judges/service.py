"""Judges of an event: add them, link them to accounts, let them go."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import accounts, confirmations, events, mail, outbox, store
from hackathon.confirmations import Way
from hackathon.mail import Recipient, judge_letters
from hackathon.mail.judge_letters import JudgedEvent
from hackathon.model import SYSTEM, Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from hackathon.sessions.model import hash_secret, looks_like_secret, make_secret
from judging.judges import store as rows
from judging.judges.errors import (
    EXPIRED,
    ORGANIZES,
    REVOKED,
    TAKES_PART,
    TWICE,
    USED,
    AddressMissing,
    JudgeUnknown,
    LinkOver,
    LinkUnknown,
    MayNotJudge,
)
from judging.judges.model import AGAIN, LIFE, Judge, JudgeLine, Link, NewLink, State
from judging.judges.words import clean_agency, clean_expertise
from sandbox.model import Text

_REASON = Text(id="Alasan", en="The reason")
_CAME_BACK = Text(id="Kembali sebagai juri yang dulu.", en="Came back as the judge they were.")


async def judge_of(event_id: UUID, account_id: UUID) -> Judge | None:
    """The active judge of an event that an account is; nobody who came into a team of it since."""
    judge = await rows.read_judge_of(event_id, account_id)
    if judge is None or judge.state is not State.ACTIVE or await rows.takes_part(event_id, account_id):
        return None
    return judge


async def judging_of(account_id: UUID) -> tuple[tuple[Judge, str], ...]:
    """Whom an account actively judges as, each with the slug of its event."""
    return await rows.read_judging(account_id)


async def all_judges(event_id: UUID) -> tuple[Judge, ...]:
    """Every judge of an event, for services."""
    return await rows.read_judges(event_id)


async def list_judges(event_id: UUID, *, actor: Principal, now: datetime) -> tuple[JudgeLine, ...]:
    """The judges of an event and how they stand. Organizers only."""
    require_organizer(actor)
    return await rows.read_lines(event_id, now)


async def get_judge(judge_id: UUID, event_id: UUID) -> Judge:
    """One judge of an event. Raises JudgeUnknown."""
    judge = await rows.read_judge(judge_id)
    if judge is None or judge.event_id != event_id:
        raise JudgeUnknown
    return judge


async def add_judge(
    event_id: UUID,
    name: str,
    *,
    email: str | None,
    agency: str,
    actor: Principal,
    now: datetime,
    expertise: Sequence[str] = (),
    max_load: int | None = None,
    language: str = "id",
    new_id: Callable[[], UUID] = uuid4,
) -> Judge:
    """Add a judge who is invited. Organizers only. Raises Forbidden, JudgeKnown, Refusal for what cannot be."""
    require_organizer(actor)
    judge = Judge(
        id=new_id(),
        event_id=event_id,
        account_id=None,
        name=accounts.clean_name(name),
        email=accounts.clean_email(email) if email else None,
        agency=clean_agency(agency),
        expertise=clean_expertise(expertise),
        max_load=max_load,
        state=State.INVITED,
        language="en" if language == "en" else "id",
    )
    async with store.transaction():
        await rows.insert_judge(judge, now)
        await outbox.append("judge.invited", _subject(judge), actor=actor)
    return judge


async def new_link(
    judge_id: UUID,
    event_id: UUID,
    *,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> NewLink:
    """Make the link by which a judge joins, for the organizer to pass on; the one before ends. Organizers only.

    Raises Forbidden, JudgeUnknown, LinkOver where the judge needs none any more.
    """
    require_organizer(actor)
    secret = make_secret(random_bytes)
    async with store.transaction():
        judge = await _invitable(judge_id, event_id)
        await rows.revoke_links(judge_id, now)
        await rows.insert_link(new_id(), judge_id, hash_secret(secret), now, now + LIFE, mailed=False)
        await outbox.append("judge.link_made", _subject(judge) | {"by": "hand"}, actor=actor)
    return NewLink(judge, now + LIFE, secret)


async def mail_link(
    judge_id: UUID,
    event_id: UUID,
    *,
    key: bytes,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> datetime:
    """Send the judge a link by mail, which nobody else sees; the one before ends. Returns until when it works. Pressed
    twice within a minute it is one letter. Organizers only.

    Raises Forbidden, JudgeUnknown, AddressMissing, LinkOver where the judge needs none any more.
    """
    require_organizer(actor)
    event = await events.get_event_by_id(event_id)
    secret, until, link_id = make_secret(random_bytes), now + LIFE, new_id()
    async with store.transaction():
        judge = await _invitable(judge_id, event_id)
        if judge.email is None:
            raise AddressMissing
        pressed = await rows.mailed_since(judge_id, now - AGAIN, now)
        if pressed is not None:
            return pressed
        await rows.revoke_links(judge_id, now)
        await rows.insert_link(link_id, judge_id, hash_secret(secret), now, until, mailed=True)
        about = JudgedEvent(event.title, event.slug, event.schedule.judging_closes)
        letter = judge_letters.invited(await _addressed(judge, judge.email, event.zone), about, secret, until)
        await mail.post(letter, key=key, now=now, new_id=lambda: link_id)
        await outbox.append("judge.link_made", _subject(judge) | {"by": "mail"}, actor=actor)
    return until


async def look_at_link(secret: str, *, now: datetime) -> Link:
    """What a link leads to; looking uses nothing up. Raises LinkUnknown, LinkOver."""
    link = await rows.read_link(hash_secret(secret)) if looks_like_secret(secret) else None
    if link is None:
        raise LinkUnknown
    _require_open(link, now)
    return link


async def join(secret: str, *, actor: Principal, now: datetime) -> Judge:
    """Become the judge of a link with one's own account. Twice by the same account is fine; of two who race, one gets
    it. Who left before comes back as the judge they were. A link that was mailed shows that its address is the judge's.
    Raises LinkUnknown, LinkOver, MayNotJudge, JudgeKnown where a judge who comes back had an address of another by now.
    """
    if not looks_like_secret(secret):
        raise LinkUnknown
    async with store.transaction():
        link = await _hold_link(hash_secret(secret))
        judge = link.judge
        own = await rows.read_judge_of(judge.event_id, actor.account_id)
        if own is not None and own.state is State.ACTIVE and (own.id == judge.id or _came_back(link)):
            return own
        _require_open(link, now)
        await _require_apart(judge.event_id, actor, own)
        await rows.use_link(link.id, now)
        if link.mailed:
            await _confirm(judge, actor, now)
        if own is None:
            await rows.activate(judge.id, actor.account_id, now)
        else:
            await rows.leave(judge.id, _CAME_BACK.id, now, by_self=False)
            await rows.bring_back(own.id, replace(judge, email=judge.email or own.email), now)
            judge = own
        await outbox.append("judge.joined", _subject(judge) | {"account": actor.account_id}, actor=actor)
    return await get_judge(judge.id, judge.event_id)


async def remove(judge_id: UUID, event_id: UUID, reason: str, *, actor: Principal, now: datetime) -> None:
    """Let a judge go: links and open assignments end, what was sent stays. The judge or an organizer; twice is fine.

    Raises Forbidden, JudgeUnknown, Refusal without a reason.
    """
    why = clean_line(reason, what=_REASON, longest=300)
    async with store.transaction():
        judge = await rows.read_judge(judge_id, lock=True)
        if judge is None or judge.event_id != event_id:
            raise JudgeUnknown
        if judge.account_id != actor.account_id:
            require_organizer(actor)
        if judge.state is State.LEFT:
            return
        await rows.revoke_links(judge_id, now)
        await rows.leave(judge_id, why, now, by_self=judge.account_id == actor.account_id)
        for assignment, entry in await rows.end_assignments(judge_id, "withdrawn", why, now):
            subject = {"assignment": assignment, "judge": judge_id, "entry": entry, "event": event_id}
            await outbox.append("assignment.withdrawn", subject, actor=SYSTEM, reason=why)
        await outbox.append("judge.left", _subject(judge), actor=actor, reason=why)


async def _invitable(judge_id: UUID, event_id: UUID) -> Judge:
    judge = await rows.read_judge(judge_id, lock=True)
    if judge is None or judge.event_id != event_id:
        raise JudgeUnknown
    if judge.state is not State.INVITED:
        raise LinkOver(USED if judge.state is State.ACTIVE else REVOKED)
    return judge


async def _addressed(judge: Judge, email: str, zone: str) -> Recipient:
    """Whom the invitation goes to: in the language of the account whose address it is known to be, if there is one."""
    account = await accounts.find_account(email)
    if account is not None and account.confirmed_at is not None:
        return Recipient(account.id, email, judge.name, account.language, zone)
    return Recipient(None, email, judge.name, judge.language, zone)


async def _confirm(judge: Judge, actor: Principal, now: datetime) -> None:
    account = await accounts.get_account(actor.account_id)
    if judge.email and account.email is not None and account.email.casefold() == judge.email.casefold():
        await confirmations.mark(account.id, Way.MAIL, actor=actor, now=now)


async def _hold_link(secret_hash: bytes) -> Link:
    """The link with its judge, held: the people of the event first, then the judge, as everybody holds them."""
    seen = await rows.read_link(secret_hash)
    if seen is None:
        raise LinkUnknown
    await rows.lock_people(seen.judge.event_id)
    await rows.read_judge(seen.judge.id, lock=True)
    link = await rows.read_link(secret_hash, lock=True)
    if link is None:
        raise LinkUnknown
    return link


def _came_back(link: Link) -> bool:
    """Whether somebody came back by this link as the judge they were."""
    return link.used_at is not None and link.judge.account_id is None


async def _require_apart(event_id: UUID, actor: Principal, own: Judge | None) -> None:
    if actor.is_organizer:
        raise MayNotJudge(ORGANIZES)
    if await rows.takes_part(event_id, actor.account_id):
        raise MayNotJudge(TAKES_PART)
    if own is not None and own.state is not State.LEFT:
        raise MayNotJudge(TWICE)


def _require_open(link: Link, now: datetime) -> None:
    if link.used_at is not None:
        raise LinkOver(USED)
    if link.revoked_at is not None or link.judge.state is State.LEFT:
        raise LinkOver(REVOKED)
    if now >= link.expires_at:
        raise LinkOver(EXPIRED)


def _subject(judge: Judge) -> dict[str, UUID | str]:
    return {"judge": judge.id, "event": judge.event_id}
