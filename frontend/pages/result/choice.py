"""The versions of an entry, which of them counts, and choosing another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.api.telling import told_score
from frontend.language import Language, pick, say
from frontend.pages.outcomes import OUTCOMES
from hackathon.evaluations import State, Version, counting
from hackathon.finals import Judged
from sandbox.model import Status


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version. `state` is wait, run, ok or bad; `counts`: it is the one that is judged; `may`: it can be chosen."""

    id: str
    number: str
    received: str
    score: str
    state: str
    word: str
    icon: str
    here: bool
    counts: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Which version is judged, in a sentence, and what can be done about it until `closes`."""

    rows: tuple[VersionRow, ...]
    sentence: str
    chosen: bool
    open: bool
    closes: str


def draw_choice(
    versions: Sequence[Version],
    chosen: UUID | None,
    here: UUID,
    *,
    may_choose: bool,
    deadline: datetime,
    zone: ZoneInfo,
    language: Language,
    judged: Judged | None = None,
) -> Choice:
    """The versions, newest first. `here` is the one whose page this is, `judged` what is fixed for the judges."""
    counts = counting(versions, chosen if judged is None else judged.submission_id)
    return Choice(
        rows=tuple(
            _row(version, counts, here, may_choose=may_choose, zone=zone, language=language) for version in versions
        ),
        sentence=_sentence(counts, chosen, language) if judged is None else _fixed(judged, zone, language),
        chosen=chosen is not None,
        open=may_choose,
        closes=formats.moment_long(deadline, zone, language),
    )


def _sentence(counts: Version | None, chosen: UUID | None, language: Language) -> str:
    if counts is None:
        return say(language, "Belum ada versi yang selesai diuji. Yang pertama selesai otomatis dinilai juri.")
    number = formats.whole(counts.number, language)
    if chosen is not None:
        return say(language, "Versi {n} dinilai juri: dipilih oleh tim.", n=number)
    return say(
        language,
        "Versi {n} dinilai juri: yang terbaru selesai diuji dipilih otomatis. Versi baru yang selesai akan "
        "menggantikannya.",
        n=number,
    )


def _fixed(judged: Judged, zone: ZoneInfo, language: Language) -> str:
    return say(
        language,
        "Versi {n} ditetapkan untuk dinilai juri pada {when}.",
        n=formats.whole(judged.number, language),
        when=formats.moment_long(judged.fixed_at, zone, language),
    )


def _row(
    version: Version,
    counts: Version | None,
    here: UUID,
    *,
    may_choose: bool,
    zone: ZoneInfo,
    language: Language,
) -> VersionRow:
    state, word, icon = _state(version, language)
    is_counting = counts is not None and counts.submission_id == version.submission_id
    return VersionRow(
        id=str(version.submission_id),
        number=formats.whole(version.number, language),
        received=formats.moment_short(version.received_at, zone, language),
        score="" if version.score is None else formats.score(told_score(version.score), language),
        state=state,
        word=word,
        icon=icon,
        here=version.submission_id == here,
        counts=is_counting,
        may=may_choose and version.evaluated,
    )


def _state(version: Version, language: Language) -> tuple[str, str, str]:
    words = {
        State.QUEUED: ("wait", say(language, "Antre"), "clock"),
        State.BUILDING: ("run", say(language, "Build"), ""),
        State.RUNNING: ("run", say(language, "Uji"), ""),
    }
    if version.state in words:
        return words[version.state]
    if version.status is None or version.status is Status.OK:
        return "ok", say(language, "Selesai"), "check"
    outcome = OUTCOMES[version.status]
    return "bad", pick(outcome.word, language), outcome.icon
