"""A track's board as its pages show it: a publication turned into words, figures and coordinates.

Pure: everything comes in as values, so one publication and language always give the same page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.charts import Axis, axis, spark
from frontend.pages.outcomes import Outcome, outcome
from judging.publications import Publication
from judging.standings import Bracket, Row, bests, brackets
from sandbox.model import Text

HISTORY = 8
"""How many publications a row's line of places looks back on, this one included."""

_TIE_CLASS = {Bracket.ALONE: "", Bracket.FIRST: "tie-a", Bracket.MIDDLE: "tie-m", Bracket.LAST: "tie-z"}


@dataclass(frozen=True, slots=True)
class TeamName:
    """Who a team is. Publications hold ids; names are joined when they are read."""

    name: str
    agency: str


UNKNOWN_TEAM = TeamName("–", "")
"""A row whose team is gone: the place stays, the name does not."""


@dataclass(frozen=True, slots=True)
class Column:
    """A task of the track, or a metric where there is one task only: key of its values and what stands above them."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class TaskText:
    """What a task is, for people; `metrics` are its names with their titles, in the task's order."""

    slug: str
    title: Text
    summary: Text | None
    metrics: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a row; `value` is None where there is none, `best` marks the track's highest."""

    column: Column
    value: str | None
    best: bool


@dataclass(frozen=True, slots=True)
class JudgesCell:
    """What judges give an entry: `value` None while too few have sent theirs; `range` is its interval."""

    value: str | None
    range: str
    best: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """What totals are made of, in words; `filler` is what counts for entries that judges have not scored yet."""

    automated: str
    judges: str
    filler: str | None


