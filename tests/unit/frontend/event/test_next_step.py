"""The one main button of an event's page, by phase and by who looks."""

from uuid import UUID

import pytest

from frontend.pages.event.next_step import Looker, next_step
from hackathon.events import Phase

RESULT = UUID(int=7)

VISITOR = Looker()
ORGANIZER = Looker(signed_in=True, organizer=True)
ALONE = Looker(signed_in=True)
JUDGE = Looker(signed_in=True, judge=True)
TEAM = Looker(signed_in=True, team="Kawan Lapor")
ENTERED = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir",), waiting=("formulir",))
BUILDING = Looker(
    signed_in=True, team="Kawan Lapor", tracks=("formulir",), waiting=("formulir",), open_tracks=("formulir",)
)
PENDING = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir",), waiting=("formulir",), approved=False)
REJECTED = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir",), approved=False, rejected=True)
TESTED = Looker(
    signed_in=True,
    team="Kawan Lapor",
    tracks=("formulir",),
    open_tracks=("formulir",),
    submissions=2,
    result=RESULT,
)
WAITING = Looker(
    signed_in=True, team="Kawan Lapor", tracks=("formulir",), open_tracks=("formulir",), submissions=1, result=None
)
TWO = Looker(
    signed_in=True,
    team="Kawan Lapor",
    tracks=("formulir", "surat"),
    waiting=("surat",),
    open_tracks=("formulir", "surat"),
    submissions=3,
    result=RESULT,
)
NEITHER = Looker(
    signed_in=True,
    team="Kawan Lapor",
    tracks=("formulir", "surat"),
    waiting=("formulir", "surat"),
    open_tracks=("formulir", "surat"),
)
AFTER = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir",), submissions=2, result=RESULT)
READ = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir",), result=RESULT, feedback=("formulir",))
READ_TWO = Looker(signed_in=True, team="Kawan Lapor", tracks=("formulir", "surat"), feedback=("formulir", "surat"))

BOARD = ("Lihat papan peringkat", "/acara/asn/papan/formulir")
TRACKS = ("Lihat kategori", "#kategori")


@pytest.mark.parametrize(
    ("phase", "looker", "label", "href"),
    [
        (Phase.UPCOMING, VISITOR, *TRACKS),
        (Phase.UPCOMING, ALONE, *TRACKS),
        (Phase.UPCOMING, ORGANIZER, "Buka konsol", "/konsol/asn"),
        (Phase.REGISTRATION, VISITOR, "Daftar", "/daftar?lanjut=%2Facara%2Fasn"),
        (Phase.REGISTRATION, ALONE, "Buat tim", "/acara/asn/tim"),
        (Phase.REGISTRATION, TEAM, "Pilih kategori", "/acara/asn/tim"),
        (Phase.REGISTRATION, ENTERED, "Unduh contoh awal", "/acara/asn/kategori/formulir"),
        (Phase.REGISTRATION, ORGANIZER, "Buka konsol", "/konsol/asn"),
        (Phase.BUILDING, VISITOR, "Daftar", "/daftar?lanjut=%2Facara%2Fasn"),
        (Phase.BUILDING, ALONE, "Buat tim", "/acara/asn/tim"),
        (Phase.BUILDING, TEAM, "Pilih kategori", "/acara/asn/tim"),
        (Phase.BUILDING, BUILDING, "Kirim prototipe", "/acara/asn/pengajuan/formulir/kirim"),
        (Phase.BUILDING, NEITHER, "Kirim prototipe", "/acara/asn/pengajuan"),
        (Phase.BUILDING, PENDING, "Lihat tim", "/acara/asn/tim"),
        (Phase.BUILDING, REJECTED, "Lihat tim", "/acara/asn/tim"),
        (Phase.BUILDING, WAITING, "Lihat status", "/acara/asn/pengajuan"),
        (Phase.BUILDING, TESTED, "Lihat hasil", f"/pengajuan/{RESULT}"),
        (Phase.BUILDING, TWO, "Kirim prototipe", "/acara/asn/pengajuan/surat/kirim"),
        (Phase.BUILDING, ORGANIZER, "Buka konsol", "/konsol/asn"),
        (Phase.BUILDING, JUDGE, "Buka tugas juri", "/acara/asn/juri"),
        (Phase.JUDGING, JUDGE, "Buka tugas juri", "/acara/asn/juri"),
        (Phase.JUDGING, VISITOR, *BOARD),
        (Phase.JUDGING, ALONE, *BOARD),
        (Phase.JUDGING, AFTER, *BOARD),
        (Phase.JUDGING, BUILDING, "Kirim prototipe", "/acara/asn/pengajuan/formulir/kirim"),
        (Phase.OBJECTION, VISITOR, *BOARD),
        (Phase.OBJECTION, READ, "Baca umpan balik juri", "/acara/asn/tim/umpan-balik/formulir"),
        (Phase.CLOSED, READ_TWO, "Baca umpan balik juri", "/acara/asn/tim"),
        (Phase.CLOSED, VISITOR, *BOARD),
        (Phase.CLOSED, TEAM, *BOARD),
        (Phase.CLOSED, ORGANIZER, "Buka konsol", "/konsol/asn"),
    ],
)
def test_the_main_button(phase: Phase, looker: Looker, label: str, href: str) -> None:
    step = next_step("asn", "formulir", phase, looker, teams_open=True)
    assert (step.main.label, step.main.href) == (label, href)
    assert step.second is None or step.second != step.main


def test_once_teams_are_fixed_nobody_is_asked_to_make_one() -> None:
    for looker in (VISITOR, ALONE):
        step = next_step("asn", "formulir", Phase.BUILDING, looker, teams_open=False)
        assert (step.main.label, step.second) == (BOARD[0], None)
        assert step.note == "Pembentukan tim sudah ditutup."


def test_a_team_with_more_time_is_told_so() -> None:
    assert next_step("asn", "formulir", Phase.BUILDING, BUILDING, teams_open=True).note is None
    step = next_step("asn", "formulir", Phase.JUDGING, BUILDING, teams_open=False)
    assert step.note == "Tim Anda mendapat perpanjangan waktu."


def test_a_team_is_told_why_it_cannot_hand_in() -> None:
    pending = next_step("asn", "formulir", Phase.BUILDING, PENDING, teams_open=True)
    assert pending.note == "Tim Anda menunggu persetujuan panitia."
    rejected = next_step("asn", "formulir", Phase.BUILDING, REJECTED, teams_open=True)
    assert rejected.note == "Panitia menolak tim Anda. Baca alasannya."


def test_after_the_deadline_a_team_still_finds_its_result() -> None:
    step = next_step("asn", "formulir", Phase.JUDGING, AFTER, teams_open=False)
    assert step.second is not None
    assert step.second.href == f"/pengajuan/{RESULT}"


def test_beside_the_board_stands_only_what_is_there() -> None:
    before = next_step("asn", "formulir", Phase.REGISTRATION, VISITOR, teams_open=True)
    assert before.second is not None
    assert (before.second.label, before.second.href) == TRACKS
    again = next_step("asn", "formulir", Phase.BUILDING, TESTED, teams_open=True)
    assert again.second is not None
    assert again.second.href == "/acara/asn/pengajuan/formulir/kirim"
