"""At its deadline the version of an entry that counts is fixed: once, at the right moment, whoever looks at once."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from hackathon import events, finals, submissions
from hackathon.events import Extension, Scope
from hackathon.finals import Stage
from hackathon.model import SYSTEM, Principal, Role
from hackathon.submissions import AlreadyFixed
from tests.integration.evaluations.arena import Arena

WIRA = Principal(UUID(int=7), "Wira", frozenset({Role.ORGANIZER}))
A_SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=30)


async def evaluated(arena: Arena, entry_id: UUID) -> UUID:
    """Another version, tested on the board's cases."""
    submission_id = await arena.hand_in(entry_id)
    await arena.end(await arena.claim(await arena.worker()))
    return submission_id


async def deadline(arena: Arena) -> datetime:
    return (await events.get_event_by_id(arena.event_id)).schedule.building_closes


async def announce(arena: Arena, entry_id: UUID, at: datetime) -> UUID:
    """An upload that is on its way."""
    upload_id = uuid4()
    await arena.store.execute(
        "INSERT INTO upload (id, entry_id, account_id, filename, size, sha256, part_bytes, state, registered_at)"
        " VALUES ($1, $2, $3, 'p.zip', 1, repeat('1', 64), 1, 'registered', $4)",
        upload_id,
        entry_id,
        arena.account_id,
        at,
    )
    return upload_id


async def look(arena: Arena, now: datetime) -> int:
    return await finals.fix_due(catalog=arena.catalog, now=now)


async def final_cases(arena: Arena) -> list[tuple[UUID, str]]:
    """The submissions that are to be tested on the final cases."""
    rows = await arena.store.fetch(
        "SELECT submission_id, state FROM evaluation WHERE case_set = 'final' ORDER BY queued_at"
    )
    return [(row["submission_id"], row["state"]) for row in rows]


async def put_off_finals(arena: Arena) -> None:
    """What is to be tested on the final cases waits, so that the next claim is another's."""
    await arena.store.execute("UPDATE evaluation SET due_at = due_at + interval '1 day' WHERE case_set = 'final'")


async def told(arena: Arena) -> list[str]:
    rows = await arena.store.fetch("SELECT kind FROM outbox WHERE kind LIKE 'judged.%' ORDER BY id")
    return [row["kind"] for row in rows]


async def test_the_latest_evaluated_version_is_fixed_at_the_deadline_and_not_before(arena: Arena) -> None:
    karsa, lila, nihil = [await arena.enter(name) for name in ("Karsa", "Lila", "Nihil")]
    await evaluated(arena, karsa)
    second = await evaluated(arena, karsa)
    first_of_lila = await evaluated(arena, lila)
    still_tested = await arena.hand_in(lila)
    end = await deadline(arena)

    assert await look(arena, end - A_SECOND) == 0
    assert await finals.judged_of(arena.event_id) == {}

    assert await look(arena, end) == 1
    fixed = await finals.judged_of(arena.event_id)
    assert {entry: (one.submission_id, one.number, one.fixed_at) for entry, one in fixed.items()} == {
        karsa: (second, 2, end)
    }
    assert fixed[karsa].image == "sha256:1"
    assert await final_cases(arena) == [(second, "queued")]
    stages = [(await finals.entry_final(entry, now=end)).stage for entry in (karsa, lila, nihil)]
    assert stages == [Stage.FIXED, Stage.TESTING, Stage.NOTHING]

    # The test of the newest version ends after the deadline: it counts, for it was handed in before.
    await put_off_finals(arena)
    claim = await arena.claim(await arena.worker())
    assert claim.submission_id == still_tested
    await arena.end(claim)
    later = end + timedelta(minutes=3)
    assert await look(arena, later) == 1
    assert await look(arena, later) == 0
    known = await finals.judged(lila)
    assert known is not None
    assert (known.submission_id, known.number, known.fixed_at) == (still_tested, 2, later)
    assert known.submission_id != first_of_lila
    overdue = await finals.overdue(await events.get_event_by_id(arena.event_id), now=later)
    assert (overdue.unfixed, overdue.without, overdue.unplanned) == (0, 0, 0)
    assert await told(arena) == ["judged.fixed", "judged.fixed"]


