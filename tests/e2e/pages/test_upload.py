"""Handing in from a real browser: checked and hashed before it is sent, cut off, resumed, told apart, cancelled."""

import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from hackathon import accounts, events, sessions, store, submissions, teams
from hackathon.errors import NoSpace
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from tests.e2e.pages.lens import COOKIE, Lens
from tests.e2e.pages.site import Site
from tests.e2e.pages.world import State, spec

APP = "def predict(task, input):\n    return {}\n"
PART = 8 * 1024 * 1024

_numbers = count(1)


@dataclass
class Team:
    """An event of its own, with the team of Fitri and Gilang in one track."""

    slug: str
    entry_id: UUID
    fitri: Principal
    gilang: Principal
    secrets: dict[str, str]

    @property
    def send(self) -> str:
        return f"/acara/{self.slug}/pengajuan/layanan-publik/kirim"


async def make_team(key: bytes, attempts: int) -> Team:
    now, number = datetime.now(UTC), next(_numbers)
    plan = spec(now, State.BUILDING)
    plan = replace(plan, slug=f"kirim-{number}", rules=replace(plan.rules, attempts_a_day=attempts))
    event = await events.apply_event(plan, key=key, actor=SYSTEM, now=now)
    people, secrets = {}, {}
    for name in ("Fitri", "Gilang"):
        account = await accounts.create_account(f"{name} {number}", actor=SYSTEM, now=now)
        people[name] = Principal(account.id, account.name, account.roles)
        secrets[name] = (await sessions.open_session(account.id, now=now)).secret
    team = await teams.create_team(
        event.id,
        "Pena Desa",
        "Kota Sukaraya",
        member_ids=[p.account_id for p in people.values()],
        actor=SYSTEM,
        now=now,
    )
    entry = await teams.enter_track(team.id, event.tracks[0].id, actor=SYSTEM, now=now)
    return Team(event.slug, entry.id, people["Fitri"], people["Gilang"], secrets)


@pytest.fixture
def team(site: Site) -> Team:
    return site.do(make_team(load_key(site.maker.settings.secret_file), 5))


@pytest.fixture
def context(lens: Lens, team: Team) -> Iterator[BrowserContext]:
    with opened(lens, team, "Fitri") as context:
        yield context


def opened(lens: Lens, team: Team, name: str) -> Any:
    """A browser of a member."""
    return _Signed(lens, team.secrets[name])


class _Signed:
    def __init__(self, lens: Lens, secret: str) -> None:
        self._manager = lens.context()
        self._secret = secret

    def __enter__(self) -> BrowserContext:
        context = self._manager.__enter__()
        context.add_cookies([{"name": COOKIE, "value": self._secret, "domain": "127.0.0.1", "path": "/"}])
        return context

    def __exit__(self, *error: Any) -> None:
        self._manager.__exit__(*error)


def archive(filler: int = 16, seed: int | None = None) -> bytes:
    """A zip with a program and so many bytes that do not compress."""
    body = io.BytesIO()
    chance = random.Random(next(_numbers) if seed is None else seed)
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as pack:
        pack.writestr("app.py", APP)
        pack.writestr("data.bin", chance.randbytes(filler))
    return body.getvalue()


def choose(page: Page, folder: Path, data: bytes, name: str = "lapor.zip") -> None:
    path = folder / name
    path.write_bytes(data)
    page.locator("#berkas").set_input_files(path)


def receipt(page: Page) -> dict[str, str]:
    """The receipt's lines."""
    page.wait_for_url("**/tanda-terima/**", timeout=30_000)
    names = page.locator(".receipt dt").all_inner_texts()
    return dict(zip(names, page.locator(".receipt dd").all_inner_texts(), strict=True))


