"""Judges come back after they left, and give work back while other things happen to them."""

import asyncio
from datetime import UTC, datetime

import pytest

from hackathon import store as database
from hackathon.errors import Refusal
from judging import assignment, judges, notices
from judging.judges import LinkOver, MayNotJudge, State
from tests.integration.hackathon.city import KEY
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya

RATNA, YUDHA = "Ratna Handayani", "Yudha Pratama"


async def test_work_is_given_back_while_other_things_happen_to_the_judge(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    event, wira, now = hall.event, await hall.organizer(), datetime.now(UTC)
    ratna, judge, (first, second, third, *_) = hall.accounts[RATNA], hall.judges[RATNA], list(hall.entries)
    doni = await hall.add_judge("Doni Saputra", "Dishub Kota Sukaraya")
    (question,) = await judges.agency_questions(event.id, actor=wira)
    pair = question.judge_agency, question.team_agency
    for turn in range(8):
        await database.execute("UPDATE assignment SET state = 'open', ended_at = NULL, reason = ''")
        await database.execute("UPDATE judge SET state = 'active', left_at = NULL")
        await database.execute("DELETE FROM conflict_of_interest")
        outcomes = await asyncio.gather(
            *(
                judges.recuse(hall.assignments[RATNA, team], "Kenal.", actor=ratna, now=now)
                for team in (first, second, third)
            ),
            judges.declare(judge, hall.sukaraya.teams[second], "Kenal.", actor=wira, now=now),
            judges.change_own(judge, name=RATNA, agency=f"Dishub {turn}", expertise=(), actor=ratna, now=now),
            judges.answer_agency(event.id, *pair, same=turn % 2 == 0, actor=wira, now=now),
            judges.remove(doni, event.id, "Pergi.", actor=wira, now=now),
            *((judges.remove(judge, event.id, "Pergi.", actor=wira, now=now),) if turn % 2 else ()),
            return_exceptions=True,
        )
        expected = (judges.AssignmentGone, judges.JudgeUnknown, type(None), judges.Judge)
        assert [one for one in outcomes if not isinstance(one, expected)] == []


async def test_a_judge_who_left_comes_back_by_a_link_or_an_appointment(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    event, wira, now = hall.event.id, await hall.organizer(), datetime.now(UTC)
    ratna, old = hall.accounts[RATNA], hall.judges[RATNA]
    email = await database.fetch_value("SELECT email FROM account WHERE id = $1", ratna.account_id)
    await database.execute("UPDATE judge SET email = $2 WHERE id = $1", old, email)

    async def invite_again() -> tuple[judges.Judge, str]:
        await judges.remove(old, event, "Berhenti.", actor=ratna, now=now)
        twin = await judges.add_judge(event, RATNA, email=email, agency="Universitas Baru", actor=wira, now=now)
        return twin, (await judges.new_link(twin.id, event, actor=wira, now=now)).secret

    twin, secret = await invite_again()
    with pytest.raises(judges.JudgeKnown):  # The invitation stands; what is written of it is not lost.
        await judges.appoint(event, email, agency="X", key=KEY, actor=wira, now=now)
    for _ in range(2):
        back = await judges.join(secret, actor=ratna, now=now)
        assert (back.id, back.state, back.agency, back.email) == (old, State.ACTIVE, "Universitas Baru", email)
        assert back.declared_at is None
    assert (await judges.get_judge(twin.id, event)).state is State.LEFT
    with pytest.raises(LinkOver):
        await judges.join(secret, actor=hall.sukaraya.captains["Satu Meja"], now=now)

    # By both at once: one of them brings her back, and the other says why it does not.
    twin, secret = await invite_again()
    outcomes = await asyncio.gather(
        judges.join(secret, actor=ratna, now=now),
        judges.appoint(event, email, agency="X", key=KEY, actor=wira, now=now),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], judges.Judge)
    assert isinstance(outcomes[1], MayNotJudge | judges.JudgeKnown)

    # Without an invitation the appointment alone does it.
    await judges.remove(old, event, "Berhenti.", actor=ratna, now=now)
    assert (await judges.appoint(event, email, agency="X", key=KEY, actor=wira, now=now)).id == old


async def test_nobody_is_slow_for_what_cannot_be_opened(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    first, second, *_ = hall.entries
    await hall.score(YUDHA, second)
    await database.execute("DELETE FROM judged WHERE entry_id = $1", hall.entries[first])
    found = {one.name: one for one in await notices.standings(hall.event.id, actor=await hall.organizer())}
    assert (found[RATNA].assigned, found[RATNA].sent, len(found[RATNA].given)) == (5, 0, 5)
    assert (found[YUDHA].assigned, found[YUDHA].sent, len(found[YUDHA].given)) == (5, 1, 4)


async def test_work_is_planned_anew_while_judges_give_theirs_back(sukaraya: Sukaraya) -> None:
    hall = await Balai.make(sukaraya)
    event, wira, now = hall.event.id, await hall.organizer(), datetime.now(UTC)
    teams = list(hall.entries)
    for _ in range(8):
        await database.execute("UPDATE assignment SET state = 'open', ended_at = NULL, reason = ''")
        await database.execute("UPDATE judge SET state = 'active', left_at = NULL")
        await database.execute("DELETE FROM conflict_of_interest")
        await assignment.withdraw(hall.assignments[YUDHA, teams[4]], "Ditata ulang.", actor=wira)
        outcomes = await asyncio.gather(
            assignment.plan(event, reason="Ratakan.", rebalance=True, reviews=1, actor=wira),
            assignment.assign(hall.judges[YUDHA], hall.entries[teams[4]], reason="Tambahan.", actor=wira),
            *(
                judges.recuse(hall.assignments[RATNA, team], "Kenal.", actor=hall.accounts[RATNA], now=now)
                for team in teams[:3]
            ),
            judges.declare(hall.judges[YUDHA], hall.sukaraya.teams[teams[1]], "Kenal.", actor=wira, now=now),
            judges.remove(hall.judges[RATNA], event, "Pergi.", actor=wira, now=now),
            return_exceptions=True,
        )
        # Whatever came first, each is done or told why not.
        assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refusal)] == []
