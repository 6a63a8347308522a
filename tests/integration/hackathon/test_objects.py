"""The object store in a folder."""

import asyncio
import os
import sys
import time
from pathlib import Path

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
