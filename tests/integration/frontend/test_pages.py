"""The pages on a real database."""

import re

import pytest

from hackathon import store
from judging import publications
from tests.integration.frontend.conftest import Browser
from tests.integration.sukaraya import Sukaraya

BOARD = "/acara/asn-2026/papan/layanan-publik"
WALL = "/acara/asn-2026/layar/layanan-publik"


async def filled(sukaraya: Sukaraya) -> None:
    await sukaraya.evaluate("Kawan Lapor", 71.5)
    await sukaraya.evaluate("Satu Meja", 88.25, spread=4)
    await sukaraya.evaluate("Lentera Warga", 0, spread=0, status="build_failed")
    await publications.publish(sukaraya.track.id)


async def test_the_front_page_without_an_event_says_what_to_do(browser: Browser) -> None:
    answer = await browser.get("/")
    assert answer.status == 200
    assert "Belum ada acara" in answer.text
    assert "gelanggang event apply" in answer.text


async def test_the_front_page_lists_events(sukaraya: Sukaraya, browser: Browser) -> None:
    answer = await browser.get("/")
    assert '<a href="/acara/asn-2026">Hackathon AI ASN 2026</a>' in answer.text
    assert "4 tim" in answer.text


async def test_the_event_page_shows_phase_teams_and_the_top_of_each_track(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    answer = await browser.get("/acara/asn-2026")
    assert answer.status == 200
    assert "4 tim dari 4 instansi, 3 pengajuan" in answer.text
    assert answer.text.count('<g class="on"') == 2
    assert answer.text.count('<g class="now"') == 1
    assert answer.text.count('<g class="off"') == 1
    assert re.search(r"Satu Meja.*88,3.*Kawan Lapor.*71,5", answer.text, re.DOTALL)
    assert "Belum ada hasil" in answer.text  # of the second track


async def test_the_event_page_shows_the_limits_that_hold(sukaraya: Sukaraya, browser: Browser) -> None:
    await store.execute(
        "UPDATE event SET rules = jsonb_set(rules, '{attempts_a_day}', '7') WHERE id = $1", sukaraya.event.id
    )
    answer = await browser.get("/acara/asn-2026")
    limits = dict(re.findall(r'<dt>([^<]+)</dt><dd class="num">([^<]+)</dd>', answer.text))
    assert limits["ukuran terkompresi"] == "100 MB"
    assert limits["jumlah berkas"] == "10.000"
    assert limits["pengajuan per hari kalender"] == "7"
    assert "kegagalan kami tidak pernah" in answer.text


async def test_the_board_shows_what_was_published(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    answer = await browser.get(BOARD)
    assert re.search(r"Terbitan [1-3] ·", answer.text)  # the application's sequencer publishes meanwhile
    teams = re.findall(r'class="team"><b>([^<]+)</b>', answer.text)
    assert teams == ["Satu Meja", "Kawan Lapor", "Lentera Warga"]
    assert "Gagal dibangun" in answer.text
    assert "Kecamatan Karangjati, Kota Sukaraya" in answer.text
    assert "rekaan" in answer.text


async def test_pages_show_publications_only(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    await sukaraya.freeze()
    await sukaraya.evaluate("Tembusan", 99.5)
    assert await publications.publish(sukaraya.track.id) is None
    for url in (BOARD, WALL, "/acara/asn-2026", "/"):
        answer = await browser.get(url)
        assert "99,5" not in answer.text
    assert "Papan dibekukan sejak" in (await browser.get(BOARD)).text
    assert "Dibekukan" in (await browser.get(WALL)).text


async def test_the_wall_shows_the_board_in_the_projectors_theme(sukaraya: Sukaraya, browser: Browser) -> None:
    empty = await browser.get(WALL)
    assert "Belum ada hasil" in empty.text
    await filled(sukaraya)
    answer = await browser.get(f"{WALL}?tema=terang")
    assert 'data-theme="projector"' in answer.text
    assert "Sementara di puncak" in answer.text


async def test_a_search_works_without_scripts(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    answer = await browser.get(f"{BOARD}?cari=meja")
    assert re.findall(r'class="team"><b>([^<]+)</b>', answer.text) == ["Satu Meja"]


async def test_the_first_board_is_found_without_its_name(sukaraya: Sukaraya, browser: Browser) -> None:
    answer = await browser.get("/acara/asn-2026/papan")
    assert (answer.status, answer.headers["location"]) == (302, BOARD)


@pytest.mark.parametrize(
    "url",
    [
        "/acara/tidak-ada",
        "/acara/asn-2026/papan/tidak-ada",
        "/acara/asn-2026/layar/tidak-ada",
        "/acara/" + "x" * 5000,
        "/acara/%00/papan/%ff",
        "/acara/../../etc/passwd",
        "/tidak/ada/di/mana/mana",
        "/static/0/../app.py",
        "/static/0/%2e%2e/app.py",
        "/static/0/css/tokens.css",
    ],
)
async def test_what_is_not_there_is_told_on_a_page(sukaraya: Sukaraya, browser: Browser, url: str) -> None:
    answer = await browser.get(url)
    assert answer.status == 404
    assert "<title>Galat: " in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_api_tells_what_is_not_there_in_its_own_shape(browser: Browser) -> None:
    for url in ("/api/v1/tidak-ada", "/api/lain"):
        answer = await browser.get(url)
        assert answer.status == 404
        assert answer.headers["content-type"].startswith("application/json")
        assert '"error"' in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/",
        BOARD,
        WALL,
        "/tidak-ada",
        "/favicon.ico",
        "/healthz",
        "/api/v1/events",
        "/api/v1/tidak-ada",
        "/static/0/app.css",
    ],
)
async def test_every_answer_has_the_security_headers(sukaraya: Sukaraya, browser: Browser, url: str) -> None:
    headers = (await browser.get(url)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


async def test_static_files_are_kept_for_a_year_and_come_packed(browser: Browser) -> None:
    page = await browser.get("/")
    (address,) = re.findall(r'href="(/static/[^"]+/app\.css)"', page.text)
    packed = await browser.get(address, {"Accept-Encoding": "gzip, br"})
    plain = await browser.get(address)
    assert packed.headers["content-encoding"] == "gzip"
    assert "immutable" in packed.headers["cache-control"]
    assert "content-encoding" not in plain.headers
    assert len(packed.body) < len(plain.body) / 3
    old = await browser.get("/static/0000/app.css")
    assert old.body == plain.body
    assert old.headers["cache-control"] == "no-cache"


async def test_pages_come_packed(sukaraya: Sukaraya, browser: Browser) -> None:
    await filled(sukaraya)
    answer = await browser.get(BOARD, {"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 20_000


async def test_language_and_theme_are_kept_and_nothing_else(sukaraya: Sukaraya, browser: Browser) -> None:
    plain = await browser.get(BOARD)
    assert "set-cookie" not in plain.headers
    assert 'lang="id"' in plain.text
    chosen = await browser.get(f"{BOARD}?bahasa=en&tema=gelap")
    assert 'lang="en" data-theme="dark"' in chosen.text
    cookies = chosen.headers["set-cookie"].splitlines()
    assert sorted(cookie.split(";")[0] for cookie in cookies) == ["bahasa=en", "tema=gelap"]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)
    kept = await browser.get(BOARD, {"Cookie": "bahasa=en; tema=terang"})
    assert 'lang="en" data-theme="light"' in kept.text
    assert 'lang="en"' in (await browser.get(BOARD, {"Accept-Language": "en-GB,en;q=0.8"})).text
    strange = await browser.get(f"{BOARD}?bahasa=xx&tema=%22%3E", {"Cookie": "bahasa=<b>; tema=../x"})
    assert 'lang="id" data-now' in strange.text
    assert "set-cookie" not in strange.headers


async def test_an_error_is_told_in_the_visitors_language(browser: Browser) -> None:
    answer = await browser.get("/tidak-ada", {"Accept-Language": "en"})
    assert "Page not found" in answer.text


async def test_other_methods_and_large_bodies_are_refused(browser: Browser) -> None:
    assert (await browser.send("POST", "/")).status == 405
    assert (await browser.send("DELETE", BOARD)).status == 405
    huge = await browser.send("GET", f"{BOARD}?cari={'x' * 5000}")
    assert huge.status == 400
    assert "Permintaan ini tidak dapat dibaca" in huge.text


async def test_health_tells_of_the_database_and_the_outbox(sukaraya: Sukaraya, browser: Browser) -> None:
    answer = await browser.get("/healthz")
    assert answer.status == 200
    assert '"database":true' in answer.text
    assert answer.headers["cache-control"] == "no-store"
