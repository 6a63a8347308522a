"""News of an event: published once, in one language or two, taken back, and on every page while it matters."""

import asyncio
from datetime import datetime, timedelta
from types import ModuleType
from uuid import uuid4

import pytest

from hackathon import announcements, events
from hackathon.announcements import Announcement, AnnouncementUnknown, Incomplete, TooMany
from hackathon.announcements.model import MOST
from hackathon.errors import Forbidden, Refusal
from hackathon.events import Event, EventUnknown
from hackathon.model import SYSTEM
from sandbox.model import Text
from tests.integration.hackathon.city import KEY, NOW, SPEC, person

TITLE = Text(id="Listrik aula padam", en="The hall has no power")
BODY = Text(id="Genset menyala 15 menit lagi.\r\n\r\n\r\nTetap di tempat.", en="15 minutes.")


@pytest.fixture
async def event(store: ModuleType) -> Event:
    return await events.apply_event(SPEC, key=KEY, actor=SYSTEM, now=NOW)


async def tell(
    event: Event, title: Text = TITLE, body: Text = BODY, *, important: bool = False, now: datetime = NOW
) -> Announcement:
    return await announcements.publish(event.id, title, body, important=important, actor=SYSTEM, now=now)


async def kinds(store: ModuleType) -> list[str]:
    return [row["kind"] for row in await store.fetch("SELECT kind FROM outbox WHERE kind LIKE 'announcement%'")]


async def test_news_are_read_newest_first(store: ModuleType, event: Event) -> None:
    first = await tell(event)
    second = await tell(event, Text(id="Kelas tambahan", en=""), Text(id="Besok.", en=""), now=NOW + timedelta(hours=2))
    assert first.body.id == "Genset menyala 15 menit lagi.\n\nTetap di tempat."
    assert await announcements.list_announcements(event.id) == (second, first)
    assert await announcements.list_announcements(event.id, limit=1, offset=1) == (first,)
    assert await announcements.latest_announcements([event.id, uuid4()], limit=1) == (second,)
    assert await announcements.count_announcements(event.id) == 2
    assert await kinds(store) == ["announcement.published"] * 2


async def test_one_language_is_enough_and_said_in_both(event: Event) -> None:
    only_english = await tell(event, Text(id=" ", en="Extra class"), Text(id="", en="Tomorrow."))
    assert only_english.title == Text(id="", en="Extra class")
    assert only_english.said("id") == only_english.said("en") == announcements.Said("Extra class", "Tomorrow.", "en")
    both = await tell(event)
    assert (both.said("id").language, both.said("en").language) == ("id", "en")


