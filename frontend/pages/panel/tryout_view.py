"""What the fragment of the live try-out shows: `panel/tryout.html`, in the panel and on a page of its own."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.forms import Form, Problems
from frontend.pages.frame import milliseconds
from frontend.pages.panel.seat import Seat
from frontend.pages.panel.tryout_form import FormField, fields_of
from hackathon import tryouts
from hackathon.evaluations import Catalog
from hackathon.keys import load_key
from hackathon.settings import Settings
from hackathon.tryouts import Tryout, TryoutCall, TryoutState
from sandbox.errors import TaskInvalid
from sandbox.model import Protocol
from sandbox.tasks import Task

CHAT = "pesan"
"""The field of a chat's message."""

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ShownCall:
    """An input and its answer, as the page shows them. `values` are the answer's parts where it is an object."""

    number: int
    asked: str
    open: bool
    failed: str
    values: tuple[tuple[str, str], ...]
    seconds: str


@dataclass(frozen=True, slots=True)
class TryoutView:
    """The fragment. `state` is off, wait, on or over; `page` is the address of the prototype's own page."""

    here: str
    state: str
    words: str
    ready: str
    until_ms: int
    since_ms: int
    page: str
    has_page: bool
    tasks: tuple[tuple[str, str], ...]
    task: str
    summary: str
    chat: bool
    fields: tuple[FormField, ...]
    message: str
    example: int
    calls: tuple[ShownCall, ...]
    waiting: bool
    problems: Mapping[str, str]


async def tryout_view(
    seat: Seat,
    assignment_id: UUID,
    submission_id: UUID,
    catalog: Catalog,
    settings: Settings,
    *,
    task: str = "",
    example: int | None = None,
    typed: Form | None = None,
    problems: Problems | None = None,
) -> TryoutView:
    """What the fragment shows of a judge's try-out of a submission."""
    language = seat.language
    known = await _tasks(seat, assignment_id, catalog)
    chosen = next((one for one in known if one.slug == task), known[0] if known else None)
    tryout = await tryouts.latest(submission_id, actor=seat.actor)
    calls = await tryouts.calls_of(submission_id, seat.actor.account_id)
    now_is = () if tryout is None else tuple(call for call in calls if call.tryout_id == tryout.id)
    chat = chosen is not None and chosen.protocol is Protocol.OPENAI_CHAT
    key = await asyncio.to_thread(load_key, settings.secret_file)
    last = next((call for call in calls if chosen is not None and call.task_slug == chosen.slug), None)
    given, number = await _filled(catalog, chosen, example, last)
    state, words = _standing(tryout, language)
    return TryoutView(
        here=f"{seat.root}/{assignment_id}/coba",
        state=state,
        words=words,
        ready="" if tryout is None or tryout.ready_seconds is None else _seconds(tryout.ready_seconds, language),
        until_ms=0 if tryout is None or tryout.ends_at is None else milliseconds(tryout.ends_at),
        since_ms=0 if tryout is None else milliseconds(tryout.asked_at),
        page="" if tryout is None else tryouts.ui_address(tryout, key) or "",
        has_page=tryout is not None and tryout.page is not None,
        tasks=tuple((one.slug, pick(one.title, language)) for one in known),
        task="" if chosen is None else chosen.slug,
        summary="" if chosen is None else pick(chosen.summary, language),
        chat=chat,
        fields=() if chosen is None or chat else fields_of(chosen, given, typed),
        message="" if typed is None else typed.text(CHAT),
        example=number,
        calls=tuple(_call(call, language) for call in (reversed(calls[:_SHOWN]) if chat else calls[:_SHOWN])),
        waiting=any(call.open for call in now_is),
        problems={} if problems is None else problems.told(language),
    )


async def _tasks(seat: Seat, assignment_id: UUID, catalog: Catalog) -> list[Task]:
    work = seat.find(assignment_id)
    slugs = [one.slug for track in seat.event.tracks if track.id == work.track_id for one in track.tasks]
    found = []
    for slug in slugs:
        try:
            found.append(await asyncio.to_thread(catalog.get, slug))
        except TaskInvalid:
            continue  # organizers are told where tasks are told of
    return found


async def _filled(
    catalog: Catalog, task: Task | None, example: int | None, last: TryoutCall | None
) -> tuple[Mapping[str, Any], int]:
    """What fields begin with: an example that was asked for, else what was put last, else the first example."""
    if task is None:
        return {}, 0
    if example is None and last is not None:
        return last.input, 0
    cases = await asyncio.to_thread(catalog.public_cases, task)
    number = (example or 0) % len(cases)
    return cases[number].input, number


def _standing(tryout: Tryout | None, language: Language) -> tuple[str, str]:
    if tryout is None:
        return "off", say(language, "Belum menyala")
    if tryout.state is TryoutState.ENDED:
        return "over", "" if tryout.reason is None else pick(tryout.reason, language)
    if tryout.state is TryoutState.READY:
        return "on", say(language, "Siap")
    if tryout.note is not None:
        return "wait", pick(tryout.note, language)
    if tryout.state is TryoutState.WANTED:
        return "wait", say(language, "Menunggu mesin")
    return "wait", say(language, "Sedang dinyalakan")


def _call(call: TryoutCall, language: Language) -> ShownCall:
    return ShownCall(
        number=call.number,
        asked=asked_of(call),
        open=call.open,
        failed="" if call.message is None else pick(call.message, language),
        values=() if call.failure is not None or call.open else _values(call.answer),
        seconds="" if call.seconds is None else _seconds(call.seconds, language),
    )


def asked_of(call: TryoutCall) -> str:
    """What was put, as people read it: of a chat its last message."""
    messages = call.input.get("messages")
    if isinstance(messages, list) and messages and isinstance(messages[-1], dict):
        return str(messages[-1].get("content", ""))
    return json.dumps(call.input, ensure_ascii=False, indent=2)


def _values(answer: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(answer, dict):
        return (("", str(answer)),)
    return tuple(
        (name, one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, indent=2))
        for name, one in answer.items()
    )


def _seconds(seconds: float, language: Language) -> str:
    if seconds < 1:
        return say(language, "{n} md", n=max(1, round(seconds * 1000)))
    return say(language, "{seconds} detik", seconds=formats.figure(seconds, 1, language))
