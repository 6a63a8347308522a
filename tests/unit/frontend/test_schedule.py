"""The phases of an event in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from frontend.language import Language
from frontend.pages.schedule import lines, stage
from hackathon.events import Schedule

WIB = ZoneInfo("Asia/Jakarta")
DAY = timedelta(days=1)
OPENS = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)  # 2 November, 00.00 WIB
SCHEDULE = Schedule(
    registration_opens=OPENS,
    building_opens=OPENS + 14 * DAY,
    building_closes=OPENS + 25 * DAY - timedelta(minutes=1),
    judging_closes=OPENS + 32 * DAY,
    objection_closes=OPENS + 36 * DAY,
)


@pytest.mark.parametrize(
    ("day", "title", "following"),
    [
        (-1, "Segera", "Pendaftaran dibuka Senin, 2 November 2026 pukul 00.00 WIB"),
        (0, "Pendaftaran", "Pembangunan dimulai Senin, 16 November 2026 pukul 00.00 WIB"),
        (14, "Pembangunan", "Pengajuan ditutup Kamis, 26 November 2026 pukul 23.59 WIB"),
        (25, "Penilaian", "Hasil diumumkan Jumat, 4 Desember 2026 pukul 00.00 WIB"),
        (33, "Masa sanggah", "Sanggahan ditutup Selasa, 8 Desember 2026 pukul 00.00 WIB"),
        (36, "Selesai", None),
    ],
)
def test_the_phase_says_what_ends_it(day: int, title: str, following: str | None) -> None:
    found = stage(SCHEDULE, OPENS + day * DAY, WIB, Language.ID)
    assert (found.title, found.next) == (title, following)


def test_the_line_of_phases_in_the_middle_of_building() -> None:
    drawn = lines(SCHEDULE, OPENS + 20 * DAY, WIB, Language.ID)
    assert [(line.title, line.when, line.state) for line in drawn] == [
        ("Pendaftaran", "2 Nov sampai 16 Nov", "past"),
        ("Pembangunan", "16 Nov sampai 26 Nov", "here"),
        ("Penilaian", "26 Nov sampai 4 Des", ""),
        ("Masa sanggah", "4 Des sampai 8 Des", ""),
        ("Hasil akhir", "8 Des, 00.00 WIB", ""),
    ]
    assert drawn[0].gone == 100.0
    assert 54 < drawn[1].gone < 55
    assert drawn[2].gone == 0.0


def test_a_phase_of_a_few_hours_names_its_hours() -> None:
    hour = timedelta(hours=1)
    short = Schedule(OPENS, OPENS + hour, OPENS + 2 * hour, OPENS + 3 * hour, OPENS + 4 * hour)
    assert lines(short, OPENS, WIB, Language.ID)[1].when == "2 Nov, 01.00 sampai 02.00 WIB"


def test_all_is_past_when_the_event_is_closed() -> None:
    assert {line.state for line in lines(SCHEDULE, OPENS + 40 * DAY, WIB, Language.EN)} == {"past"}
