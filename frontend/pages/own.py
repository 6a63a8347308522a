"""A team's own row beside the public board: what only its members are shown, and never part of the shared page.

Pure: everything comes in as values. While the board is frozen a team sees its score and not its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from frontend import formats
from frontend.language import Language, say
from frontend.pages.board import HISTORY
from frontend.pages.charts import spark
from frontend.pages.outcomes import Outcome, outcome
from hackathon.evaluations.own import OwnScore, OwnWork
from hackathon.teams import EntryView
from judging.publications import Publication
from judging.standings import Row


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What a team sees of itself. `place` is empty where it is not told; `news` says what is under way or to do, and
    `link` leads there. `row` is the id of its row in the shared board, empty where it has none.
    """

    team: str
    row: str
    place: str
    span: str
    total: str
    range: str
    gap: str
    moved: int | None
    line: tuple[tuple[float, float], ...]
    places: tuple[int, ...]
    outcome: Outcome | None
    number: int | None
    news: str
    action: str
    link: str
    watch: bool


def draw_own(
    entry: EntryView,
    history: Sequence[Publication],
    score: OwnScore | None,
    work: OwnWork | None,
    *,
    frozen: bool,
    language: Language,
) -> OwnRow:
    """The row of an entry. `history` are the last publications of its track, the oldest first."""
    found = [row for publication in history[-HISTORY:] if (row := _row_of(publication, entry.id)) is not None]
    latest = _row_of(history[-1], entry.id) if history else None
    shown = None if frozen else latest
    news, action, link = _news(entry, score, work, language)
    places = tuple(row.place for row in found) if shown is not None else ()
    # Published, the row says what the board says; while it is frozen, or not published yet, the team's own result does.
    result = shown or score
    return OwnRow(
        team=entry.team_name,
        row=f"e-{entry.id.hex}" if latest is not None else "",
        place="" if shown is None else str(shown.place),
        span="" if shown is None or shown.place_low == shown.place_high else _span(shown),
        total="" if result is None else formats.score(result.score, language),
        range="" if result is None else formats.span(*(formats.score(x, language) for x in (result.low, result.high))),
        gap=_gap(shown, history, language),
        moved=None if shown is None else shown.trend,
        line=spark(places, max((len(publication.rows) for publication in history), default=1)),
        places=places,
        outcome=None if result is None else outcome(result.status),
        number=_number(shown, score),
        news=news,
        action=action,
        link=link,
        watch=frozen or work is not None,
    )


def _row_of(publication: Publication, entry_id: UUID) -> Row | None:
    return next((row for row in publication.rows if row.entry_id == entry_id), None)


def _span(row: Row) -> str:
    return formats.span(str(row.place_low), str(row.place_high))


def _gap(row: Row | None, history: Sequence[Publication], language: Language) -> str:
    behind = 0.0 if row is None else row.score - history[-1].rows[0].score
    return formats.gap(behind, language) if behind < 0 else ""


def _number(row: Row | None, score: OwnScore | None) -> int | None:
    if row is not None:
        return row.submission_number
    return None if score is None else score.number


def _news(entry: EntryView, score: OwnScore | None, work: OwnWork | None, language: Language) -> tuple[str, str, str]:
    if work is not None:
        told = say(language, "Pengajuan {number} sedang diproses", number=work.number)
        return told, say(language, "Ikuti"), f"/pengajuan/{work.submission_id}"
    if score is not None:
        return "", say(language, "Lihat hasil"), f"/pengajuan/{score.submission_id}"
    told = say(language, "Belum ada hasil. Kirim prototipe pertama Anda.")
    return told, say(language, "Kirim"), f"/acara/{entry.event_slug}/pengajuan/{entry.track_slug}"
