"""The page by which an organizer reminds judges: who would get a letter, when they got the last one, what it says."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.response import Response

from frontend import formats
from frontend.language import message, say
from frontend.pages.account.asking import installation_key
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.forms import GENERAL, Problems, done, read_form
from frontend.pages.judges.listing import Boards, Configured, Slug, Visitor
from frontend.pages.judges.words import UNREACHED, expected, is_slow
from frontend.pages.visiting import AnyRequest
from hackathon.errors import Refusal
from hackathon.events import Phase, phase
from hackathon.settings import Settings
from judging import notices, rules
from judging.notices import Standing, letter_to
from sandbox.model import Text

_NOBODY = Text(id="Pilih paling sedikit satu juri.", en="Choose one judge at least.")
_NO_MAIL = Text(
    id="Server surel belum dipasang, jadi tidak ada yang terkirim.", en="No mail server is set up, so nothing was sent."
)
_SENT_ALREADY = Text(
    id="Tidak ada yang dikirimi: yang dipilih sudah diingatkan dalam 24 jam terakhir, atau lembarnya sudah lengkap.",
    en="Nobody was written to: those chosen were reminded within the last 24 hours, or have sent everything.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A judge with work left. `barred` says why no letter goes out; `picked`: the box is ticked."""

    id: str
    name: str
    sent: str
    expected: str
    slow: bool
    last: str
    barred: str
    picked: bool


@get("/konsol/{slug:str}/juri/ingatkan")
async def reminder_page(slug: Slug, visitor: Visitor, reader: Boards, settings: Configured) -> Response[str]:
    """Who has work left; those who are behind are chosen."""
    return await _page(await open_desk(slug, visitor, reader), settings)


@post("/konsol/{slug:str}/juri/ingatkan", status_code=200)
async def remind(
    request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Write to those who were chosen."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    chosen = set()
    for value in form.many("juri"):
        with suppress(ValueError):
            chosen.add(UUID(value))
    if not chosen:
        problems.add("juri", _NOBODY)
    elif not settings.smtp_url:
        problems.add(GENERAL, _NO_MAIL)
    else:
        try:
            key = await installation_key(settings)
            written = await notices.remind(desk.event.id, chosen, key=key, actor=desk.organizer, now=desk.now)
        except Refusal as refusal:
            problems.refused(refusal)
        else:
            if written:
                return done(f"{desk.root}/juri/ingatkan", "juri-diingatkan")
            problems.add(GENERAL, _SENT_ALREADY)
            problems.status = 409
    return await _page(desk, settings, problems, chosen)


async def _page(
    desk: Desk, settings: Settings, problems: Problems | None = None, chosen: set[UUID] | None = None
) -> Response[str]:
    found = await notices.standings(desk.event.id, actor=desk.organizer)
    working = [one for one in found if one.left]
    lines = sorted(
        (_line(one, desk, chosen) for one in working), key=lambda line: (bool(line.barred), not line.slow, line.name)
    )
    possible = [one for one in working if one.may_be_reminded(desk.now)]
    first = next((one for one in possible if is_slow(one, desk)), next(iter(possible), None))
    subject, body = ("", "") if first is None else letter_to(first, desk.event, settings.public_url)
    return desk_page(
        "judges_remind",
        desk,
        "juri",
        problems=problems,
        lines=lines,
        given=any(one.assigned for one in found),
        open=phase(desk.event.schedule, desk.now) is Phase.JUDGING,
        mails=bool(settings.smtp_url),
        possible=bool(possible),
        hours=(await rules.get_rules(desk.event.id)).reminder_hours,
        closes=formats.moment_long(desk.event.schedule.judging_closes, desk.zone, desk.language),
        example=first and {"name": first.name, "language": first.language, "subject": subject, "body": body},
    )


def _line(one: Standing, desk: Desk, chosen: set[UUID] | None) -> Line:
    language, slow = desk.language, is_slow(one, desk)
    sent = {"sent": formats.whole(one.sent, language), "work": formats.whole(one.assigned, language)}
    last = say(language, "belum pernah")
    if one.reminded_at is not None:
        words = message("{at}, oleh panitia") if one.reminded_by_hand else message("{at}, otomatis")
        last = say(language, words, at=formats.moment_short(one.reminded_at, desk.zone, language))
    barred = ""
    if one.unreached is not None:
        barred = say(language, UNREACHED[one.unreached])
    elif one.was_reminded(desk.now):
        barred = say(language, "sudah diingatkan dalam 24 jam terakhir")
    return Line(
        id=str(one.judge_id),
        name=one.name,
        sent=say(language, "{sent} dari {work}", **sent),
        expected=formats.whole(min(expected(one, desk), one.assigned), language),
        slow=slow,
        last=last,
        barred=barred,
        picked=not barred and (slow if chosen is None else one.judge_id in chosen),
    )
