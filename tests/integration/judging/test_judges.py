"""Judges join by a link that works once, and stand aside where they must."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from hackathon import store as database
from hackathon.errors import Forbidden, Refusal
from hackathon.model import Principal
from judging import judges, scorecards
from judging.judges import LinkOver, LinkUnknown, MayNotJudge, State
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya, new_account


async def person(name: str) -> Principal:
    return Principal(await new_account(name, datetime.now(UTC)), name, frozenset())


async def test_a_link_makes_one_person_a_judge_once(sukaraya: Sukaraya) -> None:
    now, event, wira = datetime.now(UTC), sukaraya.event.id, await sukaraya.organizer()
    sari, tono = await person("Sari Dewanti"), await person("Tono Prakoso")
    judge = await judges.add_judge(
        event, " Sari  Dewanti ", email="sari@univ.example", agency="Universitas Nusa Jaya", actor=wira, now=now
    )
    with pytest.raises(judges.JudgeKnown):
        await judges.add_judge(event, "Lain", email="SARI@univ.example", agency="X", actor=wira, now=now)
    with pytest.raises(Forbidden):
        await judges.add_judge(event, "Tono", email=None, agency="X", actor=tono, now=now)
    with pytest.raises(Forbidden):
        await judges.new_link(judge.id, event, actor=sari, now=now)

    first = await judges.new_link(judge.id, event, actor=wira, now=now)
    link = await judges.new_link(judge.id, event, actor=wira, now=now)
    assert first.secret not in repr(first)
    with pytest.raises(LinkOver):
        await judges.look_at_link(first.secret, now=now)
    for wrong in ("", "x", "a" * 43, "é" * 43):
        with pytest.raises(LinkUnknown):
            await judges.look_at_link(wrong, now=now)
    with pytest.raises(LinkOver):
        await judges.look_at_link(link.secret, now=now + judges.LIFE)
    for _ in range(2):
        assert (await judges.look_at_link(link.secret, now=now)).judge.name == "Sari Dewanti"
    for unfit in (sukaraya.captains["Satu Meja"], wira):
        with pytest.raises(MayNotJudge):
            await judges.join(link.secret, actor=unfit, now=now)

    outcomes = await asyncio.gather(
        *(judges.join(link.secret, actor=one, now=now) for one in (sari, tono)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Judge", "LinkOver"]
    winner = next(actor for actor, one in zip((sari, tono), outcomes, strict=True) if isinstance(one, judges.Judge))
    assert (await judges.join(link.secret, actor=winner, now=now)).state is State.ACTIVE
    assert [(one.id, slug) for one, slug in await judges.judging_of(winner.account_id)] == [(judge.id, "asn-2026")]

    with pytest.raises(Refusal):
        await judges.remove(judge.id, event, " ", actor=wira, now=now)
    await judges.remove(judge.id, event, "Berhalangan.", actor=winner, now=now)
    assert await judges.judge_of(event, winner.account_id) is None


async def test_one_agency_in_any_spelling_is_one(sukaraya: Sukaraya) -> None:
    now, wira = datetime.now(UTC), await sukaraya.organizer()
    for agency, team in {
        "dpmptsp  kota sukaraya.": "Satu Meja",
        "Bappeda Provinsi Nusa Jaya": "Lentera Warga",
        "Universitas Nusa Jaya": None,
    }.items():
        judge = await judges.add_judge(sukaraya.event.id, "Juri", email=None, agency=agency, actor=wira, now=now)
        found = {entry for one, entry in await judges.conflicts_of(sukaraya.event.id) if one == judge.id}
        assert found == ({sukaraya.entries[team]} if team else set())


async def test_who_stands_aside_gives_open_work_back_and_leaves_what_was_sent(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    now = datetime.now(UTC) + timedelta(seconds=1)
    ratna, judge = hall.accounts["Ratna Handayani"], hall.judges["Ratna Handayani"]
    teams = list(sukaraya.teams)
    work = hall.assignments["Ratna Handayani", teams[0]]
    with pytest.raises(judges.AssignmentGone):
        await judges.recuse(work, "Bukan punya saya.", actor=hall.accounts["Yudha Pratama"], now=now)
    with pytest.raises(Refusal):
        await judges.recuse(work, "", actor=ratna, now=now)
    await judges.recuse(work, "Saudara saya di tim ini.", actor=ratna, now=now)
    await judges.declare(judge, sukaraya.teams[teams[1]], "Pernah saya bimbing.", actor=ratna, now=now)
    await judges.declare(judge, sukaraya.teams[teams[1]], "Pernah saya bimbing.", actor=ratna, now=now)
    assert {one.team for one in await judges.declared(judge)} == set(teams[:2])
    against = {(judge, sukaraya.entries[team]) for team in teams[:2]}
    assert against <= await judges.conflicts_of(sukaraya.event.id)
    ended = await database.fetch("SELECT state FROM assignment WHERE judge_id = $1 AND ended_at IS NOT NULL", judge)
    assert sorted(row["state"] for row in ended) == ["recused", "withdrawn"]
    await judges.withdraw(judge, sukaraya.teams[teams[1]], actor=ratna, now=now)
    assert (judge, sukaraya.entries[teams[1]]) not in await judges.conflicts_of(sukaraya.event.id)
    # What a recusal left, and what organizers noted, is not the judge's to take back.
    await judges.withdraw(judge, sukaraya.teams[teams[0]], actor=ratna, now=now)
    assert (judge, sukaraya.entries[teams[0]]) in await judges.conflicts_of(sukaraya.event.id)
    kinds = await database.fetch("SELECT kind, reason FROM outbox ORDER BY id")
    assert "Saudara saya di tim ini." in {row["reason"] for row in kinds if row["kind"] == "assignment.recused"}


async def test_who_comes_into_a_team_judges_no_more(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    ratna, work = hall.accounts["Ratna Handayani"], hall.assignments["Ratna Handayani", "Satu Meja"]
    await scorecards.open(work, actor=ratna)
    assert await judges.judge_of(sukaraya.event.id, ratna.account_id) is not None
    await database.execute(
        "INSERT INTO member (id, team_id, event_id, account_id, captain, joined_at)"
        " VALUES (gen_random_uuid(), $1, $2, $3, false, now())",
        sukaraya.teams["Kawan Lapor"],
        sukaraya.event.id,
        ratna.account_id,
    )
    assert await judges.judge_of(sukaraya.event.id, ratna.account_id) is None
    with pytest.raises(scorecards.AssignmentEnded):
        await scorecards.save(work, scorecards.Part.RATINGS, "teknis", 5, 1, actor=ratna)
