"""The one thing that a team should do next. Pure: everything comes in as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, say, say_count
from hackathon.events import Event, Phase, phase
from hackathon.teams import Approval, Member, Team, TeamEntry, members_open


class Act(StrEnum):
    """How a step is taken: by a link, or by sending a form."""

    LINK = "link"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a sentence, and a button to `href` unless others must act."""

    words: str
    action: str = ""
    href: str = ""
    act: Act = Act.LINK


def next_step(
    event: Event,
    team: Team,
    members: Sequence[Member],
    entries: Sequence[TeamEntry],
    *,
    base: str,
    captain: bool,
    invited: bool,
    now: datetime,
    zone: ZoneInfo,
    language: Language,
) -> Step:
    """The one thing that the team should do next."""
    home = f"/acara/{event.slug}"
    if now < event.schedule.registration_opens:
        when = formats.moment_long(event.schedule.registration_opens, zone, language)
        return Step(say(language, "Pendaftaran dibuka {when}. Mulai saat itu tim dapat diatur di sini.", when=when))
    if now >= event.schedule.building_closes:
        over = say(language, "Waktu pengerjaan sudah selesai. Susunan tim dan kategorinya tidak berubah lagi.")
        board = f"{home}/papan/{event.tracks[0].slug}" if event.tracks else home
        return Step(over, say(language, "Lihat papan peringkat"), board)
    if team.approval is Approval.REJECTED:
        return _after_rejection(base, captain=captain, language=language)
    missing = event.rules.team_size_min - len(members)
    if missing > 0:
        return _fill_up(event, missing, base, captain=captain, invited=invited, now=now, language=language)
    if not entries:
        words = say(language, "Pilih kategori yang ingin diikuti tim. Boleh lebih dari satu.")
        return Step(words, say(language, "Pilih kategori"), "#kategori")
    entered = [track for track in event.tracks if track.id in {entry.track_id for entry in entries}]
    material = f"{home}/kategori/{entered[0].slug}"
    if event.rules.approval and team.approval is Approval.PENDING:
        words = say(
            language, "Panitia sedang memeriksa tim ini. Sambil menunggu, siapkan prototipe dari bahan kategori."
        )
        return Step(words, say(language, "Buka bahan kategori"), material)
    if phase(event.schedule, now) is not Phase.BUILDING:
        when = formats.moment_long(event.schedule.building_opens, zone, language)
        words = say(
            language, "Tim sudah siap. Pengiriman dibuka {when}; sampai saat itu, pelajari tugasnya.", when=when
        )
        return Step(words, say(language, "Buka bahan kategori"), material)
    handed_in = sum(entry.submissions for entry in entries)
    if handed_in:
        words = say_count(
            language,
            "Tim sudah mengirim {n} kali. Lihat hasilnya, lalu kirim yang lebih baik.",
            handed_in,
            formats.whole(handed_in, language),
        )
        return Step(words, say(language, "Lihat pengajuan"), f"{home}/pengajuan")
    words = say(language, "Tim sudah siap. Kirim prototipe pertama; contoh awal dari kami pun boleh.")
    where = f"{home}/pengajuan/{entered[0].slug}/kirim" if len(entered) == 1 else f"{home}/pengajuan"
    return Step(words, say(language, "Kirim prototipe"), where)


def _after_rejection(base: str, *, captain: bool, language: Language) -> Step:
    if not captain:
        return Step(
            say(language, "Panitia menolak tim ini. Ketua tim dapat memperbaikinya, lalu minta diperiksa lagi.")
        )
    words = say(language, "Panitia menolak tim ini. Perbaiki yang diminta, lalu minta diperiksa lagi.")
    return Step(words, say(language, "Minta diperiksa lagi"), f"{base}/ajukan", Act.POST)


def _fill_up(
    event: Event, missing: int, base: str, *, captain: bool, invited: bool, now: datetime, language: Language
) -> Step:
    count = formats.whole(missing, language)
    if not members_open(event.schedule, now):
        return Step(
            say_count(
                language,
                "Tim kurang {n} anggota, sedangkan susunan tim sudah dikunci. Hubungi panitia.",
                missing,
                count,
            )
        )
    if not captain:
        return Step(
            say_count(
                language,
                "Tim kurang {n} anggota. Ketua tim dapat membagikan tautan undangan.",
                missing,
                count,
            )
        )
    words = say_count(language, "Undang {n} anggota lagi, lalu tim dapat memilih kategori.", missing, count)
    if invited:
        return Step(words, say(language, "Bagikan tautan undangan"), "#undangan")
    return Step(words, say(language, "Buat tautan undangan"), f"{base}/undangan", Act.POST)
