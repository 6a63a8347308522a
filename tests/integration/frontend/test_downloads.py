"""What everybody may download of a task, and that nothing else of its folder leaves."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from hackathon import benchmarks
from sandbox.kits import Kit, Source, inspect
from sandbox.limits import Limits
from tests.integration.frontend.conftest import Browser
from tests.integration.sukaraya import Sukaraya

TASK = "/acara/asn-2026/kategori/layanan-publik/otomasi-formulir"
FILES = {
    "public.jsonl": "application/jsonl",
    "contoh-awal.zip": "application/zip",
    "input.schema.json": "application/schema+json",
    "output.schema.json": "application/schema+json",
}


@pytest.mark.parametrize("name", FILES)
async def test_a_file_is_had_without_signing_in(sukaraya: Sukaraya, browser: Browser, name: str) -> None:
    answer = await browser.get(f"{TASK}/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(FILES[name])
    assert answer.headers["content-disposition"] == f'attachment; filename="otomasi-formulir-{name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    again = await browser.get(f"{TASK}/{name}", {"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    other = await browser.get(f"{TASK}/{name}", {"If-None-Match": '"0"'})
    assert other.body == answer.body


async def test_the_public_cases_are_those_of_the_task(sukaraya: Sukaraya, browser: Browser) -> None:
    answer = await browser.get(f"{TASK}/public.jsonl")
    assert answer.body == (benchmarks.folder() / "otomasi-formulir" / "public.jsonl").read_bytes()
    assert json.loads(answer.text.splitlines()[0])["id"] == "p01"


async def test_the_starter_kit_holds_the_starter_and_nothing_else(sukaraya: Sukaraya, browser: Browser) -> None:
    answer = await browser.get(f"{TASK}/contoh-awal.zip")
    assert (await browser.get(f"{TASK}/contoh-awal.zip")).body == answer.body
    folder = benchmarks.folder() / "otomasi-formulir" / "starter"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as kit:
        assert {name: kit.read(name) for name in kit.namelist()} == {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.parent.name != "__pycache__"
        }


async def test_the_starter_kit_can_be_handed_in_as_it_is(sukaraya: Sukaraya, browser: Browser, tmp_path: Path) -> None:
    kit = tmp_path / "contoh-awal.zip"
    kit.write_bytes((await browser.get(f"{TASK}/contoh-awal.zip")).body)
    source = inspect(kit, Limits())
    assert isinstance(source, Source)
    assert source.manifest.kit is Kit.PYTHON


@pytest.mark.parametrize(
    "url",
    [
        f"{TASK}/generate.py",
        f"{TASK}/task.toml",
        f"{TASK}/test_otomasi_formulir.py",
        f"{TASK}/baseline.zip",
        f"{TASK}/../task.toml",
        f"{TASK}/%2e%2e%2ftask.toml",
        f"{TASK}/..%2f..%2f__init__.py",
        f"{TASK}/public.jsonl%00",
        "/acara/asn-2026/kategori/layanan-publik/lain/public.jsonl",
        "/acara/asn-2026/kategori/layanan-publik/..%2fotomasi-formulir/public.jsonl",
        "/acara/asn-2026/kategori/tidak-ada/otomasi-formulir/public.jsonl",
        "/acara/tidak-ada/kategori/layanan-publik/otomasi-formulir/public.jsonl",
    ],
)
async def test_nothing_else_of_a_task_leaves(sukaraya: Sukaraya, browser: Browser, url: str) -> None:
    answer = await browser.get(url)
    assert answer.status == 404
    assert "<title>Galat: " in answer.text


async def test_every_link_of_the_page_leads_to_a_file(sukaraya: Sukaraya, browser: Browser) -> None:
    page = await browser.get("/acara/asn-2026/kategori/layanan-publik")
    links = set(re.findall(r'href="([^"]+)" download', page.text.replace("&#x2f;", "/")))
    assert links == {f"{TASK}/{name}" for name in FILES}
    for link in links:
        assert (await browser.get(link)).status == 200
