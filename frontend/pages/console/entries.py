"""Entries and submissions in words, and the filters of their list."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, message, pick, say, say_count
from frontend.pages.outcomes import outcome
from hackathon.events import Event
from hackathon.oversight import EntryFilter, EntryPage, EntryRow, EntryState, SubmissionRow

_STATES: Mapping[EntryState, tuple[str, str, str]] = {
    EntryState.NOTHING: (message("Belum mengirim"), "circle-dashed", ""),
    EntryState.QUEUED: (message("Antre"), "hourglass", ""),
    EntryState.RUNNING: (message("Sedang diuji"), "", "st-run"),
    EntryState.SCORED: (message("Selesai"), "circle-check", "st-ok"),
    EntryState.FAILED: (message("Gagal"), "circle-alert", "st-bad"),
    EntryState.TROUBLED: (message("Terganggu di pihak kami"), "triangle-alert", "st-warn"),
}
"""Word, icon (none: the petals that pulse) and class of each state."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A state as it shows."""

    word: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the list."""

    id: UUID
    team: str
    agency: str
    track: str
    stage: Stage
    number: int | None
    submission_id: UUID | None
    received: str
    score: str


@dataclass(frozen=True, slots=True)
class EntriesView:
    """All that the list shows. `earlier` and `later` are addresses of the pages beside this one, empty at the ends."""

    lines: tuple[EntryLine, ...]
    tracks: tuple[Choice, ...]
    states: tuple[Choice, ...]
    track: str
    state: str
    words: str
    total: int
    filtered: bool
    span: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission of an entry. `trouble` tells of failures of ours; `retry` is the address to have it tested again."""

    id: UUID
    number: int
    filename: str
    kit: str
    size: str
    received: str
    stage: Stage
    score: str
    charged: bool
    trouble: str
    retry: str


def draw_entries(
    event: Event, page: EntryPage, wanted: EntryFilter, track: str, *, root: str, language: Language
) -> EntriesView:
    """A page of the list; `track` is the slug asked for, `root` the event's address in the console."""
    zone, titles = ZoneInfo(event.zone), {known.id: pick(known.title, language) for known in event.tracks}
    state = "" if wanted.state is None else wanted.state.value
    everything = sum(page.counts.values())

    def beside(number: int) -> str:
        if not 1 <= number <= page.pages:
            return ""
        query = {"kategori": track, "keadaan": state, "cari": wanted.words, "halaman": str(number)}
        return f"{root}/keikutsertaan?{urlencode({key: value for key, value in query.items() if value})}"

    return EntriesView(
        lines=tuple(_entry(row, titles, zone, language) for row in page.rows),
        tracks=(
            Choice("", say(language, "Semua kategori")),
            *(Choice(known.slug, titles[known.id]) for known in event.tracks),
        ),
        states=(
            Choice("", say(language, "Semua keadaan ({count})", count=formats.whole(everything, language))),
            *(
                Choice(known.value, f"{say(language, _STATES[known][0])} ({formats.whole(count, language)})")
                for known in EntryState
                if (count := page.counts.get(known, 0)) or known is wanted.state
            ),
        ),
        track=track,
        state=state,
        words=wanted.words,
        total=page.total,
        filtered=bool(track or state or wanted.words),
        span=say(language, "Halaman {page} dari {pages}", page=page.page, pages=page.pages) if page.pages > 1 else "",
        earlier=beside(page.page - 1),
        later=beside(page.page + 1),
    )


def draw_submission(row: SubmissionRow, *, root: str, zone: ZoneInfo, language: Language) -> SubmissionLine:
    """A submission of an entry."""
    trouble = ""
    if row.failures:
        trouble = say_count(
            language,
            "{n} kali gagal di pihak kami, terakhir di {host}: {reason}",
            row.failures,
            str(row.failures),
            host=row.failed_on or "–",
            reason=row.reason or "–",
        )
    runs = row.state is EntryState.RUNNING
    return SubmissionLine(
        id=row.id,
        number=row.number,
        filename=row.filename,
        kit=row.kit,
        size=formats.megabytes(row.size, language),
        received=formats.moment_short(row.received_at, zone, language),
        stage=stage_of(row.state, row.status, language),
        score=_score(row.score, language),
        charged=row.charged,
        trouble=trouble,
        retry="" if runs or row.evaluation_id is None else f"{root}/uji-ulang/{row.evaluation_id}",
    )


def stage_of(state: EntryState, status: str | None, language: Language) -> Stage:
    """A state as it shows; one that failed says how."""
    word, icon, tone = _STATES[state]
    failed = outcome(status) if status is not None and state is EntryState.FAILED else None
    if failed is not None:
        return Stage(pick(failed.word, language), failed.icon, tone)
    return Stage(say(language, word), icon, tone)


def _entry(row: EntryRow, titles: Mapping[UUID, str], zone: ZoneInfo, language: Language) -> EntryLine:
    return EntryLine(
        id=row.id,
        team=row.team,
        agency=row.agency,
        track=titles.get(row.track_id, ""),
        stage=stage_of(row.state, row.status, language),
        number=row.number,
        submission_id=row.submission_id,
        received="" if row.received_at is None else formats.moment_short(row.received_at, zone, language),
        score=_score(row.score, language),
    )


def _score(score: float | None, language: Language) -> str:
    return "–" if score is None else formats.score(score, language)
