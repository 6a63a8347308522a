"""Pitches: taken, drawn by a worker, shown as pictures; what is wrong with one is told."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from hackathon import pitches
from hackathon.objects import Objects
from hackathon.pitches import PitchState, offer_pitch, pitch_of, read_page, save_video
from hackathon.pitches.drawing import Drawer
from hackathon.pitches.model import OFFERS, document_key, pitch_prefix
from hackathon.submissions import FileStalled, NotOpen, UploadsBusy
from hackathon.teams import NotAMember
from sandbox.conformance.documents import pdf, words
from sandbox.errors import EngineUnavailable
from sandbox.fake import FakeProvider
from sandbox.pages import Drawing, PageLimits
from sandbox.provider import Cancel
from tests.integration.hackathon.city import NOW, SCHEDULE, City, person, stream

THREE = pdf([words("satu"), words("dua"), words("tiga")])


async def offer(
    city: City, data: bytes, objects: Objects, *, name: str = "presentasi.pdf", minutes: float = 0
) -> pitches.Pitch:
    now = NOW + timedelta(minutes=minutes)
    return await offer_pitch(
        city.entry_id, filename=name, stream=stream(data, 700), objects=objects, actor=city.sari, now=now
    )


async def test_a_pitch_is_drawn_and_shown_as_pictures(city: City, objects: Objects) -> None:
    offered = await offer(city, THREE, objects)
    assert (offered.state, offered.filename, offered.size) == (PitchState.WAITING, "presentasi.pdf", len(THREE))
    assert await Drawer(objects, FakeProvider()).draw_next()
    assert not await Drawer(objects, FakeProvider()).draw_next()
    view = await pitch_of(city.entry_id, actor=city.budi)
    assert view.shown is not None
    assert (view.shown.state, [page.number for page in view.shown.pages]) == (PitchState.READY, [1, 2, 3])
    whole = await read_page(offered.id, 2, small=False, objects=objects, actor=city.budi)
    small = await read_page(offered.id, 2, small=True, objects=objects, actor=city.budi)
    assert whole.startswith(b"\x89PNG")
    assert len(small) < len(whole)


@pytest.mark.parametrize(
    ("data", "error", "code"),
    [
        (b"", pitches.DocumentEmpty, "document_empty"),
        (b"PK\x03\x04" + bytes(5000), pitches.NotAPdf, "not_a_pdf"),
        (bytes(2000) + THREE, pitches.NotAPdf, "not_a_pdf"),
        (b"%PDF-" + bytes(pitches.MOST_BYTES), pitches.DocumentTooLarge, "document_too_large"),
    ],
)
async def test_what_is_no_pitch_is_refused_and_leaves_nothing(
    data: bytes, error: type[Exception], code: str, city: City, objects: Objects, tmp_path: Path
) -> None:
    with pytest.raises(error) as told:
        await offer_pitch(
            city.entry_id, filename="p.pptx", stream=stream(data, 1 << 20), objects=objects, actor=city.sari, now=NOW
        )
    assert told.value.code == code  # type: ignore[attr-defined]
    assert (await pitch_of(city.entry_id, actor=city.sari)).latest is None
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_some_bytes_before_the_mark_are_forgiven(city: City, objects: Objects) -> None:
    assert (await offer(city, b"\n\n" + THREE, objects)).state is PitchState.WAITING


async def test_the_same_file_again_is_the_same_pitch(city: City, objects: Objects, tmp_path: Path) -> None:
    first = await offer(city, THREE, objects)
    again = await offer(city, THREE, objects, minutes=1)
    assert again.id == first.id
    assert len(list((tmp_path / "objects").rglob("*.pdf"))) == 1


async def test_a_document_that_cannot_be_drawn_says_so_and_may_be_tried_again(city: City, objects: Objects) -> None:
    many = pdf([words("x")] * 31)
    await offer(city, many, objects)
    await Drawer(objects, FakeProvider()).draw_next()
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.latest is not None
    assert (view.latest.state, view.shown) == (PitchState.REFUSED, None)
    assert view.latest.message is not None
    assert "31 halaman, paling banyak 30" in view.latest.message.id
    assert (await offer(city, many, objects, minutes=1)).id != view.latest.id


async def test_the_old_one_is_shown_until_the_new_one_is_ready_then_forgotten(
    city: City, objects: Objects, tmp_path: Path
) -> None:
    drawer = Drawer(objects, FakeProvider())
    old = await offer(city, THREE, objects)
    await drawer.draw_next()
    new = await offer(city, pdf([words("baru")]), objects, minutes=1)
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.latest is not None
    assert view.shown is not None
    assert (view.latest.id, view.shown.id) == (new.id, old.id)
    await drawer.draw_next()
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.shown is not None
    assert view.shown.id == new.id
    assert not (tmp_path / "objects" / pitch_prefix(old.id) / "001.png").exists()
    with pytest.raises(pitches.PageUnknown):
        await read_page(old.id, 1, small=False, objects=objects, actor=city.sari)


async def test_one_that_waits_is_replaced_by_the_next(city: City, objects: Objects) -> None:
    first = await offer(city, THREE, objects)
    second = await offer(city, pdf([words("dua")]), objects, minutes=1)
    drawer = Drawer(objects, FakeProvider())
    assert await drawer.draw_next()
    assert not await drawer.draw_next()
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.shown is not None
    assert view.shown.id == second.id
    assert await objects.size(document_key(first.id)) is None


class Failing(FakeProvider):
    """An engine that is away for the first calls."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        if self.times > 0:
            self.times -= 1
            raise EngineUnavailable("away")
        return super().draw_pages(pdf, into, limits=limits, label=label, cancel=cancel)


