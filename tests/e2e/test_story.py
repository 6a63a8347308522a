"""Three people and one hackathon: Ayu at her desk, Bima on his phone, Citra who organizes.

Everything is real: browsers, mail, the engine. One test a chapter; each goes on where the last one ended.
"""

import io
import random
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from frontend.demo.plan import PROTOTYPES
from frontend.packing import pack
from tests.e2e.pages.look import Complaints
from tests.e2e.stage import ORGANIZER, SLUG, TRACK, Stage, open_stage

EVENT = f"/acara/{SLUG}"
TEAM = f"{EVENT}/tim"
BOARD = f"{EVENT}/papan/{TRACK}"
SEND = f"{EVENT}/pengajuan/{TRACK}/kirim"
NAME = "Kawan Lapor"

AYU = ("Ayu Lestari", "ayu@sukaraya.go.id", "kopi sawah lentera 42")
BIMA = ("Bima Prakoso", "bima@sukaraya.go.id", "perahu jati senja 19")

EVALUATED_MS = 120_000
TWO_PARTS = 9 * 1024 * 1024
"""More than one part of an upload, so that the line can break between two."""


@dataclass
class Story:
    """The three browsers and what one chapter leaves for the next. `complaints` are those of all browsers."""

    stage: Stage
    ayu: BrowserContext
    bima: BrowserContext
    citra: BrowserContext
    hall: Page
    folder: Path
    complaints: Complaints = field(default_factory=Complaints)
    invitation: str = ""
    starter: Path = Path()
    results: list[str] = field(default_factory=list)

    def page(self, context: BrowserContext) -> Page:
        """The person's page."""
        return context.pages[0]


