"""Keeping a prototype card: by its team until its deadline, version by version, never over somebody else's words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hackathon import outbox, store, submissions, teams
from hackathon.cards import store as rows
from hackathon.cards.errors import CardChanged, CardIncomplete
from hackathon.cards.model import Answers, Card, from_manifest, problems, tidy, too_long
from hackathon.model import Principal
from hackathon.submissions import Window


async def read_card(entry_id: UUID, *, actor: Principal) -> Card | None:
    """The card as it was saved last, for the entry's team and organizers. Raises EntryUnknown, NotAMember."""
    await teams.get_entry(entry_id, actor=actor)
    return await rows.read_latest(entry_id)


async def suggest_answers(entry_id: UUID, *, actor: Principal) -> Answers:
    """What the `prototype.toml` of the latest submission says; empty where there is none."""
    known = await submissions.list_submissions(entry_id, actor=actor)
    return from_manifest(known[0].manifest) if known else Answers()


async def save_card(
    entry_id: UUID,
    typed: Mapping[str, str],
    *,
    base: int,
    draft: bool,
    actor: Principal,
    now: datetime | None = None,
) -> Card:
    """Save the card as its next version; what is there already is told as it is.

    `base` is the version that the person saw (0: none yet). A draft may lack answers. Without `now` the database's
    clock rules. Raises CardIncomplete, CardChanged where another version was saved meanwhile, NotOpen after the
    entry's deadline, EntryUnknown, NotAMember.
    """
    answers = tidy(typed)
    wrong = too_long(answers) if draft else problems(answers)
    async with store.transaction():
        window = await Window.of(entry_id, actor=actor)
        await submissions.lock_entry(entry_id)
        moment = now or await store.clock()
        window.require_not_over(moment)
        latest = await rows.read_latest(entry_id)
        known = 0 if latest is None else latest.version
        if latest is not None and latest.version != base and latest.answers != answers:
            raise CardChanged(latest)
        if wrong:
            raise CardIncomplete(wrong)
        if latest is not None and latest.answers == answers:
            return latest
        card = Card(entry_id, known + 1, answers, actor.account_id, actor.name, moment)
        await rows.insert(card)
        await outbox.append("card.saved", {"entry": entry_id, "version": str(card.version)}, actor=actor)
    return card
