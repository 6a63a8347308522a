"""The console as organizers look at it: who may, what needs them first, the queue, the entries."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from hackathon import store
from hackathon.evaluations.model import WorkerState
from hackathon.images import NoRoom
from hackathon.images.store import tell_room
from sandbox.images import Room
from tests.integration.frontend.conftest import Browser
from tests.integration.frontend.desk import ROOT, organizer, queue, words, worker
from tests.integration.sukaraya import Sukaraya

PAGES = ["", "/antrean", "/keikutsertaan", "/tim", "/jadwal", "/perpanjangan", "/kabar", "/orang"]


@pytest.mark.parametrize("page", ["/konsol", *(ROOT + page for page in PAGES)])
async def test_a_visitor_signs_in_first_and_comes_back(sukaraya: Sukaraya, browser: Browser, page: str) -> None:
    answer = await browser.get(page)
    assert answer.status == 303
    assert answer.headers["location"] == f"/masuk?lanjut={page.replace('/', '%2F')}"


@pytest.mark.parametrize("page", ["/konsol", *(ROOT + page for page in PAGES)])
async def test_a_team_is_told_that_it_is_for_organizers(sukaraya: Sukaraya, browser: Browser, page: str) -> None:
    lapor = await browser.sign_in(sukaraya.captains["Kawan Lapor"].account_id)
    answer = await lapor.get(page)
    assert answer.status == 403
    assert "Hanya panitia yang boleh melakukan ini." in answer.text
    # Who may not learns nothing of what is there.
    assert (await lapor.get(page.replace("asn-2026", "tidak-ada"))).status == 403


@pytest.mark.parametrize("page", PAGES)
async def test_an_organizer_gets_every_page_in_both_languages(sukaraya: Sukaraya, browser: Browser, page: str) -> None:
    panitia = await organizer(sukaraya, browser)
    for language in ("id", "en"):
        answer = await panitia.get(f"{ROOT}{page}?bahasa={language}")
        assert answer.status == 200
        assert f'lang="{language}"' in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert len(answer.body) < 150_000


async def test_the_events_are_listed(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.get("/konsol")
    assert f'href="{ROOT}"' in unescape(answer.text)
    assert "4 tim" in words(answer)
    await store.execute("TRUNCATE event CASCADE")
    assert "Belum ada acara" in words(await panitia.get("/konsol"))


@pytest.mark.parametrize("page", [f"/konsol/tidak-ada{page}" for page in ("", "/antrean", "/jadwal")])
async def test_an_event_that_is_not_there_is_told(sukaraya: Sukaraya, browser: Browser, page: str) -> None:
    assert (await (await organizer(sukaraya, browser)).get(page)).status == 404


async def test_where_all_is_well_the_page_is_calm(sukaraya: Sukaraya, browser: Browser) -> None:
    await worker()
    answer = await (await organizer(sukaraya, browser)).get(ROOT)
    told = words(answer)
    assert "Semua berjalan" in told
    assert "<title>Konsol – " in answer.text
    assert "0 Antre" in told
    assert "Tim, 0 sudah mengirim" in told


async def test_what_needs_a_person_comes_first_and_leads_there(sukaraya: Sukaraya, browser: Browser) -> None:
    await queue(sukaraya, "Kawan Lapor", minutes=14)
    await queue(sukaraya, "Tembusan", minutes=3, failures=4)
    await worker("uji-02", state=WorkerState.SICK)
    answer = await (await organizer(sukaraya, browser)).get(ROOT)
    titles = re.findall(r"<li><span class=\"state.*?<b>(.*?)</b>", answer.text, re.DOTALL)
    assert titles == [
        "Belum ada pekerja yang aktif",
        "1 pengujian berulang kali gagal di pihak kami",
        "Pekerja uji-02 tidak dapat menguji",
        "Kawan Lapor menunggu 14 menit",
    ]
    assert "<title>Konsol: 4 hal perlu ditangani – " in answer.text
    assert "Terparah Tembusan: no space left." in words(answer)
    assert f'href="{ROOT}/antrean#pekerja"' in unescape(answer.text)


async def test_a_worker_that_fell_silent_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    await worker()
    silent = await worker("uji-03")
    await store.execute("UPDATE worker SET seen_at = now() - interval '4 minutes' WHERE id = $1", silent)
    told = words(await (await organizer(sukaraya, browser)).get(ROOT))
    assert "Pekerja uji-03 tidak menjawab 4 menit" in told
    assert "Diam" in told


async def test_a_worker_that_waits_for_room_is_told_with_its_disks(sukaraya: Sukaraya, browser: Browser) -> None:
    full = await worker("uji-04", state=WorkerState.SICK)
    room = Room("engine", "/var/lib/docker", 900_000_000, 50_000_000_000)
    await tell_room(full, [room])
    reason = str(NoRoom([room], 3_000_000_000))
    await store.execute("UPDATE worker SET reason = $2 WHERE id = $1", full, reason)
    panitia = await organizer(sukaraya, browser)
    told = unescape(words(await panitia.get(ROOT)))
    assert "Pekerja uji-04 tidak dapat menguji" in told
    assert "Diska hampir penuh (/var/lib/docker 900 MB / 3.0 GB)." in told
    assert "Ruang di mesin uji uji-04 tinggal 0,9 GB" in told
    queue_page = unescape(words(await panitia.get(f"{ROOT}/antrean")))
    assert "Penuh" in queue_page
    assert "0,9 GB · /var/lib/docker" in queue_page


async def test_figures_are_of_this_event(sukaraya: Sukaraya, browser: Browser) -> None:
    await worker()
    await sukaraya.evaluate("Satu Meja", 88.0)
    await sukaraya.evaluate("Satu Meja", 89.0)
    await queue(sukaraya, "Kawan Lapor", minutes=2)
    told = words(await (await organizer(sukaraya, browser)).get(ROOT))
    assert "1 Antre, tertua 2 menit" in told
    assert "3 Pengajuan seluruhnya" in told
    assert "4 Tim, 2 sudah mengirim" in told


async def test_the_queue_shows_place_age_cause_and_worker(sukaraya: Sukaraya, browser: Browser) -> None:
    uji = await worker(slots=1)
    running = await queue(sukaraya, "Satu Meja", minutes=3)
    await store.execute(
        "UPDATE evaluation SET state = 'building', worker_id = $2, claimed_at = now() - interval '90 seconds',"
        " lease_until = now() + interval '1 hour' WHERE submission_id = $1",
        running.submission,
        uji,
    )
    first = await queue(sukaraya, "Kawan Lapor", minutes=7)
    second = await queue(sukaraya, "Tembusan", minutes=5, failures=1)
    await queue(sukaraya, "Satu Meja", minutes=1)
    answer = await (await organizer(sukaraya, browser)).get(f"{ROOT}/antrean")
    told = words(answer)
    assert "Satu Meja #1 Layanan publik Build 1 menit uji-01" in told
    assert "1 Kawan Lapor #1 Layanan publik 7 menit Menunggu tempat kosong" in told
    assert "1 kali gagal di pihak kami, terakhir di uji-02: no space left" in told
    assert "Pengajuan lain tim ini sedang diuji" in told
    assert told.index("Kawan Lapor") < told.index("Tembusan")
    assert "1 dari 1 tempat terpakai" in told
    for waiting in (running, first, second):
        assert f'href="/pengajuan/{waiting.submission}"' in unescape(answer.text)


async def test_an_empty_queue_says_what_that_means(sukaraya: Sukaraya, browser: Browser) -> None:
    told = words(await (await organizer(sukaraya, browser)).get(f"{ROOT}/antrean"))
    assert "Antrean kosong. Pengajuan baru langsung diuji." in told
    assert "Belum ada pekerja yang pernah terlihat." in told


async def test_entries_are_filtered_by_track_state_and_words(sukaraya: Sukaraya, browser: Browser) -> None:
    await sukaraya.evaluate("Satu Meja", 88.25)
    await sukaraya.evaluate("Tembusan", 0.0, spread=0.0, status="build_failed")
    await queue(sukaraya, "Kawan Lapor")
    panitia = await organizer(sukaraya, browser)

    async def teams(query: str) -> list[str]:
        answer = await panitia.get(f"{ROOT}/keikutsertaan?{query}")
        assert answer.status == 200
        return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', answer.text)

    assert await teams("") == ["Kawan Lapor", "Lentera Warga", "Satu Meja", "Tembusan"]
    assert await teams("keadaan=selesai") == ["Satu Meja"]
    assert await teams("keadaan=gagal") == ["Tembusan"]
    assert await teams("keadaan=antre") == ["Kawan Lapor"]
    assert await teams("keadaan=belum") == ["Lentera Warga"]
    assert await teams("cari=MEJA") == ["Satu Meja"]
    assert await teams("cari=sukaraya") == ["Kawan Lapor", "Satu Meja"]
    assert await teams("kategori=perizinan") == []
    assert await teams("kategori=layanan-publik&cari=banyuasri") == ["Tembusan"]
    told = words(await panitia.get(f"{ROOT}/keikutsertaan"))
    assert "Satu Meja DPMPTSP Kota Sukaraya Layanan publik Selesai" in told
    assert "88,3" in told
    assert "Gagal dibangun" in told
    assert "Selesai (1)" in told


@pytest.mark.parametrize(
    "query",
    [
        "keadaan=%3Cscript%3E",
        "kategori=tidak-ada",
        "halaman=0",
        "halaman=-4",
        "halaman=999999",
        "halaman=9999999999999",
        "halaman=x",
        "halaman=%D9%A3",
        "cari=%25%25",
        "cari=%00",
        "cari=%FF",
        "cari=%27%3B+DROP+TABLE+team%3B+--",
        "cari=" + "%C3%A9" * 100,
    ],
)
async def test_strange_filters_leave_the_page_standing(sukaraya: Sukaraya, browser: Browser, query: str) -> None:
    panitia = await organizer(sukaraya, browser)
    for page in ("keikutsertaan", "tim", "orang"):
        answer = await panitia.get(f"{ROOT}/{page}?{query}")
        assert answer.status == 200
        assert "<script>" not in answer.text.replace('<script src="', "")


async def test_entries_come_in_pages(sukaraya: Sukaraya, browser: Browser) -> None:
    for number in range(60):
        team = uuid4()
        await store.execute(
            "INSERT INTO team (id, event_id, name, agency, created_at) VALUES ($1, $2, $3, 'Dinas', now())",
            team,
            sukaraya.event.id,
            f"Tim {number:02}",
        )
        await store.execute(
            "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, now())",
            uuid4(),
            sukaraya.event.id,
            team,
            sukaraya.track.id,
        )
    panitia = await organizer(sukaraya, browser)
    first = await panitia.get(f"{ROOT}/keikutsertaan?kategori=layanan-publik")
    assert "64 keikutsertaan" in words(first)
    assert "Halaman 1 dari 2" in words(first)
    link = f"{ROOT}/keikutsertaan?kategori=layanan-publik&halaman=2"
    assert f'href="{link}"' in unescape(first.text)
    second = words(await panitia.get(link))
    assert "Tim 59" in second
    assert "Kawan Lapor" not in second
    assert "Halaman 2 dari 2" in words(await panitia.get(f"{ROOT}/keikutsertaan?halaman=50"))


async def test_names_are_words_and_never_code(sukaraya: Sukaraya, browser: Browser) -> None:
    await store.execute(
        "UPDATE team SET name = '<b>\"x', agency = '<img src=x>' WHERE id = $1", sukaraya.teams["Kawan Lapor"]
    )
    await queue(sukaraya, "Kawan Lapor", minutes=20, failures=5)
    panitia = await organizer(sukaraya, browser)
    entry = f"/keikutsertaan/{sukaraya.entries['Kawan Lapor']}"
    for page in ("", "/antrean", "/keikutsertaan", entry, "/tim", "/perpanjangan"):
        text = (await panitia.get(ROOT + page)).text
        assert "<b>&quot;x" not in text
        assert "<img src=x>" not in text


async def test_an_entry_shows_all_its_submissions(sukaraya: Sukaraya, browser: Browser) -> None:
    evaluation = await sukaraya.evaluate("Satu Meja", 88.25)
    waiting = await queue(sukaraya, "Satu Meja")
    panitia = await organizer(sukaraya, browser)
    answer = await panitia.get(f"{ROOT}/keikutsertaan/{sukaraya.entries['Satu Meja']}")
    told = words(answer)
    assert told.index("Pengajuan 2") < told.index("Pengajuan 1")
    assert "88,3" in told
    for known in (evaluation, waiting.evaluation):
        assert f'href="{ROOT}/uji-ulang/{known}"' in unescape(answer.text)
    empty = await panitia.get(f"{ROOT}/keikutsertaan/{sukaraya.entries['Tembusan']}")
    assert "Tim ini belum mengirim." in words(empty)
    assert (await panitia.get(f"{ROOT}/keikutsertaan/{uuid4()}")).status == 404
    assert (await panitia.get(f"{ROOT}/keikutsertaan/bukan-id")).status == 404


async def test_the_age_of_the_page_is_told_and_it_can_keep_itself_fresh(sukaraya: Sukaraya, browser: Browser) -> None:
    panitia = await organizer(sukaraya, browser)
    for page in ("", "/antrean"):
        text = (await panitia.get(ROOT + page)).text
        assert 'id="konsol"' in text
        assert "console.js" in text
        assert re.search(r'<time data-since="\d+"', text)
    assert "console.js" not in (await panitia.get(f"{ROOT}/tim")).text


async def test_mail_that_does_not_leave_is_told(sukaraya: Sukaraya, browser: Browser) -> None:
    await worker()
    await store.execute(
        "INSERT INTO mail (id, account_id, kind, sealed, created_at, due_at, good_until)"
        " VALUES ($1, $2, 'confirm_address', '\\x00', now() - $3::interval, now(), now() + interval '1 day')",
        uuid4(),
        sukaraya.account,
        timedelta(minutes=9),
    )
    told = words(await (await organizer(sukaraya, browser)).get(ROOT))
    assert "1 surel belum terkirim" in told
    assert "Yang tertua menunggu 9 menit." in told
