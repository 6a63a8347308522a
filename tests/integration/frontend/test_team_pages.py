"""A team's pages through the real application: from nothing to a full team, and everything that can go wrong."""

import asyncio
import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest

from hackathon import accounts, teams
from hackathon.events import EventSpec, Rules, Schedule, TrackSpec, TrackTask, VenueSpec, apply_event
from hackathon.model import SYSTEM
from sandbox.model import Text
from tests.integration.frontend.conftest import Answer, Browser, Signed

HOME = "/acara/sukaraya/tim"

MADE = {"nama": "Kawan Lapor", "instansi": "bkn", "lokasi": "jayapura"}

TASK = (TrackTask("otomasi-formulir"),)


def spec(*, lock: timedelta | None = None, **rules: object) -> EventSpec:
    """An event in building since yesterday."""
    now, day = datetime.now(UTC), timedelta(days=1)
    return EventSpec(
        slug="sukaraya",
        title=Text(id="Hackathon Kota Sukaraya", en="Sukaraya City Hackathon"),
        zone="Asia/Jakarta",
        schedule=Schedule(
            now - 9 * day, now - day, now + 2 * day, now + 5 * day, now + 9 * day,
            teams_lock_at=None if lock is None else now + lock,
        ),
        rules=Rules(**rules),  # type: ignore[arg-type]
        tracks=(
            TrackSpec("layanan", Text(id="Layanan publik", en="Public service"), TASK),
            TrackSpec("perizinan", Text(id="Perizinan", en="Licensing"), TASK),
        ),
        venues=(VenueSpec("jakarta", "Jakarta", "Asia/Jakarta"), VenueSpec("jayapura", "Jayapura", "Asia/Jayapura")),
    )  # fmt: skip


@dataclass
class Town:
    """The event and whoever comes to it."""

    browser: Browser
    store: ModuleType

    async def apply(self, wanted: EventSpec) -> None:
        await apply_event(wanted, key=bytes(32), actor=SYSTEM, now=datetime.now(UTC))

    async def person(self, name: str, *, confirmed: bool = True) -> Signed:
        """Somebody who is signed in."""
        now = datetime.now(UTC)
        account = await accounts.create_account(name, actor=SYSTEM, now=now)
        await self.store.execute(
            "UPDATE account SET confirmed_at = $2 WHERE id = $1", account.id, now if confirmed else None
        )
        return await self.browser.sign_in(account.id)

    async def captain(self, name: str = "Sari", **fields: str) -> tuple[Signed, str]:
        """Somebody with a team, and the path of its invitation."""
        sari = await self.person(name)
        answer = await sari.post(HOME, MADE | fields)
        assert answer.status == 303, said(answer)
        return sari, invitation(await sari.get(HOME))


@pytest.fixture
async def town(browser: Browser, store: ModuleType) -> Town:
    """The event, open for teams of 2 to 3."""
    made = Town(browser, store)
    await made.apply(spec(team_size_max=3))
    return made


