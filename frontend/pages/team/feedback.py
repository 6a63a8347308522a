"""What judges say to a team, once the results are out."""

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.language import pick
from frontend.pages.console.results import method_word
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.schedule import stage
from frontend.pages.team.own import Boards, Slug, Visitor
from hackathon import events
from hackathon.teams import EntryUnknown, entries_of
from judging import publications, results
from judging.composite.methods import Method


@get("/acara/{slug:str}/tim/umpan-balik/{track_slug:str}")
async def feedback_page(slug: Slug, track_slug: FromPath[str], visitor: Visitor, reader: Boards) -> Response[str]:
    """The feedback on the entry of the person's own team; for nobody else, organizers neither."""
    person = visitor.signed_in()
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    entry = next((one for one in await entries_of(person.principal) if one.track_id == track.id), None)
    if entry is None:
        raise EntryUnknown
    language, now = visitor.language, await reader.now()
    latest = await publications.latest(track.id)
    out = await publications.results_out(event, now)
    found = await results.feedback_of(event, entry.id, track.id, out=track.id in out)
    row = None if latest is None else next((row for row in latest.rows if row.entry_id == entry.id), None)
    here = stage(event.schedule, now, zone_of(visitor, event), language)
    frame = make_frame(visitor, now, event=EventFrame.of(event, visitor), stage=here, here="team")
    sheet = found.sheet
    rules = None if sheet is None else sheet.method
    return page(
        "team/feedback.html",
        visitor,
        frame,
        event=event,
        team=entry.team_name,
        track=track,
        place="" if row is None else str(row.place),
        span="" if row is None or row.place_low == row.place_high
        else formats.span(str(row.place_low), str(row.place_high)),
        of=0 if latest is None else len(latest.rows),
        total="" if row is None else formats.figure(row.score, 2, language),
        reach="" if row is None else formats.span(formats.score(row.low, language), formats.score(row.high, language)),
        measured="" if row is None else formats.figure(row.measured, 2, language),
        judged=row is not None and row.judges is not None,
        share=formats.percent(found.share, language),
        rest=formats.percent(100 - found.share, language),
        method="" if rules is None else method_word(rules, language),
        adjusted=rules is Method.ADJUSTED,
        lines=[
            (label, formats.figure(line.score, 2, language), formats.figure(line.correction, 2, language),
             formats.figure(line.corrected, 2, language), formats.figure(line.weight, 3, language))
            for label, line in found.lines
        ],
        base="" if sheet is None else formats.figure(sheet.base, 2, language),
        pull="" if sheet is None else formats.figure(sheet.pull, 2, language),
        value="" if sheet is None else formats.figure(sheet.value, 2, language),
        comments=found.comments,
        criteria=[
            (
                pick(one.criterion.title, language),
                "" if one.mean is None else formats.figure(one.mean, 1, language),
                [(rating, count, pick(one.criterion.anchors[rating], language) if rating in one.criterion.anchors
                  else "") for rating, count in enumerate(one.counts, start=1)],
                one.comments,
            )
            for one in found.criteria
        ],
    )  # fmt: skip