@dataclass(frozen=True, slots=True)
class Whisker:
    """Where a score and its range stand on the shared axis."""

    low: float
    x: float
    high: float


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One row. `mark` changes with the entry itself, not when others push it down: the page flashes it then.
    `fourfold`: it is to be marked as making work at least four times faster.
    """

    key: str
    mark: str
    place: int
    span: str | None
    tie: str
    team: str
    agency: str
    cells: tuple[Cell, ...]
    total: str
    gap: str | None
    whisker: Whisker | None
    range: str
    outcome: Outcome | None
    moved: int | None
    line: tuple[tuple[float, float], ...]
    places: tuple[int, ...]
    at: str
    number: int
    judges: JudgesCell | None = None
    fourfold: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """All that a board's page needs of its publication. `number` 0: nothing is published yet. `shares` None: judges do
    not count in it; `final`: it holds the results, after judging closed.
    """

    number: int
    published_at: datetime | None
    columns: tuple[Column, ...]
    axis: Axis
    rows: tuple[BoardRow, ...]
    has_ties: bool
    has_lines: bool
    query: str = ""
    hidden: int = 0
    shares: Shares | None = None
    final: bool = False
    has_fourfold: bool = False


def draw_board(
    publication: Publication | None,
    earlier: Sequence[Publication],
    names: Mapping[UUID, TeamName],
    tasks: Sequence[TaskText],
    *,
    zone: ZoneInfo,
    language: Language,
    fourfold: bool = True,
) -> Board:
    """The board of a publication. `earlier` are those before it, oldest first; `tasks` are the track's, in order. With
    `fourfold` those are marked who make work at least four times faster.
    """
    columns = _columns(tasks, language)
    if publication is None:
        return Board(0, None, columns, axis(()), (), has_ties=False, has_lines=False)
    rows = publication.rows
    scale = axis([edge for row in rows if row.high > 0 for edge in (row.low, row.high)])
    values = [_values(row, tasks) for row in rows]
    best = bests(values)
    history = [_places(before.rows) for before in earlier[-(HISTORY - 1) :]] + [_places(rows)]
    last_place = max((len(places) for places in history), default=1)
    highest = max((row.judges.value or 0.0 for row in rows if row.judges is not None), default=0.0)
    drawn = tuple(
        _row(row, rows, tie, names.get(row.team_id, UNKNOWN_TEAM), _cells(shown, columns, best, language), scale,
             history, last_place, publication.created_at, highest, zone, language, fourfold and row.fourfold)
        for row, tie, shown in zip(rows, brackets(rows), values, strict=True)
    )  # fmt: skip
    return Board(
        number=publication.number,
        published_at=publication.created_at,
        columns=columns,
        axis=scale,
        rows=drawn,
        has_ties=any(row.tie for row in drawn),
        has_lines=any(row.line for row in drawn),
        shares=_shares(publication, language),
        final=publication.final,
        has_fourfold=any(row.fourfold for row in drawn),
    )


def search(board: Board, query: str) -> Board:
    """The board with only those rows whose team or agency holds `query`; places stay what they are."""
    wanted = query.strip().casefold()[:100]
    if not wanted:
        return board
    found = tuple(row for row in board.rows if wanted in f"{row.team} {row.agency}".casefold())
    # The page draws no brackets then: with rows left out they would join teams that do not belong together.
    return replace(board, rows=found, query=query.strip()[:100], hidden=len(board.rows) - len(found))


def _places(rows: Sequence[Row]) -> Mapping[UUID, int]:
    return {row.entry_id: row.place for row in rows}


def _row(
    row: Row,
    rows: Sequence[Row],
    tie: Bracket,
    name: TeamName,
    cells: tuple[Cell, ...],
    scale: Axis,
    history: Sequence[Mapping[UUID, int]],
    last_place: int,
    published_at: datetime,
    highest: float,
    zone: ZoneInfo,
    language: Language,
    fourfold: bool,
) -> BoardRow:
    places = tuple(places[row.entry_id] for places in history if row.entry_id in places)
    behind = row.score - rows[0].score
    return BoardRow(
        key=row.entry_id.hex,
        mark=_mark(row),
        place=row.place,
        span=None if row.place_low == row.place_high else formats.span(str(row.place_low), str(row.place_high)),
        tie=_TIE_CLASS[tie],
        team=name.name,
        agency=name.agency,
        cells=cells,
        total=formats.score(row.score, language),
        gap=formats.gap(behind, language) if behind < 0 else None,
        whisker=Whisker(scale.x(row.low), scale.x(row.score), scale.x(row.high)) if row.high > 0 else None,
        range=formats.span(formats.score(row.low, language), formats.score(row.high, language)),
        outcome=outcome(row.status),
        moved=row.trend,
        line=spark(places, last_place),
        places=places,
        at=_when(row.evaluated_at, published_at, zone, language),
        number=row.submission_number,
        judges=_judges(row, highest, language),
        fourfold=fourfold,
    )


def _mark(row: Row) -> str:
    # Of the score only what anybody may know: the mark stands in the page. One more scorecard of others moves all
    # values a little; only the entry's own count is news of the entry.
    scorecards = "" if row.judges is None else f"/{row.judges.scorecards}"
    return f"{row.submission_number}/{row.measured:.2f}{scorecards}"


def _judges(row: Row, highest: float, language: Language) -> JudgesCell | None:
    given = row.judges
    if given is None:
        return None
    if given.value is None or given.low is None or given.high is None:
        return JudgesCell(None, "", best=False)
    reach = formats.span(formats.score(given.low, language), formats.score(given.high, language))
    return JudgesCell(formats.score(given.value, language), reach, best=0 < given.value == highest)


def _shares(publication: Publication, language: Language) -> Shares | None:
    basis = publication.basis
    if basis is None:
        return None
    return Shares(
        automated=formats.percent(100 - basis.share, language),
        judges=formats.percent(basis.share, language),
        filler=None if basis.filler is None else formats.score(basis.filler, language),
    )


def _columns(tasks: Sequence[TaskText], language: Language) -> tuple[Column, ...]:
    # One task alone would repeat the total; its metrics say where the total comes from.
    if len(tasks) == 1:
        return tuple(Column(name, pick(title, language)) for name, title in tasks[0].metrics)
    return tuple(Column(task.slug, pick(task.title, language)) for task in tasks)


def _values(row: Row, tasks: Sequence[TaskText]) -> Mapping[str, float]:
    return row.metrics.get(tasks[0].slug, {}) if len(tasks) == 1 else row.tasks


def _cells(
    values: Mapping[str, float], columns: Sequence[Column], best: Mapping[str, float], language: Language
) -> tuple[Cell, ...]:
    return tuple(
        Cell(column, formats.score(values[column.key], language), best=values[column.key] == best.get(column.key))
        if column.key in values
        else Cell(column, None, best=False)
        for column in columns
    )


def _when(moment: datetime, published_at: datetime, zone: ZoneInfo, language: Language) -> str:
    """A time on the day of the publication, a word for the day before, a date earlier."""
    day, today = moment.astimezone(zone).date(), published_at.astimezone(zone).date()
    if day == today:
        return formats.clock(moment, zone, language)
    if day == today - timedelta(days=1):
        return say(language, "Kemarin")
    return formats.short_day(moment, zone, language)
