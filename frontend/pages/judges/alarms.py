"""Judges who left or gave work back lately, for the organizers."""

from collections.abc import Sequence
from datetime import timedelta

from frontend import formats
from frontend.language import say, say_count
from frontend.pages.console.desk import Desk
from frontend.pages.console.needs import Item
from judging import judges
from judging.assignment import Field, State
from judging.judges import Departure

LATELY = timedelta(days=3)
"""So long it stays among what needs a person; the list of judges and the pages of entries keep it for good."""

SHOWN = 3


async def departures_told(desk: Desk, field: Field) -> tuple[Item, ...]:
    """Lines about judges who stopped, and about assignments that judges gave back."""
    return (*_left(desk, await judges.departures(desk.event.id)), *_recused(desk, field))


def _left(desk: Desk, found: Sequence[Departure]) -> tuple[Item, ...]:
    language = desk.language
    late = [one for one in found if desk.now - one.at < LATELY]
    if not late:
        return ()
    count = formats.whole(len(late), language)
    return (
        Item(
            urgent=False,
            icon="users",
            mark=say(language, "Juri"),
            title=say_count(language, "{n} juri berhenti", len(late), count),
            detail=_some([f"{one.name}: {one.reason}" for one in late]),
            action=say(language, "Lihat"),
            link=f"{desk.root}/juri",
        ),
    )


def _recused(desk: Desk, field: Field) -> tuple[Item, ...]:
    language = desk.language
    late = [
        one
        for one in field.assignments
        if one.state is State.RECUSED and one.ended_at is not None and desk.now - one.ended_at < LATELY
    ]
    if not late:
        return ()
    count = formats.whole(len(late), language)
    return (
        Item(
            urgent=False,
            icon="ban",
            mark=say(language, "Benturan"),
            title=say_count(language, "{n} tugas dilepas jurinya", len(late), count),
            detail=_some([f"{one.judge}, {one.team}: {one.reason}" for one in late]),
            action=say(language, "Lihat"),
            link=f"{desk.root}/penilaian/peserta/{late[0].entry_id}",
        ),
    )


def _some(words: Sequence[str]) -> str:
    return "; ".join(words[:SHOWN]) + ("; …" if len(words) > SHOWN else "")
