"""Read and change how an event is judged."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from hackathon import events, outbox, store
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging.rules import store as rows
from judging.rules.errors import RulesLocked, RulesMoved
from judging.rules.model import JudgingRules, changed, fingerprint, locked_changes, require_possible
from sandbox.model import Text

REASON = Text(id="Alasan", en="The reason")
LONGEST_REASON = 1000


async def get_rules(event_id: UUID) -> JudgingRules:
    """How the event is judged; the defaults where nobody chose."""
    return await rows.read_rules(event_id)


async def is_locked(event_id: UUID) -> bool:
    """Whether the first scorecard is sent, so that what decides the result stays."""
    return await rows.has_scored(event_id)


async def change_rules(
    event_id: UUID, rules: JudgingRules, reason: str, *, actor: Principal, seen: str | None = None
) -> JudgingRules:
    """Put rules in the place of the event's, those whose `fingerprint` is `seen` where one is given.

    Sent again, it changes nothing. Raises Forbidden, EventUnknown, RulesInvalid, RulesLocked, RulesMoved, Refusal for a
    reason that cannot be.
    """
    require_organizer(actor)
    require_possible(rules)
    words = clean_line(reason, what=REASON, longest=LONGEST_REASON)
    async with store.transaction():
        await rows.lock_rules(event_id)
        await rows.hold_scorecards()
        await events.get_event_by_id(event_id)
        old = await rows.read_rules(event_id)
        names = changed(old, rules)
        if not names:
            return old
        if seen is not None and fingerprint(old) != seen:
            raise RulesMoved
        locked = locked_changes(names)
        if locked and await rows.has_scored(event_id):
            raise RulesLocked(locked)
        await rows.write_rules(event_id, rules, await store.clock())
        await outbox.append(
            "judging_rules.changed",
            {"event": event_id, **{f"changed_{name}": "yes" for name in names}},
            actor=actor,
            reason=words,
        )
    return rules


async def set_samples(event_id: UUID, samples: Sequence[UUID], reason: str, *, actor: Principal) -> JudgingRules:
    """Choose the calibration entries and leave the other rules as they are. Raises as `change_rules`."""
    rules = replace(await rows.read_rules(event_id), calibration=tuple(str(entry) for entry in samples))
    return await change_rules(event_id, rules, reason, actor=actor)