def test_a_file_is_hashed_sent_and_received(context: BrowserContext, team: Team, site: Site, tmp_path: Path) -> None:
    data = archive(3 * PART)
    page = context.new_page()
    page.goto(team.send)
    choose(page, tmp_path, data)
    expect(page.locator("[data-check=hash] .hash")).to_have_text(hashlib.sha256(data).hexdigest(), timeout=20_000)
    expect(page.locator("[data-say]")).to_have_text("Berkas siap dikirim")
    page.get_by_role("button", name="Kirim pengajuan").click()
    lines = receipt(page)
    assert hashlib.sha256(data).hexdigest() in lines["SHA-256"]
    assert lines["Berkas"] == "lapor.zip"
    assert "WIB" in lines["Didaftarkan"]
    expect(page.get_by_text("Pengajuan diterima. Ini tanda terimanya.")).to_be_visible()
    expect(page.get_by_text("Sisa 4 dari 5 hari ini")).to_be_visible()
    (made,) = site.do(submissions.list_submissions(team.entry_id))
    assert (made.sha256, made.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_lost_line_is_told_and_lived_through(context: BrowserContext, team: Team, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(team.send)
    sent: list[str] = []

    def on_part(route: Route, request: Request) -> None:
        number = request.url.rpartition("/")[2]
        sent.append(number)
        if number == "2" and sent.count("2") == 1:
            context.set_offline(True)
            route.abort("internetdisconnected")
            return
        route.continue_()

    page.route("**/parts/*", on_part)
    choose(page, tmp_path, archive(2 * PART + 5))
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-advice]")).to_contain_text("Sambungan terputus", timeout=15_000)
    context.set_offline(False)
    lines = receipt(page)
    assert lines["Berkas"] == "lapor.zip"
    assert sent[:2] == ["1", "2"]
    assert sent.count("1") == 1


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(
    context: BrowserContext, team: Team, site: Site, tmp_path: Path
) -> None:
    data = archive(3 * PART)
    page = context.new_page()
    page.goto(team.send)
    page.route("**/parts/3", lambda route: route.abort("connectionreset"))
    choose(page, tmp_path, data)
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-advice]")).to_contain_text("Sambungan terputus", timeout=20_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/parts/3")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/parts/" in request.url else None)
    expect(page.locator(".rest b")).to_have_text("lapor.zip")
    expect(page.get_by_text("16,8 MB dari 25,2 MB sampai")).to_be_visible()
    choose(page, tmp_path, data)
    page.get_by_role("button", name="Kirim pengajuan").click()
    receipt(page)
    assert {url.rpartition("/")[2] for url in asked} == {"3", "4"}
    (made,) = site.do(submissions.list_submissions(team.entry_id))
    assert made.sha256 == hashlib.sha256(data).hexdigest()


def test_a_session_that_ends_on_the_way_costs_nothing(
    context: BrowserContext, lens: Lens, team: Team, site: Site, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(team.send)

    def on_part(route: Route, request: Request) -> None:
        if request.url.endswith("/2") and not ended:
            ended.append(True)
            site.do(sessions.end_sessions(team.fitri.account_id))
        route.continue_()

    ended: list[bool] = []
    page.route("**/parts/*", on_part)
    choose(page, tmp_path, archive(2 * PART))
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-advice]")).to_contain_text(
        "Sesi berakhir; bagian yang sudah terkirim tersimpan", timeout=20_000
    )
    expect(page.get_by_role("link", name="Masuk di tab baru")).to_be_visible()
    again = site.do(sessions.open_session(team.fitri.account_id, now=datetime.now(UTC)))
    context.add_cookies([{"name": COOKIE, "value": again.secret, "domain": "127.0.0.1", "path": "/"}])
    page.get_by_role("button", name="Lanjutkan").click()
    assert receipt(page)["Berkas"] == "lapor.zip"


def test_the_same_bytes_are_asked_about_before_they_are_charged(
    context: BrowserContext, team: Team, site: Site, tmp_path: Path
) -> None:
    data = archive()
    page = context.new_page()
    for answer in (None, "Jangan kirim", "Kirim tetap"):
        page.goto(team.send)
        choose(page, tmp_path, data)
        page.get_by_role("button", name="Kirim pengajuan").click()
        if answer is not None:
            expect(page.locator("[data-same-words]")).to_contain_text("sama persis dengan versi 1")
            page.get_by_role("button", name=answer).click()
        if answer == "Jangan kirim":
            expect(page.locator("[data-say]")).to_contain_text("Unggahan dibatalkan")
            assert len(site.do(submissions.list_submissions(team.entry_id))) == 1
            continue
        receipt(page)
    assert len(site.do(submissions.list_submissions(team.entry_id))) == 2


