"""Judges on the public board: live or at the end, never one judge alone, silent while frozen, hashed for ever."""

import hashlib
from datetime import UTC, datetime
from types import ModuleType
from uuid import uuid4

import pytest

from hackathon.database import migrate
from judging import publications, results
from judging.composite.methods import Method
from judging.piccolo_app import APP_CONFIG
from judging.publications import Closing
from judging.publications.model import decode_body
from judging.rules import JudgingRules, Showing
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import (
    MAYA,
    RATNA,
    YUDHA,
    choose,
    close,
    evaluate_final,
    freeze,
    judges_of,
    row_of,
    tell,
)

LIVE = JudgingRules(method=Method.MEAN, showing=Showing.LIVE)


@pytest.fixture
async def balai(dsn: str, store: ModuleType) -> Balai:
    await migrate(dsn, upper=(APP_CONFIG,))
    return await Balai.make()


async def test_live(balai: Balai) -> None:
    """A value joins the board with its second scorecard; a single judge's score never does."""
    await choose(balai, LIVE)
    track = balai.track.id
    before = await publications.publish(track)
    assert before is not None
    assert before.basis is None
    await balai.score(RATNA, "Satu Meja", (5, 5, 5, 5, 5))
    assert await publications.publish(track) is None, "one scorecard is one judge's score"
    await balai.score(YUDHA, "Satu Meja", (3, 3, 3, 3, 3))
    await tell(balai, "scorecard.sent")
    shown = await publications.latest(track)
    mine, other = row_of(shown, balai, "Satu Meja"), row_of(shown, balai, "Pena Warga")
    judges = judges_of(shown, balai, "Satu Meja")
    assert (mine.automated, judges.value, judges.scorecards, mine.score) == (65.0, 75.0, 2, 69.0)
    assert judges.low is not None
    assert judges.high is not None
    assert judges.low < 75 < judges.high
    assert judges_of(shown, balai, "Pena Warga").value is None
    assert shown is not None
    assert shown.basis == results.Basis(Method.MEAN, 40.0, 75.0)
    assert other.score == round(0.6 * other.measured + 0.4 * 75.0, 2)
    # Nothing is said twice.
    await tell(balai, "scorecard.sent")
    assert await publications.latest_number(track) == shown.number


async def test_at_the_end(balai: Balai) -> None:
    """Judges stay off the board until judging closes; then the results are measured by the final evaluations."""
    track = balai.track.id
    await choose(balai, JudgingRules(method=Method.MEAN, showing=Showing.END))
    board = await publications.publish(track)
    for judge in (RATNA, YUDHA, MAYA):
        await balai.score(judge, "Satu Meja", (4, 4, 4, 4, 4))
    await balai.score(MAYA, "Tembusan", (2, 2, 2, 2, 2))
    await tell(balai, "scorecard.sent")
    assert await publications.latest(track) == board
    loop = Closing()
    await loop.look()
    *most, last = balai.entries
    for team in most:
        await evaluate_final(balai, team, 70.0)
    await close(balai)
    await loop.look()
    assert await publications.latest(track) == board, "one final evaluation is missing"
    await evaluate_final(balai, last, 90.0)
    await tell(balai, "evaluation.finished", case_set="final")
    ended = await publications.latest(track)
    assert ended is not None
    assert ended.final
    assert ended.basis == results.Basis(Method.MEAN, 40.0, 50.0)
    assert judges_of(ended, balai, "Satu Meja").value == 75.0
    assert judges_of(ended, balai, "Tembusan").value == 25.0, "when judging is over, one scorecard counts too"
    assert row_of(ended, balai, "Satu Meja").automated == 70.0
    await Closing().look()
    assert await publications.latest(track) == ended


async def test_closing_publishes_by_itself_and_ends_the_freeze(balai: Balai) -> None:
    await choose(balai, LIVE)
    track = balai.track.id
    await freeze(balai)
    for judge in (RATNA, YUDHA):
        await balai.score(judge, "Satu Meja")
    await tell(balai, "scorecard.sent")
    assert await publications.latest(track) is None
    for team in balai.entries:
        await evaluate_final(balai, team, 66.0)
    await close(balai)
    await Closing().look()
    revealed = await publications.latest(track)
    assert revealed is not None
    assert revealed.final
    assert revealed.basis is not None
    assert revealed.basis.filler is not None
    rest = {row.score for row in revealed.rows if row.judges is not None and row.judges.value is None}
    assert rest == {round(0.6 * 66 + 0.4 * revealed.basis.filler, 2)}


