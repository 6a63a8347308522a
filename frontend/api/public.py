"""What anybody may read: events and the boards of their tracks."""

import asyncio
from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from frontend.api.shapes import EventBody, EventsBody, LeaderboardBody
from frontend.api.track_tasks import TrackTasksBody, track_tasks_body
from frontend.api.views import event_body, leaderboard_body
from hackathon import events, store
from hackathon.evaluations import Catalog
from hackathon.overview import team_names
from judging import publications

Known = NamedDependency[Catalog]
Slug = Annotated[str, PathParameter(max_length=63)]


class PublicController(Controller):
    """Events and boards. A board is its latest publication, nothing else: what is not published is not here."""

    path = "/events"
    tags = ("events",)

    @get()
    async def list_events(self) -> EventsBody:
        """All events, the one that began last first."""
        now = await store.clock()
        return EventsBody([event_body(event, now) for event in await events.list_events()])

    @get("/{event:str}")
    async def get_event(self, event: Slug) -> EventBody:
        """One event with its tracks."""
        return event_body(await events.get_event(event), await store.clock())

    @get("/{event:str}/tracks/{track:str}/tasks")
    async def list_tasks(self, event: Slug, track: Slug, catalog: Known) -> TrackTasksBody:
        """The tasks of a track: metrics, limits, schemas, and where public cases and starter kits are."""
        found = await events.get_event(event)
        return await asyncio.to_thread(track_tasks_body, found, await events.get_track(found, track), catalog)

    @get("/{event:str}/tracks/{track:str}/leaderboard")
    async def get_leaderboard(self, event: Slug, track: Slug) -> LeaderboardBody:
        """The public board of a track.

        Scores are told with two decimals; places are made from the scores as they are stored, so that rows with the
        same score here may have different places.
        """
        found = await events.get_event(event)
        its_track = await events.get_track(found, track)
        publication = await publications.latest(its_track.id)
        rows = () if publication is None else publication.rows
        names = await team_names(row.team_id for row in rows)
        return leaderboard_body(found, its_track, publication, names, await store.clock())
