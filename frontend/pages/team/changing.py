"""Who is in a team: each change that takes something away is asked about on a page of its own."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import say
from frontend.pages.forms import done
from frontend.pages.team.own import Boards, Configured, Own, Slug, Visitor, ask, carry_out, read_own
from frontend.pages.visiting import AnyRequest
from hackathon import teams
from hackathon.teams import Member, MemberUnknown, NotTheCaptain

MemberId = FromPath[UUID]


@get("/acara/{slug:str}/tim/keluar")
async def leave_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what leaving means."""
    own = await read_own(slug, visitor, reader)
    if own.team is None:
        return done(own.base)
    language = visitor.language
    words = [say(language, "Anda tidak lagi melihat pengajuan dan log tim ini, dan dapat bergabung dengan tim lain.")]
    if len(own.members) == 1:
        alone = say(
            language,
            "Anda anggota terakhir. Tim dibubarkan bersama kategorinya, kecuali bila sudah pernah mengirim prototipe.",
        )
        words.insert(0, alone)
    elif own.captain:
        heir = next(one.name for one in own.members if not one.captain)
        words.insert(0, say(language, "{name} menggantikan Anda sebagai ketua tim.", name=heir))
    return ask(
        own,
        visitor,
        title=say(language, "Keluar dari tim {team}?", team=own.team.name),
        words=words,
        action=f"{own.base}/keluar",
        button=say(language, "Keluar dari tim"),
    )


@post("/acara/{slug:str}/tim/keluar", status_code=200)
async def leave(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Leave the team."""
    return await carry_out(
        lambda own, team, _: teams.remove_member(team.id, own.person.account_id, actor=own.actor, now=own.now),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="tim-ditinggalkan",
    )


@get("/acara/{slug:str}/tim/anggota/{member_id:uuid}/keluarkan")
async def remove_page(slug: Slug, member_id: MemberId, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what removing somebody means."""
    own = await read_own(slug, visitor, reader)
    member = _member(own, member_id)
    if member is None:
        return done(own.base)
    language = visitor.language
    return ask(
        own,
        visitor,
        title=say(language, "Keluarkan {name} dari tim?", name=member.name),
        words=[
            say(language, "Ia tidak lagi melihat pengajuan dan log tim ini, dan dapat bergabung dengan tim lain."),
            say(
                language, "Tautan undangan yang sekarang ikut dicabut, karena ia mengenalnya. Anda dapat membuat baru."
            ),
        ],
        action=f"{own.base}/anggota/{member_id}/keluarkan",
        button=say(language, "Keluarkan"),
    )


@post("/acara/{slug:str}/tim/anggota/{member_id:uuid}/keluarkan", status_code=200)
async def remove(
    slug: Slug, member_id: MemberId, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Take a member out of the team."""
    return await carry_out(
        lambda own, team, _: teams.remove_member(team.id, member_id, actor=own.actor, now=own.now),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="anggota-dikeluarkan",
        anchor="anggota",
    )


@get("/acara/{slug:str}/tim/anggota/{member_id:uuid}/ketua")
async def hand_over_page(slug: Slug, member_id: MemberId, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what handing over means."""
    own = await read_own(slug, visitor, reader)
    member = _member(own, member_id)
    if member is None or member.captain:
        return done(own.base)
    language = visitor.language
    return ask(
        own,
        visitor,
        title=say(language, "Jadikan {name} ketua tim?", name=member.name),
        words=[
            say(language, "Hanya ketua yang mengundang, mengeluarkan anggota, dan mengubah nama atau instansi tim."),
            say(language, "Anda tetap anggota. Yang dapat mengembalikannya hanya ketua yang baru."),
        ],
        action=f"{own.base}/anggota/{member_id}/ketua",
        button=say(language, "Jadikan ketua"),
        danger=False,
    )


@post("/acara/{slug:str}/tim/anggota/{member_id:uuid}/ketua", status_code=200)
async def hand_over(
    slug: Slug, member_id: MemberId, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Hand the team over."""
    return await carry_out(
        lambda own, team, _: teams.make_captain(team.id, member_id, actor=own.actor, now=own.now),
        slug,
        request,
        visitor,
        reader,
        settings,
        notice="ketua-diganti",
        anchor="anggota",
    )


def _member(own: Own, member_id: UUID) -> Member | None:
    """The member whom a captain's page is about; None without a team. Raises NotTheCaptain, MemberUnknown."""
    if own.team is None:
        return None
    if not own.captain:
        raise NotTheCaptain
    for member in own.members:
        if member.account_id == member_id:
            return member
    raise MemberUnknown
