"""Public cases: what came in, what was expected, what the prototype answered, side by side."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from frontend import formats
from frontend.inert import visible
from frontend.language import Language, pick, say
from frontend.pages.result.advice import BY_FAILURE
from hackathon.evaluations import TaskProgress
from hackathon.evaluations.difference import CaseChange, case_points
from hackathon.evaluations.encoding import GOT_LETTERS
from sandbox.model import Case, Failure
from sandbox.tasks import Task

A_PAGE = 60
"""Cases shown at once."""

A_FEW = 5
"""Cases in the flow of the page; the rest of them is folded, or a phone would scroll through them for minutes."""

LONG_LETTERS = 240
"""A longer value is folded."""

_DEEPEST = 3
_MOST_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A value as text; a long one is folded, its beginning shown."""

    text: str

    @property
    def long(self) -> bool:
        """Whether it is folded."""
        return len(self.text) > LONG_LETTERS or self.text.count("\n") > 4

    @property
    def beginning(self) -> str:
        """What stands on the fold."""
        return " ".join(self.text[:200].split())[:80]


NOTHING = Value("null")


@dataclass(frozen=True, slots=True)
class Field:
    """One named part of an answer; `differs` where expected and got are not the same text."""

    name: str
    expected: Value | None
    got: Value | None
    differs: bool

    @property
    def name_parts(self) -> list[str]:
        """The name in pieces between which a line may end: isian. nomor_surat."""
        return re.findall(r"[^.]*\.|[^.]+", self.name) or ["–"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A public case. `input` by name; `fields` compare the answer; `note` says where something is missing."""

    id: str
    anchor: str
    passed: bool
    word: str
    reason: str
    seconds: str
    points: str
    input: tuple[tuple[str, Value], ...]
    fields: tuple[Field, ...]
    note: str
    change: CaseChange | None


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The public cases of one task. `failed` of `total` failed; `rows` are those of this page and filter."""

    slug: str
    title: str
    total: int
    failed: int
    rows: tuple[CaseRow, ...]
    pages: int
    page: int


def draw_cases(
    run: TaskProgress,
    known: Mapping[str, Case],
    task: Task | None,
    changes: Mapping[str, CaseChange],
    *,
    title: str,
    only_failed: bool,
    page: int,
    language: Language,
) -> CaseTable:
    """The cases of a finished run. `known` are the task's public cases with their inputs, as they were run."""
    # What needs work comes first.
    found = sorted(
        (case for case in run.cases if not (only_failed and case["passed"])), key=lambda case: case["passed"]
    )
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(page, 1), pages)
    return CaseTable(
        slug=run.task,
        title=title,
        total=len(run.cases),
        failed=sum(not case["passed"] for case in run.cases),
        rows=tuple(
            _row(run.task, case, known.get(case["id"]), task, changes.get(case["id"]), language)
            for case in found[(page - 1) * A_PAGE : page * A_PAGE]
        ),
        pages=pages,
        page=page,
    )


def _row(
    slug: str,
    case: Mapping[str, Any],
    known: Case | None,
    task: Task | None,
    change: CaseChange | None,
    language: Language,
) -> CaseRow:
    message = case.get("message")
    earned = None if task is None else case_points(case, task)
    return CaseRow(
        id=case["id"],
        anchor=f"{slug}-{case['id']}",
        passed=case["passed"],
        word=_word(case, language),
        reason="" if message is None else visible(message[language.value]),
        seconds=shown_seconds(case["seconds"], language),
        points="" if earned is None else formats.score(earned, language),
        input=() if known is None else tuple(_input(known.input)),
        # Where they differ comes first: that is what one looks for.
        fields=tuple(
            sorted(compare_answers(case.get("expected"), case.get("got"), task), key=lambda field: not field.differs)
        ),
        note=_note(case, known, language),
        change=change,
    )


def _word(case: Mapping[str, Any], language: Language) -> str:
    if case["passed"]:
        return say(language, "Lulus")
    known = {str(failure) for failure in Failure}
    if case["failure"] in known:
        return pick(BY_FAILURE[Failure(case["failure"])].word, language)
    return say(language, "Gagal")


def _note(case: Mapping[str, Any], known: Case | None, language: Language) -> str:
    if case.get("got_clipped"):
        return say(
            language,
            "Jawaban ini panjang; yang disimpan {letters} huruf pertamanya.",
            letters=formats.whole(GOT_LETTERS, language),
        )
    if known is None:
        return say(language, "Masukan kasus ini tidak ditampilkan karena tugasnya sudah berganti versi.")
    return ""


def shown_seconds(seconds: float, language: Language) -> str:
    """The time of an answer: 812 md, 2,4 dtk."""
    if seconds < 0.9995:
        return say(language, "{n} md", n=formats.whole(round(seconds * 1000), language))
    return say(language, "{n} dtk", n=format_decimal(seconds, "0.0", locale=language.value))


def compare_answers(expected: Any, got: Any, task: Task | None = None) -> Iterator[Field]:
    """The parts of an answer beside what was expected of them.

    What a task keeps beside the expected answer for its own use (keys that its output schema does not know) is left
    out where the schema names its keys.
    """
    properties = {} if task is None else task.output_schema.get("properties", {})
    if isinstance(expected, Mapping) and properties and any(key in properties for key in expected):
        expected = {key: value for key, value in expected.items() if key in properties}
    wanted, answered = dict(_parts(expected)), dict(_parts(got))
    names = list(dict.fromkeys([*wanted, *answered]))
    for name in names[:_MOST_FIELDS]:
        left, right = wanted.get(name), answered.get(name)
        # To leave a part out and to say that there is nothing are the same to most tasks, so no mark points at it.
        yield Field(name, left, right, differs=(left or NOTHING) != (right or NOTHING))


def _input(value: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for name, part in value.items():
        yield name, Value(_text(part))


def _parts(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, Value]]:
    """Leaves of nested objects by their path; anything else is one part."""
    if isinstance(value, Mapping) and value and depth < _DEEPEST:
        for key, part in value.items():
            name = visible(str(key), lines=False)
            yield from _parts(part, f"{path}.{name}" if path else name, depth + 1)
    else:
        yield path, Value(_text(value))


def _text(value: Any) -> str:
    """Texts as they are, everything else as JSON; what hides or turns the direction of writing shows as its escape."""
    if isinstance(value, str):
        return visible(value)
    return visible(json.dumps(value, ensure_ascii=False, indent=None if _is_small(value) else 1))


def _is_small(value: Any) -> bool:
    return not isinstance(value, list | dict) or len(json.dumps(value, ensure_ascii=False)) <= 80
