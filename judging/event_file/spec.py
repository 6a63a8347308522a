"""`[judging]` of an event file: TOML in, a checked `JudgingSpec` out. Every problem names its line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, get_type_hints

import msgspec

from hackathon.errors import Refusal
from hackathon.events import EventInvalid, EventSpec, Source
from hackathon.events.content_spec import Words
from hackathon.names import clean_line, clean_text
from judging.rubrics import Criterion, Rubric, RubricInvalid
from judging.rubrics.model import MOST_CRITERIA
from judging.rules import JudgingRules, RulesInvalid
from judging.rules.model import require_possible
from sandbox import toml
from sandbox.model import Text

TABLE = "judging"
LONGEST_TITLE, LONGEST_TEXT = 120, 600
NO_LIMIT = 0
"""`max_load` of a file that limits nobody."""
SAMPLES = "calibration"
"""Entries of the event, which a file does not know: they stay as the console has them."""


@dataclass(frozen=True, slots=True)
class RubricSpec:
    """The rubric of a track as the file gives it, and the line where it begins."""

    track: str
    rubric: Rubric
    line: int | None = None


@dataclass(frozen=True, slots=True)
class JudgingSpec:
    """What the file says of judging: the rules it names (the others stay), rubrics by track, where each rule stands."""

    rules: Mapping[str, object]
    rubrics: tuple[RubricSpec, ...]
    lines: Mapping[str, int | None]

    def on(self, rules: JudgingRules) -> JudgingRules:
        """Rules with what the file says put in their place."""
        return replace(rules, **self.rules)  # type: ignore[arg-type]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    pass


class _Anchors(_Strict, frozen=True):
    one: Words = msgspec.field(name="1")
    three: Words = msgspec.field(name="3")
    five: Words = msgspec.field(name="5")


class _Criterion(_Strict, frozen=True):
    key: str
    title: Words
    question: Words
    weight: float
    anchors: _Anchors


class _Rubric(_Strict, frozen=True):
    track: str
    criteria: Annotated[list[_Criterion], msgspec.Meta(min_length=1, max_length=MOST_CRITERIA)]


_KINDS = get_type_hints(JudgingRules)
_NAMES = tuple(rule.name for rule in fields(JudgingRules) if rule.name != SAMPLES)

_Judging = msgspec.defstruct(
    "_Judging",
    [*((name, _KINDS[name] | None, None) for name in _NAMES), ("rubrics", list[_Rubric], [])],
    frozen=True,
    forbid_unknown_fields=True,
)
"""Every rule by its name, none of which must be there."""


class _Document(msgspec.Struct, frozen=True):
    """The rest of the file is read by others."""

    judging: _Judging | None = None  # type: ignore[valid-type]


def parse_judging(data: bytes, event: EventSpec) -> JudgingSpec | None:
    """What an event file says of judging; None where it has no such table. `event` is the rest of the file, read.

    Raises EventInvalid.
    """
    try:
        document = toml.decode(data, _Document)
    except toml.TomlInvalid as error:
        raise EventInvalid(error.reason, error.line) from error
    return None if document.judging is None else _Reader(data.decode(), document.judging, event).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    judging: Any
    event: EventSpec

    def read(self) -> JudgingSpec:
        named = {name: getattr(self.judging, name) for name in _NAMES}
        told = {name: part for name, part in named.items() if part is not None}
        lines = {name: toml.line_of(self.text, (TABLE, name)) for name in told}
        if told.get("max_load") == NO_LIMIT:
            told["max_load"] = None
        spec = JudgingSpec(told, (), lines)
        try:
            require_possible(spec.on(JudgingRules()))
        except RulesInvalid as error:
            raise self._wrong(error.message.en, error.field) from error
        self._share()
        return replace(spec, rubrics=tuple(self._rubric(one, n) for n, one in enumerate(self.judging.rubrics)))

    def _wrong(self, reason: str, *path: str | int) -> EventInvalid:
        return EventInvalid(reason, toml.line_of(self.text, (TABLE, *path)))

    def _share(self) -> None:
        """Where the event's page names criteria their weights are the judges' share: the file says it once."""
        content, mine = self.event.content, self.judging.judges_share
        told = content.weight(Source.JUDGES)
        if mine is not None and content.criteria and abs(mine - told) > 0.01:
            raise self._wrong(
                f"the criteria of the page give the judges {told:g} percent, not {mine:g}; leave `judges_share` out",
                "judges_share",
            )

    def _rubric(self, one: _Rubric, position: int) -> RubricSpec:
        path = ("rubrics", position)
        tracks = [track.slug for track in self.event.tracks]
        if one.track not in tracks:
            raise self._wrong(f"there is no track `{one.track}` (known: {', '.join(tracks)})", *path, "track")
        if one.track in [before.track for before in self.judging.rubrics[:position]]:
            raise self._wrong(f"track `{one.track}` has a rubric already", *path, "track")
        criteria = [self._criterion(row, *path, "criteria", n) for n, row in enumerate(one.criteria)]
        keys = [row.key for row in one.criteria]
        for n, key in enumerate(keys):
            if key in keys[:n]:
                raise self._wrong(f"the key `{key}` stands twice", *path, "criteria", n, "key")
        return RubricSpec(one.track, Rubric(tuple(criteria)), toml.line_of(self.text, (TABLE, *path)))

    def _criterion(self, row: _Criterion, *path: str | int) -> Criterion:
        title = self._words(row.title, clean_line, LONGEST_TITLE, *path, "title")
        question = self._words(row.question, clean_text, LONGEST_TEXT, *path, "question")
        anchors = {
            rating: self._words(words, clean_text, LONGEST_TEXT, *path, "anchors", str(rating))
            for rating, words in ((1, row.anchors.one), (3, row.anchors.three), (5, row.anchors.five))
        }
        try:
            return Criterion(row.key, title, question, row.weight, anchors)
        except RubricInvalid as error:
            # Texts are cleaned above, so what is left to be wrong is the key or the weight.
            raise self._wrong(error.message.en, *path, "key" if "key" in error.message.en else "weight") from error

    def _words(self, words: Words, clean: Callable[..., str], longest: int, *path: str | int) -> Text:
        cleaned = []
        for language, typed in (("id", words.id), ("en", words.en)):
            what = f"`{path[-1]}.{language}`"
            try:
                cleaned.append(clean(typed, what=Text(id=what, en=what), longest=longest))
            except Refusal as error:
                raise self._wrong(error.message.en, *path, language) from error
        return Text(id=cleaned[0], en=cleaned[1])
