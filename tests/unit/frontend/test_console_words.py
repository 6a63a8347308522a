"""The console's words and drawings: every need, every worker, in both languages; ages; bars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from frontend.language import Language
from frontend.pages.console.desk import age, page_number
from frontend.pages.console.machines import MachineLine, machine_lines
from frontend.pages.console.needs import tell
from frontend.pages.console.overview import CHART_BASE, CHART_TOP, draw_chart
from frontend.pages.console.schedule import local, read_moment
from frontend.pages.console.workers import slots_line, worker_lines
from hackathon.evaluations.model import WorkerState
from hackathon.oversight import Disk, Need, NeedKind, Walls, Worker

NOW = datetime(2026, 11, 24, 7, 32, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


def worker(state: WorkerState, *, reason: str | None = None, busy: int = 0, seconds: float = 1) -> Worker:
    return Worker(
        id=UUID(int=1),
        host="uji-01",
        slots=4,
        state=state,
        reason=reason,
        engine="29.1.3",
        runtime="runc",
        started_at=NOW - timedelta(hours=1),
        seen_at=NOW - timedelta(seconds=seconds),
        busy=busy,
    )


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(NeedKind))
@pytest.mark.parametrize("count", [0, 1, 2])
def test_every_need_says_what_happened_and_what_it_means(kind: NeedKind, count: int, language: Language) -> None:
    since = NOW - timedelta(minutes=11)
    for need in (
        Need(kind, urgent=True, count=count, since=since, name="Satu Meja", detail="disk penuh"),
        Need(kind, urgent=False, count=count),
    ):
        item = tell(need, "/konsol/asn-2026", NOW, language)
        assert item.title
        assert item.detail.endswith(".")
        assert item.mark
        assert bool(item.link) == bool(item.action)
        assert "{" not in item.title + item.detail


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "0 detik"),
        (40, "40 detik"),
        (659, "10 menit"),
        (3 * 3600 + 5 * 60 + 59, "3 jam 5 menit"),
        (2 * 86_400 + 4 * 3600, "2 hari 4 jam"),
    ],
)
def test_an_age_is_no_finer_than_people_need(seconds: float, shown: str) -> None:
    assert age(timedelta(seconds=seconds), Language.ID) == shown


@pytest.mark.parametrize(
    ("state", "reason", "seconds", "word"),
    [
        (WorkerState.RUNNING, None, 1, "Siap"),
        (WorkerState.DRAINING, None, 1, "Berhenti"),
        (WorkerState.SICK, "starting", 1, "Bersiap"),
        (WorkerState.SICK, "proving", 1, "Bersiap"),
        (WorkerState.SICK, "no engine", 1, "Sakit"),
        (WorkerState.SICK, "walls: network, lama", 1, "Sakit"),
        (WorkerState.RUNNING, None, 240, "Diam"),
        (WorkerState.GONE, None, 240, "Pergi"),
    ],
)
def test_a_worker_is_told_by_an_icon_and_a_word(
    state: WorkerState, reason: str | None, seconds: float, word: str
) -> None:
    (line,) = worker_lines([worker(state, reason=reason, seconds=seconds)], (), NOW, Language.ID)
    assert line.word == word
    assert line.icon
    assert line.engine == "29.1.3 · runc"
    assert worker_lines([worker(state, reason=reason, seconds=seconds)], (), NOW, Language.EN)


def test_a_worker_that_refuses_to_work_names_the_walls() -> None:
    (line,) = worker_lines([worker(WorkerState.SICK, reason="walls: network, memory, lama")], (), NOW, Language.ID)
    assert line.why == "Menolak bekerja, dinding ini tidak ada: Jaringan, Memori, lama."
    need = Need(NeedKind.WORKER_SICK, urgent=True, name="uji-01", detail="walls: network")
    assert "these walls are missing: Network." in tell(need, "/konsol/asn-2026", NOW, Language.EN).detail


def test_a_worker_without_room_says_which_disk() -> None:
    reason = "room: /var/lib/docker 1.2 GB / 3.0 GB"
    (line,) = worker_lines([worker(WorkerState.SICK, reason=reason)], (), NOW, Language.EN)
    assert (line.word, line.why) == ("Full", "Waits for room and takes no work: /var/lib/docker 1.2 GB / 3.0 GB.")
    need = Need(NeedKind.WORKER_SICK, urgent=True, name="uji-01", detail=reason)
    assert "Diska hampir penuh (/var/lib/docker 1.2 GB / 3.0 GB)." in tell(need, "/konsol/x", NOW, Language.ID).detail
    disk = Need(NeedKind.DISK, urgent=True, count=1_200_000_000, name="/var/lib/docker", detail="uji-01")
    assert tell(disk, "/konsol/x", NOW, Language.ID).title == "Ruang di mesin uji uji-01 tinggal 1,2 GB"
    full = replace(worker(WorkerState.RUNNING), disks=(Disk("/var/lib/docker", 1_200_000_000, "uji-01"),))
    assert machine_lines([full], NOW, Language.ID)[0].disks == ("1,2 GB · /var/lib/docker",)


@pytest.mark.parametrize("language", list(Language))
def test_a_machine_tells_what_of_its_walls_was_proven(language: Language) -> None:
    def machine(walls: Walls | None) -> MachineLine:
        (line,) = machine_lines([replace(worker(WorkerState.RUNNING), walls=walls)], NOW, language)
        return line

    at = NOW - timedelta(minutes=11)
    whole = machine(Walls(("network", "memory"), (), at, 7.94, kept=False))
    broken = machine(Walls(("network",), ("memory",), at, 7.94, kept=False))
    unknown = machine(None)
    none = machine(Walls((), (), at, 0.0, kept=False))
    assert [line.tone for line in (whole, broken, unknown, none)] == ["st-ok", "st-bad", "", "st-warn"]
    assert (len(whole.held), len(broken.missing)) == (2, 1)
    assert broken.missing[0].title in {"Memori", "Memory"}
    assert broken.missing[0].todo
    if language is Language.ID:
        told = (whole.word, broken.word, unknown.word, whole.proven)
        assert told == ("Semua 2 bertahan", "1 dari 2 bertahan", "Belum dibuktikan", "11 menit lalu, dalam 7,9 detik")


def test_a_worker_that_is_gone_has_no_machine() -> None:
    assert machine_lines([worker(WorkerState.GONE)], NOW, Language.ID) == ()


def test_only_workers_that_take_work_count_as_room() -> None:
    there, gone = worker(WorkerState.RUNNING, busy=3), worker(WorkerState.RUNNING, seconds=60, busy=4)
    assert slots_line([there, gone], NOW, Language.ID) == "3 dari 4 tempat terpakai"
    assert slots_line([gone], NOW, Language.ID) == ""


@pytest.mark.parametrize("hours", [[0] * 24, [1] + [0] * 23, list(range(24)), [37] * 24, [9_999] * 24])
def test_bars_begin_at_zero_and_stay_in_the_drawing(hours: list[int]) -> None:
    chart = draw_chart(hours, NOW, JAKARTA, Language.ID)
    assert len(chart.bars) == sum(1 for value in hours if value)
    for bar in chart.bars:
        assert bar.y + bar.height == pytest.approx(CHART_BASE, abs=0.11)
        assert bar.y >= CHART_TOP - 0.11
    assert chart.ticks[0] == (CHART_BASE, "0")
    assert 2 <= len(chart.ticks) <= 6
    assert [label for _, label in chart.hours] == ["15.32", "21.32", "03.32", "09.32"]


def test_the_bars_are_told_in_words() -> None:
    label = draw_chart([0] * 20 + [3, 12, 0, 1], NOW, JAKARTA, Language.ID).label
    assert label == "Pengajuan per jam selama 24 jam terakhir: 16 seluruhnya, paling banyak 12 dalam satu jam"


def test_a_time_is_read_as_it_is_written() -> None:
    moment = datetime(2026, 11, 26, 23, 59, tzinfo=JAKARTA)
    assert local(moment, JAKARTA) == "2026-11-26T23:59"
    for text in ("2026-11-26T23:59", "2026-11-26 23:59", "2026-11-26T23:59:00"):
        assert read_moment(text, JAKARTA) == moment
    assert local(None, JAKARTA) == ""


@pytest.mark.parametrize(
    "text", ["", "besok", "2026-13-01T00:00", "2026-11-26T23:59Z", "1999-01-01T00:00", "9999-12-31T23:59", "\0", "٢٠٢٦"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text, JAKARTA) is None


@pytest.mark.parametrize(
    ("text", "page"), [("", 1), ("3", 3), ("0", 0), ("-1", 1), ("x", 1), ("٣", 1), ("9" * 40, 1), ("1e3", 1)]
)
def test_the_page_of_an_address(text: str, page: int) -> None:
    assert page_number(text) == page
