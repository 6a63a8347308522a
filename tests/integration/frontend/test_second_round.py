"""The final round, from its advice on the page of results to a result of both rounds."""

import re
from html import unescape
from uuid import UUID

import pytest

from hackathon import store
from judging import assignment, publications, scorecards
from judging.composite.decimals import published
from judging.composite.methods import Method
from judging.panels.rounds import combine_rounds
from judging.rules import JudgingRules, Showing
from judging.scorecards.model import Kind
from tests.integration.frontend.conftest import Browser
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import MAYA, RATNA, YUDHA, choose, close, judges_of
from tests.integration.sukaraya import Sukaraya

GOOD, FAIR, POOR = (5, 4, 5, 4, 4), (3, 4, 3, 3, 4), (2, 2, 3, 1, 2)


async def test_a_final_is_made_from_its_advice_and_counts_with_the_first_round(
    browser: Browser, sukaraya: Sukaraya
) -> None:
    balai = await Balai.make(sukaraya)
    await choose(balai, JudgingRules(method=Method.ADJUSTED, showing=Showing.LIVE))
    wira = await browser.sign_in((await balai.organizer()).account_id)
    page = f"/konsol/{balai.event.slug}/hasil/final"
    early = await wira.get(page)
    assert "Belum dapat direncanakan" in early.text
    assert (await wira.post(page, {"tim": "2", "juri": "2", "alasan": "Dini"})).status == 422

    teams = list(balai.entries)
    first = []
    for judge in (RATNA, YUDHA, MAYA):
        for team, ratings in zip(teams, (POOR, FAIR, FAIR, POOR, GOOD, GOOD), strict=True):
            if (judge, team) != (MAYA, teams[0]):
                points = await balai.score(judge, team, ratings)
                first.append((balai.judges[judge], balai.entries[team], points))
    results = await wira.get(f"/konsol/{balai.event.slug}/hasil")
    assert f'href="{page}?kategori={balai.track.slug}"' in unescape(results.text)
    advised = await wira.get(page)
    assert "Satu putaran ini menemukan" in advised.text
    assert field(advised.text, "juri") == "3"  # no more than there are judges
    for typed, said in (
        ({"tim": "99", "juri": "3"}, "Jumlah tim final harus 2 sampai 6."),
        ({"tim": "banyak", "juri": "3"}, "Jumlah tim final harus 2 sampai 6."),
        ({"tim": "2", "juri": "0"}, "Jumlah juri per tim harus"),
    ):
        looked = await wira.get(page + "?" + "&".join(f"{name}={value}" for name, value in typed.items()))
        assert looked.status == 422
        assert said in unescape(looked.text)
    crowded = await wira.get(f"{page}?tim=2&juri=9")
    assert "Rencana belum dapat dibuat" in crowded.text
    assert f"/konsol/{balai.event.slug}/juri" in unescape(crowded.text)

    preview = await wira.get(f"{page}?tim=2&juri=3")
    assert "1 lembar babak pertama belum terkirim" in preview.text
    assert "Buat babak final" in preview.text
    assert "tidak mengoreksi keketatan" not in preview.text
    given = {"kategori": balai.track.slug, "tim": "2", "juri": "3", "dilihat": hidden(preview.text, "dilihat")}
    assert await finals_of(balai) == {}  # a look makes nothing
    assert (await wira.post(page, given)).status == 422  # no reason
    assert (await wira.post(page, given | {"dilihat": "lain", "alasan": "Podium"})).status == 409
    assert (await wira.get(f"{page}?bahasa=en&tim=2&juri=3")).status == 200
    made = await wira.post(page, given | {"alasan": "Podium belum dapat dibedakan"})
    assert made.status == 303
    assert {team for _, team in await finals_of(balai)} == set(teams[4:])
    assert len(await finals_of(balai)) == 6
    again = await wira.get(f"{page}?tim=2&juri=3")
    assert "Semua finalis sudah punya juri sebanyak itu" in again.text
    assert (await wira.post(page, given | {"alasan": "Dua kali"})).status == 409
    assert len(await finals_of(balai)) == 6
    levelled = await assignment.plan(
        balai.event.id, actor=await balai.organizer(), preview=True, kind=assignment.Kind.FINAL, rebalance=True
    )
    assert len(levelled.after) == 6  # nobody falls out of a final whose entries no group names
    judge = await browser.sign_in(balai.accounts[RATNA].account_id)
    assert "Babak final" in (await judge.get(f"/acara/{balai.event.slug}/juri")).text

    final = []
    for (name, team), given_id in (await finals_of(balai)).items():
        version = await balai.rate(given_id, name, GOOD if team == teams[4] else FAIR)
        points = await scorecards.send(given_id, version, actor=balai.accounts[name])
        final.append((balai.judges[name], balai.entries[team], points))
    board = await publications.publish(balai.track.id)
    both = combine_rounds(first, final)
    for team in teams[4:]:
        shown = judges_of(board, balai, team)
        assert shown.scorecards == 6
        assert shown.value == published(min(100.0, max(0.0, both.entries[balai.entries[team]].value)))
    first_of_final, second = (judges_of(board, balai, team).value for team in teams[4:])
    assert first_of_final is not None
    assert first_of_final > (second or 0)
    assert judges_of(board, balai, teams[1]).scorecards == 3
    running = await wira.get(page)
    assert "Babak final berjalan dengan 2 tim" in running.text
    assert "6 lembar final terkirim, 0 belum" in running.text
    # One more finalist may come; who is in stays, whatever the final has done to the order.
    more = await wira.get(f"{page}?tim=3&juri=3")
    wider = given | {"tim": "3", "dilihat": hidden(more.text, "dilihat"), "alasan": "Satu lagi"}
    assert (await wira.post(page, wider)).status == 303
    assert {team for _, team in await finals_of(balai)} > set(teams[4:])

    await close(balai)
    late = await wira.get(f"{page}?tim=4&juri=3")
    assert "Penilaian sudah ditutup" in late.text
    refused = await wira.post(page, given | {"tim": "4", "alasan": "Terlambat"})
    assert refused.status == 422
    assert "Penilaian sudah ditutup, jadi juri tidak dapat menilai lagi" in refused.text


async def finals_of(balai: Balai) -> dict[tuple[str, str], UUID]:
    """The assignments of the final by judge and team."""
    rows = await store.fetch("SELECT id, judge_id, entry_id FROM assignment WHERE kind = $1 ORDER BY id", Kind.FINAL)
    judges = {id: name for name, id in balai.judges.items()}
    teams = {id: name for name, id in balai.entries.items()}
    return {(judges[row["judge_id"]], teams[row["entry_id"]]): row["id"] for row in rows}


def hidden(text: str, name: str) -> str:
    """A hidden field's value."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found[1]


def field(text: str, name: str) -> str:
    """What stands in a text field."""
    found = re.search(rf'id="{name}" name="{name}" type="text" value="([^"]*)"', text)
    if found is None:
        pytest.fail(f"no field {name}")
    return found[1]
