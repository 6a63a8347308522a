"""Publications on a real PostgreSQL: numbered without a gap, never rewritten, silent while frozen."""

import asyncio
import hashlib
from types import ModuleType
from uuid import UUID, uuid4

import asyncpg
import pytest

from hackathon.outbox import AuditEntry, Sequencer
from judging import publications
from judging.piccolo_app import APP_CONFIG
from judging.publications import Publication
from tests.integration.hackathon.loops import eventually, running
from tests.integration.sukaraya import Sukaraya


def places(publication: Publication | None, sukaraya: Sukaraya) -> list[tuple[int, str, float]]:
    assert publication is not None
    names = {team_id: name for name, team_id in sukaraya.teams.items()}
    return [(row.place, names[row.team_id], row.score) for row in publication.rows]


async def test_a_board_without_an_evaluation_is_not_published(sukaraya: Sukaraya) -> None:
    assert await publications.publish(sukaraya.track.id) is None
    assert await publications.latest(sukaraya.track.id) is None
    assert await publications.history(sukaraya.track.id, 8) == ()


async def test_a_track_that_is_not_there_has_no_board(sukaraya: Sukaraya) -> None:
    assert await publications.publish(uuid4()) is None


async def test_numbers_go_up_and_old_publications_stay(sukaraya: Sukaraya) -> None:
    track = sukaraya.track.id
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    first = await publications.publish(track)
    await sukaraya.evaluate("Satu Meja", 80.25)
    second = await publications.publish(track)
    await sukaraya.evaluate("Kawan Lapor", 90.0)
    third = await publications.publish(track)
    assert places(first, sukaraya) == [(1, "Kawan Lapor", 71.5)]
    assert places(third, sukaraya) == [(1, "Kawan Lapor", 90.0), (2, "Satu Meja", 80.25)]
    assert first is not None
    assert second is not None
    assert third is not None
    assert [row.trend for row in second.rows] == [None, -1]
    assert [row.trend for row in third.rows] == [1, -1]
    assert [row.submission_number for row in third.rows] == [2, 1]
    assert await publications.history(track, 8) == (first, second, third)
    assert await publications.history(track, 2) == (second, third)
    assert await publications.latest(track) == third
    assert await publications.get(track, 1) == first
    assert await publications.get(track, 4) is None
    assert await publications.latest_of_event(sukaraya.event.id) == {track: third}


async def test_the_same_board_twice_is_one_publication(sukaraya: Sukaraya) -> None:
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    assert await publications.publish(sukaraya.track.id) is not None
    assert await publications.publish(sukaraya.track.id) is None


async def test_a_failure_of_the_team_is_on_the_board_with_its_status(sukaraya: Sukaraya) -> None:
    await sukaraya.evaluate("Kawan Lapor", 0.0, spread=0.0, status="build_failed")
    publication = await publications.publish(sukaraya.track.id)
    assert publication is not None
    assert [(row.place, row.status, row.high) for row in publication.rows] == [(1, "build_failed", 0.0)]


async def test_while_frozen_nothing_is_written_and_after_it_all_that_came_meanwhile(sukaraya: Sukaraya) -> None:
    track = sukaraya.track.id
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    before = await publications.publish(track)
    await sukaraya.freeze()
    await sukaraya.evaluate("Satu Meja", 95.0)
    assert await publications.publish(track) is None
    assert await publications.latest(track) == before
    await sukaraya.freeze(frozen=False)
    assert places(await publications.publish(track), sukaraya) == [(1, "Satu Meja", 95.0), (2, "Kawan Lapor", 71.5)]


async def test_lifting_a_freeze_publishes_what_came_meanwhile(sukaraya: Sukaraya) -> None:
    await sukaraya.freeze()
    await sukaraya.evaluate("Satu Meja", 95.0)
    applied = AuditEntry(1, "event.applied", {"event": str(sukaraya.event.id)}, UUID(int=0), sukaraya.event.created_at)
    await publications.on_change(applied)
    assert await publications.latest(sukaraya.track.id) is None
    await sukaraya.freeze(frozen=False)
    await publications.on_change(applied)
    assert places(await publications.latest(sukaraya.track.id), sukaraya) == [(1, "Satu Meja", 95.0)]