async def test_a_failure_of_ours_is_tried_again_later(city: City, objects: Objects, store: ModuleType) -> None:
    await offer(city, THREE, objects)
    drawer = Drawer(objects, Failing(1))
    assert await drawer.draw_next()
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.latest is not None
    assert (view.latest.state, view.latest.failures) == (PitchState.WAITING, 1)
    assert not await drawer.draw_next()
    await store.execute("UPDATE pitch SET due_at = clock_timestamp()")
    assert await drawer.draw_next()
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.shown is not None


class Slow(FakeProvider):
    """Draws only when it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.drawing = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        self.loop.call_soon_threadsafe(self.drawing.set)
        assert cancel is not None
        assert cancel.event.wait(20)
        return super().draw_pages(pdf, into, limits=limits, label=label)


async def test_a_worker_that_died_is_replaced_and_writes_nothing(
    city: City, objects: Objects, store: ModuleType
) -> None:
    offered = await offer(city, THREE, objects)
    stalled = Slow()
    work = asyncio.create_task(Drawer(objects, stalled, lease=timedelta(seconds=0.6)).draw_next())
    await asyncio.wait_for(stalled.drawing.wait(), 10)
    await store.execute("UPDATE pitch SET lease_until = clock_timestamp() - interval '1 s'")
    assert await Drawer(objects, FakeProvider()).draw_next()
    await asyncio.wait_for(work, 10)
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.shown is not None
    assert view.shown.id == offered.id
    assert await objects.size(f"{pitch_prefix(offered.id)}003.png")


class Stalled(Slow):
    """Goes on drawing whatever happens, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        self.loop.call_soon_threadsafe(self.drawing.set)
        assert self.go.wait(20)
        return FakeProvider.draw_pages(self, pdf, into, limits=limits, label=label)


async def test_a_stalled_worker_that_returns_takes_nothing_away(
    city: City, objects: Objects, store: ModuleType
) -> None:
    """Its lease ran out unnoticed; meanwhile another has the document, and needs it."""
    offered = await offer(city, THREE, objects)
    stalled, other = Stalled(), Stalled()
    first = asyncio.create_task(Drawer(objects, stalled).draw_next())
    await asyncio.wait_for(stalled.drawing.wait(), 10)
    await store.execute("UPDATE pitch SET lease_until = clock_timestamp() - interval '1 s'")
    second = asyncio.create_task(Drawer(objects, other).draw_next())
    await asyncio.wait_for(other.drawing.wait(), 10)
    stalled.go.set()
    await asyncio.wait_for(first, 10)
    assert await objects.size(document_key(offered.id)) == len(THREE)
    other.go.set()
    await asyncio.wait_for(second, 10)
    view = await pitch_of(city.entry_id, actor=city.sari)
    assert view.shown is not None
    assert await objects.size(f"{pitch_prefix(offered.id)}003.png")


async def test_one_that_is_replaced_while_it_is_drawn_leaves_nothing(
    city: City, objects: Objects, tmp_path: Path
) -> None:
    first, stalled = await offer(city, THREE, objects), Stalled()
    work = asyncio.create_task(Drawer(objects, stalled).draw_next())
    await asyncio.wait_for(stalled.drawing.wait(), 10)
    await offer(city, pdf([words("baru")]), objects, minutes=1)
    stalled.go.set()
    await asyncio.wait_for(work, 10)
    assert list((tmp_path / "objects" / pitch_prefix(first.id)).glob("*")) == []


