"""The object store in a folder."""

import asyncio
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from hackathon.errors import SettingsInvalid, Unavailable
from hackathon.objects import ObjectMissing, Objects, open_objects
from hackathon.settings import Settings

MEBIBYTE = 1024 * 1024


async def test_bytes_come_back_as_they_were_given(objects: Objects, tmp_path: Path) -> None:
    data = os.urandom(3 * MEBIBYTE + 17)
    source = tmp_path / "source"
    source.write_bytes(data)
    await objects.put_file("archives/one", source)
    await objects.put("logs/one", b"")
    assert await objects.size("archives/one") == len(data)
    assert await objects.size("archives/two") is None
    assert b"".join([chunk async for chunk in objects.chunks("archives/one")]) == data
    await objects.fetch("archives/one", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == data
    assert await objects.read("logs/one") == b""


async def test_what_is_missing_is_told_apart_from_what_is_broken(objects: Objects, tmp_path: Path) -> None:
    for ask in (objects.read("none"), objects.fetch("none", tmp_path / "copy")):
        with pytest.raises(ObjectMissing, match="none"):
            await ask
    with pytest.raises(ObjectMissing):
        _ = [chunk async for chunk in objects.chunks("none")]
    await objects.delete(["none"])
    (tmp_path / "objects").rmdir()
    (tmp_path / "objects").write_text("in the way")
    with pytest.raises(Unavailable):
        await objects.put("a/b", b"x")


async def test_a_prefix_is_forgotten_whole_and_nothing_else(objects: Objects) -> None:
    for key in ("uploads/a/1", "uploads/a/2", "uploads/ab/1"):
        await objects.put(key, b"x")
    await objects.delete_prefix("uploads/a/")
    assert [await objects.size(key) for key in ("uploads/a/1", "uploads/a/2", "uploads/ab/1")] == [None, None, 1]


async def test_scratch_is_removed_also_when_work_fails_and_after_a_crash(objects: Objects, tmp_path: Path) -> None:
    async def fail() -> None:
        async with objects.scratch() as folder:
            (folder / "half").write_text("x")
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        await fail()
    left = tmp_path / "scratch" / "on-its-way-old"
    left.mkdir()
    os.utime(left, (0, 0))
    async with objects.scratch():
        assert await objects.sweep_scratch(60, now=time.time()) == 1
        assert len(list((tmp_path / "scratch").iterdir())) == 1
    assert list((tmp_path / "scratch").iterdir()) == []


def test_an_address_that_cannot_be_used_is_a_setting_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="OBJECTS_URL"):
        open_objects(Settings(data_dir=tmp_path, objects_url="s3://"))


def test_a_folder_is_named_by_url(tmp_path: Path) -> None:
    opened = open_objects(Settings(data_dir=tmp_path, objects_url=f"file://{tmp_path}/dengan%20spasi"))
    asyncio.run(opened.put("a", b"x"))
    assert (tmp_path / "dengan spasi" / "a").read_bytes() == b"x"
    opened.close()


class _Bucket(BaseHTTPRequestHandler):
    """As much of S3 as small objects need: whole objects by path."""

    protocol_version = "HTTP/1.1"
    kept: ClassVar[dict[str, bytes]] = {}
    broken: ClassVar[bool] = False

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        signed = self.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=kunci/")
        if signed and not self.broken:
            self.kept[self.path] = data
        self._answer(403 if not signed else 500 if self.broken else 200)

    def do_GET(self) -> None:
        found = self.kept.get(self.path)
        self._answer(404 if found is None else 200, found or b"")

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Tue, 24 Nov 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


async def test_a_bucket_by_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bucket)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "kunci",
        "AWS_SECRET_ACCESS_KEY": "rahasia",
        "AWS_REGION": "ap-southeast-3",
        "AWS_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = open_objects(Settings(data_dir=tmp_path, objects_url="s3://gelanggang/acara"))
    try:
        await bucket.put("archives/one", b"hello")
        assert _Bucket.kept == {"/gelanggang/acara/archives/one": b"hello"}
        assert await bucket.read("archives/one") == b"hello"
        with pytest.raises(ObjectMissing):
            await bucket.read("archives/two")
        monkeypatch.setattr(_Bucket, "broken", True)
        with pytest.raises(Unavailable):
            await bucket.put("archives/three", b"x")
    finally:
        bucket.close()
        server.shutdown()
        server.server_close()
        thread.join()


async def test_a_process_that_used_it_ends_cleanly(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from hackathon.objects import open_objects\n"
        "from hackathon.settings import Settings\n"
        "async def main():\n"
        "    objects = open_objects(Settings(data_dir=Path(sys.argv[1])))\n"
        "    await objects.put('a', b'x' * 20_000_000)\n"
        "    assert sum([len(chunk) async for chunk in objects.chunks('a')]) == 20_000_000\n"
        "    objects.close()\n"
        "asyncio.run(main())\n"
    )
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, str(tmp_path))
        assert await process.wait() == 0
