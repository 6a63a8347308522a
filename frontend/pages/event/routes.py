"""The addresses of the front page, events, their news, tracks and downloads."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter
from litestar.response import Response
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from frontend.handouts import handout
from frontend.pages.event import home
from frontend.pages.event.guide import contract
from frontend.pages.event.news import draw_news, page_number, turn_pages
from frontend.pages.event.next_step import Looker, next_step
from frontend.pages.event.petals import draw_petals
from frontend.pages.event.track import draw_task, draw_track
from frontend.pages.event.view import draw_event
from frontend.pages.frame import EventFrame, Frame, make_frame, page, zone_of
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import announcements, events
from hackathon.announcements.service import PAGE
from hackathon.evaluations import Catalog
from hackathon.events import Event, Phase, phase
from hackathon.overview import overview, team_counts
from hackathon.participation import Participation, participation
from hackathon.settings import Settings
from hackathon.teams import Approval, members_open
from judging import publications

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Tasks = NamedDependency[Catalog]
Slug = FromPath[str]
Number = Annotated[int, QueryParameter(name="hal", ge=1, le=100)]

NEWS_ON_TOP = 3
NEWS_AT_HOME = 4


def _frame(visitor: Visit, event: Event, now: datetime, *, here: str = "event", aside: str | None = None) -> Frame:
    zone = zone_of(visitor, event)
    return make_frame(
        visitor,
        now,
        event=EventFrame.of(event, visitor),
        stage=stage(event.schedule, now, zone, visitor.language),
        here=here,
        aside=aside,
    )


@get("/")
async def front(visitor: Visitor, reader: Boards) -> Response[str]:
    """What this is, the events, their news."""
    now, counts = await reader.now(), await team_counts()
    known = await events.list_events()
    active = [event for event in known if phase(event.schedule, now) is not Phase.CLOSED]
    shown = (active or list(known))[:1]
    news = await announcements.latest_announcements([event.id for event in active], limit=NEWS_AT_HOME)
    zone = ZoneInfo(visitor.person.zone if visitor.person else shown[0].zone if shown else "Asia/Jakarta")
    return page(
        "event/home.html",
        visitor,
        make_frame(visitor, now),
        events=home.list_events(known, counts, now, visitor.language, lambda event: zone_of(visitor, event)),
        petals=draw_petals(await overview(shown[0].id), visitor.language) if shown else None,
        first=shown[0].slug if active else None,
        news=draw_news(
            news,
            slugs={event.id: event.slug for event in active},
            titles={event.id: event.title for event in active} if len(active) > 1 else None,
            zone=zone,
            language=visitor.language,
        ),
    )


@get("/acara/{slug:str}")
async def event_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """An event: phase, what to do next, teams, tracks side by side, and what it says of itself."""
    event = await events.get_event(slug)
    now, zone = await reader.now(), zone_of(visitor, event)
    news = await announcements.list_announcements(event.id, limit=NEWS_ON_TOP)
    step = next_step(
        event.slug,
        event.tracks[0].slug,
        phase(event.schedule, now),
        await _looker(visitor, event, now),
        teams_open=members_open(event.schedule, now),
    )
    view = draw_event(
        event,
        await overview(event.id),
        [await reader.board(event, track, visitor.language, now=now) for track in event.tracks],
        [await reader.tasks(track) for track in event.tracks],
        step=step,
        now=now,
        zone=zone,
        language=visitor.language,
    )
    return page(
        "event/event.html",
        visitor,
        _frame(visitor, event, now, aside=view.counts),
        event=event,
        zone=zone,
        view=view,
        news=draw_news(news, slugs={event.id: event.slug}, zone=zone, language=visitor.language),
    )


@get("/acara/{slug:str}/kabar")
async def news_page(slug: Slug, visitor: Visitor, reader: Boards, number: Number = 1) -> Response[str]:
    """The news of an event, newest first."""
    event = await events.get_event(slug)
    now = await reader.now()
    whole = await announcements.count_announcements(event.id)
    number = page_number(number, whole, PAGE)
    news = await announcements.list_announcements(event.id, limit=PAGE, offset=(number - 1) * PAGE)
    items = draw_news(news, slugs={event.id: event.slug}, zone=zone_of(visitor, event), language=visitor.language)
    paper = turn_pages(items, number, whole, PAGE)
    return page("event/news.html", visitor, _frame(visitor, event, now, here="news"), event=event, paper=paper)


@get("/acara/{slug:str}/kategori/{track_slug:str}")
async def track_page(
    slug: Slug,
    track_slug: Slug,
    visitor: Visitor,
    reader: Boards,
    catalog: Tasks,
    settings: Configured,
) -> Response[str]:
    """A track: its tasks in plain words, how they are measured, and what to begin with."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    view = await draw_track(catalog, track, event.rules, await overview(event.id), visitor.language)
    frame = _frame(visitor, event, await reader.now(), here="track")
    return page("event/track.html", visitor, frame, event=event, track=track, view=view, server=settings.public_url)


