"""A submission's page in each of its states."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from frontend.pages.result.cases import A_FEW
from hackathon import store
from hackathon.evaluations import retry
from hackathon.evaluations import store as rows
from hackathon.evaluations.model import WorkerState
from hackathon.model import SYSTEM
from sandbox.model import Failure, Status, Text
from tests.integration.frontend.conftest import Answer
from tests.integration.frontend.result.scene import PUBLIC, SECRET, TEAM, Scene, board_cases, public_cases, result


async def text(scene: Scene, submission_id: UUID, query: str = "") -> str:
    """What Dewi reads."""
    answer = await scene.dewi.get(f"/pengajuan/{submission_id}{query}")
    assert answer.status == 200
    return answer.text


def heading(page: str) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", page)
    return str(found)


def words(page: str) -> str:
    """The page as it reads, without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def steps(page: str) -> list[str]:
    pipe = re.search(r'<ol class="pipe".*?</ol>', page, re.DOTALL)
    assert pipe is not None
    return re.findall(r'<li(?: class="(\w*)")?', pipe[0])


async def test_waiting_tells_the_place_and_what_is_before(scene: Scene) -> None:
    await scene.hand_in("Satu Meja")
    submission_id = await scene.hand_in()
    page = await text(scene, submission_id)
    assert heading(page) == "Pengajuan 1 menunggu giliran"
    assert "<title>Pengajuan 1 menunggu giliran, urutan 2 dari 2 – Gelanggang</title>" in page
    assert steps(page) == ["done", "here", "", "", ""]
    assert "Menunggu giliran: urutan 2 dari 2." in page
    assert "1 pengajuan di depan Anda" in page
    assert re.search(r"Kira-kira \d\d\.\d\d WIB", page)
    assert "Muat ulang" in page


async def test_waiting_behind_the_teams_own_says_so(scene: Scene) -> None:
    await scene.hand_in()
    await scene.claim()
    page = await text(scene, await scene.hand_in())
    assert "Pengajuan lain tim Anda sedang diuji" in page


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (WorkerState.DRAINING, "menyelesaikan pengujian yang berjalan"),
        (WorkerState.SICK, "sedang disiapkan"),
        (WorkerState.GONE, "Belum ada mesin penguji yang aktif"),
    ],
)
async def test_waiting_without_a_worker_says_why(scene: Scene, state: WorkerState, told: str) -> None:
    submission_id = await scene.hand_in()
    await rows.see_worker(scene.worker_id, state)
    page = await text(scene, submission_id)
    assert told in page
    assert "aman di urutan 1 dari 1" in page.replace("\n", " ")