@pytest.mark.parametrize(
    ("title", "body", "field"),
    [
        (Text("", ""), Text("", ""), "title.id"),
        (Text("Judul", ""), Text(" ", ""), "body.id"),
        (Text("", ""), Text("Isi", ""), "title.id"),
        (Text("Judul", "Title"), Text("Isi", ""), "body.en"),
        (Text("Judul", ""), Text("Isi", "Text"), "title.en"),
    ],
)
async def test_half_of_one_is_refused_by_name(event: Event, title: Text, body: Text, field: str) -> None:
    with pytest.raises(Incomplete) as caught:
        await tell(event, title, body)
    assert caught.value.field == field
    assert "Isi judul" in caught.value.message.id
    assert await announcements.list_announcements(event.id) == ()


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        (Text("x" * 121, ""), Text("Isi", ""), "name_too_long"),
        (Text("Judul", ""), Text("x" * 4001, ""), "name_too_long"),
        (Text("Judul\0", ""), Text("Isi", ""), "name_unreadable"),
        (Text("Judul", ""), Text("Isi \u202e", ""), "name_unreadable"),
    ],
)
async def test_what_cannot_be_shown_is_refused(event: Event, title: Text, body: Text, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        await tell(event, title, body)
    assert caught.value.code == code


async def test_a_form_sent_twice_is_one_announcement(store: ModuleType, event: Event) -> None:
    sent = await asyncio.gather(*(tell(event) for _ in range(4)))
    assert len({one.id for one in sent}) == 1
    assert await kinds(store) == ["announcement.published"]
    assert (await tell(event, now=NOW + timedelta(hours=2))).id != sent[0].id  # said again on another occasion


async def test_what_was_taken_back_is_read_by_organizers_only(store: ModuleType, event: Event) -> None:
    told = await tell(event, important=True)
    for _ in range(2):
        await announcements.retract(told.id, " Salah  aula ", actor=SYSTEM, now=NOW + timedelta(minutes=5))
    assert await announcements.list_announcements(event.id) == ()
    assert await announcements.current_notices(NOW + timedelta(minutes=6)) == {}
    (seen,) = await announcements.list_announcements(event.id, retracted=True)
    assert (seen.reason, seen.retracted_at) == ("Salah aula", NOW + timedelta(minutes=5))
    assert await kinds(store) == ["announcement.published", "announcement.retracted"]
    with pytest.raises(AnnouncementUnknown):
        await announcements.retract(uuid4(), "Salah", actor=SYSTEM, now=NOW)
    with pytest.raises(Refusal, match="missing"):
        await announcements.retract(told.id, " ", actor=SYSTEM, now=NOW)
    assert (await tell(event, important=True)).id != told.id


async def test_the_newest_important_one_stands_on_every_page_for_a_day(event: Event) -> None:
    assert await announcements.current_notices(NOW) == {}
    old = await tell(event, Text(id="Lama", en=""), Text(id="Lama.", en=""), important=True)
    new = await tell(event, important=True, now=NOW + timedelta(hours=1))
    await tell(event, Text(id="Biasa", en=""), Text(id="Biasa.", en=""), now=NOW + timedelta(hours=2))
    assert await announcements.current_notices(NOW + timedelta(hours=3)) == {event.slug: new}
    assert new.is_notice(NOW + timedelta(hours=24, minutes=59))
    await announcements.retract(new.id, "Selesai", actor=SYSTEM, now=NOW + timedelta(hours=4))
    assert await announcements.current_notices(NOW + timedelta(hours=5)) == {event.slug: old}
    assert await announcements.current_notices(NOW + timedelta(hours=25)) == {}


async def test_by_the_databases_clock_a_day_is_a_day(store: ModuleType, event: Event) -> None:
    now = await store.clock()
    await tell(event, important=True, now=now - timedelta(hours=25))
    assert await announcements.current_notices() == {}
    told = await tell(event, important=True, now=now - timedelta(hours=23))
    assert await announcements.current_notices() == {event.slug: told}


async def test_only_organizers_tell_and_only_of_events_that_are_there(event: Event) -> None:
    sari = await person("Sari")
    with pytest.raises(Forbidden):
        await announcements.publish(event.id, TITLE, BODY, important=True, actor=sari, now=NOW)
    told = await tell(event)
    with pytest.raises(Forbidden):
        await announcements.retract(told.id, "Iseng", actor=sari, now=NOW)
    with pytest.raises(EventUnknown):
        await announcements.publish(uuid4(), TITLE, BODY, important=True, actor=SYSTEM, now=NOW)


async def test_an_event_keeps_so_many_and_no_more(store: ModuleType, event: Event) -> None:
    await store.execute(
        "INSERT INTO announcement (id, event_id, title_id, body_id, title_en, body_en, important, published_at)"
        " SELECT gen_random_uuid(), $1, 'Judul ' || n, 'Isi', '', '', false, $2 FROM generate_series(1, $3) n",
        event.id,
        NOW - timedelta(days=1),
        MOST - 1,
    )
    await tell(event)
    with pytest.raises(TooMany):
        await tell(event, Text(id="Satu lagi", en=""), Text(id="Isi.", en=""))
