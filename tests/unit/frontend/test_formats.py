"""Figures and dates as people read them, in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from frontend import formats
from frontend.language import Language

ID, EN = Language.ID, Language.EN
WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
MOMENT = datetime(2026, 11, 26, 16, 59, 7, tzinfo=UTC)


def test_scores_have_one_decimal_and_the_sign_of_the_language() -> None:
    assert formats.score(88.94, ID) == "88,9"
    assert formats.score(88.94, EN) == "88.9"
    assert formats.score(88.25, ID) == "88,3"
    assert formats.score(100.0, ID) == "100,0"
    assert formats.score(0.0, ID) == "0,0"


def test_a_gap_has_a_real_minus_and_none_for_zero() -> None:
    assert formats.gap(-2.81, ID) == "−2,8"
    assert formats.gap(2.81, ID) == "+2,8"
    assert formats.gap(-0.04, ID) == "0,0"


def test_counts_are_grouped() -> None:
    assert formats.whole(12345, ID) == "12.345"
    assert formats.whole(12345, EN) == "12,345"


def test_sizes_are_rounded_in_one_way() -> None:
    sizes = {0: "0 kB", 12: "1 kB", 4_190: "4 kB", 4_500: "5 kB", 99_499: "99 kB", 99_500: "0,1 MB"}
    assert {size: formats.megabytes(size, ID) for size in sizes} == sizes
    assert formats.megabytes(18_650_000, EN) == "18.7 MB"


def test_times_name_their_zone() -> None:
    assert formats.clock(MOMENT, WIB, ID) == "23.59"
    assert formats.clock(MOMENT, WIB, EN, seconds=True) == "23:59:07"
    assert formats.moment_long(MOMENT, WIB, ID) == "Kamis, 26 November 2026 pukul 23.59 WIB"
    assert formats.moment_long(MOMENT, WIT, ID) == "Jumat, 27 November 2026 pukul 01.59 WIT"
    assert formats.moment_long(MOMENT, WIB, EN) == "Thursday, 26 November 2026 at 23:59 WIB"
    assert formats.moment_short(MOMENT, WIB, ID) == "26 Nov, 23.59 WIB"


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(days=2, hours=9, minutes=27), "2 hari 9 jam"),
        (timedelta(days=2, minutes=27), "2 hari"),
        (timedelta(hours=1, minutes=5, seconds=59), "1 jam 5 menit"),
        (timedelta(minutes=1, seconds=1), "1 menit 1 detik"),
        (timedelta(seconds=59.9), "59 detik"),
        (timedelta(0), "0 detik"),
        (timedelta(seconds=-5), "0 detik"),
        (timedelta(days=1234), "1.234 hari"),
    ],
)
def test_time_left_in_its_two_largest_units(left: timedelta, told: str) -> None:
    assert formats.remaining(left, ID) == told


def test_one_day_is_not_days() -> None:
    assert formats.remaining(timedelta(days=1, hours=1), EN) == "1 day 1 hour"
