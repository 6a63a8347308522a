"""Organizers are told what keeps judges from beginning."""

from datetime import UTC, datetime, timedelta

from frontend.language import Language
from frontend.pages.console.needs import tell
from hackathon.finals import Overdue
from hackathon.oversight import Facts, NeedKind, needs

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KINDS = {NeedKind.NOT_FIXED, NeedKind.FINAL_UNPLANNED, NeedKind.NOTHING_TO_JUDGE}


def found(overdue: Overdue) -> dict[NeedKind, int]:
    return {need.kind: need.count for need in needs(Facts(overdue=overdue), NOW) if need.kind in KINDS}


def test_what_passes_by_itself_is_not_told() -> None:
    soon = Overdue(
        unfixed=3, since=NOW - timedelta(minutes=44), unplanned=2, unplanned_since=NOW - timedelta(seconds=119)
    )
    assert found(soon) == {}
    late = Overdue(
        unfixed=3,
        since=NOW - timedelta(minutes=45),
        without=1,
        unplanned=2,
        unplanned_since=NOW - timedelta(seconds=120),
    )
    assert found(late) == {NeedKind.NOT_FIXED: 3, NeedKind.FINAL_UNPLANNED: 2, NeedKind.NOTHING_TO_JUDGE: 1}


def test_each_is_told_in_words() -> None:
    late = Overdue(2, NOW - timedelta(hours=2), 1, 1, NOW - timedelta(hours=1))
    told = {
        need.kind: tell(need, "/konsol/acara", NOW, Language.ID)
        for need in needs(Facts(overdue=late), NOW)
        if need.kind in KINDS
    }
    assert told[NeedKind.NOT_FIXED].title == "2 tim belum punya versi yang ditetapkan untuk juri"
    assert told[NeedKind.NOT_FIXED].urgent
    assert told[NeedKind.FINAL_UNPLANNED].title == "1 pengujian akhir belum dapat dijadwalkan"
    assert told[NeedKind.NOTHING_TO_JUDGE].title == "1 tim tidak punya versi yang dapat dinilai"
    assert not told[NeedKind.NOTHING_TO_JUDGE].urgent
    assert {item.link for item in told.values()} == {"/konsol/acara/keikutsertaan"}
