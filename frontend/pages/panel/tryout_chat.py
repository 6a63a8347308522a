"""A conversation with a prototype: for tasks whose input holds one, turn after turn, and whose output is a reply.

Tasks of `openai-chat` have it in their protocol. Others say it in their schemas: the property of the input that holds
the conversation, a list of `{"peran": "warga" | "petugas", "isi": text}`, carries `"x-gelanggang": "percakapan"`, and
the one of the output that holds the reply's text `"x-gelanggang": "jawaban"`. Each call sends the whole conversation,
so the last call's input, with its answer, is where it stands.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontend.language import Language, pick, say
from frontend.pages.panel.tryout_times import spent
from hackathon.tryouts import TryoutCall
from sandbox.model import Case, Protocol
from sandbox.tasks import Task

MARK = "x-gelanggang"
"""The key by which a schema says what a property is for."""

CONVERSATION, REPLY = "percakapan", "jawaban"

_MOST_FACTS = 12


@dataclass(frozen=True, slots=True)
class Chat:
    """How a task holds a conversation: where in the input and the output, and what turns look like. `most` is how
    many of them a call may hold, `system` what each conversation begins with, said by nobody.
    """

    asked: str
    reply: str
    role: str
    words: str
    person: str
    prototype: str
    most: int | None = None
    system: tuple[Mapping[str, Any], ...] = ()

    def said(self, call: TryoutCall) -> str:
        """What the person wrote last."""
        turns = self.turns(call.input)
        return str(turns[-1].get(self.words, "")) if turns else ""

    def replied(self, call: TryoutCall) -> str:
        """The reply's text; empty where there is none."""
        text = call.answer.get(self.reply) if isinstance(call.answer, dict) else None
        return text if isinstance(text, str) and call.failure is None else ""

    def turns(self, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The conversation of an input."""
        found = given.get(self.asked)
        return [turn for turn in found if isinstance(turn, Mapping)] if isinstance(found, list) else []

    def begins(self, call: TryoutCall) -> bool:
        """Whether a call is the first of its conversation."""
        return not any(turn.get(self.role) == self.prototype for turn in self.turns(call.input))

    def next(self, last: TryoutCall | None, text: str) -> list[Mapping[str, Any]]:
        """The conversation with one more thing to say. What was not answered was not said."""
        before: list[Mapping[str, Any]] = list(self.system) if last is None else self.turns(last.input)
        if last is not None:
            reply = self.replied(last)
            before = [*before, {self.role: self.prototype, self.words: reply}] if reply else before[:-1]
        return [*before, {self.role: self.person, self.words: text}]


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said and what came back, as the page shows them. `first` begins a conversation."""

    key: str
    said: str
    reply: str
    facts: tuple[tuple[str, str], ...]
    failed: str
    open: bool
    seconds: str
    first: bool


def chat_of(task: Task, cases: Sequence[Case]) -> Chat | None:
    """How one talks with a prototype for this task; None where it takes a form."""
    if task.protocol is Protocol.OPENAI_CHAT:
        chat = Chat("messages", "text", "role", "content", "user", "assistant")
        first = chat.turns(cases[0].input) if cases else []
        return replace(chat, system=tuple(turn for turn in first if turn.get(chat.role) == "system"))
    asked, reply = _marked(task.input_schema, CONVERSATION), _marked(task.output_schema, REPLY)
    if not asked or not reply:
        return None
    most = task.input_schema["properties"][asked].get("maxItems")
    return Chat(asked, reply, "peran", "isi", "warga", "petugas", most if isinstance(most, int) else None)


def opening(chat: Chat, case: Case) -> str:
    """What a person says first in a case."""
    own = (turn for turn in chat.turns(case.input) if turn.get(chat.role) == chat.person)
    return str(next(own, {}).get(chat.words, ""))


def turn_of(chat: Chat, task: Task, call: TryoutCall, language: Language) -> Turn:
    """One call, for a page."""
    reply = chat.replied(call)
    failed = "" if call.message is None else pick(call.message, language)
    if not call.open and not reply and not failed:
        failed = say(language, "Jawaban ini tidak berisi teks, jadi percakapan berlanjut tanpanya.")
    return Turn(
        key=call.id.hex,
        said=chat.said(call),
        reply=reply,
        facts=() if call.open or call.failure is not None else _facts(chat, task, call.answer, language),
        failed=failed,
        open=call.open,
        seconds="" if call.seconds is None else spent(call.seconds, language),
        first=chat.begins(call),
    )


def _marked(schema: Mapping[str, Any], mark: str) -> str:
    parts = schema.get("properties")
    found = parts.items() if isinstance(parts, Mapping) else ()
    return next((str(name) for name, part in found if isinstance(part, Mapping) and part.get(MARK) == mark), "")


def _facts(chat: Chat, task: Task, answer: Any, language: Language) -> tuple[tuple[str, str], ...]:
    """Everything else that an answer holds, each with its name."""
    if not isinstance(answer, Mapping):
        return (("", str(answer)),)
    parts = task.output_schema.get("properties")
    known: Mapping[str, Any] = parts if isinstance(parts, Mapping) else {}
    ordered = [*(name for name in known if name in answer), *(name for name in answer if name not in known)]
    rest = [name for name in ordered if name != chat.reply or not isinstance(answer[name], str)]
    return tuple((_label(known.get(name), name), _shown(answer[name], language)) for name in rest[:_MOST_FACTS])


def _label(part: Any, name: str) -> str:
    titled = part.get("title") if isinstance(part, Mapping) else None
    return str(titled or name.replace("_", " "))


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return say(language, "ya") if value else say(language, "tidak")
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False, indent=2)
