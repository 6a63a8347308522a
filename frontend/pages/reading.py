"""What the pages of boards need, read and put together once for whoever shows it: a page or a stream."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from frontend.language import Language, say
from frontend.live import Face, Rendered, Topic
from frontend.pages.board import HISTORY, Board, TaskText, TeamName, draw_board
from frontend.pages.board_files import file_links
from frontend.pages.frame import EventFrame, make_frame, milliseconds
from frontend.pages.own import OwnRow, draw_own
from frontend.pages.schedule import Stage, stage
from frontend.pages.visiting import Theme, Visit
from frontend.rendering import render
from hackathon import events, store
from hackathon.evaluations import Catalog
from hackathon.evaluations.own import own_score, own_work
from hackathon.events import Event, Track, is_frozen, phase
from hackathon.model import Principal
from hackathon.overview import entry_counts, team_names
from hackathon.teams import entries_of
from judging import publications
from judging.publications import Publication
from sandbox.errors import TaskInvalid
from sandbox.model import Text

_MESSAGES = {Face.BOARD: "parts/board-message.html", Face.WALL: "parts/wall-message.html"}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tab:
    """A track among the others of its event."""

    slug: str
    title: Text
    entries: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A track's board with everything around it. `frozen` is when it froze, None while it moves."""

    event: EventFrame
    track: Track
    tabs: tuple[Tab, ...]
    board: Board
    stage: Stage
    now: datetime
    frozen: datetime | None
    version: str
    files: tuple[tuple[str, str], ...] = ()

    def context(self, language: Language) -> dict[str, Any]:
        """What the templates of a board and a wall are filled with, beside the frame and a team's own row."""
        published = self.board.published_at
        return {
            "event": self.event,
            "zone": self.event.zone,
            "track": self.track,
            "tabs": self.tabs,
            "board": self.board,
            "stage": self.stage,
            "frozen": self.frozen,
            "version": self.version,
            "published_ms": milliseconds(published) if published else 0,
            "until_ms": milliseconds(self.stage.until) if self.stage.until else 0,
            "left": self.stage.until - self.now if self.stage.until else timedelta(0),
            "rival": self._rival(language),
            "files": self.files,
            "own": None,
            "own_url": "",
        }

    def _rival(self, language: Language) -> str:
        tied = [row.team for row in self.board.rows if row.tie]
        if len(tied) < 2 or not self.board.rows[0].tie:
            return ""
        return say(language, "Rentangnya bertindih dengan {team}.", team=self.board.rows[1].team)


class Reader:
    """Reads boards. `clock` is the server's time: it dates pages, the database's decides."""

    def __init__(self, catalog: Catalog, clock: store.Clock = store.clock) -> None:
        self._catalog = catalog
        self._clock = clock
        self._histories: dict[UUID, tuple[Publication, ...]] = {}

    async def now(self) -> datetime:
        """The time that pages go by."""
        return await self._clock()

    async def tasks(self, track: Track) -> tuple[TaskText, ...]:
        """The tasks of a track in its order; one that this host does not have is shown by its slug."""
        # Tasks are files that may have to be read and checked.
        return await asyncio.to_thread(lambda: tuple(self._task(task.slug) for task in track.tasks))

    async def board(self, event: Event, track: Track, language: Language, *, now: datetime) -> BoardPage:
        """The board of a track as the public sees it."""
        zone = ZoneInfo(event.zone)
        history = await self._history(track)
        latest = history[-1] if history else None
        names = await team_names(row.team_id for row in latest.rows) if latest else {}
        entries = await entry_counts(event.id)
        board = draw_board(
            latest,
            history[:-1],
            {team_id: TeamName(*name) for team_id, name in names.items()},
            await self.tasks(track),
            zone=zone,
            language=language,
            fourfold=event.rules.fourfold,
        )
        return BoardPage(
            event=EventFrame.of(event),
            track=track,
            tabs=tuple(Tab(other.slug, other.title, entries.get(other.id, 0)) for other in event.tracks),
            board=board,
            stage=stage(event.schedule, now, zone, language),
            now=now,
            frozen=event.schedule.freeze_at if is_frozen(event.schedule, now) else None,
            version=_version(board.number, event, now),
            files=file_links(event, track),
        )

    async def own(
        self, event: Event, track: Track, person: Principal, language: Language, *, now: datetime
    ) -> OwnRow | None:
        """What the team of a person sees of itself beside the board; None for somebody in no team of the track."""
        entry = next((entry for entry in await entries_of(person) if entry.track_id == track.id), None)
        if entry is None:
            return None
        return draw_own(
            entry,
            await self._history(track),
            await own_score(entry.id),
            await own_work(entry.id),
            frozen=is_frozen(event.schedule, now),
            language=language,
        )

    async def _history(self, track: Track) -> tuple[Publication, ...]:
        """The last publications of a track, the oldest first. They never change, so they are decoded once."""
        number, known = await publications.latest_number(track.id), self._histories.get(track.id, ())
        if (known[-1].number if known else 0) != number:
            known = self._histories[track.id] = await publications.history(track.id, HISTORY)
        return known

    async def message(self, topic: Topic) -> Rendered | None:
        """What a stream sends of a topic; None for a track that is gone."""
        found = await find_track(topic.subject)
        if found is None:
            return None
        event, track = found
        language = Language(topic.language)
        page = await self.board(event, track, language, now=await self._clock())
        visitor = Visit(language, Theme.SYSTEM)
        frame = make_frame(visitor, page.now, event=page.event, stage=page.stage)
        return Rendered(page.version, render(_MESSAGES[topic.face], language, frame=frame, **page.context(language)))

    async def version(self, topic: Topic) -> str | None:
        """The version of a topic's page, without rendering it."""
        found = await find_track(topic.subject)
        if found is None:
            return None
        event, track = found
        return _version(await publications.latest_number(track.id), event, await self._clock())

    def _task(self, slug: str) -> TaskText:
        try:
            task = self._catalog.get(slug)
        except TaskInvalid:
            _log.warning("task.unreadable", task=slug, exc_info=True)
            return TaskText(slug, Text(id=slug, en=slug), None, ())
        # What is shown and not counted says nothing of where a total comes from.
        metrics = tuple((metric.name, metric.title) for metric in task.metrics if metric.counted)
        return TaskText(slug, task.title, task.summary, metrics)


async def find_track(track_id: UUID) -> tuple[Event, Track] | None:
    """A track and its event by the track's id."""
    for event in await events.list_events():
        for track in event.tracks:
            if track.id == track_id:
                return event, track
    return None


def _version(number: int, event: Event, now: datetime) -> str:
    """Of a board's page: it changes with the publication, and by the clock with the phase and the freeze."""
    return f"{number}-{phase(event.schedule, now)}{'-frozen' if is_frozen(event.schedule, now) else ''}"
