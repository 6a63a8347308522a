"""The judges' pages as a browser without scripts gets them, and what the panel's script asks."""

import html
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from frontend.keys import HEADER, key_of
from hackathon import cards, store
from hackathon.cards import FIELDS
from judging import scorecards
from judging.scorecards import State
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.judging.hall import Balai, judging_schedule

RATNA, YUDHA, KAWAN = "Ratna Handayani", "Yudha Pratama", "Kawan Lapor"
ROOT = "/acara/asn-2026/juri"
KEYS = ("manfaat", "teknis", "inovasi", "etika", "kesiapan")
FULL = {f"nilai-{key}": str(rating) for key, rating in zip(KEYS, (4, 3, 5, 3, 2), strict=True)}


async def ask(judge: Signed, path: str, body: dict[str, Any] | bytes, key: str | None = None) -> tuple[int, Any]:
    """Send JSON as the panel's script does."""
    headers = {"Content-Type": "application/json", HEADER: key_of(judge.secret) if key is None else key}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = await judge.browser.send("POST", path, judge.cookie | headers, content)
    return answer.status, json.loads(answer.text) if answer.text.startswith("{") else answer.text


async def test_a_judge_without_scripts_scores_and_sends(balai: Balai, browser: Browser) -> None:
    ratna = await browser.sign_in(balai.accounts[RATNA].account_id)
    here = f"{ROOT}/{balai.assignments[RATNA, KAWAN]}"
    tasks = (await ratna.get(ROOT)).text
    assert "0 dari 6 terkirim" in tasks
    assert here in html.unescape(tasks)

    page = await ratna.get(here)
    assert page.status == 200
    for words in ("Kawan Lapor", "Kecamatan Karangjati", "Manfaat bagi layanan publik", "Hanya Anda yang membaca."):
        assert words in page.text
    words = {"catatan-teknis": "Lemah pada pindaian.", "umpan-balik-semua": "Lanjutkan.\r\nBagus."}
    half = {**FULL, **words, "nilai-etika": ""}
    assert (await ratna.post(here, {**half, "versi": "1"})).status == 303
    page = await ratna.get(here)
    assert "Sementara, 4 dari 5" in page.text
    assert "Lemah pada pindaian." in page.text
    ask_page = await ratna.get(f"{here}/kirim")
    assert "Belum lengkap" in ask_page.text
    assert (await ratna.post(f"{here}/kirim", {"versi": "7"})).status == 422

    # A second tab that saw the first version changes the same rating: told, not overwritten; then saved on purpose.
    second = await ratna.post(here, {**FULL, "nilai-teknis": "1", "versi": "1"})
    assert second.status == 409
    assert "Di tab lain nilai ini sudah 3" in second.text
    card = await scorecards.open(balai.assignments[RATNA, KAWAN], actor=balai.accounts[RATNA])
    assert (card.ratings["teknis"], card.ratings["etika"]) == (3, 3)
    assert (await ratna.post(here, {"aksi": "urungkan", "versi": str(card.version)})).status == 303
    assert (await ratna.post(here, {**FULL, "aksi": "kirim", "versi": str(card.version + 5)})).status == 303

    ask_page = await ratna.get(f"{here}/kirim")
    assert "Kirim lembar ini?" in ask_page.text
    card = await scorecards.open(balai.assignments[RATNA, KAWAN], actor=balai.accounts[RATNA])
    sent = await ratna.post(f"{here}/kirim", {"versi": str(card.version)})
    assert sent.status == 303
    assert sent.headers["location"] == f"{ROOT}/{balai.assignments[RATNA, 'Satu Meja']}?kabar=lembar-terkirim"
    locked = (await ratna.get(here)).text
    assert "Lembar terkunci" in locked
    assert "Lemah pada pindaian." in locked
    printed = (await ratna.get(f"{here}/cetak")).text
    assert "Tanda tangan juri" in printed
    assert "Lanjutkan." in printed
    assert "Lemah pada pindaian." not in printed
    assert "1 dari 6 terkirim" in (await ratna.get(ROOT)).text

    # The organizer gives it back, once.
    wira = await browser.sign_in((await balai.organizer()).account_id)
    desk = f"/konsol/asn-2026/lembar/{balai.assignments[RATNA, KAWAN]}/buka"
    assert "Ratna Handayani" in (await wira.get(desk)).text
    assert (await wira.post(desk, {"alasan": " "})).status == 422
    assert (await wira.post(desk, {"alasan": "Salah baris."})).status == 303
    assert "Salah baris." in (await ratna.get(here)).text
    assert (await ratna.post(desk, {"alasan": "Saya sendiri."})).status == 403


