"""Scorecards on a real PostgreSQL: nothing is lost, nothing overwritten, every step that may not be is refused."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest

from hackathon.database import migrate
from hackathon.errors import Forbidden, Refusal
from hackathon.model import SYSTEM
from judging import rubrics, scorecards
from judging.piccolo_app import APP_CONFIG
from judging.rubrics import RatingsIncomplete, Rubric
from judging.scorecards import (
    WHOLE,
    AlreadySent,
    AssignmentEnded,
    AssignmentUnknown,
    CardMoved,
    FieldMoved,
    FieldUnknown,
    JudgingClosed,
    Lock,
    NotFixed,
    NothingToUndo,
    NotSent,
    OrganizersDoNotScore,
    Part,
    ReasonInvalid,
    RubricReplaced,
    Saved,
    State,
    ValueInvalid,
    VersionReplaced,
)
from tests.integration.judging.hall import Balai

RATNA, YUDHA = "Ratna Handayani", "Yudha Pratama"
KAWAN, TEMBUSAN = "Kawan Lapor", "Tembusan"
FULL = (4, 3, 5, 3, 2)


@pytest.fixture
async def balai(dsn: str, store: ModuleType) -> Balai:
    await migrate(dsn, upper=(APP_CONFIG,))
    return await Balai.make()


async def kinds(store: ModuleType) -> list[str]:
    rows = await store.fetch("SELECT kind FROM outbox WHERE kind LIKE 'scorecard.%' ORDER BY id")
    return [row["kind"] for row in rows]


async def test_a_judge_scores_an_entry_and_the_organizer_gives_it_back(balai: Balai, store: ModuleType) -> None:
    ratna, assignment = balai.accounts[RATNA], balai.assignments[RATNA, KAWAN]
    card = await scorecards.open(assignment, actor=ratna)
    assert (card.version, card.lock, card.so_far, card.can_undo) == (1, None, None, False)
    assert card.submission_id == balai.submissions[KAWAN]
    assert await scorecards.open(assignment, actor=ratna) == card
    first, second, *_ = keys = card.rubric.rubric.keys

    # Each field is kept by itself, and told again where the answer was lost.
    saved = await scorecards.save(assignment, Part.RATINGS, first, 4, 1, actor=ratna)
    assert (saved.version, saved.value, saved.others) == (2, 4, ())
    assert (await scorecards.save(assignment, Part.RATINGS, first, 4, 1, actor=ratna)).version == 2
    await scorecards.save(assignment, Part.NOTES, first, " Kuat\r\npada air\u202e. ", 2, actor=ratna)
    await scorecards.save(assignment, Part.FEEDBACK, WHOLE, "Perluas ke aduan berbahasa daerah.", 3, actor=ratna)
    card = await scorecards.open(assignment, actor=ratna)
    assert card.notes == {first: "Kuat\npada air."}
    assert card.feedback == {WHOLE: "Perluas ke aduan berbahasa daerah."}
    assert (card.so_far, card.version) == (75.0, 4)

    # Steps back, in their order, through words and ratings; then forward again, and back to before that.
    undone = await scorecards.undo(assignment, 4, actor=ratna)
    assert (undone.part, undone.field, undone.value, undone.version) == (Part.FEEDBACK, WHOLE, None, 5)
    assert (await scorecards.undo(assignment, 5, actor=ratna)).part is Part.NOTES
    await scorecards.save(assignment, Part.RATINGS, first, 2, 6, actor=ratna)
    assert (await scorecards.undo(assignment, 7, actor=ratna)).value == 4
    last = await scorecards.undo(assignment, 8, actor=ratna)
    assert (last.value, last.ratings, last.can_undo) == (None, {}, False)
    with pytest.raises(NothingToUndo):
        await scorecards.undo(assignment, 9, actor=ratna)
    with pytest.raises(CardMoved):
        await scorecards.undo(assignment, 8, actor=ratna)

    # Sent whole only, as it was seen, once.
    await scorecards.save(assignment, Part.RATINGS, second, 1, 9, actor=ratna)
    with pytest.raises(RatingsIncomplete) as incomplete:
        await scorecards.send(assignment, 10, actor=ratna)
    assert incomplete.value.missing == tuple(key for key in keys if key != second)
    version = await balai.rate(assignment, RATNA, FULL)
    with pytest.raises(CardMoved):
        await scorecards.send(assignment, version - 1, actor=ratna)
    points = await scorecards.send(assignment, version, actor=ratna)
    assert points == rubrics.points(card.rubric.rubric, dict(zip(keys, FULL, strict=True)))
    assert await scorecards.send(assignment, version, actor=ratna) == points
    for step in (
        scorecards.save(assignment, Part.RATINGS, first, 1, version + 1, actor=ratna),
        scorecards.undo(assignment, version + 1, actor=ratna),
    ):
        with pytest.raises(AlreadySent):
            await step
    (sent,) = await scorecards.sent_of(balai.track.id)
    assert (sent,) == await scorecards.sent_of(balai.event.id)
    assert (sent.judge_id, sent.entry_id, sent.points) == (balai.judges[RATNA], balai.entries[KAWAN], points)
    progress = (await scorecards.progress_of(balai.event.id))[balai.judges[RATNA]]
    assert (progress.assigned, progress.begun, progress.sent, progress.left) == (6, 0, 1, 5)

    # Only an organizer gives it back, with a reason that the judge reads; it counts no more until it is sent again.
    wira = await balai.organizer()
    with pytest.raises(Forbidden):
        await scorecards.reopen(assignment, "Salah tulis.", actor=ratna)
    for reason in ("", " \u200b\n ", "a" * 501):
        with pytest.raises(ReasonInvalid):
            await scorecards.reopen(assignment, reason, actor=wira)
    await scorecards.reopen(assignment, "Salah baris.", actor=wira)
    with pytest.raises(NotSent):
        await scorecards.reopen(assignment, "Salah baris.", actor=wira)
    assert await scorecards.sent_of(balai.event.id) == ()
    card = await scorecards.open(assignment, actor=ratna)
    assert (card.reopened, card.lock, card.can_undo) == ("Salah baris.", None, False)
    await scorecards.save(assignment, Part.RATINGS, second, 5, card.version, actor=ratna)
    assert await scorecards.send(assignment, card.version + 1, actor=ratna) > points
    assert await kinds(store) == ["scorecard.sent", "scorecard.reopened", "scorecard.sent"]
    assert await store.fetch_value("SELECT reason FROM outbox WHERE kind = 'scorecard.reopened'") == "Salah baris."


async def test_two_tabs_never_overwrite_each_other(balai: Balai) -> None:
    ratna, assignment = balai.accounts[RATNA], balai.assignments[RATNA, KAWAN]
    first, second, *_ = (await scorecards.open(assignment, actor=ratna)).rubric.rubric.keys
    await scorecards.save(assignment, Part.RATINGS, first, 4, 1, actor=ratna)
    # The second tab saw version 1. Another field is kept, and it is told what it had not seen.
    saved = await scorecards.save(assignment, Part.RATINGS, second, 5, 1, actor=ratna)
    assert [(one.field, one.value) for one in saved.others] == [(first, 4)]
    with pytest.raises(FieldMoved) as moved:
        await scorecards.save(assignment, Part.RATINGS, first, 3, 1, actor=ratna)
    assert (moved.value.current, moved.value.wanted, moved.value.version) == (4, 3, 3)
    assert [one.field for one in moved.value.others] == [second]
    assert (await scorecards.save(assignment, Part.RATINGS, first, 3, 3, actor=ratna)).value == 3

    # Ten at once with the same sight: one is kept, the others are told of it.
    ratings = (1, 2, 5)
    answers = await asyncio.gather(
        *(scorecards.save(assignment, Part.RATINGS, first, rating, 4, actor=ratna) for rating in ratings * 3),
        return_exceptions=True,
    )
    kept = {answer.value for answer in answers if isinstance(answer, Saved)}
    assert len(kept) == 1
    assert {answer.current for answer in answers if isinstance(answer, FieldMoved)} == kept
    assert (await scorecards.open(assignment, actor=ratna)).version == 5


async def test_of_two_steps_at_once_the_later_sees_the_earlier(balai: Balai, store: ModuleType) -> None:
    ratna = balai.accounts[RATNA]
    for team in (KAWAN, TEMBUSAN, "Satu Meja"):
        assignment = balai.assignments[RATNA, team]
        version = await balai.rate(assignment, RATNA, FULL)
        key = (await scorecards.open(assignment, actor=ratna)).rubric.rubric.keys[0]
        saved, sent, again = await asyncio.gather(
            scorecards.save(assignment, Part.RATINGS, key, 1, version, actor=ratna),
            scorecards.send(assignment, version, actor=ratna),
            scorecards.send(assignment, version, actor=ratna),
            return_exceptions=True,
        )
        card = await scorecards.open(assignment, actor=ratna)
        if isinstance(saved, Saved):
            assert isinstance(sent, CardMoved)
            assert isinstance(again, CardMoved)
            assert (card.work.state, card.ratings[key]) == (State.DRAFT, 1)
        else:
            assert isinstance(saved, AlreadySent)
            assert sent == again == card.work.points
            assert card.ratings[key] == FULL[0]
    opened = await asyncio.gather(
        *(scorecards.open(balai.assignments[RATNA, "Lentera Warga"], actor=ratna) for _ in range(5))
    )
    assert len({card.id for card in opened}) == 1


async def test_what_may_not_be_is_refused(balai: Balai, store: ModuleType) -> None:
    ratna, yudha, wira = balai.accounts[RATNA], balai.accounts[YUDHA], await balai.organizer()
    assignment = balai.assignments[RATNA, KAWAN]

    async def refused(kind: type[Refusal], *, actor: object = ratna, where: UUID = assignment) -> None:
        for step in (
            scorecards.save(where, Part.RATINGS, "teknis", 4, 1, actor=actor),  # type: ignore[arg-type]
            scorecards.undo(where, 1, actor=actor),  # type: ignore[arg-type]
            scorecards.send(where, 1, actor=actor),  # type: ignore[arg-type]
        ):
            with pytest.raises(kind):
                await step

    # Not begun, of another judge, of nobody; and organizers score nothing, even where they judge.
    await refused(AssignmentUnknown)
    await refused(AssignmentUnknown, actor=yudha)
    await refused(AssignmentUnknown, where=uuid4())
    await refused(OrganizersDoNotScore, actor=replace(ratna, roles=wira.roles))
    await refused(OrganizersDoNotScore, actor=SYSTEM)
    with pytest.raises(AssignmentUnknown):
        await scorecards.open(assignment, actor=yudha)

    # What is not fixed has no scorecard; what is fixed no more keeps its own, and is not scored meanwhile.
    await balai.lift(TEMBUSAN)
    with pytest.raises(NotFixed):
        await scorecards.open(balai.assignments[RATNA, TEMBUSAN], actor=ratna)
    await scorecards.open(assignment, actor=ratna)
    await balai.lift(KAWAN)
    await refused(NotFixed)
    assert (await scorecards.open(assignment, actor=ratna)).lock is Lock.LIFTED
    newer, _ = await balai.sukaraya.hand_in(KAWAN)
    await balai.fix(KAWAN, submission=newer)
    card = await scorecards.open(assignment, actor=ratna)
    assert (card.submission_id, card.moved, card.lock) == (newer, True, None)
    assert not (await scorecards.open(assignment, actor=ratna)).moved

    # Values and fields that cannot be.
    for part, field, value, kind in (
        (Part.RATINGS, "teknis", 0, ValueInvalid),
        (Part.RATINGS, "teknis", 6, ValueInvalid),
        (Part.RATINGS, "teknis", True, ValueInvalid),
        (Part.RATINGS, "teknis", "4", ValueInvalid),
        (Part.RATINGS, "tampang", 4, FieldUnknown),
        (Part.RATINGS, WHOLE, 4, FieldUnknown),
        (Part.NOTES, "tampang", "bagus", FieldUnknown),
        (Part.NOTES, "teknis", 4, ValueInvalid),
        (Part.FEEDBACK, WHOLE, "a" * 4001, ValueInvalid),
    ):
        with pytest.raises(kind):
            await scorecards.save(assignment, part, field, value, 1, actor=ratna)

    # Another rubric: the draft follows it at the next look, and nothing is sent by one that was not seen.
    version = await balai.rate(assignment, RATNA, FULL)
    latest, _ = await balai.sukaraya.hand_in(KAWAN)
    await balai.fix(KAWAN, submission=latest)
    with pytest.raises(VersionReplaced):
        await scorecards.send(assignment, version, actor=ratna)
    # A page that does not say so leaves it to be said.
    assert (await scorecards.open(assignment, actor=ratna, follow=False)).moved
    card = await scorecards.open(assignment, actor=ratna)
    assert (card.moved, card.submission_id) == (True, latest)
    old = await rubrics.current(balai.track.id)
    heavier = tuple(replace(one, weight=90) if one.key == "etika" else one for one in old.rubric.criteria)
    await rubrics.change(balai.track.id, Rubric(heavier), "Etika lebih berat.", actor=wira)
    with pytest.raises(RubricReplaced):
        await scorecards.send(assignment, version, actor=ratna)
    assert (await scorecards.open(assignment, actor=ratna)).rubric.number == 2
    await scorecards.send(assignment, version, actor=ratna)

    # Withdrawn meanwhile, and after the end.
    other = balai.assignments[RATNA, "Satu Meja"]
    await scorecards.open(other, actor=ratna)
    await store.execute("UPDATE assignment SET state = 'recused', ended_at = now() WHERE id = $1", other)
    await refused(AssignmentEnded, where=other)
    assert (await scorecards.open(other, actor=ratna)).lock is Lock.ENDED
    third = balai.assignments[RATNA, "Lentera Warga"]
    await scorecards.open(third, actor=ratna)
    shut = balai.event.schedule.judging_closes
    just_before = shut - timedelta(microseconds=1)
    assert (await scorecards.save(third, Part.RATINGS, "teknis", 4, 1, actor=ratna, now=just_before)).version == 2
    with pytest.raises(JudgingClosed):
        await scorecards.save(third, Part.RATINGS, "teknis", 3, 2, actor=ratna, now=shut)
    with pytest.raises(JudgingClosed):
        await scorecards.open(balai.assignments[RATNA, "Pena Warga"], actor=ratna, now=shut)
    with pytest.raises(JudgingClosed):
        await scorecards.reopen(assignment, "Telat.", actor=wira, now=shut)
    assert (await scorecards.open(third, actor=ratna, now=shut)).lock is Lock.CLOSED
