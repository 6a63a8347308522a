"""What of an event's judging needs a person, for the console's first page."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.console.desk import Desk
from frontend.pages.console.judging.matrix import draw_alarms
from frontend.pages.console.needs import Item
from frontend.pages.judges.alarms import departures_told
from frontend.pages.judges.words import expected, is_slow
from hackathon import finals
from hackathon.evaluations import State
from hackathon.events import Phase, phase
from hackathon.finals import FinalEvaluation, Judged
from judging import assignment, notices, publications, rules, stage
from judging.assignment import Kind
from judging.results.service import missing_finals

LAST_DAY = timedelta(hours=24)
"""From then on a judge who is behind is urgent."""

FINISHING = timedelta(minutes=30)
"""So long after the end of judging the last final evaluations may take."""

SHOWN = 3
"""So many judges or teams are named in a line."""


async def judging_needs(desk: Desk) -> tuple[Item, ...]:
    """The alarms of the first round and the judges who are behind, while the event is judged; after that, what the
    results wait for.
    """
    if phase(desk.event.schedule, desk.now) is Phase.JUDGING:
        return (*await _slow_judges(desk), *await _of_plan(desk))
    if desk.now >= desk.event.schedule.judging_closes:
        return await _missing_results(desk)
    return ()


async def _of_plan(desk: Desk) -> tuple[Item, ...]:
    field = await assignment.field_of(desk.event, now=desk.now)
    reviews = (await rules.get_rules(desk.event.id)).reviews
    found = draw_alarms(desk, field, field.covered(Kind.REVIEW, reviews), Kind.REVIEW, reviews)
    alarms = (
        Item(alarm.urgent, alarm.icon, alarm.mark, alarm.title, alarm.detail, alarm.action, alarm.link)
        for alarm in found
    )
    return (*alarms, *await departures_told(desk, field))


async def _slow_judges(desk: Desk) -> tuple[Item, ...]:
    language = desk.language
    slow = [one for one in await notices.standings(desk.event.id, actor=desk.organizer) if is_slow(one, desk)]
    if not slow:
        return ()
    slow.sort(key=lambda one: (one.sent - expected(one, desk), one.name.casefold()))
    told = "; ".join(
        say(
            language,
            "{name}: {sent} dari {work}, seharusnya kini {expected}",
            name=one.name,
            sent=formats.whole(one.sent, language),
            work=formats.whole(one.assigned, language),
            expected=formats.whole(min(expected(one, desk), one.assigned), language),
        )
        for one in slow[:SHOWN]
    )
    return (
        Item(
            urgent=desk.event.schedule.judging_closes - desk.now <= LAST_DAY,
            icon="hourglass",
            mark=say(language, "Juri"),
            title=say_count(
                language,
                "{n} juri tertinggal dari laju yang perlu untuk selesai",
                len(slow),
                formats.whole(len(slow), language),
            ),
            detail=told + ("; …" if len(slow) > SHOWN else ""),
            action=say(language, "Ingatkan"),
            link=f"{desk.root}/juri/ingatkan",
        ),
    )


async def _missing_results(desk: Desk) -> tuple[Item, ...]:
    """The tracks whose results are held up by final evaluations, with what each of those waits for."""
    event, language = desk.event, desk.language
    out = await publications.results_out(event, desk.now)
    waiting = [
        (track, missing)
        for track in event.tracks
        if track.id not in out and (missing := await missing_finals(event.id, track.id))
    ]
    if not waiting:
        return ()
    teams, fixed = await stage.names_of(event.id), await finals.judged_of(event.id)
    tested = await finals.finals_of(event.id)
    items = []
    for track, missing in waiting:
        causes = "; ".join(
            f"{teams.get(id, ('–', ''))[0]}: {_cause(id, fixed, tested, language)}" for id in missing[:SHOWN]
        )
        items.append(
            Item(
                urgent=desk.now - event.schedule.judging_closes >= FINISHING,
                icon="flag",
                mark=say(language, "Hasil"),
                title=say_count(
                    language,
                    "Hasil {track} menunggu pengujian akhir {n} tim",
                    len(missing),
                    formats.whole(len(missing), language),
                    track=pick(track.title, language),
                ),
                detail=say(
                    language,
                    "{causes}. Hasil terbit sendiri begitu semuanya selesai; sampai itu papan tidak berubah.",
                    causes=causes + ("; …" if len(missing) > SHOWN else ""),
                ),
                action=say(language, "Buka tim") if len(missing) == 1 else say(language, "Lihat keikutsertaan"),
                link=f"{desk.root}/keikutsertaan" + (f"/{missing[0]}" if len(missing) == 1 else ""),
            )
        )
    return tuple(items)


def _cause(
    entry_id: UUID, fixed: Mapping[UUID, Judged], tested: Mapping[UUID, FinalEvaluation], language: Language
) -> str:
    """What an entry's final result waits for, and what to do about it."""
    if entry_id not in fixed:
        return say(language, "versinya belum ditetapkan, periksa pengujiannya")
    found = tested.get(entry_id)
    if found is None:
        return say(language, "belum dijadwalkan, periksa log `gelanggang serve`")
    if found.failures:
        return say(
            language,
            "berulang kali gagal di pihak kami, periksa mesin uji ({reason})",
            reason=(found.reason or "–").rstrip("."),
        )
    if found.state is State.QUEUED:
        return say(language, "masih antre, pastikan ada pekerja yang aktif")
    return say(language, "sedang diuji")
