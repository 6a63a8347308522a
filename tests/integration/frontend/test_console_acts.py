"""What organizers do in the console: confirmed, audited, sent twice without harm, two of them at once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from hackathon import events, store, teams
from hackathon.schedules import fingerprint
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.frontend.desk import ROOT, organizer, queue, words, worker
from tests.integration.hackathon.loops import eventually
from tests.integration.sukaraya import Sukaraya, new_account

JAKARTA = ZoneInfo("Asia/Jakarta")


async def audit(kind: str) -> list[tuple[str | None, UUID]]:
    rows = await store.fetch("SELECT reason, actor FROM outbox WHERE kind = $1 ORDER BY id", kind)
    return [(row["reason"], row["actor"]) for row in rows]


def hidden(answer: Answer) -> dict[str, str]:
    """The fields of the page's form as a browser would send them back, without the key."""
    form = answer.text.partition('method="post"')[2].partition("</form>")[0]
    inputs = re.findall(r"<input [^>]*>", form)
    found = {}
    for tag in inputs:
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") != "checkbox" and attributes.get("name") not in (None, "_kunci"):
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def typed(moment: datetime) -> str:
    return moment.astimezone(JAKARTA).strftime("%Y-%m-%dT%H:%M")


async def schedule_form(panitia: Signed, **changed: str) -> dict[str, str]:
    return hidden(await panitia.get(f"{ROOT}/jadwal")) | changed


# --- schedule


