"""What of an event needs a person, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from frontend.language import Language
from frontend.pages.console.needs import tell
from hackathon.errors import Unavailable
from hackathon.evaluations.model import State, WorkerState
from hackathon.images.model import Unsaved, cause_of
from hackathon.oversight import Disk, Facts, Mail, MirrorDown, NeedKind, QueueItem, Worker, is_silent, needs
from hackathon.oversight.model import disks_of
from sandbox.errors import EngineUnavailable
from sandbox.limits import GIB
from sandbox.model import Text

NOW = datetime(2026, 11, 24, 7, 32, tzinfo=UTC)

WORKER = Worker(
    id=UUID(int=1),
    host="uji-01",
    slots=4,
    state=WorkerState.RUNNING,
    reason=None,
    engine="29.1.3",
    runtime="runc",
    started_at=NOW - timedelta(hours=5),
    seen_at=NOW - timedelta(seconds=1),
)


def item(team: str = "Kawan Lapor", *, state: State = State.QUEUED, minutes: float = 1, failures: int = 0) -> QueueItem:
    since = NOW - timedelta(minutes=minutes)
    waits = state is State.QUEUED
    return QueueItem(
        submission_id=uuid4(),
        entry_id=uuid4(),
        number=7,
        team=team,
        track_id=UUID(int=2),
        state=state,
        queued_at=since,
        due_at=since,
        claimed_at=None if waits else since,
        running_at=since if state is State.RUNNING else None,
        worker_id=None if waits else WORKER.id,
        host=None if waits else "uji-01",
        failures=failures,
        reason="the engine does not answer" if failures else None,
        failed_on="uji-02" if failures else None,
    )


def kinds(facts: Facts) -> list[NeedKind]:
    return [need.kind for need in needs(facts, NOW)]


def test_where_all_is_well_nobody_is_needed() -> None:
    facts = Facts(
        workers=(WORKER,),
        queue=(item(), item(state=State.RUNNING)),
        outbox_seconds=0.4,
        mail=Mail(waiting=3, oldest=NOW - timedelta(minutes=1)),
        disks=(Disk("data", 200 * GIB),),
    )
    assert needs(facts, NOW) == ()


def test_nothing_runs_without_a_worker_and_it_is_urgent_once_somebody_waits() -> None:
    (idle,) = needs(Facts(), NOW)
    assert (idle.kind, idle.urgent, idle.count) == (NeedKind.NO_WORKER, False, 0)
    (need,) = needs(Facts(queue=(item(minutes=2), item(minutes=4))), NOW)
    assert (need.kind, need.urgent, need.count) == (NeedKind.NO_WORKER, True, 2)
    assert need.since == NOW - timedelta(minutes=4)


def test_a_worker_that_ends_is_none_that_takes_work() -> None:
    assert kinds(Facts(workers=(replace(WORKER, state=WorkerState.DRAINING),))) == [NeedKind.NO_WORKER]


def test_a_sick_worker_tells_why() -> None:
    sick = replace(WORKER, host="uji-02", state=WorkerState.SICK, reason="EngineUnavailable: no such socket")
    (need,) = needs(Facts(workers=(WORKER, sick)), NOW)
    assert (need.kind, need.urgent, need.name) == (NeedKind.WORKER_SICK, True, "uji-02")
    assert need.detail == "EngineUnavailable: no such socket"
    starting = replace(sick, reason="starting")
    assert needs(Facts(workers=(WORKER, starting)), NOW) == ()


@pytest.mark.parametrize(("seconds", "silent"), [(1, False), (19, False), (20, True), (240, True)])
def test_a_worker_is_silent_after_a_while(seconds: float, silent: bool) -> None:
    worker = replace(WORKER, host="uji-03", seen_at=NOW - timedelta(seconds=seconds))
    assert is_silent(worker, NOW) is silent
    assert (NeedKind.WORKER_SILENT in kinds(Facts(workers=(WORKER, worker)))) is silent


def test_a_worker_that_went_is_missed_by_nobody() -> None:
    gone = replace(WORKER, state=WorkerState.GONE, seen_at=NOW - timedelta(minutes=50))
    assert not is_silent(gone, NOW)
    assert needs(Facts(workers=(WORKER, gone)), NOW) == ()


@pytest.mark.parametrize(("failures", "told"), [(1, False), (2, False), (3, True), (9, True)])
def test_our_failures_are_told_once_they_repeat(failures: int, told: bool) -> None:
    assert (NeedKind.FAILED_BY_US in kinds(Facts(workers=(WORKER,), queue=(item(failures=failures),)))) is told


def test_the_worst_of_our_failures_is_named() -> None:
    queue = (item("Satu Meja", failures=3), item("Tembusan", failures=5, minutes=8), item("Cermat", failures=1))
    (need,) = needs(Facts(workers=(WORKER,), queue=queue), NOW)
    assert (need.count, need.name, need.detail) == (2, "Tembusan", "the engine does not answer")
    assert need.since == NOW - timedelta(minutes=8)


@pytest.mark.parametrize(("minutes", "told"), [(9, False), (10, True), (700, True)])
def test_waiting_too_long_is_told(minutes: float, told: bool) -> None:
    assert (NeedKind.WAITING_LONG in kinds(Facts(workers=(WORKER,), queue=(item(minutes=minutes),)))) is told


def test_the_one_that_waits_longest_is_named() -> None:
    queue = (item("Aksara Layanan", minutes=11), item("Bilik Aduan", minutes=14), item("Cermat", minutes=3))
    (need,) = needs(Facts(workers=(WORKER,), queue=queue), NOW)
    assert (need.count, need.name, need.since) == (2, "Bilik Aduan", NOW - timedelta(minutes=14))


def test_running_too_long_is_told() -> None:
    (need,) = needs(Facts(workers=(WORKER,), queue=(item(state=State.BUILDING, minutes=25),)), NOW)
    assert (need.kind, need.urgent, need.detail) == (NeedKind.RUNNING_LONG, False, "uji-01")


@pytest.mark.parametrize(("free", "urgent"), [(9 * GIB, False), (GIB - 1, True)])
def test_a_full_disk_is_told_in_time(free: int, urgent: bool) -> None:
    (need,) = needs(Facts(workers=(WORKER,), disks=(Disk("data", free),)), NOW)
    assert (need.kind, need.urgent, need.count) == (NeedKind.DISK, urgent, free)


def test_each_disk_is_told_once_and_with_its_machine() -> None:
    own, theirs = Disk("/data", GIB), Disk("/var/lib/docker", GIB, "uji-01")
    workers = (
        replace(WORKER, disks=(theirs,)),
        replace(WORKER, disks=(theirs, replace(own, host="uji-01"))),
        replace(WORKER, host="meja", disks=(replace(own, host="meja"),)),
        replace(WORKER, host="pergi", state=WorkerState.GONE, disks=(replace(own, host="pergi"),)),
    )
    found = disks_of((own,), workers, here="meja")
    assert {(disk.host, disk.name) for disk in found} == {
        ("", "/data"),
        ("uji-01", "/data"),
        ("uji-01", "/var/lib/docker"),
    }
    told = needs(Facts(workers=(WORKER,), disks=found), NOW)
    assert sorted(need.detail for need in told) == ["", "uji-01", "uji-01"]


def test_what_happened_must_be_handed_on() -> None:
    assert kinds(Facts(workers=(WORKER,), outbox_seconds=59)) == []
    assert kinds(Facts(workers=(WORKER,), outbox_seconds=60)) == [NeedKind.OUTBOX_STUCK]
    assert kinds(Facts(workers=(WORKER,), handler_failures=2)) == [NeedKind.OUTBOX_STUCK]


def test_mail_that_does_not_leave_is_told() -> None:
    late = Mail(waiting=4, oldest=NOW - timedelta(minutes=5))
    (need,) = needs(Facts(workers=(WORKER,), mail=late), NOW)
    assert (need.kind, need.count, need.since) == (NeedKind.MAIL_STUCK, 4, NOW - timedelta(minutes=5))
    assert kinds(Facts(workers=(WORKER,), mail=Mail(failed=1))) == [NeedKind.MAIL_STUCK]


def test_the_urgent_comes_first() -> None:
    facts = Facts(
        workers=(WORKER,),
        queue=(item(minutes=30), item(failures=4)),
        teams_pending=6,
        teams_pending_since=NOW - timedelta(days=1),
        disks=(Disk("data", 1),),
    )
    assert kinds(facts) == [NeedKind.FAILED_BY_US, NeedKind.DISK, NeedKind.WAITING_LONG, NeedKind.TEAMS_PENDING]


def unsaved(team: str, number: int, seconds: float) -> Unsaved:
    return Unsaved(team, UUID(int=number), number, "Permission denied", NOW - timedelta(seconds=seconds))


def test_an_image_that_cannot_be_saved_names_the_one_that_failed_longest() -> None:
    assert kinds(Facts(workers=(WORKER,), unsaved=(unsaved("Karsa", 3, 119),))) == []
    late = Facts(workers=(WORKER,), unsaved=(unsaved("Karsa", 3, 120), unsaved("Satu Meja", 12, 660)))
    (need,) = needs(late, NOW)
    assert (need.kind, need.urgent, need.count) == (NeedKind.IMAGE_UNSAVED, True, 2)
    told = tell(need, "/konsol/acara", NOW, Language.ID)
    assert told.title == "2 image pengajuan belum tersimpan sejak 11 menit lalu"
    assert told.detail.startswith("Terlama Satu Meja, pengajuan ke-12: Permission denied. Periksa penyimpanan berkas")
    assert told.link == f"/konsol/acara/keikutsertaan/{UUID(int=12)}"
    english = tell(need, "/konsol/acara", NOW, Language.EN)
    assert english.title == "2 submissions' images could not be saved for 11 minutes"
    assert english.detail.startswith("Longest Satu Meja, submission 12: Permission denied. Check the file storage")


def test_the_cause_is_what_refused_on_one_short_line() -> None:
    ours = Unavailable(Text("Penyimpanan berkas kami bermasalah.", "Our file storage has a problem."))
    assert cause_of(ours) == "Our file storage has a problem."
    ours.__cause__ = OSError("\n denied\0 \nDebug source: much more")
    assert cause_of(ours) == "denied"
    assert len(cause_of(EngineUnavailable("x" * 5000))) == 300
    assert cause_of(EngineUnavailable("")) == "EngineUnavailable"


def without_mirror(host: str, seconds: float, *, index: bool = False) -> Worker:
    fault = MirrorDown(index, "FileNotFoundError: no socket.", NOW - timedelta(seconds=seconds))
    return replace(WORKER, host=host, mirror=fault)


def test_a_mirror_that_stays_away_is_told_with_what_to_start() -> None:
    assert kinds(Facts(workers=(without_mirror("penguji-1", 59),))) == []
    gone = replace(without_mirror("penguji-3", 900), state=WorkerState.GONE)
    facts = Facts(workers=(gone, without_mirror("penguji-2", 60), without_mirror("penguji-1", 300)))
    (need,) = needs(facts, NOW)
    assert (need.kind, need.urgent, need.count, need.name) == (NeedKind.MIRROR_DOWN, True, 2, "penguji-1")
    told = tell(need, "/konsol/acara", NOW, Language.ID)
    assert told.title == "Cermin paket di penguji-1 tidak menjawab 5 menit"
    assert told.detail.endswith("Jalankan lagi `gelanggang mirror` di mesin itu: FileNotFoundError: no socket.")
    assert tell(need, "/konsol/acara", NOW, Language.EN).title.endswith("has not answered for 5 minutes")


def test_an_index_behind_the_mirror_that_is_away_is_another_matter() -> None:
    (need,) = needs(Facts(workers=(without_mirror("penguji-1", 120, index=True),)), NOW)
    assert need.kind is NeedKind.INDEX_DOWN
    assert "paket yang sudah tersimpan tetap terpasang" in tell(need, "/konsol/acara", NOW, Language.ID).detail
