"""Handing in a commit by the form, as browsers without scripts call it."""

from html import unescape
from pathlib import Path

import pytest

from hackathon import commits, store, submissions
from hackathon.commits import FetchState
from hackathon.commits.fetching import Fetcher
from hackathon.objects import open_objects
from hackathon.settings import Settings
from sandbox.errors import EngineUnavailable
from sandbox.fake import FakeProvider
from sandbox.git import Fetched
from tests.integration.frontend.test_submit_pages import BASE, Desk, desk
from tests.repositories import APP, Workplace

__all__ = ["desk"]

ADDRESS = "https://github.com/desa/lapor"
HOSTS = ("github.com",)


async def asked(desk: Desk) -> commits.CommitFetch:
    found = await commits.latest_fetch(desk.entry_id, actor=desk.actor)
    assert found is not None
    return found


async def read(desk: Desk, path: str) -> str:
    """The page with its signs as people see them."""
    return unescape((await desk.get(path)).text)


async def fetch(tmp_path: Path, provider: FakeProvider) -> None:
    objects = open_objects(Settings(data_dir=tmp_path))
    try:
        assert await Fetcher(objects, provider, hosts=HOSTS).fetch_next()
    finally:
        objects.close()


async def test_a_commit_is_waited_for_and_ends_in_a_receipt(desk: Desk, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "kerja")
    commit = work.commit({"app.py": APP})
    form = await read(desk, "/kirim")
    for told in ("Cara mengirim", "Commit git", "github.com, gitlab.com, codeberg.org"):
        assert told in form
    answer = await desk.post("/kirim/commit", repositori=ADDRESS, commit=commit)
    waiting = await asked(desk)
    place = f"/kirim/commit/{waiting.id}"
    assert (answer.status, answer.headers["location"]) == (303, BASE + place)
    page = await read(desk, place)
    for told in ("Mengambil dari git", ADDRESS, commit, "Mesin penguji sedang tidak aktif", "Rina", "data-since"):
        assert told in page
    assert (await desk.get(place + "/keadaan")).text == "waiting 0 - -"
    assert f"{BASE}{place}" in await read(desk, "")
    assert "Commit sedang diambil" in await read(desk, "/kirim")
    await fetch(tmp_path, FakeProvider({ADDRESS: work.folder}))
    (made,) = await submissions.list_submissions(desk.entry_id)
    went_on = await desk.get(place)
    assert (went_on.status, went_on.headers["location"]) == (
        303,
        f"{BASE}/tanda-terima/{made.id}?kabar=diterima",
    )
    receipt = await read(desk, f"/tanda-terima/{made.id}")
    for told in (ADDRESS, commit, made.sha256, "Nomor commit membuktikan"):
        assert told in receipt
    result = unescape((await desk.signed.get(f"/pengajuan/{made.id}")).text)
    assert ADDRESS in result
    assert commit in result


@pytest.mark.parametrize(
    ("repository", "commit", "field", "words"),
    [
        ("", "main", "repositori", "Tuliskan alamat repositori"),
        ("http://github.com/desa/lapor", "main", "repositori", "Hanya alamat https://"),
        ("git@github.com:desa/lapor.git", "main", "repositori", "Hanya alamat https://"),
        ("https://169.254.169.254/desa/lapor", "main", "repositori", "tidak dapat diambil"),
        ("https://github.com/desa/lapor/tree/main", "main", "repositori", "alamat sebuah halaman"),
        (ADDRESS, "", "commit", "Tuliskan commit"),
        (ADDRESS, "<script>alert(1)</script>", "commit", "bukan nomor commit"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_with_all_that_was_typed(
    repository: str, commit: str, field: str, words: str, desk: Desk
) -> None:
    answer = await desk.post("/kirim/commit", repositori=repository, commit=commit)
    assert answer.status == 422
    assert words in unescape(answer.text)
    assert f'id="{field}-e"' in answer.text
    assert 'id="cara-git" checked' in answer.text
    assert "<script>alert" not in answer.text
    assert await commits.latest_fetch(desk.entry_id, actor=desk.actor) is None


async def test_a_secret_in_an_address_is_not_kept(desk: Desk) -> None:
    answer = await desk.post("/kirim/commit", repositori="https://rina:s3cr3t@github.com/desa/lapor", commit="main")
    assert answer.status == 422
    assert "cabut sekarang" in answer.text
    for table in ("git_fetch", "outbox", "upload"):
        assert "s3cr3t" not in str(await store.fetch(f"SELECT to_jsonb({table}) AS row FROM {table}"))  # noqa: S608


async def test_a_refusal_says_what_to_do_and_keeps_the_form(desk: Desk, tmp_path: Path) -> None:
    await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    await fetch(tmp_path, FakeProvider())
    page = await read(desk, f"/kirim/commit/{(await asked(desk)).id}")
    assert "tidak ada atau tidak publik" in page
    assert "Tidak ada jatah yang terpakai" in page
    again = await read(desk, "/kirim?cara=git")
    assert f'value="{ADDRESS}"' in again
    assert 'id="cara-git" checked' in again


async def test_our_failure_is_told_as_ours(desk: Desk, tmp_path: Path) -> None:
    class Asleep(FakeProvider):
        def fetch_commit(self, *_: object, **__: object) -> Fetched:
            raise EngineUnavailable("asleep")

    await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    await fetch(tmp_path, Asleep())
    page = await read(desk, f"/kirim/commit/{(await asked(desk)).id}")
    assert "bukan repositori Anda" in page
    assert "asleep" not in page


async def test_it_can_be_taken_back(desk: Desk) -> None:
    await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    waiting = await asked(desk)
    answer = await desk.post(f"/kirim/commit/{waiting.id}")
    assert answer.headers["location"] == f"{BASE}/kirim?kabar=commit-dibatalkan"
    assert (await asked(desk)).state is FetchState.CANCELLED
    assert (await desk.get(f"/kirim/commit/{waiting.id}")).headers["location"] == f"{BASE}/kirim"


async def test_other_teams_see_nothing_of_it(desk: Desk) -> None:
    fetch_id = "00000000-0000-4000-8000-000000000000"
    assert (await desk.get(f"/kirim/commit/{fetch_id}")).status == 404
    assert (await desk.post(f"/kirim/commit/{fetch_id}")).status == 404
    assert (await desk.get(f"/kirim/commit/{fetch_id}/keadaan")).status == 404


async def test_two_clicks_are_one_and_a_second_commit_waits(desk: Desk) -> None:
    first = await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    second = await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    assert first.headers["location"] == second.headers["location"]
    other = await desk.post("/kirim/commit", repositori=ADDRESS, commit="v2")
    assert other.status == 409
    assert "Commit lain sedang diambil" in other.text


async def test_after_the_deadline_nothing_is_asked_for(desk: Desk) -> None:
    await store.execute(
        "UPDATE event SET schedule = jsonb_set(schedule, '{building_closes}', to_jsonb(now() - interval '1 s'))"
    )
    answer = await desk.post("/kirim/commit", repositori=ADDRESS, commit="main")
    assert answer.status == 422
    assert "Batas waktu pengajuan sudah lewat" in answer.text
