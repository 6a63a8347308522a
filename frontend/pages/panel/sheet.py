"""The scorecard as its templates and the script of the panel are filled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.panel.seat import Seat
from judging.rubrics import Criterion, Rubric
from judging.scorecards import WHOLE, Change, Part, Scorecard, Value, points_so_far

ALL = "semua"
"""What stands for the whole in the names of fields: it is no key of a criterion that could be mistaken for another."""

PREFIXES: Mapping[Part, str] = {Part.RATINGS: "nilai", Part.NOTES: "catatan", Part.FEEDBACK: "umpan-balik"}


@dataclass(frozen=True, slots=True)
class Words:
    """A field of words: its name in the form, what stands in it, and what stands elsewhere where that differs."""

    name: str
    part: str
    field: str
    value: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion with what the judge gave it. `other` is what another tab gave it meanwhile (0: took it back)."""

    key: str
    name: str
    title: str
    question: str
    share: str
    weight: float
    rating: int | None
    anchors: tuple[tuple[int, str], ...]
    notes: Words
    feedback: Words
    other: int | None = None


def field_name(part: Part, field: str) -> str:
    """A field's name in the form."""
    return f"{PREFIXES[part]}-{field or ALL}"


def fields_of(rubric: Rubric) -> tuple[tuple[Part, str], ...]:
    """All fields of a scorecard."""
    words = [(part, key) for part in (Part.NOTES, Part.FEEDBACK) for key in (*rubric.keys, WHOLE)]
    return (*((Part.RATINGS, key) for key in rubric.keys), *words)


def draw_criteria(
    card: Scorecard, language: Language, typed: Mapping[tuple[Part, str], Value], conflicts: Iterable[Change]
) -> tuple[CriterionView, ...]:
    """The criteria in their order. `typed` stands in place of what is saved, beside what `conflicts` say."""
    others = {(change.part, change.field): change.value for change in conflicts}
    return tuple(_criterion(one, card, language, typed, others) for one in card.rubric.rubric.criteria)


def draw_words(
    card: Scorecard,
    part: Part,
    field: str,
    typed: Mapping[tuple[Part, str], Value] | None = None,
    others: Mapping[tuple[Part, str], Value] | None = None,
) -> Words:
    """A field of words."""
    saved = (card.notes if part is Part.NOTES else card.feedback).get(field, "")
    value = (typed or {}).get((part, field), saved)
    moved = others is not None and (part, field) in others
    return Words(
        name=field_name(part, field),
        part=part.value,
        field=field,
        value=str(value or ""),
        other=str((others or {})[part, field] or "") if moved else None,
    )


def draw_total(rubric: Rubric, ratings: Mapping[str, int], language: Language) -> dict[str, str]:
    """The points so far and how many criteria they are of, in words."""
    points = points_so_far(rubric, ratings)
    rated, count = sum(key in ratings for key in rubric.keys), len(rubric.keys)
    if rated == count:
        said = say(language, "Semua kriteria dinilai")
    else:
        numbers = {"n": formats.whole(rated, language), "all": formats.whole(count, language)}
        said = say(language, "Sementara, {n} dari {all}", **numbers)
    return {"points": EMPTY if points is None else formats.score(points, language), "said": said}


EMPTY = "–"


def saved_at(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """When something was saved: 20.14.32 WIB."""
    return f"{formats.clock(moment, zone, language, seconds=True)} {formats.zone_name(moment, zone)}"


def script_words(seat: Seat) -> dict[str, Any]:
    """What the panel's script says; numbers and times come from the server."""
    language = seat.language
    return {
        "saved": say(language, "Tersimpan {at}", at="{at}"),
        "unsaved": say(language, "Belum tersimpan"),
        "saving": say(language, "Menyimpan"),
        "offline": say(language, "Tidak tersambung. Perubahan disimpan di peramban ini dan dikirim sendiri nanti."),
        "moved": say(language, "Di tab lain nilai ini sudah {theirs}.", theirs="{theirs}"),
        "moved_words": say(language, "Di tab lain tulisan ini sudah diubah menjadi:"),
        "none": say(language, "dikosongkan"),
        "use": say(language, "Pakai {value}", value="{value}"),
        "use_theirs": say(language, "Pakai yang itu"),
        "use_mine": say(language, "Pakai tulisan saya"),
        "elsewhere": say(language, "Isian lain diperbarui dari tab lain."),
        "undone": say(language, "Diurungkan: {field}", field="{field}"),
        "keys_on": say(language, "Nyalakan pintasan"),
        "keys_off": say(language, "Matikan pintasan"),
        "partial": say(language, "Sementara, {n} dari {all}", n="{n}", all="{all}"),
        "complete": say(language, "Semua kriteria dinilai"),
        "comma": "," if language is Language.ID else ".",
    }


def _criterion(
    one: Criterion,
    card: Scorecard,
    language: Language,
    typed: Mapping[tuple[Part, str], Value],
    others: Mapping[tuple[Part, str], Value],
) -> CriterionView:
    given = typed.get((Part.RATINGS, one.key), card.ratings.get(one.key))
    moved = (Part.RATINGS, one.key) in others
    return CriterionView(
        key=one.key,
        name=field_name(Part.RATINGS, one.key),
        title=pick(one.title, language),
        question=pick(one.question, language),
        share=formats.percent(card.rubric.rubric.share(one.key) * 100, language),
        weight=one.weight,
        rating=given if isinstance(given, int) else None,
        anchors=tuple((rating, pick(text, language)) for rating, text in sorted(one.anchors.items())),
        notes=draw_words(card, Part.NOTES, one.key, typed, others),
        feedback=draw_words(card, Part.FEEDBACK, one.key, typed, others),
        other=int(others[Part.RATINGS, one.key] or 0) if moved else None,
    )
