"""Announcing an archive and sending its parts."""

import asyncio
import hashlib
import resource
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from hackathon import events
from hackathon.errors import Unavailable
from hackathon.events import Extension, Scope
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from hackathon.submissions import (
    PARTS_AT_ONCE,
    AnnouncementInvalid,
    DeadlinePassed,
    FileTooLarge,
    NotOpen,
    PartInvalid,
    PartsBusy,
    PartStalled,
    PartTooLarge,
    TooManyUploads,
    UploadClosed,
    UploadState,
    UploadUnknown,
    complete_upload,
    errors,
    register_upload,
    store_part,
    sweep_uploads,
    upload_state,
)
from hackathon.submissions.model import OPEN_UPLOADS
from hackathon.teams import EntryUnknown, NotAMember
from tests.integration.hackathon.city import (
    NOW,
    SCHEDULE,
    SPEC,
    City,
    archive,
    found,
    person,
    register,
    send,
    stream,
    team,
)

DATA = bytes(range(250)) * 10
DEADLINE = SCHEDULE.building_closes
TICK = timedelta(microseconds=1)

FAR = datetime(2200, 1, 1, tzinfo=UTC)


async def test_an_upload_is_resumed_by_announcing_it_again(city: City, objects: Objects) -> None:
    upload = await register(city, DATA, part_bytes=1000)
    assert upload.missing == (1, 2, 3)
    await store_part(upload.id, 2, stream(DATA[1000:2000]), objects=objects, actor=city.sari, now=NOW)
    again = await register(city, DATA, now=NOW + timedelta(hours=1), part_bytes=1000)
    assert (again.id, again.registered_at, again.missing) == (upload.id, NOW, (1, 3))
    assert again.parts[0].sha256 == hashlib.sha256(DATA[1000:2000]).hexdigest()
    assert (await register(city, DATA + b"!")).id != upload.id
    assert (await upload_state(upload.id, actor=city.budi)) == again


async def test_a_part_sent_again_replaces_itself(city: City, objects: Objects) -> None:
    upload = await register(city, DATA, part_bytes=1000)
    sent = DATA[2000:]
    wrong = await store_part(upload.id, 3, stream(bytes(500)), objects=objects, actor=city.sari, now=NOW)
    parts = await asyncio.gather(
        *(store_part(upload.id, 3, stream(sent), objects=objects, actor=city.sari, now=NOW) for _ in range(3))
    )
    assert len(set(parts)) == 1
    assert parts[0] != wrong
    assert (await upload_state(upload.id, actor=city.sari)).parts == (parts[0],)


async def test_other_bytes_for_a_part_leave_nothing_of_the_old(city: City, objects: Objects, tmp_path: Path) -> None:
    upload = await register(city, DATA, part_bytes=1000)
    for filler in range(5):
        await store_part(upload.id, 1, stream(bytes([filler]) * 1000), objects=objects, actor=city.sari, now=NOW)
    await store_part(upload.id, 2, stream(DATA[1000:2000]), objects=objects, actor=city.sari, now=NOW)
    kept = [path.stat().st_size for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert kept == [1000, 1000]


async def test_a_connection_that_breaks_leaves_nothing(city: City, objects: Objects, tmp_path: Path) -> None:
    upload = await register(city, DATA, part_bytes=1000)

    async def broken() -> AsyncIterator[bytes]:
        yield DATA[:400]
        raise ConnectionResetError("the line went dead")

    async def endless() -> AsyncIterator[bytes]:
        yield DATA[:400]
        await asyncio.Event().wait()

    with pytest.raises(ConnectionResetError):
        await store_part(upload.id, 1, broken(), objects=objects, actor=city.sari, now=NOW)
    waiting = asyncio.create_task(store_part(upload.id, 1, endless(), objects=objects, actor=city.sari, now=NOW))
    await asyncio.sleep(0.2)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await upload_state(upload.id, actor=city.sari)).parts == ()
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_a_part_that_stops_coming_is_given_up_and_can_be_sent_again(
    city: City, objects: Objects, tmp_path: Path
) -> None:
    upload = await register(city, DATA, part_bytes=1000)

    async def stops() -> AsyncIterator[bytes]:
        yield DATA[:400]
        await asyncio.Event().wait()

    async def empties() -> AsyncIterator[bytes]:
        yield DATA[:400]
        while True:
            await asyncio.sleep(0.01)
            yield b""

    for slow in (stops(), empties()):
        with pytest.raises(PartStalled) as caught:
            await store_part(upload.id, 1, slow, objects=objects, actor=city.sari, now=NOW, silence=0.1)
        assert caught.value.code == "part_stalled"
    assert (await upload_state(upload.id, actor=city.sari)).parts == ()
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []
    assert list((tmp_path / "scratch").iterdir()) == []

    async def slowly() -> AsyncIterator[bytes]:
        for start in range(0, 1000, 250):
            await asyncio.sleep(0.1)
            yield DATA[start : start + 250]

    part = await store_part(upload.id, 1, slowly(), objects=objects, actor=city.sari, now=NOW, silence=0.3)
    assert part.size == 1000