def said(answer: Answer) -> str:
    """The words of a page's main part."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def invitation(answer: Answer) -> str:
    """The path of the link that a page shows; empty where it shows none."""
    found = re.search(r'value="https?://[^"/]+(/undangan/[\w-]{43})"', html.unescape(answer.text))
    return found[1] if found else ""


def problem(answer: Answer) -> str:
    """What the summary says; the title says so too."""
    assert "<title>Galat:" in answer.text
    found = re.search(r'<div class="summary".*?<ul>(.*?)</ul>', answer.text, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1] if found else "")).split())


async def test_from_nothing_to_a_team_in_a_track(town: Town) -> None:
    sari = await town.person("Sari")
    start = await sari.get(HOME)
    assert "Anda belum punya tim" in said(start)
    assert '<option value="Badan Kepegawaian Negara (BKN)">' in start.text
    answer = await sari.post(HOME, MADE)
    assert (answer.status, answer.headers["location"]) == (303, f"{HOME}?kabar=tim-dibuat")
    page = await sari.get(answer.headers["location"])
    assert "Undang 1 anggota lagi" in said(page)
    assert "Badan Kepegawaian Negara (BKN) · Jayapura" in said(page)
    assert '<svg class="qr"' in page.text
    path = invitation(page)

    shown = await town.browser.get(path)
    assert "Sari mengundang Anda ke tim Kawan Lapor" in said(shown)
    onward = path.replace("/", "%2F")
    for place in ("/masuk", "/daftar"):
        assert f'href="{place}?lanjut={onward}"' in html.unescape(shown.text)
    assert "gelanggang=" not in shown.headers.get("set-cookie", "")

    budi = await town.person("Budi")
    assert "Anda masuk sebagai Budi" in said(await budi.get(path))
    answer = await budi.post(path)
    assert (answer.status, answer.headers["location"]) == (303, f"{HOME}?kabar=bergabung")
    page = await budi.get(HOME)
    assert "Pilih kategori yang ingin diikuti" in said(page)
    assert invitation(page) == ""
    answer = await budi.post(f"{HOME}/kategori", {"kategori": "layanan"})
    assert answer.headers["location"] == f"{HOME}?kabar=kategori-dipilih#kategori"
    assert "Kirim prototipe pertama" in said(await sari.get(HOME))


async def test_a_visitor_signs_in_first_and_comes_back(town: Town) -> None:
    for path in (HOME, f"{HOME}/ubah", f"{HOME}/keluar", f"{HOME}/undangan/ganti"):
        answer = await town.browser.get(path)
        assert (answer.status, answer.headers["location"]) == (303, f"/masuk?lanjut={path.replace('/', '%2F')}")


async def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(town: Town) -> None:
    sari = await town.person("Sari")
    answer = await sari.post(HOME, {"nama": "  ", "instansi": "", "lokasi": ""})
    assert answer.status == 422
    assert problem(answer) == "Nama tim belum diisi. Nama instansi belum diisi. Lokasi belum dipilih."
    answer = await sari.post(HOME, {"nama": "Kawan", "instansi": "Setda", "lokasi": "bandung"})
    assert answer.status == 404
    assert "Lokasi `bandung` tidak ada" in problem(answer)
    assert 'value="Setda"' in answer.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a" * 10_000, "terlalu panjang: 10000 huruf"),
        ("Kawan\0", "tanda yang tidak terlihat"),
        ("Kawan \u202eropaL", "tanda yang tidak terlihat"),
        ("\u200b", "tanda yang tidak terlihat"),
    ],
)
async def test_names_that_cannot_be(town: Town, name: str, words: str) -> None:
    sari = await town.person("Sari")
    for fields in ({"nama": name}, {"instansi": name}):
        answer = await sari.post(HOME, MADE | fields)
        assert answer.status == 422
        assert words in problem(answer)


async def test_a_hostile_name_is_shown_as_it_is_and_does_nothing(town: Town) -> None:
    evil = "<script>alert(1)</script>\"'&"
    sari, path = await town.captain("<b>Sari</b>", nama=evil, instansi="<img src=x>")
    for page in (await sari.get(HOME), await town.browser.get(path), await sari.get(f"{HOME}/ubah")):
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "<b>Sari" not in page.text
    assert evil in said(await town.browser.get(path))


async def test_a_name_that_is_taken(town: Town) -> None:
    await town.captain()
    answer = await (await town.person("Dewi")).post(HOME, MADE | {"nama": "KAWAN lapor"})
    assert answer.status == 409
    assert "sudah dipakai" in problem(answer)
    assert 'href="#nama"' in answer.text


async def test_the_form_sent_twice_makes_one_team(town: Town) -> None:
    sari = await town.person("Sari")
    answers = await asyncio.gather(*(sari.post(HOME, MADE) for _ in range(4)))
    assert [answer.status for answer in answers] == [303] * 4
    assert await town.store.fetch_value("SELECT count(*) FROM team") == 1
    again = await sari.post(HOME, MADE | {"nama": "Lain"})
    assert (again.status, again.headers["location"]) == (303, HOME)


async def test_each_dead_end_of_a_link_has_its_own_words(town: Town) -> None:
    sari, path = await town.captain()
    eko, _ = await town.captain("Eko", nama="Satu Meja")
    dewi = await town.person("Dewi")

    other = await eko.get(path)
    assert "Anda sudah berada di tim Satu Meja." in said(other)
    assert f'href="{HOME}"' in html.unescape(other.text)
    refused = await eko.post(path)
    assert refused.status == 409
    assert "Keluar dulu dari tim itu" in problem(refused)

    same = await sari.get(path)
    assert (same.status, same.headers["location"]) == (303, f"{HOME}?kabar=sudah-anggota")

    unconfirmed = await town.person("Tari", confirmed=False)
    assert "belum dikonfirmasi" in said(await unconfirmed.get(path))
    refused = await unconfirmed.post(path)
    assert (refused.status, "belum dikonfirmasi" in problem(refused)) == (403, True)

    for name in ("Ayu", "Ida"):
        assert (await (await town.person(name)).post(path)).status == 303
    assert "Tim ini sudah penuh." in said(await dewi.get(path))
    refused = await dewi.post(path)
    assert (refused.status, "paling banyak 3 orang" in problem(refused)) == (409, True)

    await sari.post(f"{HOME}/undangan")
    assert "sudah dicabut atau diganti" in said(await dewi.get(path))
    assert (await dewi.post(path)).status == 422

    newest = invitation(await sari.get(HOME))
    await town.apply(spec(lock=-timedelta(hours=1), team_size_max=3))
    assert "Susunan tim sudah dikunci sejak" in said(await dewi.get(newest))
    refused = await dewi.post(newest)
    assert (refused.status, "Hubungi panitia" in problem(refused)) == (422, True)


@pytest.mark.parametrize("secret", ["abc", "a" * 43, "%00", "a" * 3000, "%E2%80%AE" * 15])
async def test_a_link_that_was_cut_says_so(town: Town, secret: str) -> None:
    dewi = await town.person("Dewi")
    for answer in (await town.browser.get(f"/undangan/{secret}"), await dewi.post(f"/undangan/{secret}")):
        assert answer.status == 404
        assert "Mungkin terpotong saat disalin" in said(answer)


async def test_a_link_can_be_pasted(town: Town) -> None:
    _, path = await town.captain()
    for pasted in (f"http://127.0.0.1:8000{path}", f" {path}/ ", path.rpartition("/")[2]):
        answer = await town.browser.get(f"/undangan?tautan={pasted.replace(' ', '%20')}")
        assert (answer.status, answer.headers["location"]) == (303, path)
    for pasted in ("", "halo", "http%3A%2F%2Flain.example%2F"):
        assert (await town.browser.get(f"/undangan?tautan={pasted}")).status == 404


async def test_five_race_for_the_last_place_through_their_pages(town: Town) -> None:
    _, path = await town.captain()
    await (await town.person("Budi")).post(path)
    people = [await town.person(f"Peserta {number}") for number in range(5)]
    answers = await asyncio.gather(*(one.post(path) for one in people))
    assert sorted(answer.status for answer in answers) == [303, 409, 409, 409, 409]


async def test_members_leave_are_removed_and_become_captain_each_after_being_asked(town: Town) -> None:
    sari, path = await town.captain()
    budi, ayu = await town.person("Budi"), await town.person("Ayu")
    for one in (budi, ayu):
        await one.post(path)
    remove = f"{HOME}/anggota/{ayu.account_id}/keluarkan"
    assert (await budi.get(remove)).status == 403
    assert (await budi.post(remove)).status == 403
    assert "Keluarkan Ayu dari tim?" in said(await sari.get(remove))
    answers = await asyncio.gather(sari.post(remove), sari.post(remove))
    assert [answer.status for answer in answers] == [303, 303]
    assert "Anda belum punya tim" in said(await ayu.get(HOME))
    assert invitation(await sari.get(HOME)) == ""

    hand_over = f"{HOME}/anggota/{budi.account_id}/ketua"
    assert "Jadikan Budi ketua tim?" in said(await sari.get(hand_over))
    assert (await sari.post(hand_over)).headers["location"] == f"{HOME}?kabar=ketua-diganti#anggota"
    assert (await sari.post(hand_over)).status == 403
    assert "Sari menggantikan Anda sebagai ketua tim." in said(await budi.get(f"{HOME}/keluar"))
    assert (await budi.post(f"{HOME}/keluar")).status == 303
    assert "Anda anggota terakhir" in said(await sari.get(f"{HOME}/keluar"))
    assert (await sari.post(f"{HOME}/keluar")).headers["location"] == f"{HOME}?kabar=tim-ditinggalkan"
    assert (await sari.post(f"{HOME}/keluar")).headers["location"] == HOME
    assert await town.store.fetch_value("SELECT count(*) FROM team") == 0
    assert (await town.browser.get(path)).status == 404


@pytest.mark.parametrize("who", [str(uuid4()), "bukan-id"])
async def test_pages_about_nobody(town: Town, who: str) -> None:
    sari, _ = await town.captain()
    assert (await sari.get(f"{HOME}/anggota/{who}/keluarkan")).status == 404
    assert (await sari.get(f"{HOME}/kategori/lain/mundur")).status == 404


async def test_a_track_is_entered_and_left(town: Town) -> None:
    sari, path = await town.captain()
    answer = await sari.post(f"{HOME}/kategori", {"kategori": "layanan"})
    assert (answer.status, "Undang 1 orang lagi" in problem(answer)) == (422, True)
    await (await town.person("Budi")).post(path)
    answers = await asyncio.gather(*(sari.post(f"{HOME}/kategori", {"kategori": "layanan"}) for _ in range(3)))
    assert [answer.status for answer in answers] == [303] * 3
    assert (await sari.post(f"{HOME}/kategori", {"kategori": "lain"})).status == 404
    assert (await sari.post(f"{HOME}/kategori", {"kategori": "\0"})).status == 404
    assert "Mundur dari kategori Layanan publik?" in said(await sari.get(f"{HOME}/kategori/layanan/mundur"))
    for _ in range(2):
        assert (await sari.post(f"{HOME}/kategori/layanan/mundur")).status == 303
    assert await town.store.fetch_value("SELECT count(*) FROM entry") == 0


async def test_data_of_a_team_are_changed_by_its_captain(town: Town) -> None:
    sari, path = await town.captain()
    budi = await town.person("Budi")
    await budi.post(path)
    form = await sari.get(f"{HOME}/ubah")
    assert 'value="Kawan Lapor"' in form.text
    assert '<option value="jayapura" selected>' in form.text
    change = {"nama": "Lapor Kawan", "instansi": "BPS", "lokasi": "jakarta"}
    assert (await sari.post(f"{HOME}/ubah", change)).headers["location"] == f"{HOME}?kabar=tersimpan"
    assert "Badan Pusat Statistik (BPS) · Jakarta" in said(await sari.get(HOME))
    refused = await budi.post(f"{HOME}/ubah", change | {"nama": "Rebut"})
    assert (refused.status, "Hanya ketua" in problem(refused)) == (403, True)
    assert "tidak dapat Anda ubah" in said(await budi.get(f"{HOME}/ubah"))


async def test_a_link_is_revoked(town: Town) -> None:
    sari, path = await town.captain()
    assert "Cabut tautan undangan?" in said(await sari.get(f"{HOME}/undangan/cabut"))
    assert "Ganti tautan undangan?" in said(await sari.get(f"{HOME}/undangan/ganti"))
    for _ in range(2):
        assert (await sari.post(f"{HOME}/undangan/cabut")).status == 303
    page = await sari.get(HOME)
    assert invitation(page) == ""
    assert "Buat tautan undangan" in said(page)
    assert "dicabut atau diganti" in said(await (await town.person("Dewi")).get(path))


async def test_approval_is_shown_with_its_cause_and_asked_for_again(town: Town) -> None:
    await town.apply(spec(approval=True))
    sari, path = await town.captain()
    budi = await town.person("Budi")
    await budi.post(path)
    assert "Menunggu persetujuan" in said(await sari.get(HOME))
    team_id: UUID = await town.store.fetch_value("SELECT id FROM team")
    now = datetime.now(UTC)
    await teams.reject_teams([team_id], "Budi <b>bukan</b> ASN.", actor=SYSTEM, now=now - timedelta(hours=2, minutes=1))
    page = await sari.get(HOME)
    assert "Ditolak panitia" in said(page)
    assert "2 jam 1 menit lalu" in said(page)
    assert "Budi <b>bukan</b> ASN." in said(page)
    refused = await budi.post(f"{HOME}/ajukan")
    assert (refused.status, "Hanya ketua" in problem(refused)) == (403, True)
    assert (await sari.post(f"{HOME}/ajukan")).headers["location"] == f"{HOME}?kabar=tim-diajukan"
    await teams.approve_teams([team_id], actor=SYSTEM, now=datetime.now(UTC))
    assert "Disetujui panitia" in said(await sari.get(HOME))
    form = await sari.get(f"{HOME}/ubah")
    assert 'name="instansi"' not in form.text
    change = {"nama": "Lapor Kawan", "instansi": "BPS", "lokasi": "jakarta"}
    assert (await sari.post(f"{HOME}/ubah", change)).status == 303
    assert "Badan Kepegawaian Negara (BKN)" in said(await sari.get(HOME))


async def test_who_has_not_confirmed_is_told_how(town: Town) -> None:
    eko = await town.person("Eko", confirmed=False)
    page = await eko.get(HOME)
    assert "belum dikonfirmasi" in said(page)
    assert 'href="/konfirmasi"' in page.text
    assert 'name="nama"' not in page.text
    answer = await eko.post(HOME, MADE)
    assert (answer.status, "surel konfirmasi" in problem(answer)) == (403, True)


async def test_a_locked_event_says_so(town: Town) -> None:
    await town.apply(spec(lock=-timedelta(hours=1)))
    dewi = await town.person("Dewi")
    page = await dewi.get(HOME)
    assert "Susunan tim sudah dikunci." in said(page)
    assert 'name="nama"' not in page.text
    answer = await dewi.post(HOME, MADE)
    assert (answer.status, "sudah dikunci sejak" in problem(answer)) == (422, True)


async def test_before_registration_the_page_says_when(town: Town) -> None:
    now, day = datetime.now(UTC), timedelta(days=1)
    early = replace(spec(), schedule=Schedule(now + day, now + 2 * day, now + 3 * day, now + 4 * day, now + 5 * day))
    await town.apply(early)
    dewi = await town.person("Dewi")
    assert "Tim dapat dibuat mulai" in said(await dewi.get(HOME))
    answer = await dewi.post(HOME, MADE)
    assert (answer.status, "belum dibuka" in problem(answer)) == (422, True)


async def test_an_old_form_changes_nothing(town: Town) -> None:
    sari, path = await town.captain()
    dewi = await town.person("Dewi")
    for signed, where in ((dewi, path), (sari, f"{HOME}/keluar"), (sari, f"{HOME}/undangan"), (dewi, HOME)):
        assert (await signed.post(where, MADE, key="kunci-lain")).status == 403
    assert await town.store.fetch_value("SELECT count(*) FROM member") == 1
    assert invitation(await sari.get(HOME)) == path


async def test_times_are_in_the_zone_of_whoever_looks(town: Town) -> None:
    sari, _ = await town.captain()
    pages = (HOME, "/acara/sukaraya/pengajuan", "/acara/sukaraya")
    for page in pages:
        assert "Waktu dalam WIB" in (await sari.get(page)).text, page
    await town.store.execute("UPDATE account SET zone = 'Asia/Jayapura' WHERE name = 'Sari'")
    for page in pages:
        text = (await sari.get(page)).text
        assert "Waktu dalam WIT" in text, page
        # The event's page tells what time it is at each venue, too.
        assert "WIB" not in text or page == "/acara/sukaraya", page


async def test_an_event_that_is_not_there(town: Town) -> None:
    sari = await town.person("Sari")
    assert (await sari.get("/acara/tidak-ada/tim")).status == 404
    assert (await sari.post("/acara/%00/tim", MADE)).status == 404


async def test_pages_are_there_in_english(town: Town) -> None:
    sari, path = await town.captain()
    assert "What to do next" in said(await sari.get(f"{HOME}?bahasa=en"))
    assert "invites you to the team" in said(await town.browser.get(f"{path}?bahasa=en"))
    assert "You have no team" in said(await (await town.person("Dewi")).get(f"{HOME}?bahasa=en"))