async def test_a_worker_that_is_asked_to_end_hands_back(city: City, objects: Objects) -> None:
    await offer(city, THREE, objects)
    slow = Slow()
    work = asyncio.create_task(Drawer(objects, slow).draw_next())
    await asyncio.wait_for(slow.drawing.wait(), 10)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert await Drawer(objects, FakeProvider()).draw_next()


async def test_so_many_an_hour_and_no_more(city: City, objects: Objects) -> None:
    for number in range(OFFERS):
        await offer(city, pdf([words(str(number))]), objects, minutes=number)
    with pytest.raises(pitches.TooManyDocuments) as told:
        await offer(city, pdf([words("lagi")]), objects, minutes=30)
    assert told.value.again_at == NOW + timedelta(hours=1)
    await offer(city, pdf([words("lagi")]), objects, minutes=61)


async def test_two_at_once_and_no_third(city: City, objects: Objects) -> None:
    go = asyncio.Event()

    async def held() -> AsyncIterator[bytes]:
        yield THREE[:10]
        await go.wait()
        yield THREE[10:]

    sending = [
        asyncio.create_task(
            offer_pitch(city.entry_id, filename="p.pdf", stream=held(), objects=objects, actor=city.sari, now=NOW)
        )
        for _ in range(2)
    ]
    await asyncio.sleep(0.2)
    with pytest.raises(UploadsBusy):
        await offer(city, THREE, objects)
    go.set()
    assert len({pitch.id for pitch in await asyncio.gather(*sending)}) == 1
    await offer(city, THREE, objects)


async def test_after_the_deadline_and_for_others_the_door_is_shut(city: City, objects: Objects) -> None:
    stranger = await person("Orang Lain")
    with pytest.raises(NotOpen):
        await offer_pitch(
            city.entry_id,
            filename="p.pdf",
            stream=stream(THREE),
            objects=objects,
            actor=city.sari,
            now=SCHEDULE.building_closes,
        )
    with pytest.raises(NotOpen):
        await save_video(city.entry_id, "https://a.id/v", actor=city.sari, now=SCHEDULE.building_closes)
    pitch = await offer(city, THREE, objects)
    await Drawer(objects, FakeProvider()).draw_next()
    for look in (
        pitch_of(city.entry_id, actor=stranger),
        read_page(pitch.id, 1, small=True, objects=objects, actor=stranger),
        save_video(city.entry_id, "https://a.id/v", actor=stranger, now=NOW),
    ):
        with pytest.raises(NotAMember):
            await look


async def test_a_line_that_breaks_or_stalls_leaves_nothing(city: City, objects: Objects, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield THREE[:100]
        raise ConnectionResetError

    async def silent() -> AsyncIterator[bytes]:
        yield THREE[:100]
        await asyncio.sleep(30)

    for lines, error in ((broken(), ConnectionResetError), (silent(), FileStalled)):
        with pytest.raises(error):
            await offer_pitch(
                city.entry_id,
                filename="p.pdf",
                stream=lines,
                objects=objects,
                actor=city.sari,
                now=NOW,
                silence=0.2,
            )
    assert (await pitch_of(city.entry_id, actor=city.sari)).latest is None
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.youtube.com/watch?v=abc", "www.youtube.com"),
        ("  https://drive.google.com/file/d/1/view ", "drive.google.com"),
        ("https://video.kota-sukaraya.go.id:8443/x", "video.kota-sukaraya.go.id"),
    ],
)
async def test_a_video_is_a_link_to_any_host(address: str, host: str, city: City) -> None:
    await save_video(city.entry_id, address, actor=city.sari, now=NOW)
    video = (await pitch_of(city.entry_id, actor=city.budi)).video
    assert video is not None
    assert (video.address, video.host, video.author) == (address.strip(), host, "Sari")
    await save_video(city.entry_id, "", actor=city.budi, now=NOW)
    assert (await pitch_of(city.entry_id, actor=city.budi)).video is None


@pytest.mark.parametrize(
    "address",
    [
        "youtube",
        "http://contoh.id/video",
        "javascript:alert(1)",
        "https://",
        "https://localhost/x",
        "https://contoh.id@jahat.example/",
        "https://contoh.id/a b",
        "https://contoh.id/\u202ex",
        'https://contoh.id/"><script>',
        "https://[::1",
        "https://contoh.id:99999/",
        "https://contoh.id/" + "x" * 500,
    ],
)
async def test_what_is_no_address_of_a_video_is_refused(address: str, city: City) -> None:
    with pytest.raises(pitches.VideoInvalid):
        await save_video(city.entry_id, address, actor=city.sari, now=NOW)
