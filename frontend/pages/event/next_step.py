"""The one main button of an event's page: what to do next, by the phase and by who looks."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from frontend.language import message
from hackathon.events import Phase


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, as far as the next step depends on it.

    `tracks` are those that the team is in, `waiting` those of them without a submission, `open_tracks` those to which
    it may hand in now. `result` is the submission whose result came last. `judge`: the person judges this event.
    `feedback` are the tracks in which judges' feedback on the team's entry is out.
    """

    signed_in: bool = False
    organizer: bool = False
    judge: bool = False
    team: str | None = None
    approved: bool = True
    rejected: bool = False
    tracks: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    open_tracks: tuple[str, ...] = ()
    submissions: int = 0
    result: UUID | None = None
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A button: what stands on it and where it leads."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """The main button, a second one beside it, and why where a person may ask. Words are in the source language."""

    main: Link
    second: Link | None = None
    note: str | None = None


NO_BOARD_YET = (Phase.UPCOMING, Phase.REGISTRATION)


def next_step(slug: str, first_track: str, phase: Phase, looker: Looker, *, teams_open: bool) -> Step:
    """What to do next. `teams_open`: people may still make teams and join them."""
    home = f"/acara/{slug}"
    board = Link(message("Lihat papan peringkat"), f"{home}/papan/{first_track}")
    tracks = Link(message("Lihat kategori"), "#kategori")
    beside = tracks if phase in NO_BOARD_YET else board
    if looker.organizer:
        return Step(Link(message("Buka konsol"), f"/konsol/{slug}"), beside)
    if looker.judge:
        return _judging(home, beside, phase)
    if phase is Phase.UPCOMING:
        return Step(tracks, note=message("Pendaftaran belum dibuka."))
    if looker.team is not None and looker.open_tracks:
        return _handing_in(home, looker, beside, phase)
    if phase not in (Phase.REGISTRATION, Phase.BUILDING):
        return _feedback(home, looker, board) if looker.feedback else Step(board, _results(looker))
    if looker.team is not None:
        return _team_step(home, looker, beside)
    if not teams_open:
        return Step(beside, note=message("Pembentukan tim sudah ditutup."))
    if not looker.signed_in:
        return Step(Link(message("Daftar"), f"/daftar?lanjut={quote(home, safe='')}"), beside)
    return Step(
        Link(message("Buat tim"), f"{home}/tim"),
        beside,
        message("Sudah diundang? Buka tautan undangan dari ketua tim Anda."),
    )


def _handing_in(home: str, looker: Looker, beside: Link, phase: Phase) -> Step:
    extended = phase is not Phase.BUILDING
    note = message("Tim Anda mendapat perpanjangan waktu.") if extended else None
    waiting = tuple(track for track in looker.open_tracks if track in looker.waiting)
    sending = Link(message("Kirim prototipe"), _send(home, waiting or looker.open_tracks))
    if waiting or looker.submissions == 0:
        return Step(sending, beside, note)
    again = Link(message("Kirim versi baru"), _send(home, looker.open_tracks))
    if looker.result is None:
        return Step(Link(message("Lihat status"), f"{home}/pengajuan"), again, note)
    return Step(Link(message("Lihat hasil"), f"/pengajuan/{looker.result}"), again, note)


def _judging(home: str, beside: Link, phase: Phase) -> Step:
    note = None
    if phase in (Phase.UPCOMING, Phase.REGISTRATION, Phase.BUILDING):
        note = message("Penilaian dimulai sesudah masa pembangunan.")
    return Step(Link(message("Buka tugas juri"), f"{home}/juri"), beside, note)


def _team_step(home: str, looker: Looker, beside: Link) -> Step:
    """Of a team that cannot hand in now, while teams are formed or built."""
    if looker.rejected:
        return Step(
            Link(message("Lihat tim"), f"{home}/tim"), beside, message("Panitia menolak tim Anda. Baca alasannya.")
        )
    if not looker.tracks:
        return Step(Link(message("Pilih kategori"), f"{home}/tim"), beside)
    if not looker.approved:
        return Step(
            Link(message("Lihat tim"), f"{home}/tim"), beside, message("Tim Anda menunggu persetujuan panitia.")
        )
    first = looker.tracks[0]
    return Step(
        Link(message("Unduh contoh awal"), f"{home}/kategori/{first}"),
        beside,
        message("Pengiriman dibuka begitu tahap pembangunan dimulai."),
    )


def _feedback(home: str, looker: Looker, board: Link) -> Step:
    """Judges' words to the team are what it has not read yet; the board, everybody has seen."""
    one = f"/umpan-balik/{looker.feedback[0]}" if len(looker.feedback) == 1 else ""
    return Step(Link(message("Baca umpan balik juri"), f"{home}/tim{one}"), board, message("Hasil sudah terbit."))


def _results(looker: Looker) -> Link | None:
    return None if looker.result is None else Link(message("Lihat hasil tim Anda"), f"/pengajuan/{looker.result}")


def _send(home: str, tracks: tuple[str, ...]) -> str:
    return f"{home}/pengajuan/{tracks[0]}/kirim" if len(tracks) == 1 else f"{home}/pengajuan"
