"""The prototype card as a form: drafts, completeness, and two members who edit at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get, post
from litestar.response import Redirect, Response

from frontend.formats import whole
from frontend.language import Language, say
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.submit.own import Boards, Own, Slug, Visitor, read_own, show
from frontend.pages.visiting import AnyRequest
from hackathon import cards
from hackathon.cards import FIELDS, Answers, Card, CardChanged, CardIncomplete
from hackathon.errors import Refusal

_LARGEST_VERSION = 10**6


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the form. `other` is what somebody else saved meanwhile; None where that is the same."""

    name: str
    label: str
    hint: str
    value: str
    longest: int
    lines: bool
    rows: int
    other: str | None


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/kartu")
async def card_page(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The card as it stands; before the first saving what the last submission's own file says."""
    own = await read_own(slug, track_slug, visitor, reader)
    card = await cards.read_card(own.entry.id, actor=own.actor)
    answers = card.answers if card else await cards.suggest_answers(own.entry.id, actor=own.actor)
    return _page(own, card, answers.mapping(), prefilled=card is None and answers != Answers())


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/kartu", status_code=200)
async def save_card(
    slug: Slug, track_slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """Save it, whole or as a draft."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_form(request, visitor)
    typed = {field.name: form.text(field.name) for field in FIELDS}
    draft = form.text("aksi") == "draf"
    problems, other = Problems(), None
    try:
        saved = await cards.save_card(own.entry.id, typed, base=_base(form), draft=draft, actor=own.actor)
    except CardChanged as changed:
        problems.add(GENERAL, changed.message)
        problems.status = 409
        other = changed.current
    except CardIncomplete as incomplete:
        for name, words in incomplete.problems.items():
            problems.add(name, words)
    except Refusal as refusal:
        problems.refused(refusal)
    else:
        return done(own.base if saved.complete else f"{own.base}/kartu", _notice(saved))
    card = other or await cards.read_card(own.entry.id, actor=own.actor)
    base = card.version if other and card else _base(form)
    return _page(own, card, typed, problems=problems, other=other, base=base)


def _notice(saved: Card) -> str:
    return "kartu-tersimpan" if saved.complete else "kartu-draf"


def _base(form: Form) -> int:
    text = form.text("versi")
    return min(int(text), _LARGEST_VERSION) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _page(
    own: Own,
    card: Card | None,
    values: Mapping[str, str],
    *,
    problems: Problems | None = None,
    other: Card | None = None,
    base: int | None = None,
    prefilled: bool = False,
) -> Response[str]:
    theirs = other.answers.mapping() if other else None
    return show(
        own,
        "submit/card.html",
        problems=problems,
        card=card,
        other=other,
        version=(card.version if card else 0) if base is None else base,
        prefilled=prefilled,
        questions=_questions(values, theirs, own.language),
    )


def _questions(values: Mapping[str, str], theirs: Mapping[str, str] | None, language: Language) -> tuple[Question, ...]:
    words = {
        "name": (say(language, "Nama prototipe"), "", 1),
        "summary": (
            say(language, "Ringkasan"),
            say(language, "Satu atau dua kalimat: siapa yang terbantu dan bagaimana."),
            3,
        ),
        "data_used": (
            say(language, "Data yang dipakai"),
            say(language, "Dari mana asalnya, seberapa banyak, dan bagaimana data pribadi disamarkan?"),
            5,
        ),
        "limits": (
            say(language, "Batas yang diketahui"),
            say(language, "Kapan prototipe ini keliru atau tidak boleh dipakai?"),
            5,
        ),
        "human_oversight": (
            say(language, "Pengawasan manusia"),
            say(language, "Siapa yang memeriksa jawaban sebelum sampai ke warga?"),
            5,
        ),
    }
    return tuple(
        Question(
            name=field.name,
            label=words[field.name][0],
            hint=" ".join(
                filter(
                    None,
                    (
                        words[field.name][1],
                        say(
                            language,
                            "{low} sampai {high} huruf.",
                            low=whole(field.shortest, language),
                            high=whole(field.longest, language),
                        ),
                    ),
                )
            ),
            value=values[field.name],
            longest=field.longest,
            lines=field.lines,
            rows=words[field.name][2],
            other=theirs[field.name] if theirs and theirs[field.name] != values[field.name] else None,
        )
        for field in FIELDS
    )