async def test_a_person_sends_only_so_many_parts_at_once(city: City, objects: Objects) -> None:
    upload, begun, go_on = await register(city, DATA, part_bytes=1000), asyncio.Semaphore(0), asyncio.Event()

    async def held() -> AsyncIterator[bytes]:
        begun.release()
        await go_on.wait()
        yield DATA[:1000]

    async def send_it() -> object:
        return await store_part(upload.id, 1, held(), objects=objects, actor=city.sari, now=NOW)

    sending = [asyncio.create_task(send_it()) for _ in range(PARTS_AT_ONCE)]
    for _ in sending:
        await begun.acquire()
    with pytest.raises(PartsBusy) as caught:
        await send_it()
    assert caught.value.until > NOW
    # Somebody else of the team is not kept waiting.
    own = await store_part(upload.id, 2, _bytes(DATA[1000:2000]), objects=objects, actor=city.budi, now=NOW)
    assert own.number == 2
    go_on.set()
    await asyncio.gather(*sending)
    assert await send_it()


async def _bytes(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def test_a_time_limit_of_the_line_itself_passes_through(city: City, objects: Objects) -> None:
    upload = await register(city, DATA, part_bytes=1000)

    async def gives_up() -> AsyncIterator[bytes]:
        yield DATA[:400]
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await store_part(upload.id, 1, gives_up(), objects=objects, actor=city.sari, now=NOW)


@pytest.mark.parametrize(
    ("number", "data", "sha256", "code"),
    [
        (1, DATA[:999], None, "part_incomplete"),
        (1, b"", None, "part_incomplete"),
        (1, DATA[:1001], None, "part_too_large"),
        (3, DATA[2000:] + b"x", None, "part_too_large"),
        (0, DATA[:1000], None, "part_unknown"),
        (4, DATA[:1000], None, "part_unknown"),
        (-1, DATA[:1000], None, "part_unknown"),
        (1, DATA[:1000], "0" * 64, "part_hash_mismatch"),
    ],
)
async def test_a_part_that_is_not_what_was_announced(
    city: City, objects: Objects, number: int, data: bytes, sha256: str | None, code: str
) -> None:
    upload = await register(city, DATA, part_bytes=1000)
    with pytest.raises((PartInvalid, PartTooLarge)) as caught:
        await store_part(upload.id, number, stream(data), objects=objects, actor=city.sari, sha256=sha256, now=NOW)
    assert caught.value.code == code
    assert (await upload_state(upload.id, actor=city.sari)).parts == ()


@pytest.mark.parametrize(
    ("size", "sha256", "code"),
    [
        (0, "0" * 64, "size_invalid"),
        (-5, "0" * 64, "size_invalid"),
        (100_000_001, "0" * 64, "too_large"),
        (10**18, "0" * 64, "too_large"),
        (10**400, "0" * 64, "too_large"),
        (10, "", "sha256_invalid"),
        (10, "0" * 63, "sha256_invalid"),
        (10, "g" * 64, "sha256_invalid"),
    ],
)
async def test_an_announcement_that_cannot_be(city: City, size: int, sha256: str, code: str) -> None:
    with pytest.raises((AnnouncementInvalid, FileTooLarge)) as caught:
        await register_upload(city.entry_id, filename="a.zip", size=size, sha256=sha256, actor=city.sari, now=NOW)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("C:\\Users\\Sari\\lapor.zip", "lapor.zip"),
        ("../../etc/passwd", "passwd"),
        ("la\npor\u202e.zip", "lapor.zip"),
        ("", "arsip"),
        ("a" * 300 + ".zip", "a" * 251 + ".zip"),
    ],
)
async def test_a_file_name_is_shown_and_never_used(city: City, filename: str, shown: str) -> None:
    upload = await register_upload(city.entry_id, filename=filename, size=10, sha256="A" * 64, actor=city.sari, now=NOW)
    assert (upload.filename, upload.sha256) == (shown, "a" * 64)