@get("/acara/{slug:str}/kategori/{track_slug:str}/{task:str}")
async def task_page(
    slug: Slug, track_slug: Slug, task: Slug, visitor: Visitor, reader: Boards, catalog: Tasks
) -> Response[str]:
    """A task: what is done, an example, how each metric is computed and why, and what known prototypes score."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    view = await draw_task(catalog, track, task, event.rules, visitor.language)
    frame = _frame(visitor, event, await reader.now(), here="track")
    return page("event/task.html", visitor, frame, event=event, track=track, view=view)


@get("/acara/{slug:str}/kategori/{track_slug:str}/{task:str}/{name:str}")
async def download(
    slug: Slug, track_slug: Slug, task: Slug, name: Slug, request: AnyRequest, catalog: Tasks
) -> Response[bytes]:
    """A file of a task that everybody may have, without signing in."""
    track = await events.get_track(slug, track_slug)
    file = await handout(catalog, track, task, name)
    headers = {
        "ETag": file.tag,
        # Asked for again each time, and sent again only when it is another.
        "Cache-Control": "public, no-cache",
        "Content-Disposition": f'attachment; filename="{file.filename}"',
    }
    if file.tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(file.data, media_type=file.media_type, headers=headers)


@get("/panduan/prototipe")
async def contract_page(visitor: Visitor, reader: Boards) -> Response[str]:
    """What a prototype is, whole."""
    return page("event/guide.html", visitor, make_frame(visitor, await reader.now()), guide=contract())


async def _looker(visitor: Visit, event: Event, now: datetime) -> Looker:
    person = visitor.person
    if person is None:
        return Looker()
    own = await participation(event.id, person.account_id)
    organizer = person.principal.is_organizer
    if own is None:
        return Looker(signed_in=True, organizer=organizer, judge=event.slug in visitor.judging)
    extensions = await events.list_extensions(event.id)
    approved = own.approval is Approval.APPROVED or (own.approval is Approval.PENDING and not event.rules.approval)
    begun = now >= event.schedule.building_opens
    open_tracks = tuple(
        entry.track_slug
        for entry in own.entries
        if approved and begun and now < events.deadline(event.schedule, extensions, own.standing(entry))
    )
    results = [entry.result for entry in own.entries if entry.result is not None]
    return Looker(
        signed_in=True,
        organizer=organizer,
        team=own.team,
        approved=approved,
        rejected=own.approval is Approval.REJECTED,
        tracks=tuple(entry.track_slug for entry in own.entries),
        waiting=tuple(entry.track_slug for entry in own.entries if entry.submissions == 0),
        open_tracks=open_tracks,
        submissions=sum(entry.submissions for entry in own.entries),
        result=results[0] if results else None,
        feedback=await _feedback(event, own, now),
    )


async def _feedback(event: Event, own: Participation, now: datetime) -> tuple[str, ...]:
    """The tracks in which judges' scores of the team's entry are published for good."""
    out = await publications.results_out(event, now)
    if not out:
        return ()
    judged = {
        row.entry_id
        for track, last in (await publications.latest_of_event(event.id)).items()
        if track in out
        for row in last.rows
        if row.judges is not None
    }
    return tuple(entry.track_slug for entry in own.entries if entry.id in judged)


HANDLERS: tuple[HTTPRouteHandler, ...] = (front, event_page, news_page, track_page, task_page, download, contract_page)
