"""Rules, rubrics, plans, groups and pitch days as organizers change them: the whole way, and what is refused."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from hackathon import store
from hackathon.errors import Forbidden, Refusal
from hackathon.model import Principal
from judging import assignment, groups, rubrics, rules, scorecards, stage
from judging.assignment import (
    Assignment,
    AssignmentBarred,
    AssignmentDone,
    Card,
    Kind,
    PlanInfeasible,
    PlanMoved,
    State,
)
from judging.composite import Method
from judging.groups import GroupInvalid, JudgingGroup
from judging.rubrics import DEFAULT_RUBRIC, ReasonMissing, Rubric, RubricMoved
from judging.rules import JudgingRules, RulesInvalid, RulesLocked, RulesMoved
from judging.stage import DrawInvalid, Move, NotDrawn, drawn
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya


@pytest.fixture
async def balai(sukaraya: Sukaraya) -> Balai:
    """Six fixed teams, three judges, everything assigned."""
    return await Balai.make(sukaraya)


async def _clear() -> None:
    await store.execute("DELETE FROM assignment")


async def _told(kind: str) -> int:
    found: int = await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = $1", kind)
    return found


async def test_rules_until_the_first_score_and_after(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    assert await rules.get_rules(event) == JudgingRules()
    wanted = JudgingRules(method=Method.TRIMMED, judges_share=55.5, reviews=2, blind=True, ties=("automated",))
    seen = rules.fingerprint(JudgingRules())
    await rules.change_rules(event, wanted, "Rapat panitia 3 November", actor=wira, seen=seen)
    await rules.change_rules(event, wanted, "Rapat panitia 3 November", actor=wira, seen=seen)  # sent twice
    assert await rules.get_rules(event) == wanted
    assert await _told("judging_rules.changed") == 1
    with pytest.raises(RulesMoved):
        await rules.change_rules(event, JudgingRules(reviews=5), "Terlambat", actor=wira, seen=seen)
    with pytest.raises(Forbidden):
        await rules.change_rules(event, JudgingRules(), "Saya juri", actor=balai.accounts["Ratna Handayani"])
    for bad in ({"judges_share": float("nan")}, {"judges_share": 101.0}, {"reviews": 0}, {"max_load": 0}):
        with pytest.raises(RulesInvalid):
            await rules.change_rules(event, replace(wanted, **bad), "Salah", actor=wira)
    with pytest.raises(Refusal):
        await rules.change_rules(event, JudgingRules(), "  ", actor=wira)

    await balai.score("Ratna Handayani", "Kawan Lapor")
    assert await rules.is_locked(event)
    with pytest.raises(RulesLocked) as locked:
        await rules.change_rules(event, replace(wanted, method=Method.MEAN, named=True), "Terlambat", actor=wira)
    assert locked.value.fields == ("method",)
    after = await rules.change_rules(event, replace(wanted, named=True), "Diminta juri", actor=wira)
    assert after.named
    assert after.method is Method.TRIMMED
    # Reopened, it was sent all the same.
    await store.execute("UPDATE scorecard SET state = 'draft', sent_at = NULL, points = NULL, reopened_at = now()")
    assert await rules.is_locked(event)


async def test_a_change_of_rules_waits_for_a_score_that_is_being_sent(balai: Balai) -> None:
    """Whoever comes first wins: either the rule changed before the first score, or the change is refused."""
    wira, judge = await balai.organizer(), balai.accounts["Ratna Handayani"]
    card = balai.assignments["Ratna Handayani", "Kawan Lapor"]
    await balai.rate(card, "Ratna Handayani", (4, 4, 4, 4, 4))
    version = await store.fetch_value("SELECT version FROM scorecard WHERE assignment_id = $1", card)

    async def change() -> bool:
        try:
            await rules.change_rules(balai.event.id, JudgingRules(method=Method.MEAN), "Rapat", actor=wira)
        except RulesLocked:
            return False
        return True

    async def send() -> None:

        await scorecards.send(card, version, actor=judge)

    changed, _ = await asyncio.gather(change(), send())
    first = await store.fetch_value(
        "SELECT kind FROM outbox WHERE kind IN ('judging_rules.changed', 'scorecard.sent') ORDER BY id LIMIT 1"
    )
    assert changed == (first == "judging_rules.changed")


async def test_rubrics_are_replaced_until_a_judge_scored_and_then_get_versions(balai: Balai) -> None:
    wira, track = await balai.organizer(), balai.event.tracks[0].id
    first, again = await asyncio.gather(rubrics.current(track), rubrics.current(track))
    assert first.id == again.id
    assert first.number == 1
    assert first.rubric == DEFAULT_RUBRIC
    shorter = Rubric(DEFAULT_RUBRIC.criteria[:4])
    replaced = await rubrics.change(track, shorter, "", actor=wira, seen=1)
    assert (replaced.id, replaced.number, len(replaced.rubric.criteria)) == (first.id, 1, 4)

    await balai.rate(balai.assignments["Maya Lestari", "Satu Meja"], "Maya Lestari", (3,))
    assert await rubrics.is_in_use(track)
    with pytest.raises(ReasonMissing):
        await rubrics.change(track, DEFAULT_RUBRIC, " ", actor=wira)
    second = await rubrics.change(track, DEFAULT_RUBRIC, "Kesiapan pakai ditambahkan", actor=wira, seen=1)
    assert second.number == 2
    assert second.reopens
    assert second.id != first.id
    with pytest.raises(RubricMoved):
        await rubrics.change(track, shorter, "Dari halaman lama", actor=wira, seen=1)
    assert [one.number for one in await rubrics.revisions(track)] == [2, 1]
    assert (await rubrics.revision(first.id)).rubric == shorter
    with pytest.raises(Forbidden):
        await rubrics.change(track, shorter, "Saya juri", actor=balai.accounts["Maya Lestari"])


async def test_a_plan_is_looked_at_then_made_and_fits_in_who_comes_late(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    await _clear()
    await rules.change_rules(event, JudgingRules(reviews=2), "Tiga juri saja", actor=wira)
    looked = await assignment.plan(event, actor=wira, preview=True)
    assert len(looked.added) == 12
    assert set(looked.loads.values()) == {4}
    assert not await assignment.all_assignments(event)
    # Somebody declares a conflict with what they were to get meanwhile: another plan would be made, so none is.
    ratna = balai.judges["Ratna Handayani"]
    name = next(name for name, entry in balai.entries.items() if Assignment(ratna, entry) in looked.added)
    await _declare(ratna, balai.sukaraya.teams[name])
    with pytest.raises(PlanMoved):
        await assignment.plan(event, actor=wira, reason="Pembagian", seen=looked.fingerprint)
    looked = await assignment.plan(event, actor=wira, preview=True)
    twice = await asyncio.gather(
        assignment.plan(event, actor=wira, reason="Pembagian", seen=looked.fingerprint),
        assignment.plan(event, actor=wira, reason="Pembagian"),
    )
    assert sorted(len(made.added) for made in twice) == [0, 12]
    assert await _told("assignment.made") == 12
    cover = await assignment.coverage_of(event)
    assert cover.connected
    assert not cover.uncovered
    assert set(cover.reviews.values()) == {2}
    assert (ratna, balai.entries[name]) not in {
        (one.judge_id, one.entry_id) for one in await assignment.all_assignments(event)
    }
    places = [one.position for one in await assignment.assignments_of(ratna)]
    assert places == sorted(places)
    assert len(set(places)) == len(places)

    # A late team gets judges; a late judge gets work from those who have not begun, and no begun work moves.
    await balai.add_team("Tiba Akhir", "Kecamatan Ujung, Kota Sukaraya")
    await balai.sukaraya.evaluate("Tiba Akhir", 50, tell=False)
    assert balai.entries["Tiba Akhir"] in (await assignment.coverage_of(event)).uncovered
    late = await balai.add_judge("Sari Utami", "Universitas Nusa Jaya")
    begun = next(one for one in await assignment.assignments_of(balai.judges["Yudha Pratama"]))

    await scorecards.open(begun.id, actor=balai.accounts["Yudha Pratama"])
    fitted = await assignment.plan(event, actor=wira, preview=True)
    assert len(fitted.added) == 2
    assert not fitted.removed
    even = await assignment.plan(event, actor=wira, rebalance=True, reason="Juri baru")
    assert max(even.loads.values()) - min(even.loads.values()) <= 1
    assert even.loads[late] in (3, 4)  # of 14 for four judges
    assert begun.pair not in even.removed
    assert 1 <= len(even.removed) <= 4
    ended = [one for one in await assignment.all_assignments(event) if one.state is State.WITHDRAWN]
    assert len(ended) == len(even.removed)
    assert {one.reason for one in ended} == {"Juri baru"}


async def test_a_plan_that_cannot_be_says_what_stands_in_the_way(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    await _clear()
    await rules.change_rules(event, JudgingRules(reviews=4), "Empat", actor=wira)
    with pytest.raises(PlanInfeasible, match="only 3"):
        await assignment.plan(event, actor=wira, preview=True)
    await rules.change_rules(event, JudgingRules(reviews=2, max_load=3), "Batas", actor=wira)
    with pytest.raises(PlanInfeasible) as full:
        await assignment.plan(event, actor=wira, preview=True)
    assert full.value.cause.missing == 3
    # A judge's own limit counts beside the rule's.
    await rules.change_rules(event, JudgingRules(reviews=2), "Tanpa batas", actor=wira)
    await store.execute("UPDATE judge SET max_load = 2 WHERE id = $1", balai.judges["Maya Lestari"])
    found = await assignment.plan(event, actor=wira, preview=True)
    assert found.loads[balai.judges["Maya Lestari"]] == 2
    assert sum(found.loads.values()) == 12


async def test_by_hand_and_back(balai: Balai) -> None:
    wira, ratna = await balai.organizer(), balai.judges["Ratna Handayani"]
    await _clear()
    entry = balai.entries["Lentera Warga"]
    await assignment.assign(ratna, entry, reason="Diminta", actor=wira)
    await assignment.assign(ratna, entry, reason="Diminta", actor=wira)
    (one,) = await assignment.assignments_of(ratna)
    assert (one.kind, one.team, one.card, one.event_id) == (Kind.REVIEW, "Lentera Warga", Card.NONE, balai.event.id)
    await assignment.withdraw(one.id, "Salah orang", actor=wira)
    await assignment.withdraw(one.id, "Salah orang", actor=wira)
    assert (await assignment.get(one.id)).reason == "Salah orang"
    await assignment.assign(ratna, entry, reason="Ternyata benar", actor=wira)
    assert (await assignment.get(one.id)).state is State.OPEN
    assert (await _told("assignment.made"), await _told("assignment.withdrawn")) == (2, 1)

    balai.assignments["Ratna Handayani", "Lentera Warga"] = one.id
    await balai.score("Ratna Handayani", "Lentera Warga")
    with pytest.raises(AssignmentDone):
        await assignment.withdraw(one.id, "Mau dibuang", actor=wira)
    await _declare(ratna, balai.sukaraya.teams["Satu Meja"])
    with pytest.raises(AssignmentBarred):
        await assignment.assign(ratna, balai.entries["Satu Meja"], reason="Paksa", actor=wira)
    with pytest.raises(assignment.AssignmentUnknown):
        await assignment.assign(ratna, uuid4(), reason="Entah", actor=wira)
    with pytest.raises(Forbidden):
        await assignment.withdraw(one.id, "Saya sendiri", actor=balai.accounts["Ratna Handayani"])


async def test_groups_part_the_field_and_a_panel_sees_all_of_it(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    await _clear()
    await rules.change_rules(event, JudgingRules(reviews=1), "Satu", actor=wira)
    sari = await balai.add_judge("Sari Utami", "Universitas Nusa Jaya")
    stars = tuple(balai.entries[name] for name in ("Kawan Lapor", "Satu Meja"))
    panel = JudgingGroup(uuid4(), event, "Panel utama", (sari, balai.judges["Maya Lestari"]), (), stars, everybody=True)
    panel = await groups.change_group(panel, "Dua tim besar", actor=wira)
    for wrong in (
        replace(panel, id=uuid4()),
        replace(panel, id=uuid4(), name="Lain", judges=()),
        replace(panel, id=uuid4(), name="Lain", entries=()),
        replace(panel, id=uuid4(), name="Lain"),
    ):
        with pytest.raises(GroupInvalid):
            await groups.change_group(wrong, "Salah", actor=wira)
    made = await assignment.plan(event, actor=wira, reason="Kelompok")
    pairs = {(a.judge_id, a.entry_id) for a in made.after}
    assert {(j, e) for j, e in pairs if e in stars} == {(j, e) for j in panel.judges for e in stars}
    assert {j for j, e in pairs if e not in stars} == {balai.judges["Ratna Handayani"], balai.judges["Yudha Pratama"]}
    # A group of the final says nothing of the first round.
    final = JudgingGroup(uuid4(), event, "Final", tuple(balai.judges.values()), (), stars, everybody=True, final=True)
    await groups.change_group(final, "Hari presentasi", actor=wira)
    assert not (await assignment.plan(event, actor=wira, preview=True)).added
    last = await assignment.plan(event, actor=wira, kind=Kind.FINAL, reason="Final")
    assert len(last.added) == 2 * len(balai.judges)
    await groups.remove_group(panel.id, "Selesai", actor=wira)
    assert [one.name for one in await groups.list_groups(event)] == ["Final"]


async def test_samples_go_to_every_judge_who_may_see_them(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    await _declare(balai.judges["Ratna Handayani"], balai.sukaraya.teams["Tembusan"])
    samples = [balai.entries["Tembusan"], balai.entries["Pena Warga"]]
    assert await assignment.choose_samples(event, samples, "Sampel", actor=wira) == 5
    assert await assignment.choose_samples(event, samples, "Sampel", actor=wira) == 0
    sari = await balai.add_judge("Sari Utami", "Universitas Nusa Jaya")
    assert await assignment.calibrate(event) == 2
    assert [one.entry_id for one in await assignment.assignments_of(sari)] == samples
    assert await assignment.choose_samples(event, samples[:1], "Satu saja", actor=wira) == 0
    standing = [one for one in await assignment.all_assignments(event) if one.kind is Kind.CALIBRATION]
    assert {one.entry_id for one in standing if one.state is State.OPEN} == {samples[0]}
    with pytest.raises(assignment.AssignmentUnknown):
        await assignment.choose_samples(event, [uuid4()], "Entah", actor=wira)


async def test_the_stage(balai: Balai) -> None:
    wira, event = await balai.organizer(), balai.event.id
    pool = list(balai.entries.values())
    with pytest.raises(NotDrawn):
        await stage.move_clock(event, pool[0], Move.START, actor=wira)
    with pytest.raises(DrawInvalid):
        await stage.draw_order(event, [], minutes=5, reason="Undian", seen=0, actor=wira)
    first, again = await asyncio.gather(
        *(stage.draw_order(event, pool, minutes=5, reason="Undian", seen=0, actor=wira) for _ in range(2))
    )
    assert first == again
    assert sorted(first.order) == sorted(pool)
    assert first.order == drawn(reversed(first.pool), first.seed)
    turn = await _walk(event, first.order[0], wira)
    assert turn.ends_at is None
    assert 0 < turn.left.total_seconds() <= 300
    second = await stage.draw_order(event, pool[:3], minutes=3, reason="Tiga tim mundur", seen=1, actor=wira)
    assert second.number == 2
    assert await stage.turn_of(event) is None
    assert [one.number for one in await stage.draws_of(event)] == [2, 1]
    with pytest.raises(Forbidden):
        await stage.move_clock(event, pool[0], Move.START, actor=balai.accounts["Ratna Handayani"])


async def _walk(event: UUID, entry: UUID, wira: Principal) -> stage.Turn:
    await stage.move_clock(event, entry, Move.CALL, actor=wira)
    running = await stage.move_clock(event, entry, Move.START, actor=wira)
    assert (await stage.move_clock(event, entry, Move.START, actor=wira)).ends_at == running.ends_at
    return await stage.move_clock(event, entry, Move.STOP, actor=wira)


async def _declare(judge: UUID, team: UUID) -> None:
    await store.execute(
        "INSERT INTO conflict_of_interest (id, judge_id, team_id, source, reason, at)"
        " VALUES ($1, $2, $3, 'declared', 'Pernah satu kantor', now())",
        uuid4(),
        judge,
        team,
    )