async def test_only_the_team_and_organizers_may(city: City, objects: Objects) -> None:
    dewi = await person("Dewi")
    upload = await register(city, DATA)
    with pytest.raises(NotAMember):
        await register_upload(city.entry_id, filename="a", size=1, sha256="0" * 64, actor=dewi, now=NOW)
    with pytest.raises(NotAMember):
        await store_part(upload.id, 1, stream(DATA), objects=objects, actor=dewi, now=NOW)
    with pytest.raises(NotAMember):
        await upload_state(upload.id, actor=dewi)
    with pytest.raises(NotAMember):
        await complete_upload(upload.id, objects=objects, actor=dewi, now=NOW)
    assert (await upload_state(upload.id, actor=SYSTEM)).id == upload.id
    with pytest.raises(UploadUnknown):
        await upload_state(uuid4(), actor=city.sari)
    with pytest.raises(EntryUnknown):
        await register_upload(uuid4(), filename="a", size=1, sha256="0" * 64, actor=city.sari, now=NOW)


async def test_archives_are_announced_while_building_is_open(city: City) -> None:
    await register(city, DATA, now=SCHEDULE.building_opens)
    await register(city, DATA + b"1", now=DEADLINE - TICK)
    for closed in (SCHEDULE.building_opens - TICK, DEADLINE, DEADLINE + timedelta(minutes=1)):
        with pytest.raises(NotOpen) as caught:
            await register(city, DATA + b"2", now=closed)
        assert caught.value.code == "phase_closed"
        assert "WIB" in caught.value.message.id


async def test_parts_come_until_half_an_hour_after_the_deadline(city: City, objects: Objects) -> None:
    upload = await register(city, DATA, now=DEADLINE - TICK)
    late = DEADLINE + timedelta(minutes=29)
    assert (await register(city, DATA, now=late)).id == upload.id
    await store_part(upload.id, 1, stream(DATA), objects=objects, actor=city.sari, now=late)
    too_late = DEADLINE + timedelta(minutes=30)
    with pytest.raises(DeadlinePassed):
        await store_part(upload.id, 1, stream(DATA), objects=objects, actor=city.sari, now=too_late)
    with pytest.raises(DeadlinePassed):
        await register(city, DATA, now=too_late)


async def test_an_extension_helps_whom_it_is_for(city: City) -> None:
    _, other_entry = await team(city.event, "Satu Meja", await person("Dewi"), await person("Eko"))
    extension = Extension(Scope.TEAM, city.team_id, DEADLINE + timedelta(hours=2))
    await events.extend_deadline(city.event.id, extension, reason="listrik padam", actor=SYSTEM, now=NOW)
    late = DEADLINE + timedelta(hours=1)
    assert (await register(city, DATA, now=late)).state is UploadState.REGISTERED
    with pytest.raises(NotOpen):
        await register_upload(other_entry, filename="a.zip", size=10, sha256="0" * 64, actor=SYSTEM, now=late)


