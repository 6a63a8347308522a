"""An event as an event file: what is written reads back as the same event, seeds and extensions aside."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from hackathon.events.content import Content
from hackathon.events.model import Event, Rules
from sandbox.limits import Limits
from sandbox.model import Text
from sandbox.toml_writing import document, table

Pairs = dict[str, object]


def write_event(event: Event) -> str:
    """The file. Times are written in the event's zone, agenda points in their venue's."""
    zone = ZoneInfo(event.zone)
    head: Pairs = {"slug": event.slug, "zone": event.zone, "demo": True if event.demo else None}
    head |= {"title": _words(event.title)}
    schedule: Pairs = {one.name: _in(getattr(event.schedule, one.name), zone) for one in fields(event.schedule)}
    return document(
        (
            table("", head),
            *(() if event.content.summary is None else (_body("[summary]", event.content.summary),)),
            table("[schedule]", schedule),
            *_rules(event.rules),
            *(
                table(
                    "[[venues]]", {"slug": one.slug, "name": one.name, "zone": one.zone, "address": one.address or None}
                )
                for one in event.venues
            ),
            *_tracks(event),
            *_content(event.content, zone, {one.slug: ZoneInfo(one.zone) for one in event.venues}),
        )
    )


def _rules(rules: Rules) -> Iterable[str]:
    yield table("[rules]", {one.name: getattr(rules, one.name) for one in fields(rules) if one.name != "limits"})
    usual = Limits()
    for section in fields(usual):
        mine, theirs = getattr(rules.limits, section.name), getattr(usual, section.name)
        changed: Pairs = {
            one.name: getattr(mine, one.name)
            for one in fields(mine)
            if getattr(mine, one.name) != getattr(theirs, one.name)
        }
        if changed:
            yield table(f"[rules.limits.{section.name}]", changed)


def _tracks(event: Event) -> Iterable[str]:
    for track in event.tracks:
        tasks = [{"slug": task.slug, "weight": task.weight} for task in track.tasks]
        yield table("[[tracks]]", {"slug": track.slug, "title": _words(track.title), "tasks": tasks})
        if track.summary is not None:
            yield _body("[tracks.summary]", track.summary)


def _content(content: Content, zone: ZoneInfo, venues: Mapping[str, ZoneInfo]) -> Iterable[str]:
    for name, passages in (("themes", content.themes), ("terms", content.terms)):
        for passage in passages:
            yield table(f"[[{name}]]", {"title": _words(passage.title)})
            yield _body(f"[{name}.body]", passage.body)
    for item in content.agenda:
        here = venues.get(item.venue or "", zone)
        yield table(
            "[[agenda]]",
            {
                "at": _in(item.at, here),
                "until": _in(item.until, here),
                "venue": item.venue,
                "title": _words(item.title),
            },
        )
        if item.body is not None:
            yield _body("[agenda.body]", item.body)
    for criterion in content.criteria:
        pairs: Pairs = {"title": _words(criterion.title), "weight": criterion.weight, "source": criterion.source.value}
        yield table("[[criteria]]", pairs)
        yield _body("[criteria.body]", criterion.body)
    for prize in content.prizes:
        yield table("[[prizes]]", {"title": _words(prize.title), "worth": _words(prize.worth)})
        if prize.body is not None:
            yield _body("[prizes.body]", prize.body)
    for partner in content.partners:
        yield table("[[partners]]", {"name": partner.name, "role": _words(partner.role), "link": partner.link})
    for one in content.faq:
        yield table("[[faq]]", {"question": _words(one.question)})
        yield _body("[faq.answer]", one.answer)


def _words(text: Text | None) -> Mapping[str, object] | None:
    return None if text is None else {"id": text.id, "en": text.en}


def _body(header: str, text: Text) -> str:
    return table(header, {"id": text.id, "en": text.en})


def _in(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