@pytest.fixture(scope="module")
def story(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The stage, the people, and a board that nobody touches."""
    with open_stage() as stage:
        contexts = [
            browser.new_context(
                base_url=stage.url,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                viewport={"width": width, "height": height},
                is_mobile=phone,
                has_touch=phone,
            )
            for width, height, phone in (
                (1280, 800, False),
                (390, 844, True),
                (1280, 800, False),
                (1920, 1080, False),
            )
        ]
        made = Story(stage, *contexts[:3], contexts[3].new_page(), tmp_path_factory.mktemp("story"))
        for context in contexts:
            context.set_default_timeout(15_000)
        for page in [made.hall, *(context.new_page() for context in contexts[:3])]:
            made.complaints.listen(page)
        yield made
        for context in contexts:
            context.close()


def register(page: Page, person: tuple[str, str, str]) -> None:
    """Fill in the page of registering, wherever it was opened from."""
    name, email, password = person
    page.get_by_label("Nama lengkap").fill(name)
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name="Daftar", exact=True).click()


def confirm(story: Story, page: Page, person: tuple[str, str, str]) -> None:
    """Open the letter, follow its link, press the button."""
    page.goto(story.stage.link(person[1], "konfirmasi"))
    page.get_by_role("button", name="Konfirmasi").click()
    expect(page.locator(".told")).to_contain_text("dikonfirmasi")


def test_ayu_registers_and_makes_a_team(story: Story) -> None:
    page = story.page(story.ayu)
    page.goto(EVENT)
    page.get_by_role("link", name="Masuk", exact=True).first.click()
    page.get_by_role("link", name="Daftar", exact=True).last.click()
    register(page, AYU)
    confirm(story, page, AYU)
    page.goto(TEAM)
    page.get_by_label("Nama tim").fill(NAME)
    page.get_by_label("Instansi").fill("Kecamatan Karangjati, Kota Sukaraya")
    page.get_by_label("Lokasi").select_option("jakarta")
    page.get_by_role("button", name="Buat tim").click()
    expect(page.locator("h1")).to_have_text(NAME)
    # One of two: no track yet, first somebody must come.
    expect(page.locator(".team-next")).to_contain_text("anggota")
    if page.get_by_role("button", name="Buat tautan undangan").count():
        page.get_by_role("button", name="Buat tautan undangan").first.click()
    story.invitation = page.get_by_role("textbox", name="Tautan undangan").input_value()
    assert story.invitation.startswith(f"{story.stage.url}/undangan/")


def test_bima_follows_the_link_on_his_phone(story: Story) -> None:
    page = story.page(story.bima)
    page.goto(story.invitation)
    expect(page.locator("main")).to_contain_text(NAME)
    page.get_by_role("link", name="Buat akun").click()
    register(page, BIMA)
    confirm(story, page, BIMA)
    page.goto(story.invitation)
    page.get_by_role("button", name="Bergabung dengan tim").click()
    expect(page.locator("#anggota")).to_contain_text(BIMA[0])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_ayu_enters_a_track_and_citra_lets_the_team_in(story: Story) -> None:
    page = story.page(story.ayu)
    page.goto(TEAM)
    page.locator("#kategori li", has_text="Layanan publik").get_by_role("button").click()
    expect(page.locator("#kategori")).to_contain_text("Diikuti")
    citra = story.page(story.citra)
    citra.goto(f"/konsol/{SLUG}/tim")
    citra.get_by_label("Alamat surel").fill(ORGANIZER[1])
    citra.get_by_label("Kata sandi").fill(ORGANIZER[2])
    citra.get_by_role("button", name="Masuk", exact=True).click()
    citra.get_by_label(f"Pilih {NAME}").check()
    citra.get_by_role("button", name="Setujui").click()
    expect(citra.locator("tr", has_text=NAME)).to_contain_text("Disetujui")
    page.goto(TEAM)
    expect(page.locator(".team-approval")).to_contain_text("isetujui")


def test_citra_tells_news_that_both_read(story: Story) -> None:
    citra = story.page(story.citra)
    citra.goto(f"/konsol/{SLUG}/kabar")
    citra.get_by_label("Judul", exact=True).fill("Selamat datang di aula")
    citra.get_by_label("Isi", exact=True).fill("Kabel listrik ada di bawah tiap meja.")
    citra.get_by_label("Penting").check()
    citra.get_by_role("button", name="Terbitkan").click()
    expect(citra.locator("main")).to_contain_text("Selamat datang di aula")
    for context in (story.ayu, story.bima):
        page = story.page(context)
        page.goto(EVENT)
        expect(page.locator("body")).to_contain_text("Selamat datang di aula")


def test_the_starter_kit_is_handed_in_over_a_line_that_breaks(story: Story) -> None:
    page = story.page(story.ayu)
    page.goto(f"{EVENT}/kategori/{TRACK}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh contoh awal").click()
    story.starter = story.folder / "contoh-awal.zip"
    shutil.copy(download.value.path(), story.starter)
    heavy = padded(story.starter, story.folder / "kiriman.zip")

    story.hall.goto(BOARD)
    expect(story.hall.locator("#langsung")).to_be_visible()
    story.hall.evaluate("window.untouched = true")

    page.goto(SEND)
    page.get_by_label("Arsip prototipe").set_input_files(heavy)
    broken: list[str] = []

    def on_part(route: Route) -> None:
        if not broken:
            broken.append(route.request.url)
            story.ayu.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/parts/2", on_part)
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-trouble]")).to_be_visible(timeout=30_000)
    story.ayu.set_offline(False)
    page.wait_for_url("**/tanda-terima/**", timeout=60_000)
    assert broken
    expect(page.locator(".receipt")).to_contain_text("kiriman.zip")
    page.get_by_role("link", name="Lihat pengujiannya").click()
    story.results.append(page.url)


def test_both_watch_it_being_built_and_tested(story: Story) -> None:
    page, phone = story.page(story.ayu), story.page(story.bima)
    phone.goto(story.results[0])
    for one in (page, phone):
        expect(one.locator(".pipe li").nth(4)).to_have_class("done", timeout=EVALUATED_MS)
        assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.goto(f"{story.results[0]}/log")
    expect(phone.locator("main")).to_contain_text("baris")
    page.reload()
    expect(page.locator("main")).to_contain_text("Otomasi formulir")


def test_the_hall_sees_the_team_arrive(story: Story) -> None:
    row = story.hall.locator("tr", has_text=NAME)
    expect(row).to_be_visible(timeout=30_000)
    assert story.hall.evaluate("window.untouched") is True


def test_a_better_one_moves_the_board_and_shows_what_changed(story: Story) -> None:
    place = story.hall.locator("tr", has_text=NAME).locator("td.pos b")
    before = place.inner_text()
    better = story.folder / "lebih-baik.zip"
    pack(PROTOTYPES / "aturan-berlapis", better)
    phone = story.page(story.bima)
    phone.goto(SEND)
    phone.get_by_label("Arsip prototipe").set_input_files(better)
    phone.get_by_role("button", name="Kirim pengajuan").click()
    phone.wait_for_url("**/tanda-terima/**", timeout=60_000)
    phone.get_by_role("link", name="Lihat pengujiannya").click()
    expect(phone.locator(".pipe li").nth(4)).to_have_class("done", timeout=EVALUATED_MS)
    expect(place).not_to_have_text(before, timeout=30_000)
    expect(place).to_have_text("1")
    assert story.hall.evaluate("window.untouched") is True
    expect(phone.get_by_role("heading", name="Berubah sejak versi 1")).to_be_visible()
    expect(phone.locator(".diff-up").first).to_be_visible()


def test_ayu_chooses_what_the_jury_sees(story: Story) -> None:
    page = story.page(story.ayu)
    page.goto(story.results[0])
    page.get_by_role("button", name="Pilih").first.click()
    expect(page.locator("#versi")).to_contain_text("Versi 1 dinilai juri: dipilih oleh tim.")


def test_no_browser_had_anything_to_complain_of(story: Story) -> None:
    # A line that is cut is told by the browser itself.
    said = [line for line in story.complaints.said if "ERR_INTERNET_DISCONNECTED" not in line]
    assert not said, "\n".join(said)


def padded(source: Path, target: Path) -> Path:
    """The same program in an archive that takes two parts."""
    buffer = io.BytesIO(source.read_bytes())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        folder = next(iter(archive.namelist())).partition("/")[0]
        inside = f"{folder}/" if all(name.startswith(f"{folder}/") for name in archive.namelist()) else ""
        archive.writestr(f"{inside}data/latihan.bin", random.Random(7).randbytes(TWO_PARTS))
    target.write_bytes(buffer.getvalue())
    return target