def test_two_members_at_once_are_told_apart(lens: Lens, team: Team, site: Site, tmp_path: Path) -> None:
    with opened(lens, team, "Fitri") as fitris, opened(lens, team, "Gilang") as gilangs:
        first, second = fitris.new_page(), gilangs.new_page()
        first.goto(team.send)
        first.route("**/parts/2", lambda route: route.abort("connectionreset"))
        choose(first, tmp_path, archive(PART + 9), "punya-fitri.zip")
        first.get_by_role("button", name="Kirim pengajuan").click()
        expect(first.locator("[data-advice]")).to_contain_text("Sambungan terputus", timeout=20_000)
        second.goto(team.send)
        expect(second.locator(".rest b")).to_have_text("punya-fitri.zip")
        expect(second.get_by_text(f"oleh {team.fitri.name}")).to_be_visible()
        choose(second, tmp_path, archive(9), "punya-gilang.zip")
        second.get_by_role("button", name="Kirim pengajuan").click()
        assert receipt(second)["Berkas"] == "punya-gilang.zip"
        first.unroute("**/parts/2")
        assert receipt(first)["Berkas"] == "punya-fitri.zip"
    made = site.do(submissions.list_submissions(team.entry_id))
    assert [(one.filename, one.number) for one in made] == [("punya-fitri.zip", 2), ("punya-gilang.zip", 1)]


def test_cancelling_leaves_nothing(context: BrowserContext, team: Team, site: Site, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(team.send)
    page.route("**/parts/2", lambda route: route.abort("connectionreset"))
    choose(page, tmp_path, archive(2 * PART))
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-advice]")).to_contain_text("Sambungan terputus", timeout=20_000)
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as told:
        page.get_by_role("button", name="Batalkan").click()
    assert told.value.status == 204
    expect(page.locator("[data-panel]")).to_be_hidden()
    assert site.do(submissions.open_uploads(team.entry_id, actor=team.fitri)) == ()
    page.reload()
    expect(page.get_by_text("Unggahan yang belum selesai")).to_have_count(0)


def test_a_double_click_hands_in_once(context: BrowserContext, team: Team, site: Site, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(team.send)
    choose(page, tmp_path, archive(PART))
    page.get_by_role("button", name="Kirim pengajuan").dblclick()
    receipt(page)
    assert len(site.do(submissions.list_submissions(team.entry_id))) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("lapor.rar", b"Rar!\x1a\x07\x00" + bytes(100), "arsip RAR"),
        ("lapor.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100), "arsip 7z"),
        ("lapor.docx", b"PK\x03\x04" + bytes(100), "dokumen, bukan arsip prototipe"),
        ("lapor.pdf", b"%PDF-1.7 ...", "PDF presentasi diunggah di halaman Presentasi"),
        ("app.py", b"def predict(task, input):\n    return {}\n", "bukan arsip zip atau tar.gz"),
        ("kosong.zip", b"", "kosong. Buat ulang arsipnya"),
    ],
)
def test_a_wrong_file_is_told_before_a_byte_is_sent(
    name: str, data: bytes, words: str, context: BrowserContext, team: Team, tmp_path: Path
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.goto(team.send)
    choose(page, tmp_path, data, name)
    expect(page.locator(".field .error")).to_contain_text(words)
    expect(page.locator("#berkas")).to_be_focused()
    assert asked == []


def test_a_file_that_is_too_large_is_told_before_it_is_hashed(
    context: BrowserContext, team: Team, tmp_path: Path
) -> None:
    path = tmp_path / "besar.zip"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(101 * 1000 * 1000)
    page = context.new_page()
    page.goto(team.send)
    page.locator("#berkas").set_input_files(path)
    expect(page.locator(".field .error")).to_contain_text("Berkas ini 101,0 MB, paling besar 100 MB")


def test_a_full_server_is_waited_for_and_nothing_is_sent_twice(
    context: BrowserContext, team: Team, tmp_path: Path
) -> None:
    full = {"error": {"code": "no_space", "message": {"id": NoSpace().message.id, "en": NoSpace().message.en}}}
    page = context.new_page()
    page.goto(team.send)
    sent: list[str] = []

    def on_part(route: Route, request: Request) -> None:
        sent.append(request.url.rpartition("/")[2])
        if sent == ["1", "2"]:
            route.fulfill(status=507, json=full)
            return
        route.continue_()

    page.route("**/parts/*", on_part)
    choose(page, tmp_path, archive(PART))
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator("[data-advice]")).to_contain_text("Ruang simpan di server penuh", timeout=20_000)
    page.get_by_role("button", name="Coba sekarang").click()
    receipt(page)
    assert sent == ["1", "2", "2"]


