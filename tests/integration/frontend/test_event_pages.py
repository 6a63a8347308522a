"""An event's page, its news, its tracks: in every phase, for everybody who looks."""

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from frontend.demo.plan import load_plan
from hackathon import accounts, announcements, events, store, teams
from hackathon.events import Content, Event, Extension, Phase, Schedule, Scope
from hackathon.model import SYSTEM, Role
from sandbox.model import Text
from tests.integration.frontend.conftest import Answer, Browser
from tests.integration.sukaraya import Sukaraya

HOME = "/acara/asn-2026"
TRACK = f"{HOME}/kategori/layanan-publik"
DAY = timedelta(days=1)

STARTS = {
    Phase.UPCOMING: (1, 5, 9, 12, 15),
    Phase.REGISTRATION: (-1, 5, 9, 12, 15),
    Phase.BUILDING: (-9, -5, 2, 12, 15),
    Phase.JUDGING: (-19, -15, -5, 2, 15),
    Phase.OBJECTION: (-29, -25, -15, -5, 2),
    Phase.CLOSED: (-39, -35, -25, -15, -5),
}


async def set_phase(phase: Phase, content: Content | None = None) -> Event:
    """Put the event into a phase, with the content of the demo's event unless another is given."""
    plan = load_plan().event
    now = datetime.now(UTC)
    spec = replace(
        plan,
        slug="asn-2026",
        title=Text(id="Hackathon AI ASN 2026", en="ASN AI Hackathon 2026"),
        schedule=Schedule(*(now + days * DAY for days in STARTS[phase])),
        tracks=tuple(replace(plan.tracks[0], slug=slug) for slug in ("layanan-publik", "perizinan")),
        content=plan.content if content is None else content,
    )
    return await events.apply_event(spec, key=bytes(32), actor=SYSTEM, now=now)


@dataclass
class People:
    """Whoever may look at an event, by what they are in it."""

    browser: Browser
    ids: dict[str, UUID]
    entry: UUID
    team: UUID

    async def look(self, who: str, url: str = HOME) -> Answer:
        if who == "visitor":
            return await self.browser.get(url)
        return await (await self.browser.sign_in(self.ids[who])).get(url)


@pytest.fixture
async def people(sukaraya: Sukaraya, browser: Browser) -> People:
    """Dewi organizes, Citra is alone, Ayu's team is in no track, Bima's in one."""
    now = datetime.now(UTC)
    await set_phase(Phase.BUILDING)
    ids = {}
    for who in ("alone", "team", "entered"):
        ids[who] = (await accounts.create_account(who.title(), actor=SYSTEM, now=now)).id
    organizer = await accounts.create_account("Dewi Saraswati", roles=(Role.ORGANIZER,), actor=SYSTEM, now=now)
    ids["organizer"] = organizer.id
    second = [(await accounts.create_account(f"Kawan {n}", actor=SYSTEM, now=now)).id for n in range(2)]
    names = {"team": "Meja Kosong", "entered": "Satu Kelopak"}
    made = {
        who: await teams.create_team(
            sukaraya.event.id, name, "Kota Sukaraya", member_ids=[ids[who], friend], actor=SYSTEM, now=now
        )
        for (who, name), friend in zip(names.items(), second, strict=True)
    }
    entry = await teams.enter_track(made["entered"].id, sukaraya.track.id, actor=SYSTEM, now=now)
    sukaraya.entries["Satu Kelopak"], sukaraya.teams["Satu Kelopak"] = entry.id, made["entered"].id
    sukaraya.numbers["Satu Kelopak"] = 0
    return People(browser, ids, entry.id, made["entered"].id)


def main_button(answer: Answer) -> tuple[str, str]:
    """Where the one main button leads, and what stands on it."""
    found = re.findall(r'<a class="btn btn-l" href="([^"]+)">([^<]+)</a>', answer.text)
    assert len(found) == 1
    return html.unescape(found[0][0]), found[0][1]