async def test_ten_at_once_write_one(sukaraya: Sukaraya) -> None:
    for team in sukaraya.teams:
        await sukaraya.evaluate(team, 50.0)
    written = await asyncio.gather(*(publications.publish(sukaraya.track.id) for _ in range(10)))
    assert sum(publication is not None for publication in written) == 1
    latest = await publications.latest(sukaraya.track.id)
    assert latest is not None
    assert latest.number == 1
    assert [row.place for row in latest.rows] == [1, 1, 1, 1]


async def test_the_hash_is_that_of_the_stored_text_and_cannot_be_another(sukaraya: Sukaraya, store: ModuleType) -> None:
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    publication = await publications.publish(sukaraya.track.id)
    assert publication is not None
    body = await store.fetch_value("SELECT body FROM publication")
    assert hashlib.sha256(body.encode()).hexdigest() == publication.sha256
    assert " " not in body
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await store.execute("UPDATE publication SET body = '{}'")
    with pytest.raises(asyncpg.CheckViolationError):
        await store.execute(
            "INSERT INTO publication SELECT gen_random_uuid(), track_id, 2, '{}', sha256, created_at FROM publication"
        )


async def test_a_publication_holds_no_names(sukaraya: Sukaraya, store: ModuleType) -> None:
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    await publications.publish(sukaraya.track.id)
    body = await store.fetch_value("SELECT body FROM publication")
    assert "Kawan" not in body
    assert "Karangjati" not in body


async def test_the_sequencer_publishes_and_says_so(sukaraya: Sukaraya, store: ModuleType, dsn: str) -> None:
    sequencer = Sequencer(dsn, {"publications": publications.on_change}, poll_seconds=0.1)

    async def both_are_on() -> bool:
        found = await publications.latest(sukaraya.track.id)
        return found is not None and len(found.rows) == 2

    async with running(sequencer):
        await sukaraya.evaluate("Kawan Lapor", 71.5)
        await sukaraya.evaluate("Satu Meja", 80.0)
        await eventually(both_are_on)
    told = await store.fetch("SELECT subject ->> 'publication' AS id FROM outbox WHERE kind = 'publication.published'")
    written = await publications.history(sukaraya.track.id, 8)
    assert [UUID(row["id"]) for row in told] == [publication.id for publication in written]


async def test_the_handler_called_again_finds_nothing_new(sukaraya: Sukaraya) -> None:
    evaluation = await sukaraya.evaluate("Kawan Lapor", 71.5)
    subject = {"evaluation": str(evaluation), "track": str(sukaraya.track.id), "case_set": "board", "status": "ok"}
    entry = AuditEntry(1, "evaluation.finished", subject, UUID(int=0), sukaraya.event.created_at)
    await publications.on_change(entry)
    await publications.on_change(entry)
    found = await publications.history(sukaraya.track.id, 8)
    assert [publication.number for publication in found] == [1]


@pytest.mark.parametrize(
    ("kind", "case_set"), [("evaluation.finished", "public"), ("evaluation.started", "board"), ("seed.read", "board")]
)
async def test_other_entries_publish_nothing(sukaraya: Sukaraya, kind: str, case_set: str) -> None:
    await sukaraya.evaluate("Kawan Lapor", 71.5, tell=False)
    subject = {"track": str(sukaraya.track.id), "case_set": case_set}
    await publications.on_change(AuditEntry(1, kind, subject, UUID(int=0), sukaraya.event.created_at))
    assert await publications.latest(sukaraya.track.id) is None


async def test_listeners_hear_of_it_after_the_commit(sukaraya: Sukaraya, dsn: str) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    connection = await asyncpg.connect(dsn)
    await connection.add_listener("gelanggang", lambda *notice: heard.put_nowait(str(notice[-1])))
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    await publications.publish(sukaraya.track.id)
    assert await asyncio.wait_for(heard.get(), 5) == f"publication:{sukaraya.track.id}"
    await connection.close()


async def test_tables_and_database_have_the_same_columns(sukaraya: Sukaraya, store: ModuleType) -> None:
    for table in APP_CONFIG.table_classes:
        rows = await store.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1", table._meta.tablename
        )
        assert {row["column_name"] for row in rows} == {column._meta.db_column_name for column in table._meta.columns}
