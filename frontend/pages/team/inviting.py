"""Invitations: the captain's link, and the page to which it leads."""

from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_404_NOT_FOUND

from frontend import formats
from frontend.api.errors import status_of
from frontend.language import Language, say
from frontend.pages.account.asking import installation_key
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.frame import make_frame, page, zone_of
from frontend.pages.invited import keep_invitation
from frontend.pages.reading import Reader
from frontend.pages.team.own import Boards, Configured, Own, Slug, Visitor, ask, carry_out, event_page, read_own
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import events, teams
from hackathon.errors import Refusal
from hackathon.events import teams_lock
from hackathon.teams import InvitationUnknown, InvitationView, NotTheCaptain, Obstacle, Team

Secret = FromPath[str]
Pasted = Annotated[str, QueryParameter(name="tautan", max_length=2000)]


@post("/acara/{slug:str}/tim/undangan", status_code=200)
async def new_link(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Make an invitation; the one before ends."""

    async def make(own: Own, team: Team, _: Form) -> None:
        await teams.new_invitation(team.id, key=await installation_key(settings), actor=own.actor, now=own.now)

    return await carry_out(make, slug, request, visitor, reader, settings, notice="undangan-dibuat", anchor="undangan")


@get("/acara/{slug:str}/tim/undangan/ganti")
async def renew_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what another link means."""
    own = await read_own(slug, visitor, reader)
    if own.team is None:
        return done(own.base)
    if not own.captain:
        raise NotTheCaptain
    language = visitor.language
    return ask(
        own,
        visitor,
        title=say(language, "Ganti tautan undangan?"),
        words=[say(language, "Tautan dan kode QR yang sudah dibagikan tidak berlaku lagi. Anggota tim tidak berubah.")],
        action=f"{own.base}/undangan",
        button=say(language, "Ganti tautan"),
        danger=False,
    )


@get("/acara/{slug:str}/tim/undangan/cabut")
async def revoke_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what ending the link means."""
    own = await read_own(slug, visitor, reader)
    if own.team is None:
        return done(own.base)
    if not own.captain:
        raise NotTheCaptain
    language = visitor.language
    return ask(
        own,
        visitor,
        title=say(language, "Cabut tautan undangan?"),
        words=[
            say(
                language,
                "Tidak ada lagi yang dapat bergabung sampai Anda membuat tautan baru. Anggota tim tidak berubah.",
            )
        ],
        action=f"{own.base}/undangan/cabut",
        button=say(language, "Cabut tautan"),
    )


@post("/acara/{slug:str}/tim/undangan/cabut", status_code=200)
async def revoke(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """End the invitation."""
    return await carry_out(
        lambda own, team, _: teams.revoke_invitation(team.id, actor=own.actor, now=own.now),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="undangan-dicabut",
        anchor="undangan",
    )


@get("/undangan")
async def pasted(visitor: Visitor, reader: Boards, link: Pasted = "") -> Response[str]:
    """On to the invitation whose address somebody pasted."""
    secret = link.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
    if not teams.looks_like_secret(secret):
        return await _unknown(visitor, reader)
    return Redirect(f"/undangan/{secret}", status_code=HTTP_303_SEE_OTHER)


@get("/undangan/{secret:str}")
async def invitation_page(secret: Secret, visitor: Visitor, reader: Boards, settings: Configured) -> Response[str]:
    """The team that invites, and what joining means."""
    answer = await _invitation(secret, visitor, reader)
    if not _may_join(visitor) and answer.status_code == HTTP_200_OK:
        answer.set_cookie(keep_invitation(secret, settings))
    return answer


@post("/undangan/{secret:str}", status_code=200)
async def join(
    secret: Secret, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Join the team."""
    person = visitor.signed_in()
    await read_form(request, visitor)
    try:
        team = await teams.join_by_invitation(secret, actor=person.principal, now=await reader.now())
    except InvitationUnknown:
        return await _unknown(visitor, reader)
    except Refusal as refusal:
        return await _invitation(secret, visitor, reader, refusal)
    event = await events.get_event_by_id(team.event_id)
    return done(f"/acara/{event.slug}/tim", "bergabung")


async def _invitation(secret: str, visitor: Visit, reader: Reader, refusal: Refusal | None = None) -> Response[str]:
    now = await reader.now()
    visiting = None if visitor.person is None else visitor.person.principal
    try:
        shown = await teams.look_at_invitation(secret, visitor=visiting, now=now)
    except InvitationUnknown:
        return await _unknown(visitor, reader)
    home = f"/acara/{shown.event.slug}/tim"
    if shown.obstacle is Obstacle.SAME_TEAM:
        return done(home, "sudah-anggota")
    problems = None
    if refusal is not None:
        problems = Problems()
        problems.refused(refusal)
        problems.status = status_of(refusal)
    rules = shown.event.rules
    return event_page(
        "team/invitation.html",
        visitor,
        shown.event,
        now,
        problems=problems,
        invitation=shown,
        venue=next((venue.name for venue in shown.event.venues if venue.id == shown.team.venue_id), ""),
        home=home,
        here=f"/undangan/{secret}",
        onward=urlencode({"lanjut": f"/undangan/{secret}"}),
        closed=_closed(shown, zone_of(visitor, shown.event), visitor.language),
        own_team=home if shown.obstacle is Obstacle.OTHER_TEAM else "",
        confirmed=visitor.person is None or _may_join(visitor),
        lock=teams_lock(shown.event.schedule),
        least=rules.team_size_min,
        most=rules.team_size_max,
    )


def _may_join(visitor: Visit) -> bool:
    person = visitor.person
    return person is not None and (person.confirmed_at is not None or person.principal.is_organizer)


def _closed(shown: InvitationView, zone: ZoneInfo, language: Language) -> tuple[str, str] | None:
    """Why the invitation cannot be followed, and what to do; None where it can."""
    match shown.obstacle:
        case None | Obstacle.SAME_TEAM:
            return None
        case Obstacle.REVOKED:
            return (
                say(language, "Tautan undangan ini sudah dicabut atau diganti."),
                say(language, "Minta tautan yang baru dari {captain}.", captain=shown.captain),
            )
        case Obstacle.NOT_OPEN:
            when = formats.moment_long(shown.event.schedule.registration_opens, zone, language)
            return (
                say(language, "Pendaftaran acara ini belum dibuka."),
                say(language, "Buka tautan ini lagi mulai {when}.", when=when),
            )
        case Obstacle.LOCKED:
            when = formats.moment_long(teams_lock(shown.event.schedule), zone, language)
            return (
                say(language, "Susunan tim sudah dikunci sejak {when}.", when=when),
                say(
                    language, "Bila Anda memang harus ikut, minta {captain} menghubungi panitia.", captain=shown.captain
                ),
            )
        case Obstacle.FULL:
            return (
                say(language, "Tim ini sudah penuh."),
                say(language, "Bicarakan dengan {captain}, atau buat tim sendiri.", captain=shown.captain),
            )
        case Obstacle.OTHER_TEAM:
            return (
                say(language, "Anda sudah berada di tim {team}.", team=shown.own.name if shown.own else ""),
                say(
                    language,
                    "Satu orang hanya boleh di satu tim. Keluar dulu dari tim itu, lalu buka tautan ini lagi.",
                ),
            )


async def _unknown(visitor: Visit, reader: Reader) -> Response[str]:
    """The page of a link that leads nowhere: most often it was cut while it was copied."""
    frame = make_frame(visitor, await reader.now())
    return page("team/unknown.html", visitor, frame, status=HTTP_404_NOT_FOUND)