BOARD = (f"{HOME}/papan/layanan-publik", "Lihat papan peringkat")
SIGN_UP = ("/daftar?lanjut=%2Facara%2Fasn-2026", "Daftar")
CONSOLE = ("/konsol/asn-2026", "Buka konsol")
TEAM = (f"{HOME}/tim", "Buat tim")
CHOOSE = (f"{HOME}/tim", "Pilih kategori")
SEND = (f"{HOME}/pengajuan/layanan-publik/kirim", "Kirim prototipe")
TRACKS = ("#kategori", "Lihat kategori")
BUTTONS = {
    Phase.UPCOMING: {"visitor": TRACKS, "alone": TRACKS, "team": TRACKS, "entered": TRACKS},
    Phase.REGISTRATION: {
        "visitor": SIGN_UP,
        "alone": TEAM,
        "team": CHOOSE,
        "entered": (TRACK, "Unduh contoh awal"),
    },
    Phase.BUILDING: {"visitor": SIGN_UP, "alone": TEAM, "team": CHOOSE, "entered": SEND},
    Phase.JUDGING: dict.fromkeys(("visitor", "alone", "team", "entered"), BOARD),
    Phase.OBJECTION: dict.fromkeys(("visitor", "alone", "team", "entered"), BOARD),
    Phase.CLOSED: dict.fromkeys(("visitor", "alone", "team", "entered"), BOARD),
}


@pytest.mark.parametrize("phase", STARTS)
async def test_everybody_has_one_next_step_in_every_phase(people: People, phase: Phase) -> None:
    await set_phase(phase)
    for who, button in {**BUTTONS[phase], "organizer": CONSOLE}.items():
        answer = await people.look(who)
        assert answer.status == 200
        assert main_button(answer) == button, who
        assert ('class="clock"' in answer.text) == (phase is not Phase.CLOSED)
        assert (await people.look(who, f"{HOME}?bahasa=en")).status == 200


async def test_a_team_with_results_is_led_to_them_and_may_send_again(sukaraya: Sukaraya, people: People) -> None:
    submission, _ = await sukaraya.hand_in("Satu Kelopak")
    assert main_button(await people.look("entered")) == (f"{HOME}/pengajuan", "Lihat status")
    await sukaraya.evaluate("Satu Kelopak", 71.5)
    latest = await store.fetch_value("SELECT id FROM submission WHERE entry_id = $1 AND number = 2", people.entry)
    assert submission != latest
    answer = await people.look("entered")
    assert main_button(answer) == (f"/pengajuan/{latest}", "Lihat hasil")
    assert f'href="{SEND[0]}">Kirim versi baru</a>' in html.unescape(answer.text)


async def test_a_team_with_an_extension_sends_while_others_look(people: People) -> None:
    event = await set_phase(Phase.JUDGING)
    until = datetime.now(UTC) + DAY
    await events.extend_deadline(
        event.id, Extension(Scope.TEAM, people.team, until), reason="Listrik padam", actor=SYSTEM, now=datetime.now(UTC)
    )
    answer = await people.look("entered")
    assert main_button(answer) == SEND
    assert "mendapat perpanjangan waktu" in answer.text
    assert main_button(await people.look("team")) == BOARD


async def test_a_team_that_waits_for_approval_is_told_so(people: People) -> None:
    await store.execute("UPDATE event SET rules = jsonb_set(rules, '{approval}', 'true')")
    await store.execute("UPDATE team SET approval = 'pending' WHERE id = $1", people.team)
    answer = await people.look("entered")
    assert main_button(answer) == (f"{HOME}/tim", "Lihat tim")
    assert "menunggu persetujuan panitia" in answer.text
    await store.execute(
        "UPDATE team SET approval = 'rejected', approval_reason = 'Bukan ASN' WHERE id = $1", people.team
    )
    assert "menolak tim Anda" in (await people.look("entered")).text


