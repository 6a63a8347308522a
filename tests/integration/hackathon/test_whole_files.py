"""Files that come whole, as a form sends them: registered when the last byte is here."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from hackathon import submissions
from hackathon.errors import NoSpace
from hackathon.objects import Objects
from hackathon.submissions import complete_upload, upload_whole
from sandbox.limits import MB
from tests.integration.hackathon.city import NOW, SCHEDULE, City, archive, found, hand_in, person, stream, team


async def send(city: City, data: bytes, objects: Objects, **options: object) -> submissions.Upload:
    return await upload_whole(
        city.entry_id,
        filename="lapor.zip",
        stream=stream(data, 1 << 16),
        objects=objects,
        actor=city.sari,
        now=NOW,
        **options,  # type: ignore[arg-type]
    )


async def test_a_whole_file_becomes_a_submission(city: City, objects: Objects, tmp_path: Path) -> None:
    data = archive()
    upload = await send(city, data, objects)
    assert (upload.missing, upload.sha256, upload.size) == ((), hashlib.sha256(data).hexdigest(), len(data))
    assert upload.same_as is None
    receipt = await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    assert (receipt.number, receipt.registered_at) == (1, NOW)
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_a_file_of_several_parts_is_whole(city: City, objects: Objects) -> None:
    data = bytes(range(256)) * 70_000
    upload = await send(city, data, objects)
    assert [part.size for part in upload.parts] == [8 * 1024 * 1024, 8 * 1024 * 1024, len(data) - 16 * 1024 * 1024]
    with pytest.raises(submissions.ArchiveRefused):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)


async def test_the_same_bytes_again_are_told_before_they_are_charged(city: City, objects: Objects) -> None:
    data = archive()
    await hand_in(city, data, objects)
    await hand_in(city, archive(note="lain"), objects)
    upload = await send(city, data, objects)
    assert upload.same_as == 1
    attempts = await submissions.attempts_of(city.entry_id, actor=city.sari, now=NOW)
    assert attempts.used == 2


async def test_the_bytes_of_another_team_are_not_told(city: City, objects: Objects) -> None:
    data = archive()
    await hand_in(city, data, objects)
    doni, eka = await person("Doni"), await person("Eka")
    _, entry_id = await team(city.event, "Satu Meja", doni, eka)
    upload = await upload_whole(entry_id, filename="x.zip", stream=stream(data), objects=objects, actor=doni, now=NOW)
    assert upload.same_as is None


async def test_too_large_is_told_at_the_first_byte_too_many(city: City, objects: Objects, tmp_path: Path) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += MB
            yield bytes(MB)

    with pytest.raises(submissions.FileTooLarge) as told:
        await upload_whole(
            city.entry_id,
            filename="x.zip",
            stream=endless(),
            objects=objects,
            actor=city.sari,
            announced=250 * MB,
            now=NOW,
        )
    assert "250.0 MB" in told.value.message.id
    assert taken <= 101 * MB
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_nothing_is_read_when_it_cannot_count(city: City, objects: Objects) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("a byte was read")
        yield b""

    async def offer(moment: timedelta, where: City = city) -> None:
        await upload_whole(
            where.entry_id, filename="x.zip", stream=never(), objects=objects, actor=where.sari, now=NOW + moment
        )

    with pytest.raises(submissions.NotOpen):
        await offer(SCHEDULE.building_closes - NOW)
    with pytest.raises(submissions.NotOpen):
        await offer(SCHEDULE.building_opens - NOW - timedelta(seconds=1))


async def test_without_an_attempt_nothing_is_read(store: ModuleType, objects: Objects) -> None:
    city = await found(attempts_a_day=1)
    await hand_in(city, archive(), objects)
    with pytest.raises(submissions.AttemptsUsed):
        await send(city, archive(note="dua"), objects)


async def test_a_phase_that_closes_while_it_comes_is_too_late(city: City, objects: Objects, store: ModuleType) -> None:
    """Nobody announced the bytes, so they count when they are all here: by the database's clock."""
    data = archive()

    async def slow() -> AsyncIterator[bytes]:
        yield data[:50]
        await store.execute(
            "UPDATE event SET schedule = jsonb_set(jsonb_set(schedule, '{building_opens}', to_jsonb(now() - interval"
            " '2 s')), '{building_closes}', to_jsonb(now() - interval '1 s'))"
        )
        yield data[50:]

    await store.execute(
        "UPDATE event SET schedule = jsonb_set(jsonb_set(schedule, '{building_opens}', to_jsonb(now() - interval"
        " '1 d')), '{building_closes}', to_jsonb(now() + interval '1 d'))"
    )
    with pytest.raises(submissions.NotOpen):
        await upload_whole(city.entry_id, filename="x.zip", stream=slow(), objects=objects, actor=city.sari)


async def test_a_line_that_breaks_or_stalls_costs_nothing(city: City, objects: Objects, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"PK"
        raise ConnectionResetError

    async def silent() -> AsyncIterator[bytes]:
        yield b"PK"
        await asyncio.sleep(30)

    for lines, error in ((broken(), ConnectionResetError), (silent(), submissions.FileStalled)):
        with pytest.raises(error):
            await upload_whole(
                city.entry_id,
                filename="x.zip",
                stream=lines,
                objects=objects,
                actor=city.sari,
                now=NOW,
                silence=0.2,
            )
    assert list((tmp_path / "scratch").iterdir()) == []
    assert (await submissions.attempts_of(city.entry_id, actor=city.sari, now=NOW)).used == 0


async def test_two_at_once_and_no_third(city: City, objects: Objects) -> None:
    go = asyncio.Event()
    data = [archive(note=str(number)) for number in range(3)]

    async def held(index: int) -> AsyncIterator[bytes]:
        yield data[index][:10]
        await go.wait()
        yield data[index][10:]

    sending = [
        asyncio.create_task(
            upload_whole(city.entry_id, filename="x.zip", stream=held(index), objects=objects, actor=city.sari, now=NOW)
        )
        for index in range(2)
    ]
    await asyncio.sleep(0.2)
    with pytest.raises(submissions.UploadsBusy):
        await send(city, data[2], objects)
    go.set()
    assert len({upload.id for upload in await asyncio.gather(*sending)}) == 2
    await send(city, data[2], objects)


async def test_a_disk_that_is_full_has_words_of_its_own(
    city: City, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hackathon.objects.Spool._write_all", full)
    with pytest.raises(NoSpace) as told:
        await send(city, archive(), objects)
    assert "Ruang simpan di server penuh" in told.value.message.id