async def test_what_no_longer_counts_leaves_the_board(balai: Balai, store: ModuleType) -> None:
    await choose(balai, LIVE)
    for judge in (RATNA, YUDHA, MAYA):
        await balai.score(judge, "Satu Meja")
    first = await publications.publish(balai.track.id)
    assert judges_of(first, balai, "Satu Meja").scorecards == 3
    await store.execute(
        "UPDATE assignment SET state = 'recused', reason = 'Kerabat', ended_at = now() WHERE id = $1",
        balai.assignments[MAYA, "Satu Meja"],
    )
    await tell(balai, "assignment.recused")
    assert judges_of(await publications.latest(balai.track.id), balai, "Satu Meja").scorecards == 2
    # Another submission is fixed: what was scored is not what is judged.
    await balai.sukaraya.evaluate("Satu Meja", 65.0, tell=False)
    await balai.fix("Satu Meja")
    third = await publications.publish(balai.track.id)
    assert third is not None
    assert third.basis is None


async def test_publications_of_before_still_decode_and_verify(balai: Balai, store: ModuleType) -> None:
    entry, team, track = balai.entries["Satu Meja"], balai.sukaraya.teams["Satu Meja"], balai.track.id
    old = (
        f'{{"created_at":"2026-11-20T09:00:00Z","number":1,"rows":[{{"entry_id":"{entry}",'
        '"evaluated_at":"2026-11-20T08:59:59Z","high":72.0,"low":70.0,"metrics":{},"place":1,"place_high":1,'
        '"place_low":1,"score":71.0,"status":"ok","submission_number":1,"tasks":{},'
        f'"team_id":"{team}","tie":1,"trend":null}}],"track":"{track}"}}'
    )
    await store.execute(
        "INSERT INTO publication (id, track_id, number, body, created_at, sha256) VALUES ($1, $2, 1, $3, $4, $5)",
        uuid4(),
        track,
        old,
        datetime(2026, 11, 20, 9, tzinfo=UTC),
        hashlib.sha256(old.encode()).hexdigest(),
    )
    kept = await publications.latest(track)
    assert kept is not None
    assert (kept.basis, kept.final, kept.rows[0].judges, kept.rows[0].measured) == (None, False, None, 71.0)
    await choose(balai, LIVE)
    for judge in (RATNA, YUDHA):
        await balai.score(judge, "Satu Meja")
    new = await publications.publish(track)
    assert new is not None
    assert new.number == 2
    body = await store.fetch_value("SELECT body FROM publication WHERE number = 2")
    assert hashlib.sha256(body.encode()).hexdigest() == new.sha256
    assert decode_body(body).rows == new.rows
    people = (*balai.judges, *map(str, balai.judges.values()), "Satu Meja")
    assert not any(text in body for text in people), "a publication holds neither names nor judges"


async def test_a_board_of_board_cases_is_never_the_result(balai: Balai) -> None:
    """Nothing is fixed yet when judging closes, and a board was written in that very second: results still wait."""
    await choose(balai, LIVE)
    track = balai.track.id
    for team in balai.entries:
        await balai.lift(team)
    written = await publications.publish(track)
    assert written is not None
    await close(balai)  # a second ago, so that board is from after it
    await balai.sukaraya.evaluate("Satu Meja", 91.0, tell=False)
    await Closing().look()
    assert await publications.latest(track) == written
    assert await publications.results_out(balai.event, datetime.now(UTC)) == frozenset()

    for team in balai.entries:
        await balai.fix(team)
        await evaluate_final(balai, team, 66.0)
    await Closing().look()
    revealed = await publications.latest(track)
    assert revealed is not None
    assert revealed.final
    assert await publications.results_out(balai.event, datetime.now(UTC)) == {track}
