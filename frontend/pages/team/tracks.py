"""In which tracks a team is, and asking for the organizers' approval again."""

from contextlib import suppress

from litestar import get, post
from litestar.response import Response

from frontend.language import pick, say
from frontend.pages.forms import Form, done
from frontend.pages.team.own import Boards, Configured, Own, Slug, Visitor, ask, carry_out, read_own
from frontend.pages.visiting import AnyRequest
from hackathon import events, teams
from hackathon.teams import Team


@post("/acara/{slug:str}/tim/kategori", status_code=200)
async def enter(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Enter the team in a track."""
    return await carry_out(
        _enter,
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="kategori-dipilih",
        anchor="kategori",
    )


@get("/acara/{slug:str}/tim/kategori/{track_slug:str}/mundur")
async def withdraw_page(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what withdrawing means."""
    own = await read_own(slug, visitor, reader)
    track = await events.get_track(own.event, track_slug)
    if own.team is None:
        return done(own.base)
    language = visitor.language
    return ask(
        own,
        visitor,
        title=say(language, "Mundur dari kategori {track}?", track=pick(track.title, language)),
        words=[
            say(language, "Tim dapat memilihnya lagi selama pengerjaan belum ditutup."),
        ],
        action=f"{own.base}/kategori/{track.slug}/mundur",
        button=say(language, "Mundur"),
    )


@post("/acara/{slug:str}/tim/kategori/{track_slug:str}/mundur", status_code=200)
async def withdraw(
    slug: Slug, track_slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Take the team out of a track."""
    return await carry_out(
        lambda own, team, _: _withdraw(own, team, track_slug),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="kategori-ditinggalkan",
        anchor="kategori",
    )


@post("/acara/{slug:str}/tim/ajukan", status_code=200)
async def ask_approval(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Ask the organizers to look at a rejected team again."""
    return await carry_out(
        lambda own, team, _: teams.ask_approval(team.id, actor=own.actor, now=own.now),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="tim-diajukan",
    )


async def _enter(own: Own, team: Team, form: Form) -> None:
    track = await events.get_track(own.event, form.text("kategori"))
    await teams.enter_track(team.id, track.id, actor=own.actor, now=own.now)


async def _withdraw(own: Own, team: Team, track_slug: str) -> None:
    track = await events.get_track(own.event, track_slug)
    for entry in await teams.list_entries(team.id):
        if entry.track_id == track.id:
            # Where another member is quicker at this moment, it is done.
            with suppress(teams.EntryUnknown):
                await teams.withdraw_entry(entry.id, actor=own.actor, now=own.now)
