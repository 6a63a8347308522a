"""An organizer invites and reminds judges on the console's pages, and their letters arrive at a real mail server."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from hackathon import store
from judging import publications, scorecards
from tests.integration.frontend.conftest import Browser
from tests.integration.hackathon.loops import eventually
from tests.integration.hackathon.mailbox import MailServer, mail_server
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import close, evaluate_final
from tests.integration.sukaraya import Sukaraya, new_account

ROOT = "/konsol/asn-2026/juri"
BEHIND = "Tertinggal</span>"
RATNA, YUDHA, MAYA = "Ratna Handayani", "Yudha Pratama", "Maya Lestari"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running_server:
        yield running_server


@pytest.fixture
async def environment(server: MailServer) -> dict[str, str]:
    """The application sends letters to the server."""
    return {"GELANGGANG_SMTP_URL": server.url}


async def arrival(server: MailServer, number: int) -> tuple[str, str]:
    """To whom the letter of that number goes, and its text; waits for it."""

    async def there() -> bool:
        return len(server.arrived) >= number

    await eventually(there, 60)
    message = server.arrived[number - 1]
    return message["To"].addresses[0].addr_spec, message.get_content().replace("\r\n", "\n")


async def make_late(balai: Balai) -> None:
    """Half of the time for judging has passed since everything was given."""
    now = datetime.now(UTC)
    schedule = balai.event.schedule
    await balai.reschedule(
        replace(
            schedule,
            building_opens=schedule.building_opens - timedelta(days=5),
            building_closes=now - timedelta(days=4),
            judging_closes=now + timedelta(days=4),
        )
    )
    await store.execute("UPDATE assignment SET made_at = $1", now - timedelta(days=4))


async def test_a_judge_is_invited_by_mail(sukaraya: Sukaraya, browser: Browser, server: MailServer) -> None:
    await Balai.make(sukaraya)
    desk = await browser.sign_in((await sukaraya.organizer()).account_id)
    form = {"nama": "Sari", "instansi": "Univ", "cara": "surel", "bahasa": "en"}
    assert "Isi alamat surel juri" in (await desk.post(ROOT, form)).text
    made = await desk.post(ROOT, form | {"surel": "sari@kampus.example"})
    assert (made.status, made.headers["location"]) == (303, f"{ROOT}?kabar=undangan-disurel")
    to, text = await arrival(server, 1)
    assert to == "sari@kampus.example"
    assert text.startswith("Hello Sari,")
    found = re.search(r"(/undangan-juri/([A-Za-z0-9_-]{43}))\n", text)
    assert found is not None

    async def sent() -> bool:
        return "surel terkirim" in (await desk.get(ROOT)).text

    await eventually(sent, 60)
    listed = unescape((await desk.get(ROOT)).text)
    assert found[2] not in listed
    judge = await store.fetch_value("SELECT id FROM judge WHERE email = 'sari@kampus.example'")
    # A mailbox is not filled: the third letter of an hour is the last, and the link of the first still works.
    statuses = [(await desk.post(f"{ROOT}/{judge}/surel")).status for _ in range(3)]
    assert statuses == [303, 303, 422]
    assert "beberapa kali" in (await desk.post(f"{ROOT}/{judge}/surel")).text
    account = await new_account("Sari", datetime.now(UTC))
    await store.execute("UPDATE account SET email = 'sari@kampus.example', confirmed_at = NULL WHERE id = $1", account)
    sari = await browser.sign_in(account)
    assert (await sari.post(found[1])).status == 303
    assert await store.fetch_value("SELECT confirmed_at IS NOT NULL FROM account WHERE id = $1", account)


async def test_organizers_see_who_is_behind_and_remind_them(
    sukaraya: Sukaraya, browser: Browser, server: MailServer
) -> None:
    balai = await Balai.make(sukaraya)
    wira = await sukaraya.organizer()
    desk = await browser.sign_in(wira.account_id)
    assert BEHIND not in (await desk.get(ROOT)).text
    for team in list(balai.entries)[:4]:
        await balai.score(MAYA, team)
    await make_late(balai)
    await store.execute("UPDATE account SET confirmed_at = NULL WHERE id = $1", balai.accounts[YUDHA].account_id)
    yudha = await browser.sign_in(balai.accounts[YUDHA].account_id)
    assert "alamat akun Anda belum dikonfirmasi" in (await yudha.get("/acara/asn-2026/juri")).text
    first = unescape((await desk.get("/konsol/asn-2026")).text)
    assert "2 juri tertinggal dari laju yang perlu untuk selesai" in first
    assert "Ratna Handayani: 0 dari 6, seharusnya kini 3" in first
    assert f'href="{ROOT}/ingatkan"' in first
    assert (await desk.get(ROOT)).text.count(BEHIND) == 2
    page = unescape((await desk.get(f"{ROOT}/ingatkan")).text)
    assert "belum dikonfirmasi" in page
    assert "0 dari 6 lembar penilaian" in page  # what the letter says
    ticked = re.findall(r'value="([0-9a-f-]{36})"( checked)?', page)
    assert dict(ticked) == {str(balai.judges[RATNA]): " checked", str(balai.judges[MAYA]): ""}
    assert "Pilih paling sedikit satu juri." in (await desk.post(f"{ROOT}/ingatkan")).text
    everybody = {"juri": [str(one) for one in balai.judges.values()] + ["x"]}
    assert (await desk.post(f"{ROOT}/ingatkan", {"juri": everybody["juri"][:1]})).status == 303
    to, text = await arrival(server, 1)
    assert to == await store.fetch_value("SELECT email FROM account WHERE id = $1", balai.accounts[RATNA].account_id)
    assert "0 dari 6" in text
    again = await desk.post(f"{ROOT}/ingatkan", {"juri": everybody["juri"][:1]})
    assert again.status == 409
    assert "sudah diingatkan dalam 24 jam terakhir" in again.text
    assert "oleh panitia" in again.text
    english = await desk.get(f"{ROOT}/ingatkan", {"Accept-Language": "en"})
    assert english.status == 200
    # The rules turn the other reminder off.
    seen = re.search(r'name="dilihat" value="([0-9a-f]+)"', (await desk.get("/konsol/asn-2026/penilaian/aturan")).text)
    assert seen is not None
    rules = {"tampil": "end", "banyak": "3", "batas": "", "alasan": "Rapat.", "dilihat": seen[1]}
    assert (
        "Antara 1 dan 336 jam"
        in (await desk.post("/konsol/asn-2026/penilaian/aturan", rules | {"ingatkan": "337"})).text
    )
    assert (await desk.post("/konsol/asn-2026/penilaian/aturan", rules | {"ingatkan": "0"})).status == 303
    assert "Pengingat otomatis dimatikan." in (await desk.get(f"{ROOT}/ingatkan")).text
    # A scorecard given back is told by the running application itself.
    await scorecards.reopen(balai.assignments[MAYA, next(iter(balai.entries))], "Salah baris.", actor=wira)
    _, text = await arrival(server, 2)
    assert "Salah baris." in text


async def test_what_results_wait_for_and_then_the_feedback_is_the_next_step(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    balai = await Balai.make(sukaraya)
    desk = await browser.sign_in((await sukaraya.organizer()).account_id)
    late, *others = balai.entries
    member = await browser.sign_in(sukaraya.captains[late].account_id)
    for judge in balai.judges:
        for team in balai.entries:
            await balai.score(judge, team)
    await close(balai)
    told = unescape((await desk.get("/konsol/asn-2026")).text)
    assert "menunggu pengujian akhir 6 tim" in told
    assert "Hasil terbit sendiri begitu semuanya selesai" in told
    for team in others:
        await evaluate_final(balai, team, 70.0)
    told = unescape((await desk.get("/konsol/asn-2026")).text)
    assert "menunggu pengujian akhir 1 tim" in told
    assert f"/keikutsertaan/{balai.entries[late]}" in told
    assert "Baca umpan balik juri" not in (await member.get("/acara/asn-2026")).text
    await evaluate_final(balai, late, 80.0)
    await publications.publish(balai.track.id)
    assert "menunggu pengujian akhir" not in (await desk.get("/konsol/asn-2026")).text
    page = unescape((await member.get("/acara/asn-2026")).text)
    assert "Baca umpan balik juri" in page
    assert f"/acara/asn-2026/tim/umpan-balik/{balai.track.slug}" in page