async def test_bytes_announced_in_time_are_waited_for_but_a_choice_is_not(arena: Arena) -> None:
    karsa, lila = await arena.enter("Karsa"), await arena.enter("Lila")
    first = await evaluated(arena, karsa)
    await evaluated(arena, karsa)
    of_lila = await evaluated(arena, lila)
    end = await deadline(arena)
    for entry in (karsa, lila):
        await announce(arena, entry, end - A_SECOND)
    await announce(arena, lila, end)  # too late, so nobody waits for it
    await submissions.choose_submission(karsa, first, actor=WIRA, now=end - A_SECOND)

    assert await look(arena, end) == 1
    fixed = await finals.judged(karsa)
    assert fixed is not None
    assert fixed.submission_id == first
    assert (await finals.entry_final(lila, now=end)).stage is Stage.ARRIVING
    assert await look(arena, end + GRACE - A_SECOND) == 0
    assert await look(arena, end + GRACE) == 1
    fixed = await finals.judged(lila)
    assert fixed is not None
    assert fixed.submission_id == of_lila

    # Nobody chooses any more, organizers neither.
    with pytest.raises(AlreadyFixed) as refused:
        await submissions.choose_submission(karsa, None, actor=WIRA, now=end + GRACE)
    assert "Versi 1 sudah ditetapkan" in refused.value.message.id
    await submissions.choose_submission(karsa, first, actor=WIRA, now=end + GRACE)


async def test_more_time_lifts_what_was_fixed_until_the_new_deadline(arena: Arena) -> None:
    karsa, lila = await arena.enter("Karsa"), await arena.enter("Lila")
    first, of_lila = await evaluated(arena, karsa), await evaluated(arena, lila)
    end = await deadline(arena)
    assert await look(arena, end) == 2
    team = await arena.store.fetch_value("SELECT team_id FROM entry WHERE id = $1", karsa)
    later = end + timedelta(hours=2)
    await events.extend_deadline(
        arena.event_id, Extension(Scope.TEAM, team, later), reason="Listrik padam", actor=SYSTEM, now=end + A_SECOND
    )

    # At once, before any loop has looked; and only of the team that got more time.
    assert set(await finals.judged_of(arena.event_id)) == {lila}
    assert await finals.judged(karsa) is None
    await submissions.choose_submission(karsa, first, actor=WIRA, now=end + A_SECOND)
    await submissions.choose_submission(karsa, None, actor=WIRA, now=end + A_SECOND)
    assert await look(arena, end + A_SECOND) == 1
    assert await look(arena, end + 2 * A_SECOND) == 0
    assert await finals.judged(karsa) is None

    await put_off_finals(arena)
    second = await evaluated(arena, karsa)
    assert await look(arena, later - A_SECOND) == 0
    assert await look(arena, later) == 1
    shown = await finals.entry_final(karsa, now=later)
    assert shown.judged is not None
    assert (shown.judged.submission_id, shown.judged.revision, shown.judged.deadline) == (second, 3, later)
    assert [number for _, number in shown.history] == [2, None, 1]
    assert sorted(await final_cases(arena)) == sorted([(first, "queued"), (of_lila, "queued"), (second, "queued")])
    assert await told(arena) == ["judged.fixed", "judged.fixed", "judged.lifted", "judged.fixed"]


async def test_an_extension_that_was_over_before_anybody_looked_is_seen_too(arena: Arena) -> None:
    karsa = await arena.enter("Karsa")
    await evaluated(arena, karsa)
    end = await deadline(arena)
    await look(arena, end)
    later = end + timedelta(hours=1)
    await events.extend_deadline(
        arena.event_id, Extension(Scope.EVENT, None, later), reason="Jaringan padam", actor=SYSTEM, now=end
    )
    await put_off_finals(arena)
    second = await evaluated(arena, karsa)

    assert await look(arena, later + timedelta(hours=3)) == 1

    fixed = await finals.judged(karsa)
    assert fixed is not None
    assert (fixed.submission_id, fixed.revision) == (second, 2)


async def test_many_at_once_fix_once(arena: Arena) -> None:
    entries = [await arena.enter(f"Tim {n}") for n in range(4)]
    for entry in entries:
        await evaluated(arena, entry)
    end = await deadline(arena)

    written = await asyncio.gather(*(look(arena, end) for _ in range(6)))

    assert sum(written) == 4
    assert len(await final_cases(arena)) == 4
    assert await arena.store.fetch_value("SELECT count(*) FROM judged") == 4
    with pytest.raises(Exception, match="add a revision"):
        await arena.store.execute("UPDATE judged SET revision = 9")


async def test_what_our_side_kept_waiting_is_fixed_after_objections_too(arena: Arena) -> None:
    """The results of the whole track wait for it, so it must never be too late."""
    karsa = await arena.enter("Karsa")
    tested = await evaluated(arena, karsa)
    stuck = await arena.hand_in(karsa)
    event = await events.get_event_by_id(arena.event_id)
    over = event.schedule.objection_closes + timedelta(days=1)
    assert await look(arena, over - timedelta(days=2)) == 0
    assert (await finals.overdue(event, now=over)).unfixed == 1
    await arena.store.execute("DELETE FROM submission WHERE id = $1", stuck)

    assert await look(arena, over) == 1
    fixed = await finals.judged(karsa)
    assert fixed is not None
    assert fixed.submission_id == tested
    assert await look(arena, over + timedelta(days=60)) == 0