async def test_the_oldest_unfinished_upload_makes_room(city: City, objects: Objects) -> None:
    uploads = [await register(city, DATA + bytes([number]), now=NOW + number * TICK) for number in range(OPEN_UPLOADS)]
    await register(city, DATA, now=NOW + timedelta(minutes=1))
    states = [(await upload_state(upload.id, actor=city.sari)).state for upload in uploads]
    assert states == [UploadState.EXPIRED] + [UploadState.REGISTERED] * (OPEN_UPLOADS - 1)
    with pytest.raises(UploadClosed) as caught:
        await store_part(uploads[0].id, 1, stream(DATA + b"\0"), objects=objects, actor=city.sari, now=NOW)
    assert caught.value.code == "upload_expired"


async def test_an_hour_has_so_many_uploads_however_they_end(store: ModuleType) -> None:
    city = await found(replace(SPEC, rules=replace(SPEC.rules, uploads_an_hour=4)))
    dewi = await person("Dewi")
    _, other_entry = await team(city.event, "Satu Meja", dewi, await person("Eko"))
    minute = timedelta(minutes=1)
    first, *_ = [await register(city, DATA + bytes([n]), now=NOW + n * minute) for n in range(4)]
    with pytest.raises(TooManyUploads) as caught:
        await register(city, DATA, now=NOW + timedelta(hours=1) - TICK)
    assert (caught.value.code, caught.value.again_at) == ("too_many_uploads", NOW + timedelta(hours=1))
    assert errors.local_time(NOW + timedelta(hours=1), city.event.zone) in caught.value.message.id
    # One that is already announced goes on, another team is not held up.
    assert (await register(city, DATA + b"\0", now=NOW + 5 * minute)).id == first.id
    await register_upload(other_entry, filename="a.zip", size=10, sha256="0" * 64, actor=dewi, now=NOW)
    await register(city, DATA, now=NOW + timedelta(hours=1))
    with pytest.raises(TooManyUploads):
        await register(city, DATA + b"x", now=NOW + timedelta(hours=1))


async def test_announcements_at_once_do_not_slip_past_the_hours_number(store: ModuleType) -> None:
    city = await found(replace(SPEC, rules=replace(SPEC.rules, uploads_an_hour=3)))
    ended = await asyncio.gather(*(register(city, DATA + bytes([n])) for n in range(6)), return_exceptions=True)
    assert sum(isinstance(one, TooManyUploads) for one in ended) == 3


def test_the_time_to_come_back_is_never_told_too_early() -> None:
    told = TooManyUploads(60, datetime(2026, 11, 24, 5, 0, 1, tzinfo=UTC), "Asia/Jakarta").message
    assert "24-11-2026 12.01 WIB" in told.id
    assert "24-11-2026 12.01 WIB" in told.en


async def test_unfinished_uploads_are_forgotten_with_their_parts(city: City, objects: Objects, tmp_path: Path) -> None:
    old = await register(city, DATA, now=NOW - timedelta(hours=20))
    fresh = await register(city, DATA + b"1")
    for upload, data in ((old, DATA), (fresh, DATA + b"1")):
        await send(city, upload, data, objects)
    assert await sweep_uploads(objects, now=NOW + timedelta(hours=5)) == 1
    assert (await upload_state(old.id, actor=city.sari)).state is UploadState.EXPIRED
    assert (await upload_state(old.id, actor=city.sari)).parts == ()
    kept = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert [path.parent.name for path in kept] == [str(fresh.id)]


async def test_a_full_disk_is_ours_and_costs_nothing(city: City, objects: Objects, store: ModuleType) -> None:
    upload = await register(city, DATA)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Unavailable) as caught:
            await store_part(upload.id, 1, stream(DATA), objects=objects, actor=city.sari, now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "tidak berkurang" in caught.value.message.id
    await store_part(upload.id, 1, stream(DATA), objects=objects, actor=city.sari, now=NOW)


async def test_without_a_moment_the_databases_clock_rules(store: ModuleType) -> None:
    before = await store.clock()
    city = await found(replace(SPEC, schedule=replace(SCHEDULE, building_opens=before, building_closes=FAR)))
    upload = await register(city, archive(), now=None)
    assert before < upload.registered_at < await store.clock()
