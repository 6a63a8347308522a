"""A team's page: the one thing to do next, and who may do what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from frontend.language import Language
from frontend.pages.team.steps import Act, Step, next_step
from frontend.pages.team.view import TeamView, draw_team
from hackathon.events import Event, Rules, Schedule, Track, TrackTask
from hackathon.teams import Approval, Member, Team, TeamEntry
from sandbox.model import Text

SARI, BUDI = UUID(int=11), UUID(int=12)
START = datetime(2026, 11, 23, 2, tzinfo=UTC)
WIB = ZoneInfo("Asia/Jakarta")


def _day(number: float) -> datetime:
    return START + timedelta(days=number)


TASK = (TrackTask("otomasi-formulir"),)
TRACKS = tuple(
    Track(UUID(int=20 + number), UUID(int=1), slug, Text(slug.title(), slug.title()), number, TASK)
    for number, slug in enumerate(("formulir", "surat"), start=1)
)
SCHEDULE = Schedule(_day(0), _day(1), _day(3), _day(5), _day(7), teams_lock_at=_day(2))
EVENT = Event(
    UUID(int=1), "sukaraya", Text("Sukaraya", "Sukaraya"), "Asia/Jakarta", SCHEDULE, Rules(), False, TRACKS, (), {},
    START,
)  # fmt: skip
TEAM = Team(UUID(int=2), EVENT.id, "Kawan Lapor", "BKN", None, START, Approval.APPROVED, START, START)
MEMBERS = (Member(TEAM.id, SARI, "Sari Wulandari", True, START), Member(TEAM.id, BUDI, "Budi", False, START))


def _entry(submissions: int = 0, track: int = 0) -> TeamEntry:
    return TeamEntry(UUID(int=30 + track), TRACKS[track].id, submissions, START)


def _step(
    now: datetime,
    *,
    team: Team = TEAM,
    event: Event = EVENT,
    members: Sequence[Member] = MEMBERS,
    entries: Sequence[TeamEntry] = (),
    captain: bool = True,
    invited: bool = True,
) -> Step:
    return next_step(
        event, team, members, entries, base="/acara/sukaraya/tim", captain=captain, invited=invited, now=now, zone=WIB,
        language=Language.ID,
    )  # fmt: skip


def test_a_team_is_filled_then_chooses_a_track_then_hands_in() -> None:
    alone = _step(_day(1), members=MEMBERS[:1])
    assert (alone.words, alone.href) == ("Undang 1 anggota lagi, lalu tim dapat memilih kategori.", "#undangan")
    assert _step(_day(1)).href == "#kategori"
    assert _step(_day(1), entries=[_entry()]).href == "/acara/sukaraya/pengajuan/formulir/kirim"
    assert _step(_day(1), entries=[_entry(), _entry(track=1)]).href == "/acara/sukaraya/pengajuan"
    again = _step(_day(1), entries=[_entry(3)])
    assert (again.words.startswith("Tim sudah mengirim 3 kali."), again.href) == (True, "/acara/sukaraya/pengajuan")


def test_without_a_link_the_captain_makes_one_and_a_member_waits() -> None:
    step = _step(_day(1), members=MEMBERS[:1], invited=False)
    assert (step.act, step.href) == (Act.POST, "/acara/sukaraya/tim/undangan")
    step = _step(_day(1), members=MEMBERS[:1], captain=False)
    assert (step.action, step.words) == ("", "Tim kurang 1 anggota. Ketua tim dapat membagikan tautan undangan.")


def test_before_and_after_nothing_is_asked_that_cannot_be_done() -> None:
    assert _step(_day(-1), members=MEMBERS[:1]).action == ""
    assert "Hubungi panitia" in _step(_day(2), members=MEMBERS[:1]).words
    assert "Pengiriman dibuka" in _step(_day(0), entries=[_entry()]).words
    assert _step(_day(3), entries=[_entry()]).href == "/acara/sukaraya/papan/formulir"


def test_a_team_that_is_not_approved_hears_of_it_in_time() -> None:
    asking = replace(EVENT, rules=Rules(approval=True))
    pending = replace(TEAM, approval=Approval.PENDING)
    assert "sedang memeriksa" in _step(_day(1), event=asking, team=pending, entries=[_entry()]).words
    # Where the event does not ask (any more), it hands in as any other.
    assert "Kirim" in _step(_day(1), team=pending, entries=[_entry()]).action
    rejected = replace(TEAM, approval=Approval.REJECTED, approval_reason="Bukan ASN.")
    step = _step(_day(1), event=asking, team=rejected, members=MEMBERS[:1])
    assert (step.act, step.href) == (Act.POST, "/acara/sukaraya/tim/ajukan")
    assert _step(_day(1), team=rejected, captain=False).action == ""


def _view(now: datetime, person: UUID, *, team: Team = TEAM, event: Event = EVENT, sent: int = 0) -> TeamView:
    return draw_team(
        event, team, MEMBERS, [_entry(sent)], person=person, invited=True, now=now, zone=WIB, language=Language.ID
    )


def test_the_captain_hands_over_and_removes_others_only() -> None:
    own, other = _view(_day(1), SARI).members
    assert (own.captain, own.own, own.hand_over, own.remove) == (True, True, "", "")
    assert other.remove == f"/acara/sukaraya/tim/anggota/{BUDI}/keluarkan"
    assert other.hand_over == f"/acara/sukaraya/tim/anggota/{BUDI}/ketua"
    assert [(one.hand_over, one.remove) for one in _view(_day(1), BUDI).members] == [("", ""), ("", "")]


def test_after_the_lock_members_stay_but_the_captain_may_change() -> None:
    view = _view(_day(2.5), SARI)
    assert (view.may_invite, view.may_leave, view.may_change, view.locked) == (False, False, True, True)
    assert [bool(one.remove) for one in view.members] == [False, False]
    assert view.members[1].hand_over
    over = _view(_day(3), SARI)
    assert (over.may_change, [line.enter for line in over.tracks]) == (False, [False, False])


def test_a_track_is_left_only_before_something_was_handed_in() -> None:
    entered, open_ = _view(_day(1), BUDI).tracks
    assert (entered.withdraw, entered.enter, open_.enter) == (
        "/acara/sukaraya/tim/kategori/formulir/mundur",
        False,
        True,
    )
    used = _view(_day(1), BUDI, sent=2).tracks[0]
    assert (used.withdraw, used.told, used.submissions) == ("", "2 pengajuan", "/acara/sukaraya/pengajuan/formulir")


@pytest.mark.parametrize(
    ("approval", "asked", "state"),
    [
        (Approval.APPROVED, False, None),
        (Approval.PENDING, False, None),
        (Approval.APPROVED, True, "ok"),
        (Approval.PENDING, True, "wait"),
        (Approval.REJECTED, False, "bad"),
    ],
)
def test_an_approval_is_shown_where_it_matters(approval: Approval, asked: bool, state: str | None) -> None:
    team = replace(TEAM, approval=approval, approval_reason="Bukan ASN." if approval is Approval.REJECTED else None)
    shown = _view(_day(1), SARI, team=team, event=replace(EVENT, rules=Rules(approval=asked))).approval
    assert (shown.state if shown else None) == state
    if shown:
        assert "lalu" in shown.since