async def test_the_page_shows_what_the_event_says_of_itself(people: People) -> None:
    page = html.unescape((await people.look("visitor")).text)
    for words in (
        "Bangun alat bantu untuk pekerjaan kantor yang nyata.",
        "Waktu petugas",
        "10.30–12.00 WIT",
        "Jayapura, Aula Cenderawasih",
        "Jalan Pinisi Contoh 5",
        "Karya sendiri",
        "Manfaat bagi pekerjaan",
        "<b>60%</b>",
        "Rp75 juta",
        "Perhimpunan Arsiparis Tirtawangi",
        "Apakah harus bisa memrogram?",
        "Membaca surat, nota, dan pesan warga",
        "2 sampai 5 orang",
    ):
        assert words in page, words
    english = html.unescape((await people.look("visitor", f"{HOME}?bahasa=en")).text)
    for words in ("Build tools for real office work.", "IDR 75 million", "10:30–12:00 WIT", "2 to 5 people"):
        assert words in english, words
    assert "Minta token" not in page


async def test_an_event_that_says_nothing_has_a_page_too(people: People) -> None:
    await set_phase(Phase.BUILDING, Content())
    answer = await people.look("visitor")
    assert answer.status == 200
    for heading in ("tema", "penilaian", "penghargaan", "agenda", "aturan", "tanya", "mitra"):
        assert f'id="{heading}"' not in answer.text
    assert "Belum ada kabar dari panitia." in answer.text


async def test_times_are_in_the_persons_zone_and_name_it(people: People) -> None:
    assert re.search(r"sampai pengajuan ditutup, [^<]+ WIB", (await people.look("visitor")).text)
    await store.execute("UPDATE account SET zone = 'Asia/Jayapura' WHERE id = $1", people.ids["alone"])
    answer = await people.look("alone")
    assert re.search(r"sampai pengajuan ditutup, [^<]+ WIT", answer.text)
    assert "Waktu dalam WIT" in answer.text
    assert "Waktu dalam WIT" in (await people.look("alone", f"{HOME}/kabar")).text


async def test_hostile_words_of_an_event_are_words(people: People) -> None:
    bad = Text(id="<script>alert(1)</script>", en='"><img src=x>')
    content = load_plan().event.content
    event = await set_phase(
        Phase.BUILDING,
        replace(content, summary=bad, terms=(replace(content.terms[0], title=bad, body=bad),)),
    )
    await announcements.publish(event.id, bad, bad, important=True, actor=SYSTEM, now=datetime.now(UTC))
    for url in (HOME, f"{HOME}/kabar", TRACK, "/"):
        answer = await people.look("visitor", url)
        assert answer.status == 200
        assert "<script>alert" not in answer.text


async def tell(event: Event, title: str, *, hours: float = 0.0, important: bool = False) -> announcements.Announcement:
    return await announcements.publish(
        event.id,
        Text(id=title, en=""),
        Text(id=f"Isi {title}.\n\nAlinea kedua.", en=""),
        important=important,
        actor=SYSTEM,
        now=datetime.now(UTC) - timedelta(hours=hours),
    )


async def test_news_are_on_the_page_and_the_newest_three_only(sukaraya: Sukaraya, people: People) -> None:
    assert "Belum ada kabar" in (await people.look("visitor", f"{HOME}/kabar")).text
    for number in range(1, 26):
        await tell(sukaraya.event, f"Kabar {number:02}", hours=26 - number)
    shown = re.findall(r'<h3><a href="[^"]+">(Kabar \d+)</a></h3>', (await people.look("visitor")).text)
    assert shown == ["Kabar 25", "Kabar 24", "Kabar 23"]
    first = await people.look("visitor", f"{HOME}/kabar")
    assert re.findall(r"<h2>(Kabar \d+)</h2>", first.text) == [f"Kabar {n:02}" for n in range(25, 5, -1)]
    assert "<p>Alinea kedua.</p>" in first.text
    for page in (2, 99):
        second = await people.look("visitor", f"{HOME}/kabar?hal={page}")
        assert re.findall(r"<h2>(Kabar \d+)</h2>", second.text) == [f"Kabar {n:02}" for n in range(5, 0, -1)]
    assert (await people.look("visitor", f"{HOME}/kabar?hal=0")).status == 400
    front = await people.look("visitor", "/")
    assert re.findall(r">(Kabar \d+)</a></h3>", front.text) == ["Kabar 25", "Kabar 24", "Kabar 23", "Kabar 22"]


