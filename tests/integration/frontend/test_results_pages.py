"""The pages of results: the organizers' board and sheets, a team's feedback, exports; each for whom it is."""

import csv
import io
import json
from datetime import UTC, datetime
from html import unescape

from judging import publications
from judging.composite.methods import Method
from judging.publications import Closing
from judging.rules import JudgingRules, Showing
from tests.integration.frontend.conftest import Browser
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import MAYA, RATNA, YUDHA, choose, close, evaluate_final, freeze, judges_of
from tests.integration.sukaraya import Sukaraya, new_account

TEAM = "Satu Meja"


async def test_from_scorecards_to_the_board_the_sheet_and_the_feedback(browser: Browser, sukaraya: Sukaraya) -> None:
    balai = await Balai.make(sukaraya)
    await choose(balai, JudgingRules(method=Method.ADJUSTED, showing=Showing.LIVE))
    for team, ratings in ((TEAM, (5, 4, 4, 5, 4)), ("Tembusan", (3, 3, 2, 3, 3)), ("Kawan Lapor", (2, 3, 3, 2, 2))):
        for judge in (RATNA, YUDHA, MAYA):
            await balai.score(judge, team, ratings)
    await publications.publish(balai.track.id)
    root = f"/konsol/{balai.event.slug}"
    entry = balai.entries[TEAM]
    wira = await browser.sign_in((await balai.organizer()).account_id)
    captain = await browser.sign_in(balai.sukaraya.captains[TEAM].account_id)
    rival = await browser.sign_in(balai.sukaraya.captains["Tembusan"].account_id)
    stranger = await browser.sign_in(await new_account("Tono", datetime.now(UTC)))

    board = await browser.get(f"/acara/{balai.event.slug}/papan/{balai.track.slug}")
    assert "Total = 60% otomatis + 40% juri" in board.text
    assert not any(judge in board.text for judge in balai.judges)
    for language in ("id", "en"):
        inside = await wira.get(f"{root}/hasil?bahasa={language}")
        assert inside.status == 200
        assert all(text in inside.text for text in (TEAM, RATNA))
        assert (await wira.get(f"{root}/penilaian?babak=final&bahasa={language}")).status == 200
        sheet = await wira.get(f"{root}/hasil/{entry}?bahasa={language}")
        assert sheet.status == 200
        assert MAYA in sheet.text
    for name in ("lembar", "penugasan", "hasil", "hitungan", "cakupan"):
        table = await wira.get(f"{root}/ekspor/{balai.track.slug}/{name}.csv")
        assert table.headers["content-disposition"].endswith(f'{name}.csv"')
        rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"), newline="")))
        assert len(rows) > 6
        assert f"/ekspor/{balai.track.slug}/{name}.xlsx" in unescape(inside.text)
        assert (await wira.get(f"{root}/ekspor/{balai.track.slug}/{name}.json")).status == 200
        assert (await wira.get(f"{root}/ekspor/{balai.track.slug}/{name}.xlsx")).body.startswith(b"PK")
    assert (await wira.get(f"{root}/ekspor/{balai.track.slug}/semua.csv")).status == 404
    for person in (captain, stranger):
        assert (await person.get(f"{root}/hasil")).status == 403
        assert (await person.get(f"{root}/ekspor/{balai.track.slug}/lembar.csv")).status == 403

    feedback = f"/acara/{balai.event.slug}/tim/umpan-balik/{balai.track.slug}"
    early = await captain.get(feedback)
    assert early.status == 403
    assert "sesudah penilaian ditutup" in early.text
    home = f"/acara/{balai.event.slug}/tim"
    assert feedback not in unescape((await captain.get(home)).text)
    for team in balai.entries:
        await evaluate_final(balai, team, 70.0)
    await close(balai)
    await Closing().look()
    assert f'href="{feedback}"' in unescape((await captain.get(home)).text)
    for language in ("id", "en"):
        told = await captain.get(f"{feedback}?bahasa={language}")
        assert told.status == 200
        assert not any(judge in told.text for judge in balai.judges)
    assert (await rival.get(feedback)).text != told.text
    assert TEAM not in (await rival.get(feedback)).text
    assert (await stranger.get(feedback)).status == 404
    assert (await wira.get(feedback)).status == 404
    assert (await browser.get(feedback)).status == 303


async def test_the_board_as_a_file_is_the_publication_that_is_shown(browser: Browser, sukaraya: Sukaraya) -> None:
    balai = await Balai.make(sukaraya)
    await choose(balai, JudgingRules(method=Method.MEAN, showing=Showing.LIVE))
    address = f"/acara/{balai.event.slug}/papan/{balai.track.slug}"
    for judge in (RATNA, YUDHA):
        await balai.score(judge, TEAM)
    await publications.publish(balai.track.id)
    shown = await publications.latest(balai.track.id)
    assert shown is not None
    page = unescape((await browser.get(address)).text)
    files = {}
    for kind in ("csv", "json", "xlsx"):
        assert f'href="{address}/unduh/papan.{kind}"' in page
        files[kind] = await browser.get(f"{address}/unduh/papan.{kind}")
        assert files[kind].headers["content-disposition"].endswith(f'terbitan-{shown.number}.{kind}"')
        known = await browser.get(f"{address}/unduh/papan.{kind}", {"If-None-Match": files[kind].headers["etag"]})
        assert (known.status, known.body) == (304, b"")
    rows = list(csv.DictReader(io.StringIO(files["csv"].body.decode("utf-8-sig"), newline="")))
    assert [row["tim"] for row in rows] == [row["team"] for row in json.loads(files["json"].body)["rows"]]
    mine = next(row for row in rows if row["tim"] == TEAM)
    part = judges_of(shown, balai, TEAM)
    assert (float(mine["juri"]), mine["lembar"]) == (part.value, "2")
    assert not any(judge in files["csv"].text + files["json"].text for judge in balai.judges)
    assert files["xlsx"].body.startswith(b"PK")

    # Frozen: whatever judges do, the file says what the page says.
    await freeze(balai)
    await balai.score(MAYA, TEAM, (1, 1, 1, 1, 1))
    assert await publications.publish(balai.track.id) is None
    frozen = await browser.get(f"{address}/unduh/papan.csv")
    assert frozen.body == files["csv"].body
    assert (await browser.get(f"{address}/unduh/papan.exe")).status == 404
    assert (await browser.get(f"{address}/unduh/lain.csv")).status == 404
