"""What judges do with a scorecard: look, save a field, take a step back, send it; and organizers: give it back.

Each step holds the assignment's row, so of two at once the later one sees what the earlier did: a recusal, a sending, a
save of another tab. What happened to each field stays as a row of its own (`scorecard_change`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import finals, outbox, store
from hackathon.errors import Refusal
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from judging import rubrics, rules
from judging.rubrics import Rubric
from judging.scorecards import store as rows
from judging.scorecards.errors import (
    AlreadySent,
    AssignmentEnded,
    AssignmentUnknown,
    CardMoved,
    DeclarationMissing,
    FieldMoved,
    FieldUnknown,
    JudgingClosed,
    NotFixed,
    NothingToUndo,
    NotSent,
    OrganizersDoNotScore,
    ReasonInvalid,
    RubricReplaced,
    ValueInvalid,
    VersionReplaced,
)
from judging.scorecards.model import (
    LONGEST,
    WHOLE,
    Change,
    Lock,
    Part,
    Saved,
    SavedAll,
    Scorecard,
    State,
    Value,
    Work,
    changed_since,
    is_rating,
    stack,
    tidy,
    value_at,
    with_value,
)

_LONGEST_REASON = 500

_REFUSED: dict[Lock, type[Refusal]] = {
    Lock.SENT: AlreadySent,
    Lock.CLOSED: JudgingClosed,
    Lock.ENDED: AssignmentEnded,
    Lock.LIFTED: NotFixed,
}


async def require_judge(assignment_id: UUID, *, actor: Principal) -> Work:
    """The assignment, for the judge whose it is. Raises OrganizersDoNotScore, AssignmentUnknown."""
    return _owned(await rows.read_work(assignment_id), actor)


async def open(  # noqa: A001 - one opens a scorecard
    assignment_id: UUID,
    *,
    actor: Principal,
    follow: bool = True,
    now: datetime | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> Scorecard:
    """The judge's scorecard; the first look makes the draft: of the fixed submission, by the rubric in force.

    A draft follows them: where another submission was fixed since, it is for that one, and `moved` says so once. Pages
    that do not show it look without `follow`. Without `now` the database's
    clock rules. Raises OrganizersDoNotScore, AssignmentUnknown, AssignmentEnded; and before there is a scorecard
    JudgingClosed, DeclarationMissing, NotFixed.
    """
    async with store.transaction():
        work = _owned(await rows.read_work(assignment_id, lock=True), actor)
        moment = now or await store.clock()
        fixed = await finals.judged(work.entry_id)
        closed = moment >= (await rows.read_schedule(work.event_id)).judging_closes
        rubric = await rubrics.current(work.track_id)
        card = await rows.read_card(assignment_id)
        moved = False
        if card is None:
            if work.ended or not work.active:
                raise AssignmentEnded
            if closed:
                raise JudgingClosed
            if not work.declared:
                raise DeclarationMissing
            if fixed is None:
                raise NotFixed
            await rows.insert_card(new_id(), assignment_id, fixed.submission_id, rubric.id, {}, moment)
        elif card.state is State.DRAFT and not (closed or work.ended):
            moved = fixed is not None and fixed.submission_id != card.submission_id
            wanted = fixed.submission_id if fixed is not None and follow else card.submission_id
            if (moved and follow) or rubric.id != card.rubric_id:
                await rows.point_at(card.id, wanted, rubric.id)
        elif fixed is not None:
            moved = fixed.submission_id != card.submission_id
        work = _owned(await rows.read_work(assignment_id), actor)
        card = await rows.read_card(assignment_id)
        assert card is not None  # noqa: S101 - it was made above, and the row is held
        by = rubric if card.rubric_id == rubric.id else await rubrics.revision(card.rubric_id)
        return Scorecard(
            id=card.id,
            work=work,
            rules=await rules.get_rules(work.event_id),
            rubric=by,
            submission_id=card.submission_id,
            version=card.version,
            ratings=card.ratings,
            notes=card.notes,
            feedback=card.feedback,
            lock=_lock(work, card, closed=closed, fixed=fixed is not None),
            can_undo=bool(stack(card.steps)),
            seen_metrics=any(change.part is Part.RATINGS for change in card.changes),
            started_at=card.started_at,
            saved_at=card.saved_at,
            moved=moved,
            newer_rubric=by.id != rubric.id,
            reopened=card.reopened,
        )


async def save(
    assignment_id: UUID,
    part: Part,
    field: str,
    value: Value,
    version: int,
    *,
    actor: Principal,
    now: datetime | None = None,
) -> Saved:
    """Keep one field: a rating by criterion (None takes it back), or words by criterion or about the whole ("").

    `version` is the scorecard's that the judge saw: what changed elsewhere since in other fields is told, and in this
    field it is never overwritten. What stands there already is told as saved, so a call may be repeated. Raises
    FieldMoved, FieldUnknown, ValueInvalid, AlreadySent, JudgingClosed, NotFixed, AssignmentEnded, AssignmentUnknown,
    OrganizersDoNotScore.
    """
    async with store.transaction():
        _, card, moment = await _writable(assignment_id, actor, now)
        rubric = (await rubrics.revision(card.rubric_id)).rubric
        kept = _checked(rubric, part, field, value)
        since = changed_since(card.changes, version)
        here = since.pop((part, field), None)
        others = tuple(since.values())
        standing = card.values(part).get(field)
        if standing == kept:
            return _saved(card, Change(card.version, part, field, kept), card.saved_at, others)
        if here is not None:
            raise FieldMoved(standing, kept, card.version, others)
        change = Change(card.version + 1, part, field, kept)
        await rows.write_value(card, change, with_value(card.values(part), field, kept), moment)
        return _saved(await _again(assignment_id), change, moment, others)


async def save_all(
    assignment_id: UUID,
    values: Mapping[tuple[Part, str], Value],
    version: int,
    *,
    actor: Principal,
    now: datetime | None = None,
) -> SavedAll:
    """Keep what a whole form holds, for browsers without scripts: only what the judge changed since `version` is kept,
    and what changed elsewhere meanwhile is told and left as it is. Raises what `save` raises, but for FieldMoved.
    """
    async with store.transaction():
        _, card, moment = await _writable(assignment_id, actor, now)
        rubric = (await rubrics.revision(card.rubric_id)).rubric
        checked = {(part, field): _checked(rubric, part, field, value) for (part, field), value in values.items()}
        since = changed_since(card.changes, version)
        conflicts = []
        for (part, field), kept in checked.items():
            standing = card.values(part).get(field)
            if kept in (standing, value_at(card.changes, part, field, version)):
                continue
            if (part, field) in since:
                conflicts.append(Change(card.version, part, field, standing))
                continue
            change = Change(card.version + 1, part, field, kept)
            await rows.write_value(card, change, with_value(card.values(part), field, kept), moment)
            card = await _again(assignment_id)
        return SavedAll(card.version, tuple(conflicts))


async def undo(assignment_id: UUID, version: int, *, actor: Principal, now: datetime | None = None) -> Saved:
    """Take back the last change, and with the next call the one before it. `version` is the scorecard's that the judge
    saw. Raises CardMoved, NothingToUndo, and what `save` raises for a scorecard that can't be changed.
    """
    async with store.transaction():
        _, card, moment = await _writable(assignment_id, actor, now)
        if version != card.version:
            raise CardMoved(card.version)
        steps = stack(card.steps)
        if not steps:
            raise NothingToUndo
        step = steps[-1]
        value = value_at(card.changes, step.part, step.field, step.version - 1)
        change = Change(card.version + 1, step.part, step.field, value, undoes=step.version)
        await rows.write_value(card, change, with_value(card.values(step.part), step.field, value), moment)
        return _saved(await _again(assignment_id), change, moment, ())


async def send(assignment_id: UUID, version: int, *, actor: Principal, now: datetime | None = None) -> float:
    """Send the scorecard, which locks it; returns its points. Sent already as it is: told again.

    Raises RatingsIncomplete, CardMoved where it isn't what the judge saw, RubricReplaced, VersionReplaced, and what
    `save` raises for a scorecard that can't be changed.
    """
    async with store.transaction():
        work = _owned(await rows.read_work(assignment_id, lock=True), actor)
        if work.sent and work.points is not None and version in (work.version, work.version - 1):
            return work.points
        work, card, moment = await _writable(assignment_id, actor, now)
        if version != card.version:
            raise CardMoved(card.version)
        fixed = await finals.judged(work.entry_id)
        if fixed is None or fixed.submission_id != card.submission_id:
            raise VersionReplaced
        rubric = await rubrics.current(work.track_id)
        if rubric.id != card.rubric_id:
            raise RubricReplaced
        points = rubrics.points(rubric.rubric, card.ratings)
        await rows.write_sent(card, card.version + 1, points, moment)
        await outbox.append("scorecard.sent", _subject(work), actor=actor)
        return points


async def reopen(assignment_id: UUID, reason: str, *, actor: Principal, now: datetime | None = None) -> None:
    """Give a sent scorecard back to its judge. Raises Forbidden for who does not organize, ReasonInvalid, NotSent,
    JudgingClosed, AssignmentEnded, AssignmentUnknown.
    """
    require_organizer(actor)
    words = " ".join(tidy(reason).split())
    if not 1 <= len(words) <= _LONGEST_REASON:
        raise ReasonInvalid
    async with store.transaction():
        work = await rows.read_work(assignment_id, lock=True)
        card = await rows.read_card(assignment_id)
        if work is None:
            raise AssignmentUnknown
        if card is None or not work.sent:
            raise NotSent
        if work.ended or not work.active:
            raise AssignmentEnded
        moment = now or await store.clock()
        if moment >= (await rows.read_schedule(work.event_id)).judging_closes:
            raise JudgingClosed
        await rows.write_reopened(card, card.version + 1, words, moment)
        await outbox.append("scorecard.reopened", _subject(work), actor=actor, reason=words)


def _owned(work: Work | None, actor: Principal) -> Work:
    if actor.is_organizer:
        raise OrganizersDoNotScore
    if work is None or work.account_id != actor.account_id:
        raise AssignmentUnknown
    return work


async def _writable(assignment_id: UUID, actor: Principal, now: datetime | None) -> tuple[Work, rows.CardRow, datetime]:
    work = _owned(await rows.read_work(assignment_id, lock=True), actor)
    card = await rows.read_card(assignment_id)
    if card is None:
        raise AssignmentUnknown
    moment = now or await store.clock()
    closed = moment >= (await rows.read_schedule(work.event_id)).judging_closes
    lock = _lock(work, card, closed=closed, fixed=await finals.judged(work.entry_id) is not None)
    if lock is not None:
        raise _REFUSED[lock]
    return work, card, moment


def _lock(work: Work, card: rows.CardRow, *, closed: bool, fixed: bool) -> Lock | None:
    if work.ended or not work.active:
        return Lock.ENDED
    if card.state is State.SENT:
        return Lock.SENT
    if closed:
        return Lock.CLOSED
    return None if fixed else Lock.LIFTED


def _checked(rubric: Rubric, part: Part, field: str, value: Value) -> Value:
    if field not in rubric.keys and not (field == WHOLE and part is not Part.RATINGS):
        raise FieldUnknown
    if part is Part.RATINGS:
        if value is not None and not is_rating(value):
            raise ValueInvalid(part)
        return value
    if value is not None and not isinstance(value, str):
        raise ValueInvalid(part)
    words = tidy(value or "")
    if len(words) > LONGEST:
        raise ValueInvalid(part)
    return words or None


async def _again(assignment_id: UUID) -> rows.CardRow:
    card = await rows.read_card(assignment_id)
    assert card is not None  # noqa: S101 - its assignment's row is held
    return card


def _saved(card: rows.CardRow, change: Change, at: datetime, others: tuple[Change, ...]) -> Saved:
    return Saved(
        version=card.version,
        at=at,
        part=change.part,
        field=change.field,
        value=change.value,
        ratings=card.ratings,
        can_undo=bool(stack(card.steps)),
        others=others,
    )


def _subject(work: Work) -> dict[str, UUID | str]:
    return {
        "event": work.event_id,
        "track": work.track_id,
        "entry": work.entry_id,
        "judge": work.judge_id,
        "assignment": work.assignment_id,
        "kind": work.kind.value,
    }