async def test_a_failure_of_ours_is_called_ours_with_the_next_try(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    await scene.fail(await scene.claim())
    page = await text(scene, submission_id)
    assert heading(page) == "Pengajuan 1 menunggu mesin kami"
    assert "Mesin kami yang gagal, bukan prototipe Anda" in page
    assert "(1 kali gagal)" in page
    assert re.search(r"Dicoba lagi pukul \d\d\.\d\d\.\d\d WIB", page)
    assert "Jatah Anda tidak berkurang" in page
    assert "Panitia sudah diberi tahu" not in page


async def test_while_it_is_tried_again_after_a_failure_of_ours_that_is_said(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    await scene.fail(await scene.claim(), timedelta(0))
    await scene.claim()
    page = await text(scene, submission_id)
    assert heading(page) == "Pengajuan 1 sedang dibangun"
    assert "Sekarang sedang dicoba lagi." in page
    assert "Dicoba lagi pukul" not in page


async def test_after_many_failures_of_ours_the_organizers_have_been_told(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    for _ in range(3):
        await store.execute("UPDATE evaluation SET due_at = clock_timestamp()")
        await scene.fail(await scene.claim(), timedelta(minutes=5))
    page = await text(scene, submission_id)
    assert "(3 kali gagal)" in page
    assert "Panitia sudah diberi tahu" in page


async def test_building_and_testing_show_what_is_done(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    building = await text(scene, submission_id)
    assert heading(building) == "Pengajuan 1 sedang dibangun"
    assert steps(building) == ["done", "done", "here", "", ""]

    await scene.build(claim)
    await scene.advance(claim, public=public_cases()[:12], hidden=11)
    testing = await text(scene, submission_id)
    assert heading(testing) == "Pengajuan 1 sedang diuji"
    assert steps(testing) == ["done", "done", "done", "here", ""]
    cells = re.search(r'<ul class="cases".*?</ul>', testing)
    assert cells is not None
    assert cells[0].count("<li></li>") == 12
    assert cells[0].count('class="w"') == len(PUBLIC) - 12
    assert "12 dari 44 kasus contoh lulus" in testing
    # Hidden cases move in quarters: a prototype chooses when each is done, which would be a message.
    assert "10 dari 40 kasus tersembunyi dijalankan" in testing


async def test_a_result_shows_score_range_metrics_and_cases(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    page = await text(scene, submission_id)
    assert heading(page) == "Pengajuan 1 selesai diuji"
    assert steps(page) == ["done"] * 5
    assert re.search(r"Total otomatis, rentang 90% \d+,\d–\d+,\d", page)
    assert "F1 per isian" in page
    assert "0 poin pada 0,030 ke bawah, 100 pada 0,980 ke atas; contoh 0,580" in page
    assert "40 dari 44 kasus contoh lulus" in page
    assert "Hanya yang gagal (4)" in page
    assert "nama = null (benar: Sari)" in page
    assert "&lt;b&gt;Budi" in page
    assert "<b>Budi" not in page
    assert PUBLIC[-1].expected["isian"].keys() <= set(re.findall(r'<th scope="row">isian\.<wbr>(\w+)', page))
    assert "juga" not in re.findall(r'<th scope="row">(\w+)', page)  # what the task keeps for itself


async def test_only_failed_cases_on_request(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    page = await text(scene, submission_id, "?kasus=gagal")
    assert page.count('class="c-id"') == 4
    whole = await text(scene, submission_id)
    assert whole.count('class="c-id"') == len(PUBLIC)
    flowing, _, folded = whole.partition('<details class="more">')
    assert flowing.count('class="c-id"') == A_FEW
    assert f"{len(PUBLIC) - A_FEW} kasus lain" in folded
    assert (await scene.dewi.get(f"/pengajuan/{submission_id}?hal=99")).status == 200
    assert (await scene.dewi.get(f"/pengajuan/{submission_id}?hal=x")).status == 400


async def test_failures_of_hidden_cases_are_told_by_class_and_coarsely(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    await scene.build(claim)
    slow = [result(f"{SECRET}-{number}", passed=False, failure=Failure.TOO_SLOW) for number in range(30)]
    bad = [result(f"{SECRET}-x{number}", passed=False, failure=Failure.BAD_ANSWER) for number in range(3)]
    fine = [result(f"{SECRET}-y{number}", passed=True) for number in range(7)]
    await scene.end(claim, board=[*slow, *bad, *fine])
    page = words(await text(scene, submission_id))
    assert "Terlalu lama lebih dari separuh" in page
    assert "Jawaban tak terbaca kurang dari seperempat" in page
    assert "Lulus: kurang dari seperempat" in page
    assert "Muat model dan kamus sekali saat mulai" in page
    assert not re.search(r"\b(30|33)\b kasus", page)


async def test_nothing_of_a_hidden_case_is_ever_on_the_page(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    await scene.build(claim)
    await scene.advance(claim, public=[], hidden=20)
    assert SECRET not in await text(scene, submission_id)
    await scene.end(claim, board=board_cases(0.2), public=public_cases())
    for who in (scene.dewi, scene.wira):
        for query in ("", "?kasus=gagal"):
            assert SECRET not in (await who.get(f"/pengajuan/{submission_id}{query}")).text


@pytest.mark.parametrize(
    ("status", "word", "advice"),
    [
        (Status.BUILD_FAILED, "Gagal dibangun", "galatnya ada di baris-baris terakhir"),
        (Status.REFUSED, "Ditolak", "Jatah Anda tidak berkurang"),
    ],
)
async def test_what_was_not_built_says_what_to_do(scene: Scene, status: Status, word: str, advice: str) -> None:
    submission_id = await scene.hand_in()
    reason = Text(id="Baris 3 Dockerfile gagal: paket tidak ada.", en="Line 3 failed: no such package.")
    await scene.build(await scene.claim(), status, reason)
    page = await text(scene, submission_id)
    assert heading(page) == f"Pengajuan 1: {word}"
    assert steps(page) == ["done", "done", "fail", "skipped", "done"]
    assert "Baris 3 Dockerfile gagal" in page
    assert advice in page


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.OK, Status.REFUSED, Status.BUILD_FAILED)])
async def test_a_run_that_ended_early_says_what_to_do(scene: Scene, status: Status) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    await scene.build(claim)
    await scene.end(claim, public=public_cases()[:3], board=[], status=status, message=Text(id="Mogok.", en="Crash."))
    page = await text(scene, submission_id)
    assert steps(page) == ["done", "done", "done", "fail", "done"]
    assert "Mogok." in page
    assert re.search(r'notice-bad.*<p class="said">Mogok\.</p><p>\w+', page, re.DOTALL)


async def test_what_changed_since_the_last_version(scene: Scene) -> None:
    first = await scene.evaluated(0.5)
    second = await scene.evaluated(0.9)
    page = await text(scene, second)
    assert "Berubah sejak versi 1" in page
    assert "Total naik dari" in page
    assert re.search(r"membaik </span>18 kasus", page)
    assert "kini lulus" in page
    assert f'href="/pengajuan/{first}"' in page
    assert 'class="prev"' in page
    assert "Berubah sejak" not in await text(scene, first)


async def test_versions_that_are_alike_cannot_be_told_apart(scene: Scene) -> None:
    await scene.evaluated(0.85)
    page = await text(scene, await scene.evaluated(0.9))
    assert "tak dapat dibedakan" in page


async def test_a_retest_keeps_the_old_result_until_the_new_one_is_there(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    board = await store.fetch_value("SELECT id FROM evaluation WHERE case_set = 'board'")
    await retry(board, "Grader diperbaiki", SYSTEM)
    page = await text(scene, submission_id)
    assert "Panitia meminta pengajuan ini diuji ulang" in page
    assert "Grader diperbaiki" not in page
    assert steps(page) == ["done", "here", "", "", ""]
    claim = await scene.claim()
    await scene.build(claim)
    await scene.end(claim)
    assert heading(await text(scene, submission_id)) == "Pengajuan 1 selesai diuji"


async def test_members_and_organizers_see_it_and_nobody_else(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    address = f"/pengajuan/{submission_id}"
    for who in (scene.dewi, scene.rangga, scene.wira):
        assert (await who.get(address)).status == 200
    unknown = await scene.tono.get(f"/pengajuan/{uuid4()}")
    for path in ("", "/log", "/log/baris", "/log/mentah"):
        stranger = await scene.tono.get(address + path)
        assert stranger.status == 404
        assert body_of(stranger) == body_of(unknown)
        visitor = await scene.browser.get(address + path)
        assert visitor.status == 303
        assert visitor.headers["location"].startswith("/masuk?lanjut=%2Fpengajuan%2F")
    assert (await scene.tono.post(f"{address}/pilih")).status == 404


def body_of(answer: Answer) -> str:
    return words(answer.text)


async def test_times_are_told_in_the_persons_zone_and_both_languages_are_whole(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    await store.execute("UPDATE account SET zone = 'Asia/Jayapura', language = 'en'")
    page = await text(scene, submission_id)
    assert heading(page) == "Submission 1 has been tested"
    assert re.search(r"\d\d:\d\d:\d\d WIT", page)
    assert "WIB" not in page.partition("caselist")[0]  # letters of the cases name it


async def test_the_page_is_light(scene: Scene) -> None:
    await scene.evaluated(0.5)
    submission_id = await scene.evaluated(0.8)
    answer = await scene.dewi.get(f"/pengajuan/{submission_id}", {"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 60_000


async def test_choosing_and_going_back_to_automatic(scene: Scene) -> None:
    first, second = await scene.evaluated(0.9), await scene.evaluated(0.5)
    page = await text(scene, second)
    assert "Versi 2 dinilai juri: yang terbaru selesai diuji dipilih otomatis." in page

    chosen = await scene.dewi.post(f"/pengajuan/{second}/pilih", {"versi": str(first)})
    assert (chosen.status, chosen.headers["location"]) == (303, f"/pengajuan/{second}?kabar=terpilih#versi")
    page = await text(scene, second, "?kabar=terpilih")
    assert "Versi 1 dinilai juri: dipilih oleh tim." in page
    assert "Pilihan tersimpan" in page
    assert "Versi 1 dinilai juri" in (await scene.wira.get(f"/pengajuan/{first}")).text

    back = await scene.rangga.post(f"/pengajuan/{second}/pilih", {"versi": "otomatis"})
    assert back.headers["location"] == f"/pengajuan/{second}?kabar=otomatis#versi"
    assert "dipilih otomatis" in await text(scene, second)
    here = await scene.rangga.post(f"/pengajuan/{first}/pilih")
    assert here.status == 303
    kinds = await store.fetch("SELECT subject FROM outbox WHERE kind = 'entry.chosen' ORDER BY id")
    assert len(kinds) == 3


async def test_what_cannot_be_chosen_says_why_and_changes_nothing(scene: Scene) -> None:
    first = await scene.evaluated()
    waiting = await scene.hand_in()
    refused = await scene.dewi.post(f"/pengajuan/{first}/pilih", {"versi": str(waiting)})
    assert refused.status == 422
    assert "<title>Galat: " in refused.text
    assert "Versi 2 belum punya hasil yang terhitung" in refused.text
    for nonsense in ("x", str(uuid4()), "null"):
        assert (await scene.dewi.post(f"/pengajuan/{first}/pilih", {"versi": nonsense})).status in (404, 422)
    forged = await scene.dewi.post(f"/pengajuan/{first}/pilih", key="lain")
    assert forged.status == 403
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'entry.chosen'") == 0


async def test_after_the_deadline_only_organizers_choose(scene: Scene) -> None:
    first = await scene.evaluated()
    await scene.evaluated()
    await store.execute(
        "UPDATE event SET schedule = jsonb_set(schedule, '{building_closes}', to_jsonb(now() - interval '1 hour'))"
    )
    page = await text(scene, first)
    assert "Pilihan ditutup" in page
    assert 'name="versi"' not in page
    late = await scene.dewi.post(f"/pengajuan/{first}/pilih")
    assert late.status == 422
    assert "Batas waktu pengajuan sudah lewat" in late.text
    assert 'name="versi"' in (await scene.wira.get(f"/pengajuan/{first}")).text
    assert (await scene.wira.post(f"/pengajuan/{first}/pilih")).status == 303


async def test_the_team_of_another_entry_cannot_be_chosen_for(scene: Scene) -> None:
    first = await scene.evaluated()
    foreign = await scene.hand_in("Satu Meja")
    await rows.see_worker(scene.worker_id, WorkerState.RUNNING)
    claim = await scene.claim()
    await scene.build(claim)
    await scene.end(claim)
    answer = await scene.dewi.post(f"/pengajuan/{first}/pilih", {"versi": str(foreign)})
    assert answer.status == 404 or "tidak ada" in answer.text
    entry = await store.fetch_value(
        "SELECT chosen_submission_id FROM entry WHERE id = $1", scene.sukaraya.entries[TEAM]
    )
    assert entry is None
