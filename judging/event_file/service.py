"""Apply what an event file says of judging, and write what holds."""

from hackathon import events
from hackathon.errors import NotFound
from hackathon.events import Event, EventSpec, Source
from hackathon.model import Principal
from judging import rubrics, rules
from judging.event_file.errors import JudgingFixed, needs_reason, stays
from judging.event_file.spec import JudgingSpec
from judging.event_file.writing import write_judging
from judging.rules import JudgingRules
from judging.rules.model import changed, locked_changes

REASON = "Berkas acara diterapkan."
"""Why rules change where nobody says more; the rubric of a track that was scored needs a reason of its own."""


async def check_judging(spec: JudgingSpec | None, event: EventSpec, *, reason: str = "") -> None:
    """Refuse, before anything is written, what would change rules that decide a result that is under way: those of the
    file, and the judges' share by the criteria of the page. Raises JudgingFixed.
    """
    try:
        old = await events.get_event(event.slug)
    except NotFound:
        return
    before = await rules.get_rules(old.id)
    after = before if spec is None else spec.on(before)
    if await rules.is_locked(old.id):
        for name in locked_changes(changed(before, after)):
            if name != "judges_share" or not event.content.criteria:
                raise JudgingFixed(stays(name), spec.lines.get(name) if spec else None)
        if abs(rules.share(old, before) - _share(event, after)) > 0.01:
            raise JudgingFixed(stays("criteria" if event.content.criteria else "judges_share"), None)
    ids = {track.slug: track.id for track in old.tracks}
    for one in () if spec is None else spec.rubrics:
        track = ids.get(one.track)
        if track is None or reason.strip() or (await rubrics.current(track)).rubric == one.rubric:
            continue
        if await rubrics.is_in_use(track):
            raise JudgingFixed(needs_reason(one.track), one.line)


async def apply_judging(spec: JudgingSpec, event: Event, *, actor: Principal, reason: str = "") -> bool:
    """Make the event's rules and rubrics what the file says; whether anything changed. What it does not name stays, and
    samples do.

    Raises Forbidden, and RulesLocked or ReasonMissing where a scorecard was sent since `check_judging`.
    """
    before = await rules.get_rules(event.id)
    after = spec.on(before)
    await rules.change_rules(event.id, after, reason.strip() or REASON, actor=actor)
    touched = before != after
    ids = {track.slug: track.id for track in event.tracks}
    for one in spec.rubrics:
        old = await rubrics.current(ids[one.track])
        touched |= old != await rubrics.change(ids[one.track], one.rubric, reason, actor=actor)
    return touched


async def written(event: Event) -> str:
    """The whole event as a file: applied, it changes nothing."""
    found = [(track.slug, (await rubrics.current(track.id)).rubric) for track in event.tracks]
    judging = write_judging(await rules.get_rules(event.id), found, share_elsewhere=bool(event.content.criteria))
    return f"{events.write_event(event)}\n{judging}"


def _share(event: EventSpec, chosen: JudgingRules) -> float:
    return event.content.weight(Source.JUDGES) if event.content.criteria else chosen.judges_share
