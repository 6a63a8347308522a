"""The page of judging rules."""

import math

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import Language, message, say
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.entries import Choice
from frontend.pages.console.judging.section import REASON_FIELDS, percent, section_page
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Conflict, Refusal
from judging import rules
from judging.composite import Method
from judging.rules import JudgingRules, RulesInvalid, Showing
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

METHODS = {
    Method.ADJUSTED: message(
        "Disesuaikan: kira-kira nilai dari juri rata-rata. Juri yang ketat atau murah hati dikoreksi. Disarankan bila "
        "tiap peserta dinilai sebagian juri saja."
    ),
    Method.MEAN: message(
        "Rata-rata: jumlah nilai dibagi banyaknya juri. Paling mudah dihitung, tetapi peserta yang mendapat juri ketat "
        "dirugikan. Cocok bila semua juri menilai semua peserta."
    ),
    Method.TRIMMED: message(
        "Rata-rata terpangkas: nilai tertinggi dan terendah dibuang bila ada tiga nilai atau lebih. Satu nilai yang "
        "ganjil tidak menentukan hasil."
    ),
}
TIES = {
    "judges,automated": message(
        "Yang nilai jurinya lebih tinggi; bila masih sama, yang nilai otomatisnya lebih tinggi."
    ),
    "automated,judges": message(
        "Yang nilai otomatisnya lebih tinggi; bila masih sama, yang nilai jurinya lebih tinggi."
    ),
    "": message("Berbagi peringkat."),
}
SHOWINGS = {
    Showing.END: message("Setelah penilaian ditutup"),
    Showing.LIVE: message("Selama penilaian, segera setelah cukup lembar dikirim"),
}

_NOTHING = Text(id="Belum ada aturan yang diubah.", en="No rule was changed yet.")
_NUMBER = Text(id="Tulis angka, misalnya 40.", en="Write a number, for example 40.")
_WHOLE = Text(id="Tulis angka bulat, misalnya 3.", en="Write a whole number, for example 3.")
_CHOOSE = Text(id="Pilih salah satu.", en="Choose one.")
_FIELDS = {
    "judges_share": "porsi",
    "reviews": "banyak",
    "max_load": "batas",
    "reminder_hours": "ingatkan",
    "ties": "seri",
    "calibration": GENERAL,
}


@get("/konsol/{slug:str}/penilaian/aturan")
async def rules_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The rules as a form."""
    desk = await open_desk(slug, visitor, reader)
    return await _form(desk, await rules.get_rules(desk.event.id))


@post("/konsol/{slug:str}/penilaian/aturan", status_code=200)
async def change_rules(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Change the rules."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    old = await rules.get_rules(desk.event.id)
    wanted = _read(form, old, problems)
    if not problems and wanted == old and not form.text("alasan"):
        problems.add(GENERAL, _NOTHING)
    if not problems:
        try:
            await rules.change_rules(
                desk.event.id, wanted, form.text("alasan"), actor=desk.organizer, seen=form.text("dilihat")
            )
        except RulesInvalid as invalid:
            problems.add(_FIELDS.get(invalid.field, GENERAL), invalid.message)
        except Refusal as refusal:
            problems.refused(refusal, REASON_FIELDS)
            problems.status = 409 if isinstance(refusal, Conflict) else 422
            if isinstance(refusal, Conflict):
                wanted, form = await rules.get_rules(desk.event.id), Form({})
        else:
            return done(f"{desk.root}/penilaian/aturan", "aturan-penilaian")
    return await _form(desk, wanted, form, problems)


def _read(form: Form, old: JudgingRules, problems: Problems) -> JudgingRules:
    method, showing, ties = form.text("cara"), form.text("tampil"), form.text("seri")
    # What is locked, or told by the event's page, has no field.
    share = old.judges_share
    if text := form.text("porsi").replace(",", "."):
        try:
            share = float(text)
        except ValueError:
            problems.add("porsi", _NUMBER)
        if not math.isfinite(share):
            problems.add("porsi", _NUMBER)
            share = old.judges_share
    if form.text("tanpa-kunci"):
        if method not in tuple(Method):
            problems.add("cara", _CHOOSE)
        if ties not in TIES:
            problems.add("seri", _CHOOSE)
    reviews = _count(form, "banyak", problems)
    hours = _count(form, "ingatkan", problems) if form.many("ingatkan") else None
    if showing not in tuple(Showing):
        problems.add("tampil", _CHOOSE)
    return JudgingRules(
        method=Method(method) if method in tuple(Method) else old.method,
        judges_share=share,
        reviews=old.reviews if reviews is None else reviews,
        max_load=_count(form, "batas", problems) if form.text("batas") else None,
        blind=form.flag("samar"),
        metrics_after_save=form.flag("metrik"),
        showing=Showing(showing) if showing in tuple(Showing) else old.showing,
        named=form.flag("nama"),
        calibration=old.calibration,
        ties=tuple(part for part in ties.split(",") if part) if form.text("tanpa-kunci") and ties in TIES else old.ties,
        reminder_hours=old.reminder_hours if hours is None else hours,
    )


def _count(form: Form, field: str, problems: Problems) -> int | None:
    text = form.text(field)
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        problems.add(field, _WHOLE)
        return None
    return int(text)


async def _form(
    desk: Desk, shown: JudgingRules, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    language = desk.language
    seen = form.text("dilihat") if form is not None and form.text("dilihat") else None
    return section_page(
        "rules",
        desk,
        "aturan",
        problems=problems,
        rules=shown,
        seen=seen or rules.fingerprint(await rules.get_rules(desk.event.id)),
        locked=await rules.is_locked(desk.event.id),
        told=percent(rules.share(desk.event, shown), language) if desk.event.content.criteria else "",
        share=form.text("porsi")[:20]
        if form is not None and form.text("porsi")
        else percent(shown.judges_share, language),
        reviews=form.text("banyak")[:20] if form is not None and form.text("banyak") else str(shown.reviews),
        limit=form.text("batas")[:20] if form is not None else ("" if shown.max_load is None else str(shown.max_load)),
        hours=form.text("ingatkan")[:20] if form is not None and form.text("ingatkan") else str(shown.reminder_hours),
        reason=form.text("alasan") if form is not None else "",
        methods=choices(METHODS, language),
        ties=choices(TIES, language),
        tie=",".join(shown.ties) if ",".join(shown.ties) in TIES else ",".join(rules.JudgingRules().ties),
        showings=choices(SHOWINGS, language),
        method_told=say(language, METHODS[shown.method]),
        tie_told=say(language, TIES.get(",".join(shown.ties), TIES[""])),
    )


def choices(table: dict[Method, str] | dict[Showing, str] | dict[str, str], language: Language) -> list[Choice]:
    """A table of words as choices."""
    return [Choice(str(value), say(language, words)) for value, words in table.items()]
