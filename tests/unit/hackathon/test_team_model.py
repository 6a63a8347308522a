"""What keeps somebody from following an invitation, when teams change, and how agencies are compared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hackathon.events import Event, Rules, Schedule
from hackathon.teams import Approval, Obstacle, Team, agencies, members_open, teams_open
from hackathon.teams.model import obstacle
from sandbox.model import Text

START = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _day(number: float) -> datetime:
    return START + timedelta(days=number)


SCHEDULE = Schedule(_day(0), _day(1), _day(3), _day(5), _day(7), teams_lock_at=_day(2))
EVENT = Event(
    UUID(int=1), "sukaraya", Text("Sukaraya", "Sukaraya"), "Asia/Jakarta", SCHEDULE, Rules(team_size_max=3), False, (),
    (), {}, START,
)  # fmt: skip
TEAM = Team(UUID(int=2), EVENT.id, "Kawan Lapor", "BKN", None, START, Approval.APPROVED, START, START)
OTHER = replace(TEAM, id=UUID(int=3), name="Satu Meja")


@pytest.mark.parametrize(
    ("members", "own", "revoked", "now", "expected"),
    [
        (2, None, False, _day(0), None),
        (2, None, False, _day(2) - timedelta(microseconds=1), None),
        (2, None, False, _day(2), Obstacle.LOCKED),
        (2, None, False, _day(-1), Obstacle.NOT_OPEN),
        (3, None, False, _day(1), Obstacle.FULL),
        (4, None, False, _day(1), Obstacle.FULL),
        (3, None, True, _day(1), Obstacle.REVOKED),
        (3, OTHER, False, _day(1), Obstacle.OTHER_TEAM),
        (3, TEAM, True, _day(4), Obstacle.SAME_TEAM),
    ],
)
def test_an_invitation_says_the_one_thing_that_is_in_the_way(
    members: int, own: Team | None, revoked: bool, now: datetime, expected: Obstacle | None
) -> None:
    assert obstacle(EVENT, TEAM, members, own=own, revoked=revoked, now=now) is expected


def test_members_change_until_the_lock_and_names_until_the_end_of_building() -> None:
    moments = (_day(-0.1), _day(0), _day(1.9), _day(2), _day(2.9), _day(3))
    assert [members_open(SCHEDULE, now) for now in moments] == [False, True, True, False, False, False]
    assert [teams_open(SCHEDULE, now) for now in moments] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    ("approval", "asked", "expected"),
    [
        (Approval.APPROVED, True, True),
        (Approval.APPROVED, False, True),
        (Approval.PENDING, True, False),
        (Approval.PENDING, False, True),
        (Approval.REJECTED, True, False),
        (Approval.REJECTED, False, False),
    ],
)
def test_who_may_hand_in(approval: Approval, asked: bool, expected: bool) -> None:
    assert replace(TEAM, approval=approval).may_hand_in(Rules(approval=asked)) is expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("bkn", "Badan Kepegawaian Negara (BKN)"),
        ("  badan kepegawaian   NEGARA", "Badan Kepegawaian Negara (BKN)"),
        ("Pemkot Bandung", "Pemerintah Kota Bandung"),
        ("Pemprov. Jawa Barat", "Pemerintah Provinsi Jawa Barat"),
        ("Kejaksaan RI", "Kejaksaan Republik Indonesia"),
        ("DPMPTSP Kota Sukaraya", "DPMPTSP Kota Sukaraya"),
        ("—", "—"),
    ],
)
def test_a_listed_agency_takes_the_spelling_of_the_list(typed: str, kept: str) -> None:
    assert agencies.official(typed) == kept


def test_spellings_of_one_agency_are_alike() -> None:
    assert agencies.compared("Setda Kab. Banyuasri") == agencies.compared("SEKRETARIAT DAERAH  Kabupaten Banyuasri")
    assert agencies.compared("Dinas Kesehatan Kota A") != agencies.compared("Dinas Kesehatan Kota B")


def test_the_list_of_agencies_names_each_once() -> None:
    listed = agencies.listed()
    assert len(listed) > 150
    assert all(name == " ".join(name.split()) and 1 <= len(name) <= 200 for name in listed)
    # By whole name, by name without the short one, and by the short one.
    for name in listed:
        whole, _, short = name.removesuffix(")").partition(" (")
        assert {agencies.official(spelling) for spelling in (name, whole, short) if spelling} == {name}