async def test_what_the_script_asks(balai: Balai, browser: Browser) -> None:
    ratna = await browser.sign_in(balai.accounts[RATNA].account_id)
    here = f"{ROOT}/{balai.assignments[RATNA, KAWAN]}"
    await ratna.get(here)
    field = {"part": "ratings", "field": "teknis", "value": 4, "version": 1}
    status, saved = await ask(ratna, f"{here}/isian", field)
    assert (status, saved["version"], saved["total"]) == (200, 2, {"points": "75,0", "said": "Sementara, 1 dari 5"})
    assert saved["at"].endswith(" WIB")
    status, moved = await ask(ratna, f"{here}/isian", {**field, "value": 2})
    assert (status, moved["code"], moved["current"], moved["version"]) == (409, "field_moved", 4, 2)
    status, undone = await ask(ratna, f"{here}/urungkan", {"version": 2})
    assert (status, undone["changed"]["name"], undone["changed"]["value"]) == (200, "nilai-teknis", None)

    # Broken, hostile, or of another session.
    for body, wanted in (
        (b"", 400),
        (b"{", 400),
        (b'{"part": "ratings", "field": "teknis", "value": "\xff", "version": 1}', 400),
        ({**field, "part": "points"}, 400),
        ({**field, "value": [4]}, 400),
        ({**field, "more": 1}, 400),
        ({**field, "value": 9, "version": -(10**15)}, 422),
        ({**field, "field": "a" * 20_000}, 422),
        ({**field, "value": "a" * 40_000}, 413),
    ):
        status, _ = await ask(ratna, f"{here}/isian", body)  # type: ignore[arg-type]
        assert status == wanted, body
    assert (await ask(ratna, f"{here}/isian", field, key="x"))[1]["code"] == "key"
    state = json.loads((await ratna.get(f"{here}/keadaan")).text)
    assert (state["key"], state["person"]) == (key_of(ratna.secret), balai.accounts[RATNA].account_id.hex)
    gone = Signed(browser, ratna.account_id, "sesi-yang-berakhir")
    status, told = await ask(gone, f"{here}/isian", field)
    assert (status, told["code"]) == (401, "sign_in")
    yudha = await browser.sign_in(balai.accounts[YUDHA].account_id)
    assert (await ask(yudha, f"{here}/isian", field))[0] == 404
    assert (await yudha.get(here)).status == 404
    stranger = await browser.sign_in(balai.sukaraya.captains[KAWAN].account_id)
    assert (await stranger.get(ROOT)).status == 403
    assert (await stranger.get(here)).status == 403
    wira = await browser.sign_in((await balai.organizer()).account_id)
    assert (await wira.get(here)).status == 403
    assert (await browser.get(here)).status == 303
    card = await scorecards.open(balai.assignments[RATNA, KAWAN], actor=balai.accounts[RATNA])
    assert (card.work.state, card.ratings) == (State.DRAFT, {})


async def test_a_blind_panel_that_hides_metrics_and_samples_first(balai: Balai, browser: Browser) -> None:
    await store.execute(
        "INSERT INTO judging_rules (event_id, body, updated_at)"
        """ VALUES ($1, '{"blind": true, "metrics_after_save": true}', now())""",
        balai.event.id,
    )
    told = "Dibuat kawan  LAPOR dari Kecamatan Karangjati, Kota Sukaraya, untuk semua warga yang melapor."
    typed = dict.fromkeys([field.name for field in FIELDS], told)
    typed["name"] = "Kawan Lapor"
    before = judging_schedule(datetime.now(UTC) + timedelta(days=1))
    await balai.reschedule(before)
    await cards.save_card(balai.entries[KAWAN], typed, base=0, draft=False, actor=balai.sukaraya.captains[KAWAN])
    await balai.reschedule(judging_schedule(datetime.now(UTC)))
    await balai.fix(KAWAN)
    ratna, assignment = await browser.sign_in(balai.accounts[RATNA].account_id), balai.assignments[RATNA, KAWAN]
    here = f"{ROOT}/{assignment}"
    seen: list[Answer] = [await ratna.get(path) for path in (ROOT, here, f"{here}/kirim", f"{here}/cetak")]
    for answer in seen:
        assert answer.status == 200
        for name in ("kawan lapor", "karangjati"):
            assert name not in answer.text.casefold()
    assert "[nama disembunyikan]" in seen[1].text
    assert "Hasil uji tampil sesudah nilai pertama Anda" in seen[1].text
    assert "hasil-tersembunyi" in (await ratna.get(f"{here}/hasil")).text
    await ask(ratna, f"{here}/isian", {"part": "ratings", "field": "teknis", "value": 4, "version": 1})
    assert "60,0" in (await ratna.get(f"{here}/hasil")).text
    assert "Hasil uji otomatis" in (await ratna.get(here)).text

    # Samples: nothing of the others before one's own is sent.
    samples = {judge: await balai.assign(judge, KAWAN, kind="calibration") for judge in (RATNA, YUDHA)}
    version = await balai.rate(samples[YUDHA], YUDHA, (5, 5, 5, 5, 4))
    await scorecards.send(samples[YUDHA], version, actor=balai.accounts[YUDHA])
    assert "Belum ada contoh yang Anda kirim" in (await ratna.get(f"{ROOT}/kalibrasi")).text
    tasks = (await ratna.get(ROOT)).text
    tasks = html.unescape(tasks)
    assert tasks.index("Contoh bersama") < tasks.index(str(assignment))
    version = await balai.rate(samples[RATNA], RATNA, (2, 2, 2, 2, 2))
    sent = await ratna.post(f"{ROOT}/{samples[RATNA]}/kirim", {"versi": str(version)})
    assert sent.headers["location"].startswith(f"{ROOT}/kalibrasi")
    page = (await ratna.get(f"{ROOT}/kalibrasi")).text
    assert "Nilai Anda 25,0" in page
    assert "Yudha" not in page
    assert "Kawan Lapor" not in page
