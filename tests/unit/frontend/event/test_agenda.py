"""The agenda by day, each session in the time of its venue."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend.language import Language
from frontend.pages.event.agenda import draw_agenda
from hackathon.events import AgendaItem, Venue
from sandbox.model import Text

JAKARTA = ZoneInfo("Asia/Jakarta")
JAYAPURA = Venue(UUID(int=1), UUID(int=2), "jayapura", "Aula Jayapura", "Asia/Jayapura")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 10.00 WIB, 12.00 WIT
TITLE = Text(id="Kelas", en="Class")


def session(hours: float, lasts: float | None = 1.0, venue: str | None = None) -> AgendaItem:
    at = NOW + timedelta(hours=hours)
    return AgendaItem(at=at, title=TITLE, until=None if lasts is None else at + timedelta(hours=lasts), venue=venue)


def test_sessions_are_told_in_the_time_of_their_venue_and_of_the_viewer() -> None:
    sessions = (session(-3), session(-0.5, venue="jayapura"), session(2, None))
    (day,) = draw_agenda(sessions, [JAYAPURA], now=NOW, zone=JAKARTA, language=Language.ID)
    assert day.title == "Selasa, 24 November 2026"
    assert [row.when for row in day.rows] == ["07.00–08.00 WIB", "11.30–12.30 WIT", "12.00 WIB"]
    assert [row.state for row in day.rows] == ["past", "here", ""]
    assert [row.venue for row in day.rows] == [None, "Aula Jayapura", None]
    assert not day.past


def test_days_are_those_of_the_venue() -> None:
    late = session(13.5, venue="jayapura")  # 23.30 WIB on the 24th, 01.30 WIT on the 25th
    days = draw_agenda((late, session(13)), [JAYAPURA], now=NOW, zone=JAKARTA, language=Language.EN)
    assert [day.title for day in days] == ["Tuesday, 24 November 2026", "Wednesday, 25 November 2026"]
    assert days[1].rows[0].when == "01:30–02:30 WIT"


def test_a_session_over_midnight_names_its_end() -> None:
    ((row,),) = [day.rows for day in draw_agenda((session(12, 5),), [], now=NOW, zone=JAKARTA, language=Language.ID)]
    assert row.when == "22.00 WIB – 25 Nov, 03.00 WIB"


def test_a_venue_that_is_gone_is_nobodys() -> None:
    ((row,),) = [
        day.rows for day in draw_agenda((session(1, venue="hilang"),), [], now=NOW, zone=JAKARTA, language=Language.ID)
    ]
    assert (row.venue, row.when) == (None, "11.00–12.00 WIB")


def test_without_sessions_there_is_no_day() -> None:
    assert draw_agenda((), [JAYAPURA], now=NOW, zone=JAKARTA, language=Language.ID) == ()
