"""What changed since the last version, in rows with arrows and words."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.result.bars import Change, draw_change
from hackathon.evaluations.difference import CaseChange, Difference, Verdict
from sandbox.model import Text

_ORDER = (Verdict.WORSE, Verdict.BETTER)


@dataclass(frozen=True, slots=True)
class CaseChangeRow:
    """A public case that went another way. `before` and `after` are words where points are not known."""

    name: str
    anchor: str
    before: str
    after: str
    change: Change


@dataclass(frozen=True, slots=True)
class Changes:
    """Against version `before`: the total in a sentence, how many cases went which way, and the cases themselves."""

    before: str
    before_id: str
    sentence: str
    better: str
    worse: str
    same: str
    rows: tuple[CaseChangeRow, ...]
    incomparable: str


def draw_changes(difference: Difference, before_id: str, titles: Mapping[str, Text], language: Language) -> Changes:
    """The comparison as rows; those that got worse first, what stayed the same only counted."""
    changed = [case for verdict in _ORDER for case in difference.cases if case.verdict is verdict]
    named = [pick(titles.get(slug, Text(slug, slug)), language) for slug in difference.incomparable]
    return Changes(
        before=formats.whole(difference.before_number, language),
        before_id=before_id,
        sentence=_sentence(difference, language),
        better=_count(difference, Verdict.BETTER, language),
        worse=_count(difference, Verdict.WORSE, language),
        same=_count(difference, Verdict.SAME, language),
        rows=tuple(_row(case, titles, language) for case in changed),
        incomparable=say(
            language,
            "{tasks} berganti versi sejak itu, jadi tidak dibandingkan.",
            tasks=", ".join(named),
        )
        if named
        else "",
    )


def _sentence(difference: Difference, language: Language) -> str:
    total = difference.total
    if total is None:
        return ""
    before, after = (
        say(
            language,
            "{score} (rentang {range})",
            score=formats.score(one.score, language),
            range=formats.span(formats.score(one.low, language), formats.score(one.high, language)),
        )
        for one in (total.before, total.after)
    )
    sentences = {
        Verdict.BETTER: say(language, "Total naik dari {before} menjadi {after}.", before=before, after=after),
        Verdict.WORSE: say(language, "Total turun dari {before} menjadi {after}.", before=before, after=after),
        Verdict.SAME: say(language, "Total sama: {after}.", after=after),
        Verdict.UNCLEAR: say(
            language,
            "Total dari {before} menjadi {after}: rentangnya bertindih, jadi keduanya tak dapat dibedakan.",
            before=before,
            after=after,
        ),
    }
    return sentences[total.verdict]


def _count(difference: Difference, verdict: Verdict, language: Language) -> str:
    count = difference.count(verdict)
    return say_count(language, "{n} kasus", count, formats.whole(count, language)) if count else ""


def _row(case: CaseChange, titles: Mapping[str, Text], language: Language) -> CaseChangeRow:
    before, after = (
        _points(earned, passed=passed, language=language)
        for earned, passed in ((case.before, case.passed_before), (case.after, case.passed_after))
    )
    # A track of one task needs no name of it on each line.
    task = "" if len(titles) == 1 else pick(titles.get(case.task, Text(case.task, case.task)), language) + " / "
    by = 0.0 if case.before is None or case.after is None else case.after - case.before
    turned = case.passed_before is not case.passed_after
    return CaseChangeRow(
        name=task + case.case_id,
        anchor=f"{case.task}-{case.case_id}",
        before=before,
        after=after,
        change=_turned(case.verdict, language) if turned else draw_change(case.verdict, by, language),
    )


def _turned(verdict: Verdict, language: Language) -> Change:
    if verdict is Verdict.BETTER:
        return Change("up", say(language, "kini lulus"))
    return Change("down", say(language, "kini gagal"))


def _points(earned: float | None, *, passed: bool, language: Language) -> str:
    if earned is not None:
        return formats.score(earned, language)
    return say(language, "lulus") if passed else say(language, "gagal")
