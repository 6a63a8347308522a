"""The log's page: linkable lines, search, raw, pages; nothing that a program printed is ever markup."""

import re
from uuid import UUID

import pytest

from frontend.pages.result import log as log_rules
from hackathon import store
from tests.integration.frontend.result.scene import SECRET, Scene

LOG = (
    b"\x1b[1mLangkah 1\x1b[0m\n\x1b[31mgagal <script>alert(1)</script>\n"
    b"masih merah\x1b[0m\n\x1b]0;judul\x07biasa \xe2\x80\xae terbalik\ngagal lagi\n"
)


async def logged(scene: Scene, data: bytes = LOG, *, finished: bool = True) -> UUID:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    await scene.build(claim)
    await scene.write_log(claim, data)
    if finished:
        await scene.end(claim)
    return submission_id


async def test_lines_are_numbered_linked_and_coloured(scene: Scene) -> None:
    submission_id = await logged(scene)
    page = (await scene.dewi.get(f"/pengajuan/{submission_id}/log")).text
    assert (
        '<li id="L1"><a href="#L1">1</a><span translate="no"><span class="ansi-bold">Langkah 1</span></span></li>'
        in page
    )
    assert '<span class="ansi-red">masih merah</span>' in page
    assert "gagal &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'biasa <span class="ansi-mark">U+202E</span> terbalik' in page
    assert "judul" not in re.sub(r"<title>.*?</title>", "", page)
    assert "5 baris, lengkap" in page


async def test_the_status_page_shows_the_tail_with_links(scene: Scene) -> None:
    submission_id = await logged(scene, b"".join(b"baris %d\n" % number for number in range(1, 101)))
    page = (await scene.dewi.get(f"/pengajuan/{submission_id}")).text
    assert f'<li id="T100"><a href="/pengajuan/{submission_id}/log?baris=100#L100">100</a>' in page
    assert f'id="T{100 - log_rules.TAIL_LINES}"' not in page
    assert "100 baris" in page


async def test_a_search_marks_and_counts(scene: Scene) -> None:
    submission_id = await logged(scene)
    page = (await scene.dewi.get(f"/pengajuan/{submission_id}/log?cari=GAGAL")).text
    assert "2 baris memuat “GAGAL”." in page
    assert page.count("<mark>gagal</mark>") == 2
    assert f'href="/pengajuan/{submission_id}/log?baris=5#L5"' in page
    assert "data-stream" not in page
    none = (await scene.dewi.get(f"/pengajuan/{submission_id}/log?cari=%3Cb%3E")).text
    assert "Tidak ada baris yang memuat “&lt;b&gt;”" in none
    assert (await scene.dewi.get(f"/pengajuan/{submission_id}/log?cari={'x' * 201}")).status == 400


async def test_raw_is_a_text_to_keep(scene: Scene) -> None:
    submission_id = await logged(scene)
    answer = await scene.dewi.get(f"/pengajuan/{submission_id}/log/mentah")
    assert answer.body == LOG
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="pengajuan-1.log"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_new_lines_are_fetched_from_a_number_on(scene: Scene) -> None:
    submission_id = await logged(scene, finished=False)
    answer = await scene.dewi.get(f"/pengajuan/{submission_id}/log/baris?dari=3")
    assert re.findall(r'id="L(\d+)"', answer.text) == ["3", "4", "5"]
    assert '<span class="ansi-red">masih merah</span>' in answer.text
    assert (await scene.dewi.get(f"/pengajuan/{submission_id}/log/baris?dari=9999")).text.strip() == ""
    for wrong in ("0", "-1", "x"):
        assert (await scene.dewi.get(f"/pengajuan/{submission_id}/log/baris?dari={wrong}")).status == 400


async def test_a_huge_log_comes_in_pages(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_rules, "PAGE_LINES", 10)
    submission_id = await logged(scene, b"".join(b"baris %d\n" % number for number in range(1, 36)))
    last = (await scene.dewi.get(f"/pengajuan/{submission_id}/log")).text
    assert "Baris 31 sampai 35 dari 35" in last
    assert "data-last" not in last  # nothing more will come
    of_line = (await scene.dewi.get(f"/pengajuan/{submission_id}/log?baris=12")).text
    assert "Baris 11 sampai 20 dari 35" in of_line
    assert 'id="L12"' in of_line
    assert "data-last" not in of_line


async def test_a_long_line_says_what_was_left_out(scene: Scene) -> None:
    submission_id = await logged(scene, b"x" * 5000 + b"\n")
    page = (await scene.dewi.get(f"/pengajuan/{submission_id}/log")).text
    assert "… 1.000 huruf lagi di log mentah" in page


async def test_before_the_build_the_log_says_when_it_comes(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    page = (await scene.dewi.get(f"/pengajuan/{submission_id}/log")).text
    assert "Log muncul di sini saat build dimulai." in page
    assert (await scene.dewi.get(f"/pengajuan/{submission_id}/log/mentah")).body == b""


async def test_nothing_of_a_hidden_case_is_in_a_log(scene: Scene) -> None:
    submission_id = await logged(scene)
    runs = await store.fetch("SELECT cases FROM run")
    assert any(SECRET in row["cases"] for row in runs)
    for path in ("/log", "/log/baris", "/log/mentah", f"/log?cari={SECRET}"):
        answer = await scene.dewi.get(f"/pengajuan/{submission_id}{path}")
        assert SECRET not in answer.text.replace(f"cari={SECRET}", "").replace(f"“{SECRET}”", "").replace(
            f'value="{SECRET}"', ""
        ).replace(f": {SECRET} –", "")