async def test_important_news_stand_on_every_page_of_the_event_until_taken_back(
    sukaraya: Sukaraya, people: People
) -> None:
    told = await tell(sukaraya.event, "Aula pindah ke lantai dua", important=True)
    pages = (HOME, TRACK, f"{HOME}/papan/layanan-publik")
    for url in pages:
        answer = await people.look("visitor", url)
        assert re.search(r'<aside class="flash".*Aula pindah ke lantai dua', answer.text, re.DOTALL), url
    assert 'class="flash"' not in (await people.look("visitor", "/")).text
    english = await people.look("visitor", f"{TRACK}?bahasa=en")
    assert 'lang="id">Aula pindah' in english.text
    await announcements.retract(told.id, "Tidak jadi pindah", actor=SYSTEM, now=datetime.now(UTC))
    for url in (*pages, f"{HOME}/kabar"):
        assert "Aula pindah" not in (await people.look("visitor", url)).text


async def test_the_track_explains_its_task_to_somebody_who_never_programmed(sukaraya: Sukaraya, people: People) -> None:
    page = html.unescape((await people.look("visitor", TRACK)).text)
    for words in (
        "Setiap hari kantor menerima surat",
        "3,5 menit",
        "Kepada   : Kepala Bidang Pengelolaan Sampah",
        "Data timbulan sampah triwulan I",
        "Isian yang tidak ada di surat",
        "bobot 40%",
        "makin tinggi makin baik",
        "44 kasus terbuka, lalu 40 kasus tersembunyi",
        "satu kasus uji",
        "3 detik",
        "1 GiB",
        "Contoh awal (zip)",
        "gelanggang try contoh-awal.zip --task otomasi-formulir",
        "Kawan Lapor",
        "Kecamatan Karangjati, Kota Sukaraya",
        f'href="{HOME}/papan/layanan-publik"',
    ):
        assert words in page, words
    assert "Belum ada tim" in (await people.look("visitor", f"{HOME}/kategori/perizinan")).text
    english = html.unescape((await people.look("visitor", f"{TRACK}?bahasa=en")).text)
    assert "Every day offices receive letters" in english


async def test_a_task_that_this_server_lacks_is_told(people: People) -> None:
    await store.execute('UPDATE track SET tasks = \'[{"slug": "hilang", "weight": 1}]\' WHERE slug = \'perizinan\'')
    answer = await people.look("visitor", f"{HOME}/kategori/perizinan")
    assert answer.status == 200
    assert "belum terpasang di server ini" in answer.text


async def test_what_is_not_there_is_told(people: People) -> None:
    for url in (f"{HOME}/kategori/tidak-ada", "/acara/tidak-ada/kabar", "/acara/tidak-ada/kategori/x"):
        assert (await people.look("visitor", url)).status == 404


async def test_the_front_page_parts_what_goes_on_from_what_is_over(people: People) -> None:
    answer = await people.look("visitor", "/")
    assert f'href="{HOME}">Buka acara</a>' in answer.text
    assert "data-until" in answer.text
    await set_phase(Phase.CLOSED)
    over = await people.look("visitor", "/")
    assert "Buka acara" not in over.text
    assert "Hackathon AI ASN 2026" in over.text


async def test_pages_are_light(sukaraya: Sukaraya, people: People) -> None:
    for number in range(3):
        await tell(sukaraya.event, f"Kabar {number}")
    for url in (HOME, TRACK, f"{HOME}/kabar", "/"):
        answer = await people.look("visitor", url)
        assert len(answer.body) < 60_000, url
