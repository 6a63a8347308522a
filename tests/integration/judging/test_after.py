"""After the scorecards: what organizers look at, values recomputed by hand, what a team reads, what is exported."""

import csv
import io
from types import ModuleType

import pytest

from hackathon.database import migrate
from hackathon.errors import Forbidden
from judging import publications, results, scorecards
from judging.composite.decimals import published, weighted_mean
from judging.composite.methods import Method
from judging.piccolo_app import APP_CONFIG
from judging.rules import JudgingRules, Showing
from judging.scorecards import Part
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import MAYA, RATNA, YUDHA, choose, close, evaluate_final, row_of

RATINGS = {
    "Kawan Lapor": ((2, 3, 2, 2, 3), (4, 4, 4, 5, 4), (3, 3, 4, 3, 3)),
    "Satu Meja": ((4, 4, 3, 4, 4), (5, 5, 5, 5, 5), (5, 4, 4, 4, 5)),
    "Lentera Warga": ((1, 2, 2, 1, 2), (4, 3, 4, 3, 3), (2, 3, 2, 2, 3)),
}


@pytest.fixture
async def balai(dsn: str, store: ModuleType) -> Balai:
    await migrate(dsn, upper=(APP_CONFIG,))
    return await Balai.make()


async def score_all(balai: Balai) -> None:
    for team, of_judges in RATINGS.items():
        for judge, ratings in zip((RATNA, YUDHA, MAYA), of_judges, strict=True):
            await balai.score(judge, team, ratings)


@pytest.mark.parametrize("method", list(Method))
async def test_every_value_and_total_recomputes_by_hand_from_what_is_shown(balai: Balai, method: Method) -> None:
    await choose(balai, JudgingRules(method=method, showing=Showing.LIVE))
    await score_all(balai)
    board = await publications.publish(balai.track.id)
    found = await results.review(balai.event.id, balai.track.id, actor=await balai.organizer())
    assert set(found.methods) == set(Method)
    for team in RATINGS:
        sheet = found.sheet(balai.entries[team])
        assert sheet is not None
        row = row_of(board, balai, team)
        assert row.judges is not None
        assert all(line.corrected == published(line.score + line.correction) for line in sheet.lines)
        assert sheet.base == weighted_mean((line.weight, line.corrected) for line in sheet.lines)
        assert sheet.value == min(100.0, max(0.0, published(sheet.base + sheet.pull))) == row.judges.value
        assert row.score == weighted_mean(((60.0, row.measured), (40.0, sheet.value)))
    with pytest.raises(Forbidden):
        await results.review(balai.event.id, balai.track.id, actor=balai.accounts[RATNA])


async def test_feedback_opens_with_the_results_and_names_nobody(balai: Balai) -> None:
    await choose(balai, JudgingRules(method=Method.MEAN))
    words = "Sudah rapi, tambahkan contoh nyata."
    assignment = balai.assignments[RATNA, "Satu Meja"]
    card = await scorecards.open(assignment, actor=balai.accounts[RATNA])
    await scorecards.save(assignment, Part.NOTES, "", "Hanya untuk saya", card.version, actor=balai.accounts[RATNA])
    card = await scorecards.open(assignment, actor=balai.accounts[RATNA])
    await scorecards.save(assignment, Part.FEEDBACK, "", words, card.version, actor=balai.accounts[RATNA])
    await score_all(balai)
    entry = balai.entries["Satu Meja"]
    with pytest.raises(results.FeedbackNotYet):
        await results.feedback_of(balai.event, entry, balai.track.id, out=True)
    for team in balai.entries:
        await evaluate_final(balai, team, 70.0)
    await close(balai)
    with pytest.raises(results.FeedbackNotYet):
        await results.feedback_of(balai.event, entry, balai.track.id, out=False)
    told = await results.feedback_of(balai.event, entry, balai.track.id, out=True)
    assert told.comments == (results.Comment(words, ""),)
    assert told.criteria[0].counts == (0, 0, 0, 1, 2)
    assert sorted(label for label, _ in told.lines) == ["1", "2", "3"]
    assert told.sheet is not None
    assert not any(name in repr((told.comments, told.criteria)) for name in balai.judges)
    await choose(balai, JudgingRules(method=Method.MEAN, named=True))
    named = await results.feedback_of(balai.event, entry, balai.track.id, out=True)
    assert named.comments[0].judge == RATNA
    assert {label for label, _ in named.lines} == {RATNA, YUDHA, MAYA}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "\uff1d"])
def test_a_text_in_an_export_is_never_a_formula(start: str) -> None:
    evil = f'{start}HYPERLINK("https://jahat.example";"Klik")'
    table = results.Table(("tim", "poin"), ((evil, -1.5), ("Satu Meja", None)))
    text = results.as_csv(table).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[1][0] == f"'{evil}"
    assert read[1][1] == "-1.5", "a number stays one"
    assert read[2] == ["Satu Meja", ""]


async def test_exports_are_for_organizers_and_stand_in_the_audit(balai: Balai, store: ModuleType) -> None:
    await score_all(balai)
    organizer = await balai.organizer()
    sizes = {}
    for name in results.Name:
        table = await results.export(name, balai.event, balai.track, actor=organizer)
        assert results.as_json(table).startswith(b"[{")
        sizes[name.value] = len(table.rows)
        with pytest.raises(Forbidden):
            await results.export(name, balai.event, balai.track, actor=balai.accounts[YUDHA])
    assert sizes == {"lembar": 9, "penugasan": 18, "hasil": 6, "hitungan": 9, "cakupan": 6}
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'results.exported'") == 5