def test_a_refused_archive_names_entry_and_rule_and_costs_nothing(
    context: BrowserContext, team: Team, site: Site, tmp_path: Path
) -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as pack:
        pack.writestr("app.py", APP)
        pack.writestr("../keluar.py", "x = 1\n")
    page = context.new_page()
    page.goto(team.send)
    choose(page, tmp_path, body.getvalue())
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator(".field .error")).to_contain_text("../keluar.py", timeout=15_000)
    page.reload()
    expect(page.get_by_text("Sisa 5 dari 5 hari ini")).to_be_visible()
    choose(page, tmp_path, archive())
    page.get_by_role("button", name="Kirim pengajuan").click()
    receipt(page)


def test_a_phase_that_closes_while_somebody_chooses_has_its_own_words(
    context: BrowserContext, team: Team, site: Site, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(team.send)
    choose(page, tmp_path, archive())
    expect(page.locator("[data-say]")).to_have_text("Berkas siap dikirim")
    site.do(
        store.execute(
            "UPDATE event SET schedule = jsonb_set(schedule, '{building_closes}', to_jsonb(now() - interval '1 s'))"
            " WHERE slug = $1",
            team.slug,
        )
    )
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.locator(".field .error")).to_contain_text("Batas waktu pengajuan sudah lewat", timeout=15_000)


def test_a_browser_that_cannot_hash_sends_the_form_as_it_is(
    context: BrowserContext, team: Team, tmp_path: Path
) -> None:
    page, data = context.new_page(), archive(PART)
    page.route("**/hash-worker.js", lambda route: route.abort())
    page.goto(team.send)
    choose(page, tmp_path, data)
    page.get_by_role("button", name="Kirim pengajuan").click()
    assert hashlib.sha256(data).hexdigest() in receipt(page)["SHA-256"]


def test_without_scripts_the_form_does_it_too(lens: Lens, team: Team, tmp_path: Path) -> None:
    with lens.context(scripts=False) as context:
        context.add_cookies([{"name": COOKIE, "value": team.secrets["Fitri"], "domain": "127.0.0.1", "path": "/"}])
        page, data = context.new_page(), archive(PART + 77)
        for turn in range(2):
            page.goto(team.send)
            choose(page, tmp_path, data)
            page.get_by_role("button", name="Kirim pengajuan").click()
            if turn:
                expect(page.get_by_role("heading", name="Kirim berkas yang sama lagi?")).to_be_visible()
                page.get_by_role("button", name="Kirim tetap").click()
            assert hashlib.sha256(data).hexdigest() in receipt(page)["SHA-256"]
        page.goto(team.send)
        choose(page, tmp_path, b"Rar!\x1a\x07\x00" + bytes(100), "lapor.rar")
        page.get_by_role("button", name="Kirim pengajuan").click()
        expect(page.locator(".field .error")).to_be_visible()
        assert page.title().startswith("Galat:")
