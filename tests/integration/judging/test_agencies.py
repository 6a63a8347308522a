"""Agencies that may be one: the pair is asked about and held back until an organizer has answered."""

from datetime import UTC, datetime

import pytest

from hackathon import store as database
from hackathon.errors import Forbidden
from judging import assignment, judges
from judging.assignment import AgencyAsked, AssignmentBarred, Kind
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya

DISHUB = "Dishub Kota Sukaraya"
"""The team Jalur Cepat writes out: Dinas Perhubungan Kota Sukaraya."""


async def test_a_pair_is_held_back_until_it_is_answered(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    event, wira, now = hall.event, await hall.organizer(), datetime.now(UTC)
    before = await judges.conflicts_of(event.id)
    doni = await hall.add_judge("Doni Saputra", DISHUB)
    pair = (doni, hall.entries["Jalur Cepat"])
    (question,) = await judges.agency_questions(event.id, actor=wira)
    assert (question.judge_agency, question.team_agency) == (DISHUB, "Dinas Perhubungan Kota Sukaraya")
    assert (question.judges, question.teams) == (("Doni Saputra",), ("Jalur Cepat",))
    with pytest.raises(Forbidden):
        await judges.agency_questions(event.id, actor=hall.accounts["Doni Saputra"])

    assert await judges.conflicts_of(event.id) == before | {pair}, "that pair and no other"
    field = await assignment.field_of(event, now=now)
    assert field.asked == {pair}
    with pytest.raises(AgencyAsked):
        await assignment.assign(*pair, reason="Tambahan.", actor=wira)
    found = await assignment.plan(event.id, actor=wira, reviews=4, preview=True, kind=Kind.REVIEW, entries=[
        one for one in hall.entries.values() if one != pair[1]
    ])  # fmt: skip
    assert {one.judge_id for one in found.added} == {doni}

    # What was given before the question came up stays until it is answered, and is no conflict yet.
    await hall.assign("Doni Saputra", "Jalur Cepat")
    await hall.assign("Doni Saputra", "Satu Meja")
    assert (await assignment.field_of(event, now=now)).in_conflict() == ()

    one, other = question.judge_agency, question.team_agency
    with pytest.raises(Forbidden):
        await judges.answer_agency(event.id, one, other, same=False, actor=hall.accounts["Doni Saputra"], now=now)
    with pytest.raises(judges.QuestionGone):
        await judges.answer_agency(event.id, one, "Dinas Sosial Kota Sukaraya", same=True, actor=wira, now=now)
    for _ in range(2):
        await judges.answer_agency(event.id, " dishub  KOTA sukaraya", other, same=False, actor=wira, now=now)
    assert await judges.agency_questions(event.id, actor=wira) == ()
    assert await judges.conflicts_of(event.id) == before, "remembered, in any spelling"

    # Said otherwise later: open work of the pair ends, other work stays.
    await judges.answer_agency(event.id, other, one, same=True, actor=wira, now=now)
    (answer,) = await judges.agency_answers(event.id, actor=wira)
    assert answer.same
    assert await judges.conflicts_of(event.id) == before | {pair}
    open_work = await database.fetch("SELECT entry_id FROM assignment WHERE judge_id = $1 AND state = 'open'", doni)
    assert [row["entry_id"] for row in open_work] == [hall.entries["Satu Meja"]]
    with pytest.raises(AssignmentBarred):
        await assignment.assign(*pair, reason="Tambahan.", actor=wira)
    told = await database.fetch("SELECT kind, reason FROM outbox WHERE kind LIKE 'agency%' ORDER BY id")
    assert [row["reason"] for row in told] == [f"{other} / {one}"] * 2
    (own,) = await judges.teams_apart(await judges.get_judge(doni, event.id))
    assert own.name == "Jalur Cepat"
