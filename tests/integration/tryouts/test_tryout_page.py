"""The live try-out as a judge sees it: without scripts, with the fragment that scripts ask for, and by nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from uuid import uuid4

from hackathon import store, tryouts
from hackathon.evaluations import Catalog
from hackathon.evaluations import store as evaluations
from hackathon.images import Housekeeper
from hackathon.keys import load_key
from hackathon.objects import open_objects
from hackathon.settings import Settings
from hackathon.tryouts.hosting import Host
from sandbox.fake import FakeProvider
from sandbox.limits import Limits
from tests.integration.frontend.conftest import Browser, Signed, browser, environment, sukaraya
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya, new_account

__all__ = ["browser", "environment", "sukaraya"]

APP = "def predict(task, input):\n    return {'tugas': task, 'kunci': sorted(input), 'isi': str(input)[:200]}\n"
SCRIPT = {"X-Bagian": "coba"}


@asynccontextmanager
async def hosting(dsn: str, balai: Balai, folder: Path) -> AsyncIterator[FakeProvider]:
    """A worker's try-outs, on an engine that has the images of all teams."""
    source = folder / "sumber"
    source.mkdir()
    (source / "app.py").write_text(APP)
    provider, worker, stop = FakeProvider(), uuid4(), asyncio.Event()
    image = provider.build(source, limits=Limits(), label="uji").image
    await store.execute(
        "INSERT INTO build (submission_id, attempt, status, image, log_key, started_at, finished_at)"
        " SELECT id, 1, 'ok', $1, '-', now(), now() FROM submission",
        image,
    )
    await evaluations.register_worker(worker, host="balai", pid=1, slots=1)
    settings = Settings(data_dir=folder, database_url=dsn)
    objects = open_objects(settings)
    host = Host(
        worker,
        provider,
        dsn=dsn,
        objects=objects,
        house=Housekeeper(settings, objects, provider.image_store),
        catalog=Catalog(),
        places=2,
        key=lambda: load_key(settings.secret_file),
    )
    running = asyncio.create_task(host.run(stop))
    try:
        yield provider
    finally:
        stop.set()
        await running
        provider.close()
        objects.close()


async def shows(judge: Signed, address: str, words: str, headers: dict[str, str] | None = None) -> str:
    async with asyncio.timeout(20):
        while True:
            answer = await judge.get(address, headers)
            assert answer.status == 200, answer.text
            if words in answer.text:
                return answer.text
            await asyncio.sleep(0.05)


async def test_a_judge_tries_what_is_judged(
    dsn: str, store: ModuleType, browser: Browser, sukaraya: Sukaraya, tmp_path: Path
) -> None:
    balai = await Balai.make(sukaraya)
    team = next(iter(balai.entries))
    judge = await browser.sign_in(balai.accounts["Ratna Handayani"].account_id)
    assignment = balai.assignments["Ratna Handayani", team]
    here = f"/acara/{balai.event.slug}/juri/{assignment}/coba"
    async with hosting(dsn, balai, tmp_path):
        page = await judge.get(here)
        assert page.status == 200
        assert "Nyalakan prototipe" in page.text
        assert 'name="isi.teks"' in page.text
        early = await judge.post(here, {"aksi": "jalankan", "tugas": "otomasi-formulir", "isi.teks": "Halo"})
        assert early.status in (404, 422)
        started = await judge.post(here, {"aksi": "nyalakan", "tugas": "otomasi-formulir"})
        assert (started.status, started.headers["location"]) == (303, f"{here}?tugas=otomasi-formulir")
        ready = await shows(judge, here, "Siap, ", SCRIPT)
        assert "<html" not in ready
        assert "Hentikan" in ready
        wrong = await judge.post(
            here, {"aksi": "jalankan", "tugas": "otomasi-formulir", "isi.teks": "Surat <b>", "isi.isian": "[{]"}
        )
        assert wrong.status == 422
        assert "bukan JSON yang benar" in wrong.text
        assert "Surat &lt;b&gt;" in wrong.text or "Surat &lt;b>" in wrong.text
        misfit = await judge.post(
            here, {"aksi": "jalankan", "tugas": "otomasi-formulir", "isi.teks": "Surat", "isi.isian": '[{"nama": "a"}]'}
        )
        assert misfit.status == 422
        assert "Tidak sesuai bentuk masukan" in misfit.text
        asked = {
            "aksi": "jalankan",
            "tugas": "otomasi-formulir",
            "isi.teks": "<script>alert(1)</script>",
            "isi.isian": '[{"nama": "nomor", "tipe": "nomor", "keterangan": "Nomor surat"}]',
        }
        sent = await judge.post(here, asked)
        assert sent.status == 303
        answered = await shows(judge, here, "kunci")
        assert "<script>alert(1)" not in answered
        example = await judge.get(f"{here}?tugas=otomasi-formulir&contoh=2", SCRIPT)
        assert "contoh=3" in example.text
        # The panel itself holds the same.
        bench = await judge.get(f"/acara/{balai.event.slug}/juri/{assignment}")
        assert bench.status == 200
        assert 'data-tryout="' in bench.text
        # Nobody else: not another judge, not a team, not an organizer.
        wira, guest = await balai.organizer(), await new_account("Tamu", datetime.now(UTC))
        for account in (wira.account_id, guest, balai.accounts["Maya Lestari"].account_id):
            other = await browser.sign_in(account)
            assert (await other.get(here)).status in (403, 404)
            assert (await other.post(here, {"aksi": "nyalakan"})).status in (403, 404)
        stopped = await judge.post(here, {"aksi": "hentikan"})
        assert stopped.status == 303
        assert "Nyalakan lagi" in (await judge.get(here)).text
    calls = await tryouts.calls_of(balai.submissions[team], judge.account_id)
    assert [call.input["teks"] for call in calls] == ["<script>alert(1)</script>"]
