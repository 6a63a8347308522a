"""Parts, days, grace, keys."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from hackathon.submissions.errors import local_time
from hackathon.submissions.model import (
    GRACE,
    Attempts,
    Part,
    day_of,
    may_arrive,
    part_count,
    part_key,
    part_prefix,
    part_size,
)

DEADLINE = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(("size", "count", "last"), [(1, 1, 1), (10, 1, 10), (11, 2, 1), (20, 2, 10), (25, 3, 5)])
def test_parts_add_up_to_the_file(size: int, count: int, last: int) -> None:
    assert part_count(size, 10) == count
    sizes = [part_size(size, 10, number) for number in range(1, count + 1)]
    assert sum(sizes) == size
    assert sizes[-1] == last


def test_a_day_is_the_calendars_of_the_zone() -> None:
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    begin, end = day_of(evening, ZoneInfo("Asia/Jakarta"))
    assert begin.astimezone(UTC) == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    begin, end = day_of(evening, ZoneInfo("Asia/Jayapura"))
    assert begin.astimezone(UTC) == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_a_day_may_have_25_hours() -> None:
    begin, end = day_of(datetime(2026, 10, 25, 12, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("registered", "now", "expected"),
    [
        (DEADLINE - TICK, DEADLINE - TICK, True),
        (DEADLINE - TICK, DEADLINE + GRACE - TICK, True),
        (DEADLINE - TICK, DEADLINE + GRACE, False),
        (DEADLINE, DEADLINE, False),
        (DEADLINE, DEADLINE + TICK, False),
    ],
)
def test_bytes_announced_in_time_have_half_an_hour_more(registered: datetime, now: datetime, expected: bool) -> None:
    assert may_arrive(registered, DEADLINE, now) is expected


def test_attempts_never_go_below_nothing() -> None:
    assert Attempts(used=12, allowed=10, resets_at=DEADLINE).left == 0
    assert Attempts(used=9, allowed=10, resets_at=DEADLINE).left == 1


def test_a_part_is_kept_by_what_it_holds() -> None:
    upload = UUID(int=7)
    first, second = Part(1, 10, "a" * 64), Part(1, 10, "b" * 64)
    assert part_key(upload, first) != part_key(upload, second)
    assert part_key(upload, first).startswith(part_prefix(upload))


def test_times_are_told_in_the_zone_that_is_named() -> None:
    assert local_time(DEADLINE, "Asia/Jakarta") == "26-11-2026 17.00 WIB"
    assert local_time(DEADLINE, "Asia/Jayapura") == "26-11-2026 19.00 WIT"
    assert local_time(DEADLINE, "Europe/Berlin") == "26-11-2026 11.00 CET"
