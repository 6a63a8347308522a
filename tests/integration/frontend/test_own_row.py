"""A team's own row: beside the public board, for its members only, and never in what others get."""

import re
from html import unescape

from hackathon import store
from judging import publications
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.frontend.desk import queue
from tests.integration.sukaraya import Sukaraya

BOARD = "/acara/asn-2026/papan/layanan-publik"
OWN = f"{BOARD}/saya"


async def filled(sukaraya: Sukaraya) -> None:
    await sukaraya.evaluate("Satu Meja", 88.25)
    await sukaraya.evaluate("Kawan Lapor", 71.5, spread=0.5)
    await publications.publish(sukaraya.track.id)


async def captain(sukaraya: Sukaraya, browser: Browser, team: str) -> Signed:
    return await browser.sign_in(sukaraya.captains[team].account_id)


def row(answer: Answer) -> str:
    """The text of the own row, without its markup."""
    found = re.search(r'<section class="own-bar.*?</section>', answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split()) if found else ""


async def test_a_member_sees_the_own_row_at_the_first_look(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    answer = await lapor.get(BOARD)
    assert answer.headers["cache-control"] == "no-store"
    told = row(answer)
    assert "Kawan Lapor" in told
    assert "Peringkat 2" in told
    assert "Total 71,5" in told
    assert "selisih −16,8" in told


async def test_the_part_is_what_the_page_shows(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    part = await lapor.get(OWN)
    assert part.status == 200
    assert part.headers["cache-control"] == "no-store"
    assert row(part) == row(await lapor.get(BOARD))
    assert "<html" not in part.text


async def test_visitors_and_other_people_get_none(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    visitor = await browser.get(OWN)
    assert (visitor.status, visitor.body) == (204, b"")
    assert "saya" not in (await browser.get(BOARD)).text
    organizer = await browser.sign_in((await sukaraya.organizer()).account_id)
    assert (await organizer.get(OWN)).status == 204
    assert row(await organizer.get(BOARD)) == ""
    other = await captain(sukaraya, browser, "Satu Meja")
    assert "Kawan Lapor" not in row(await other.get(OWN))
    assert "Satu Meja" in row(await other.get(OWN))
    # Nobody can ask for another team's: the address names none.
    asked = await other.get(f"{OWN}?tim={sukaraya.teams['Kawan Lapor']}")
    assert "Kawan Lapor" not in asked.text


async def test_a_session_that_is_over_gets_none(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    await store.execute("DELETE FROM session WHERE account_id = $1", lapor.account_id)
    assert (await lapor.get(OWN)).status == 204
    forged = Signed(browser, lapor.account_id, "A" * 43)
    assert (await forged.get(OWN)).status == 204


async def test_a_team_of_another_track_gets_none(sukaraya: Sukaraya, browser: Browser) -> None:
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    assert (await lapor.get("/acara/asn-2026/papan/perizinan/saya")).status == 204
    assert (await lapor.get("/acara/asn-2026/papan/tidak-ada/saya")).status == 404


async def test_the_shared_page_is_the_same_for_everybody(sukaraya: Sukaraya, browser: Browser) -> None:
    """What the stream sends and the shared part of the page hold nothing of who looks."""
    await filled(sukaraya)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")

    def shared(answer: Answer) -> str:
        found = re.search(r'<div id="papan".*?</form>.*?\n</div>', answer.text, re.DOTALL)
        assert found is not None
        return found.group()

    assert shared(await lapor.get(BOARD)) == shared(await browser.get(BOARD))
    stream = f"/hidup/papan/{sukaraya.track.id.hex}"
    async with browser.listen(stream, lapor.cookie) as mine, browser.listen(stream) as theirs:
        first, second = await mine.board(), await theirs.board()
    assert first == second
    assert "own-bar" not in first["data"]


async def test_while_frozen_a_team_sees_its_score_and_not_its_place(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    await sukaraya.freeze()
    await sukaraya.evaluate("Kawan Lapor", 95.5)
    assert await publications.publish(sukaraya.track.id) is None
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    page = await lapor.get(BOARD)
    told = row(page)
    assert "Total 95,5" in told
    assert "Peringkat Anda tampil saat pengumuman" in told
    assert not re.search(r"Peringkat \d", told)
    assert 'class="own-p"' not in page.text
    assert "95,5" not in (await browser.get(BOARD)).text
    meja = await captain(sukaraya, browser, "Satu Meja")
    assert "95,5" not in (await meja.get(BOARD)).text


async def test_before_the_first_result_the_row_says_the_next_step(sukaraya: Sukaraya, browser: Browser) -> None:
    warga = await captain(sukaraya, browser, "Lentera Warga")
    answer = await warga.get(OWN)
    assert "Belum ada hasil. Kirim prototipe pertama Anda." in row(answer)
    assert 'href="/acara/asn-2026/pengajuan/layanan-publik"' in unescape(answer.text)


async def test_what_is_under_way_is_told_with_the_way_to_it(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    waiting = await queue(sukaraya, "Kawan Lapor")
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    answer = await lapor.get(OWN)
    assert f"Pengajuan {waiting.number} sedang diproses" in row(answer)
    assert f'href="/pengajuan/{waiting.submission}"' in unescape(answer.text)
    assert "data-watch" in answer.text


async def test_the_history_has_numbers_for_those_who_do_not_see(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    await sukaraya.evaluate("Kawan Lapor", 92.0)
    await publications.publish(sukaraya.track.id)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    answer = await lapor.get(OWN)
    assert 'aria-label="Riwayat peringkat: 2, 1"' in answer.text
    assert "naik 1" in row(answer)


async def test_it_is_in_the_readers_language(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    lapor = await captain(sukaraya, browser, "Kawan Lapor")
    answer = await lapor.get(OWN, {"Cookie": f"gelanggang={lapor.secret}; bahasa=en"})
    assert "Your team" in row(answer)
