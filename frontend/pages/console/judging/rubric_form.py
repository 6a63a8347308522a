"""A rubric as a form, and what a change of it does in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from frontend.language import Language, pick, say
from frontend.pages.console.judging.section import percent
from frontend.pages.forms import Form, Problems
from hackathon.errors import Refusal
from hackathon.names import clean_text
from judging.rubrics import Criterion, Rubric, RubricInvalid
from judging.rubrics.model import ANCHORED, MOST_CRITERIA
from sandbox.model import Text

LONGEST_TITLE, LONGEST_TEXT = 120, 600

_WEIGHT = Text(id="Tulis bobot sebagai angka, misalnya 25.", en="Write the weight as a number, for example 25.")


@dataclass(frozen=True, slots=True)
class CriterionFields:
    """A criterion in the form: `n` numbers its fields; `new` is the empty one at the end."""

    n: int
    key: str
    title_id: str
    title_en: str
    question_id: str
    question_en: str
    weight: str
    anchors: tuple[tuple[int, str, str], ...]
    new: bool
    gone: bool


def fields_of(rubric: Rubric, language: Language) -> tuple[CriterionFields, ...]:
    """The form filled with a rubric, and an empty criterion at the end where there is room."""
    filled = [
        CriterionFields(
            n,
            one.key,
            one.title.id,
            one.title.en,
            one.question.id,
            one.question.en,
            percent(one.weight, language),
            tuple((rating, one.anchors[rating].id, one.anchors[rating].en) for rating in ANCHORED),
            new=False,
            gone=False,
        )
        for n, one in enumerate(rubric.criteria, 1)
    ]
    return (*filled, *_empty(len(filled)))


def fields_typed(form: Form) -> tuple[CriterionFields, ...]:
    """The form filled with what was typed."""
    typed = []
    for n in _numbers(form):
        key = form.text(f"kunci-{n}")[:80]
        typed.append(
            CriterionFields(
                n=n,
                key=key,
                title_id=form.text(f"judul-id-{n}")[:2000],
                title_en=form.text(f"judul-en-{n}")[:2000],
                question_id=form.text(f"tanya-id-{n}")[:2000],
                question_en=form.text(f"tanya-en-{n}")[:2000],
                weight=form.text(f"bobot-{n}")[:40],
                anchors=tuple(
                    (r, form.text(f"a{r}-id-{n}")[:2000], form.text(f"a{r}-en-{n}")[:2000]) for r in ANCHORED
                ),
                new=not key,
                gone=form.flag(f"hapus-{n}"),
            )
        )
    return tuple(typed)


def read_rubric(form: Form, old: Rubric, problems: Problems) -> Rubric | None:
    """The rubric that was typed; None where something is wrong with it. English left empty is the Indonesian."""
    criteria, keys = [], set(old.keys)
    for one in fields_typed(form):
        if one.gone or (one.new and not one.title_id and not one.question_id):
            continue
        try:
            weight = float(one.weight.replace(",", "."))
        except ValueError:
            problems.add(f"bobot-{one.n}", _WEIGHT)
            weight = 1.0
        key = one.key if one.key in old.keys else _key(one.title_id, keys)
        keys.add(key)
        named = (one.title_id or "?")[:40]
        title = _both(
            one.title_id,
            one.title_en,
            f"judul-id-{one.n}",
            Text(f"Nama kriteria {one.n}", f"The name of criterion {one.n}"),
            LONGEST_TITLE,
            problems,
        )
        question = _both(
            one.question_id,
            one.question_en,
            f"tanya-id-{one.n}",
            Text(f"Pertanyaan {named}", f"The question of {named}"),
            LONGEST_TEXT,
            problems,
        )
        anchors = {
            rating: _both(
                id,
                en,
                f"a{rating}-id-{one.n}",
                Text(f"Penjelasan nilai {rating} untuk {named}", f"What is a {rating} of {named}"),
                LONGEST_TEXT,
                problems,
            )
            for rating, id, en in one.anchors
        }
        if problems:
            continue
        try:
            criteria.append(Criterion(key, title, question, weight, anchors))
        except RubricInvalid as invalid:
            problems.add(f"bobot-{one.n}", invalid.message)
    if problems:
        return None
    try:
        return Rubric(tuple(criteria))
    except RubricInvalid as invalid:
        problems.refused(invalid)
        return None


def differences(old: Rubric, new: Rubric, language: Language) -> tuple[str, ...]:
    """What a change does to the criteria, one sentence each."""
    before, after = {c.key: c for c in old.criteria}, {c.key: c for c in new.criteria}
    told = []
    for key, one in before.items():
        if key not in after:
            told.append(say(language, "Kriteria {title} dihapus.", title=pick(one.title, language)))
    for key, one in after.items():
        title = pick(one.title, language)
        was = before.get(key)
        if was is None:
            told.append(say(language, "Kriteria {title} ditambahkan.", title=title))
            continue
        if was.weight != one.weight:
            told.append(
                say(
                    language,
                    "Bobot {title} dari {old} menjadi {new}.",
                    title=title,
                    old=percent(was.weight, language),
                    new=percent(one.weight, language),
                )
            )
        if was.anchors != one.anchors:
            told.append(say(language, "Penjelasan nilai {title} berubah.", title=title))
        if (was.title, was.question) != (one.title, one.question):
            told.append(say(language, "Nama atau pertanyaan {title} berubah.", title=title))
    if [key for key in old.keys if key in after] != [key for key in new.keys if key in before]:
        told.append(say(language, "Urutan kriteria berubah."))
    return tuple(told)


def _both(id: str, en: str, field: str, what: Text, longest: int, problems: Problems) -> Text:
    try:
        return Text(clean_text(id, what=what, longest=longest), clean_text(en or id, what=what, longest=longest))
    except Refusal as refusal:
        problems.add(field, refusal.message)
        return Text("-", "-")


def _key(title: str, taken: set[str]) -> str:
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in title.lower()).split()
    base = "-".join(words)[:40].strip("-")
    if not base or not base[0].isalpha():
        base = f"k-{base}".strip("-")
    return next(key for n in count(1) if (key := base if n == 1 else f"{base}-{n}") not in taken)


def _numbers(form: Form) -> Sequence[int]:
    return [n for n in range(1, MOST_CRITERIA + 1) if form.flag(f"ada-{n}")]


def _empty(filled: int) -> tuple[CriterionFields, ...]:
    if filled >= MOST_CRITERIA:
        return ()
    anchors = tuple((rating, "", "") for rating in ANCHORED)
    return (CriterionFields(filled + 1, "", "", "", "", "", "", anchors, new=True, gone=False),)