async def test_a_later_deadline_is_previewed_then_saved(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    old = sukaraya.event.schedule
    later = (old.building_closes + timedelta(hours=6)).replace(second=0, microsecond=0)
    checked = await panitia.post(f"{ROOT}/jadwal", await schedule_form(panitia, building_closes=typed(later)))
    assert checked.status == 200
    assert "Pengajuan ditutup" in words(checked)
    assert "btn-danger" not in checked.text
    assert (await events.get_event("asn-2026")).schedule == old  # nothing yet
    fields = hidden(checked) | {"alasan": "Listrik padam di Sukaraya"}
    saved = await panitia.post(f"{ROOT}/jadwal", fields)
    assert (saved.status, saved.headers["location"]) == (303, f"{ROOT}/jadwal?kabar=jadwal")
    now = (await events.get_event("asn-2026")).schedule
    assert now.building_closes == later
    # What was not touched is what it was, to the microsecond.
    assert now.objection_closes == old.objection_closes
    assert await audit("event.rescheduled") == [("Listrik padam di Sukaraya", panitia.account_id)]
    again = await panitia.post(f"{ROOT}/jadwal", fields)
    assert again.status == 303
    assert len(await audit("event.rescheduled")) == 1
    assert "Jadwal tersimpan." in (await panitia.get(f"{ROOT}/jadwal?kabar=jadwal")).text


async def test_an_earlier_deadline_is_typed(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    earlier = sukaraya.event.schedule.building_closes - timedelta(days=1)
    checked = await panitia.post(f"{ROOT}/jadwal", await schedule_form(panitia, building_closes=typed(earlier)))
    assert "Ada waktu yang menjadi lebih pendek daripada yang diumumkan." in words(checked)
    assert "Ketik asn-2026 untuk memastikan" in words(checked)
    fields = hidden(checked) | {"alasan": "Gedung tutup"}
    both = await panitia.post(f"{ROOT}/jadwal", fields | {"alasan": " "})
    assert 'href="#alasan"' in both.text
    assert 'href="#pasti"' in both.text
    refused = await panitia.post(f"{ROOT}/jadwal", fields | {"pasti": "ya"})
    assert refused.status == 422
    assert "<title>Galat: " in refused.text
    assert 'href="#pasti"' in refused.text
    assert 'value="Gedung tutup"' in refused.text
    assert await audit("event.rescheduled") == []
    assert (await panitia.post(f"{ROOT}/jadwal", fields | {"pasti": "asn-2026"})).status == 303


async def test_another_phase_at_once_is_told_before(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    form = await schedule_form(panitia, building_closes=typed(datetime.now(JAKARTA) - timedelta(hours=1)))
    told = words(await panitia.post(f"{ROOT}/jadwal", form))
    assert "Acara langsung berpindah dari tahap Pembangunan ke tahap Penilaian." in told


async def test_a_freeze_that_begins_at_once_is_told_before(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    form = await schedule_form(panitia, freeze_at=typed(datetime.now(JAKARTA) - timedelta(hours=1)))
    assert "Papan langsung membeku" in words(await panitia.post(f"{ROOT}/jadwal", form))


async def test_a_freeze_that_is_lifted_shows_what_came_meanwhile(sukaraya: Sukaraya, browser: Browser) -> None:
    await sukaraya.freeze()
    await sukaraya.evaluate("Tembusan", 95.5)
    panitia = await organizer(sukaraya, browser)
    checked = await panitia.post(f"{ROOT}/jadwal", await schedule_form(panitia, freeze_at=""))
    assert "Pembekuan berakhir" in words(checked)
    reason = {"alasan": "Diumumkan lebih awal"}
    # It cannot be undone, so it is typed.
    assert (await panitia.post(f"{ROOT}/jadwal", hidden(checked) | reason)).status == 422
    await panitia.post(f"{ROOT}/jadwal", hidden(checked) | reason | {"pasti": "asn-2026"})

    async def shown() -> bool:
        return "95,5" in (await browser.get("/acara/asn-2026/papan/layanan-publik")).text

    await eventually(shown, seconds=20)


async def test_the_later_of_two_organizers_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    bima, sekar = await organizer(sukaraya, browser), await organizer(sukaraya, browser)
    close = sukaraya.event.schedule.building_closes
    forms = []
    for person, hours in ((bima, 1), (sekar, 2)):
        form = await schedule_form(person, building_closes=typed(close + timedelta(hours=hours)))
        forms.append(hidden(await person.post(f"{ROOT}/jadwal", form)) | {"alasan": "Banjir"})
    answers = await asyncio.gather(bima.post(f"{ROOT}/jadwal", forms[0]), sekar.post(f"{ROOT}/jadwal", forms[1]))
    assert sorted(answer.status for answer in answers) == [303, 409]
    (late,) = (answer for answer in answers if answer.status == 409)
    assert "Panitia lain baru saja mengubah jadwal ini" in words(late)
    assert len(await audit("event.rescheduled")) == 1
    now = (await events.get_event("asn-2026")).schedule
    assert f'value="{typed(now.building_closes)}"' in late.text
    assert f'value="{fingerprint(now)}"' in late.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("building_closes", ""),
        ("building_closes", "besok"),
        ("building_closes", "2026-02-30T10:00"),
        ("building_closes", "0001-01-01T00:00"),
        ("building_closes", "9999-12-31T23:59"),
        ("building_closes", "2026-11-26T23:59+07:00"),
        ("building_closes", "<script>alert(1)</script>"),
        ("judging_closes", "2020-01-01T00:00"),
        ("freeze_at", "2020-01-01T00:00"),
        ("teams_lock_at", "2099-01-01T00:00"),
    ],
)
async def test_a_time_that_cannot_be_is_told_at_its_field(
    sukaraya: Sukaraya, browser: Browser, field: str, value: str
) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/jadwal", await schedule_form(panitia, **{field: value}))
    assert answer.status == 422
    assert f'href="#{field}"' in answer.text
    assert "<title>Galat: " in answer.text
    assert "<script>alert" not in answer.text
    assert await audit("event.rescheduled") == []


async def test_nothing_changed_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/jadwal", await schedule_form(panitia))
    assert answer.status == 422
    assert "Belum ada waktu yang diubah." in words(answer)


# --- extensions


async def test_more_time_is_given_once_however_often_it_is_sent(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    team = sukaraya.teams["Kawan Lapor"]
    until = sukaraya.event.schedule.building_closes + timedelta(hours=3)
    fields = {"sasaran": f"team:{team}", "sampai": typed(until), "alasan": "Unggahan terputus"}
    both = await asyncio.gather(*(panitia.post(f"{ROOT}/perpanjangan", fields) for _ in range(2)))
    assert [answer.status for answer in both] == [303, 303]
    assert await audit("deadline.extended") == [("Unggahan terputus", panitia.account_id)]
    told = words(await panitia.get(f"{ROOT}/jadwal"))
    assert "Tim Kawan Lapor" in told
    assert "Unggahan terputus" in told
    entry = words(await panitia.get(f"{ROOT}/keikutsertaan/{sukaraya.entries['Kawan Lapor']}"))
    assert "diperpanjang" in entry


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("sasaran", "", 422),
        ("sasaran", "event:1", 422),
        ("sasaran", "team:bukan-id", 422),
        ("sasaran", f"team:{uuid4()}", 409),
        ("sasaran", "kota:1", 422),
        ("sampai", "", 422),
        ("sampai", "kapan-kapan", 422),
        ("sampai", "2024-01-01T00:00", 422),
        ("alasan", "  ", 422),
        ("alasan", "x" * 1001, 422),
        ("alasan", "tak\u200bterlihat", 422),
    ],
)
async def test_an_extension_that_cannot_be_is_told_at_its_field(
    sukaraya: Sukaraya, browser: Browser, field: str, value: str, status: int
) -> None:
    panitia = await organizer(sukaraya, browser)
    until = sukaraya.event.schedule.building_closes + timedelta(hours=3)
    fields = {"sasaran": "event", "sampai": typed(until), "alasan": "Banjir"} | {field: value}
    answer = await panitia.post(f"{ROOT}/perpanjangan", fields)
    assert answer.status == status
    assert f'href="#{field}"' in answer.text
    assert await audit("deadline.extended") == []


# --- testing again


async def test_a_submission_is_tested_again_with_a_reason(sukaraya: Sukaraya, browser: Browser) -> None:
    evaluation = await sukaraya.evaluate("Satu Meja", 88.25)
    panitia = await organizer(sukaraya, browser)
    address = f"{ROOT}/uji-ulang/{evaluation}"
    asked = await panitia.get(address)
    assert "Uji ulang pengajuan 1" in words(asked)
    refused = await panitia.post(address, {"alasan": " "})
    assert refused.status == 422
    assert 'href="#alasan"' in refused.text
    entry = f"{ROOT}/keikutsertaan/{sukaraya.entries['Satu Meja']}"
    done = await panitia.post(address, {"alasan": "Disk uji-02 penuh"})
    assert (done.status, done.headers["location"]) == (303, f"{entry}?kabar=uji-ulang")
    assert "Antre" in words(await panitia.get(entry))
    assert ("Disk uji-02 penuh", panitia.account_id) in await audit("evaluation.repeated")


async def test_what_a_worker_has_is_not_started_again(sukaraya: Sukaraya, browser: Browser) -> None:
    waiting, uji = await queue(sukaraya, "Satu Meja"), await worker()
    await store.execute(
        "UPDATE evaluation SET state = 'building', worker_id = $2, claimed_at = now(), lease_until = now() + interval"
        " '1 hour' WHERE submission_id = $1",
        waiting.submission,
        uji,
    )
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/uji-ulang/{waiting.evaluation}", {"alasan": "Macet"})
    assert answer.status == 409
    assert "Pengajuan ini sedang diuji." in words(answer)


async def test_only_what_is_of_the_event_is_tested_again(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    for known in (uuid4(), "bukan-id"):
        assert (await panitia.get(f"{ROOT}/uji-ulang/{known}")).status == 404
        assert (await panitia.post(f"{ROOT}/uji-ulang/{known}", {"alasan": "x"})).status == 404


# --- teams


async def asks_for_approval(sukaraya: Sukaraya) -> None:
    await store.execute(
        "UPDATE event SET rules = jsonb_set(rules, '{approval}', 'true') WHERE id = $1", sukaraya.event.id
    )
    await store.execute("UPDATE team SET approval = 'pending' WHERE event_id = $1", sukaraya.event.id)


async def standing() -> dict[str, str]:
    return {row["name"]: row["approval"] for row in await store.fetch("SELECT name, approval FROM team")}


def boxes(answer: Answer, *names: str) -> list[str]:
    """The values of the boxes of these teams."""
    rows = re.findall(r'name="tim" value="([^"]+)".*?<a href="[^"]+">([^<]+)</a>', answer.text, re.DOTALL)
    return [unescape(value) for value, name in rows if name in names]


async def test_many_teams_are_approved_at_once(sukaraya: Sukaraya, browser: Browser) -> None:
    await asks_for_approval(sukaraya)
    panitia = await organizer(sukaraya, browser)
    assert "4 tim menunggu persetujuan" in words(await panitia.get(ROOT))
    page = await panitia.get(f"{ROOT}/tim?keadaan=menunggu")
    fields = {"tim": boxes(page, "Kawan Lapor", "Satu Meja"), "putusan": "setuju"}
    answer = await panitia.post(f"{ROOT}/tim?keadaan=menunggu", fields)
    assert (answer.status, answer.headers["location"]) == (303, f"{ROOT}/tim?keadaan=menunggu&kabar=tim-disetujui")
    assert await standing() == {
        "Kawan Lapor": "approved",
        "Satu Meja": "approved",
        "Lentera Warga": "pending",
        "Tembusan": "pending",
    }
    assert len(await audit("team.approved")) == 2
    again = await panitia.post(f"{ROOT}/tim?keadaan=menunggu", fields)
    assert again.headers["location"].endswith("kabar=tim-tetap")
    assert len(await audit("team.approved")) == 2
    assert "2 tim menunggu persetujuan" in words(await panitia.get(ROOT))


async def test_a_rejection_needs_a_reason_and_keeps_what_was_chosen(sukaraya: Sukaraya, browser: Browser) -> None:
    await asks_for_approval(sukaraya)
    panitia = await organizer(sukaraya, browser)
    (box,) = boxes(await panitia.get(f"{ROOT}/tim"), "Tembusan")
    refused = await panitia.post(f"{ROOT}/tim", {"tim": [box], "putusan": "tolak", "alasan": " "})
    assert refused.status == 422
    assert 'href="#alasan"' in refused.text
    assert re.search(rf'value="{re.escape(box)}" checked', refused.text)
    assert (await standing())["Tembusan"] == "pending"
    done = await panitia.post(f"{ROOT}/tim", {"tim": [box], "putusan": "tolak", "alasan": "Bukan instansi"})
    assert done.status == 303
    assert await audit("team.rejected") == [("Bukan instansi", panitia.account_id)]
    assert "Bukan instansi" in words(await panitia.get(f"{ROOT}/tim?keadaan=ditolak"))


async def test_the_later_of_two_decisions_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    await asks_for_approval(sukaraya)
    bima, sekar = await organizer(sukaraya, browser), await organizer(sukaraya, browser)
    chosen = boxes(await bima.get(f"{ROOT}/tim"), "Tembusan")
    assert (await bima.post(f"{ROOT}/tim", {"tim": chosen, "putusan": "setuju"})).status == 303
    late = await sekar.post(f"{ROOT}/tim", {"tim": chosen, "putusan": "tolak", "alasan": "Bukan instansi"})
    assert late.status == 409
    assert "“Tembusan” sudah diputus panitia lain" in words(late)
    assert (await standing())["Tembusan"] == "approved"


async def test_a_team_that_changed_its_members_is_pointed_out_until_decided_again(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    await asks_for_approval(sukaraya)
    panitia, told = await organizer(sukaraya, browser), "Anggota berubah sejak disetujui"
    chosen = boxes(await panitia.get(f"{ROOT}/tim"), "Tembusan")
    await panitia.post(f"{ROOT}/tim", {"tim": chosen, "putusan": "setuju"})
    assert told not in words(await panitia.get(f"{ROOT}/tim"))
    now = datetime.now(UTC)
    tono = await new_account("Tono", now)
    captain = sukaraya.captains["Tembusan"]
    await teams.add_member(sukaraya.teams["Tembusan"], tono, actor=captain, now=now)
    assert (await standing())["Tembusan"] == "approved"
    looked = await panitia.get(f"{ROOT}/tim")
    assert told in words(looked)
    again = boxes(looked, "Tembusan")
    await teams.remove_member(sukaraya.teams["Tembusan"], tono, actor=captain, now=datetime.now(UTC))
    # Somebody left since the list was opened: it is not the same team.
    assert (await panitia.post(f"{ROOT}/tim", {"tim": again, "putusan": "setuju"})).status == 409
    again = boxes(await panitia.get(f"{ROOT}/tim"), "Tembusan")
    assert (await panitia.post(f"{ROOT}/tim", {"tim": again, "putusan": "setuju"})).status == 303
    assert told not in words(await panitia.get(f"{ROOT}/tim"))


@pytest.mark.parametrize("chosen", [[], ["bukan-id"], ["", ":"], ["x" * 500]])
async def test_no_team_chosen_is_told(sukaraya: Sukaraya, browser: Browser, chosen: list[str]) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/tim", {"tim": chosen, "putusan": "setuju"})
    assert answer.status == 422
    assert "Pilih paling sedikit satu tim." in words(answer)


async def test_a_team_that_is_gone_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/tim", {"tim": [f"{uuid4()}:pending"], "putusan": "setuju"})
    assert answer.status == 422
    assert "Tim ini tidak ada." in words(answer)


# --- news


async def test_news_is_published_and_taken_back(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    fields = {"judul": "Listrik padam", "teks": "Batas waktu mundur.\n\nTetap tenang.", "penting": "ya"}
    for _ in range(2):
        answer = await panitia.post(f"{ROOT}/kabar", fields)
        assert answer.headers["location"] == f"{ROOT}/kabar?kabar=kabar-terbit"
    assert len(await audit("announcement.published")) == 1
    page = await panitia.get(f"{ROOT}/kabar")
    assert "Listrik padam Penting" in words(page)
    assert "Listrik padam" in (await browser.get("/acara/asn-2026/kabar")).text
    (address,) = re.findall(r'href="([^"]+/tarik)"', unescape(page.text))
    assert (await panitia.post(address, {"alasan": ""})).status == 422
    assert (await panitia.post(address, {"alasan": "Sudah menyala"})).status == 303
    assert "Ditarik karena: Sudah menyala" in words(await panitia.get(f"{ROOT}/kabar"))
    assert "Listrik padam" not in (await browser.get("/acara/asn-2026/kabar")).text
    assert (await panitia.get(f"{ROOT}/kabar/{uuid4()}/tarik")).status == 404


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "judul"),
        ({"judul": "Listrik"}, "teks"),
        ({"teks": "Padam"}, "judul"),
        ({"judul": "a", "teks": "b", "judul_en": "c"}, "teks_en"),
        ({"judul": "a", "teks": "b", "teks_en": "c"}, "judul_en"),
    ],
)
async def test_news_that_is_not_whole_is_told_at_its_field(
    sukaraya: Sukaraya, browser: Browser, fields: dict[str, str], where: str
) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.post(f"{ROOT}/kabar", fields)
    assert answer.status == 422
    assert f'href="#{where}"' in answer.text
    for value in fields.values():
        assert value in answer.text


# --- people


async def test_somebody_is_confirmed_by_hand(sukaraya: Sukaraya, browser: Browser) -> None:
    lapor = sukaraya.captains["Kawan Lapor"]
    await store.execute("UPDATE account SET confirmed_at = NULL WHERE id = $1", lapor.account_id)
    panitia = await organizer(sukaraya, browser)
    page = await panitia.get(f"{ROOT}/orang?keadaan=belum&cari=ketua")
    assert "Ketua Kawan Lapor" in words(page)
    assert "Ketua Tembusan" not in words(page)
    address = f"{ROOT}/orang/{lapor.account_id}/konfirmasi"
    assert f'href="{address}"' in unescape(page.text)
    assert "Konfirmasi Ketua Kawan Lapor" in words(await panitia.get(address))
    assert (await panitia.post(address, {"alasan": ""})).status == 422
    for _ in range(2):
        assert (await panitia.post(address, {"alasan": "Kartu pegawai"})).status == 303
    assert await audit("account.confirmed") == [("Kartu pegawai", panitia.account_id)]
    assert (await panitia.get(f"{ROOT}/orang/{uuid4()}/konfirmasi")).status == 404
    assert (await panitia.post(f"{ROOT}/orang/{uuid4()}/konfirmasi", {"alasan": "x"})).status == 404


# --- every form

FORMS = ["/jadwal", "/perpanjangan", "/tim", "/kabar", f"/uji-ulang/{uuid4()}", f"/orang/{uuid4()}/konfirmasi"]


@pytest.mark.parametrize("form", FORMS)
async def test_only_organizers_may_send_a_form(sukaraya: Sukaraya, browser: Browser, form: str) -> None:
    lapor = await browser.sign_in(sukaraya.captains["Kawan Lapor"].account_id)
    assert (await lapor.post(ROOT + form, {"alasan": "x"})).status == 403
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    visitor = await browser.send("POST", ROOT + form, headers, b"alasan=x")
    assert (visitor.status, visitor.headers["location"].partition("?")[0]) == (303, "/masuk")


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_of_another_page_or_shape_is_refused(sukaraya: Sukaraya, browser: Browser, form: str) -> None:
    panitia = await organizer(sukaraya, browser)
    assert (await panitia.post(ROOT + form, {"alasan": "x"}, key="bukan-kunci")).status == 403
    json = panitia.cookie | {"Content-Type": "application/json"}
    assert (await browser.send("POST", ROOT + form, json, b"{}")).status == 415
    broken = panitia.cookie | {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await browser.send("POST", ROOT + form, broken, b"alasan=%FF%FE\xff")).status == 400
    huge = await panitia.post(ROOT + form, {"alasan": "x" * 70_000})
    assert huge.status == 413
