"""What the fragment of the live try-out shows: `panel/tryout.html`, in the panel and on a page of its own."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontend.language import Language, pick, say
from frontend.pages.forms import Form, Problems
from frontend.pages.frame import milliseconds
from frontend.pages.panel.seat import Seat
from frontend.pages.panel.tryout_chat import Chat, Turn, chat_of, opening, turn_of
from frontend.pages.panel.tryout_form import PREFIX, FormField, fields_of
from frontend.pages.panel.tryout_times import spent
from hackathon import tryouts
from hackathon.evaluations import Catalog
from hackathon.keys import load_key
from hackathon.settings import Settings
from hackathon.tryouts import Tryout, TryoutCall, TryoutState
from sandbox.errors import TaskInvalid
from sandbox.model import Case, Protocol
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
    """The fragment. `state` is off, wait, on or over; `page` is the address of the prototype's own page. A task that is
    a conversation has `turns` instead of `calls`; `openings` is whether its examples say how one begins.
    """

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
    turns: tuple[Turn, ...]
    openings: bool
    folded_problem: bool
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
    key = await asyncio.to_thread(load_key, settings.secret_file)
    cases = () if chosen is None else await asyncio.to_thread(catalog.public_cases, chosen)
    chat = None if chosen is None else chat_of(chosen, cases)
    said = [call for call in calls if chosen is not None and call.task_slug == chosen.slug]
    given, number = _filled(cases, example, said[0] if said else None)
    told = {} if problems is None else problems.told(language)
    state, words = _standing(tryout, language)
    return TryoutView(
        here=f"{seat.root}/{assignment_id}/coba",
        state=state,
        words=words,
        ready="" if tryout is None or tryout.ready_seconds is None else spent(tryout.ready_seconds, language),
        until_ms=0 if tryout is None or tryout.ends_at is None else milliseconds(tryout.ends_at),
        since_ms=0 if tryout is None else milliseconds(tryout.asked_at),
        page="" if tryout is None else tryouts.ui_address(tryout, key) or "",
        has_page=tryout is not None and tryout.page is not None,
        tasks=tuple((one.slug, pick(one.title, language)) for one in known),
        task="" if chosen is None else chosen.slug,
        summary="" if chosen is None else pick(chosen.summary, language),
        chat=chat is not None,
        fields=() if chosen is None else _fields(chosen, chat, given, typed),
        message=_message(chat, cases, example, typed),
        example=number,
        calls=() if chat is not None else tuple(_call(call, language) for call in calls[:_SHOWN]),
        turns=()
        if chat is None or chosen is None
        else tuple(turn_of(chat, chosen, call, language) for call in reversed(said)),
        openings=chat is not None and any(opening(chat, case) for case in cases),
        folded_problem=any(name.startswith(PREFIX) for name in told),
        waiting=any(call.open for call in now_is),
        problems=told,
    )


def _fields(task: Task, chat: Chat | None, given: Mapping[str, Any], typed: Form | None) -> tuple[FormField, ...]:
    if chat is None:
        return fields_of(task, given, typed)
    # Of a chat the protocol sends nothing but its messages.
    return () if task.protocol is Protocol.OPENAI_CHAT else fields_of(task, given, typed, beside=chat.asked)


def _message(chat: Chat | None, cases: Sequence[Case], example: int | None, typed: Form | None) -> str:
    if typed is not None:
        return typed.text(CHAT)
    return "" if chat is None or example is None else opening(chat, cases[example % len(cases)])


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


def _filled(cases: Sequence[Case], example: int | None, last: TryoutCall | None) -> tuple[Mapping[str, Any], int]:
    """What fields begin with: an example that was asked for, else what was put last, else the first example."""
    if not cases:
        return {}, 0
    if example is None and last is not None:
        return last.input, 0
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
        asked=json.dumps(call.input, ensure_ascii=False, indent=2),
        open=call.open,
        failed="" if call.message is None else pick(call.message, language),
        values=() if call.failure is not None or call.open else _values(call.answer),
        seconds="" if call.seconds is None else spent(call.seconds, language),
    )


def _values(answer: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(answer, dict):
        return (("", str(answer)),)
    return tuple(
        (name, one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, indent=2))
        for name, one in answer.items()
    )
