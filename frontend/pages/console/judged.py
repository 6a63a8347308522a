"""What is judged of an entry, as organizers see it: what was fixed and when, and how far its final evaluation is."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.outcomes import OUTCOMES
from hackathon.evaluations import State
from hackathon.finals import EntryFinal, FinalEvaluation, Stage
from sandbox.model import Status


@dataclass(frozen=True, slots=True)
class JudgedView:
    """`sentence` says what is fixed, or what is waited for; `number` and `submission` are empty until something is.

    `state`, `tone` and `icon` tell of the final evaluation, `retry` leads to having it run again.
    """

    sentence: str
    number: str
    submission: str
    state: str
    tone: str
    icon: str
    score: str
    trouble: str
    retry: str
    history: tuple[str, ...]


def draw_judged(found: EntryFinal, *, root: str, zone: ZoneInfo, language: Language) -> JudgedView:
    """An entry's fixing in words."""
    fixed, tested = found.judged, found.evaluation
    state, tone, icon = _state(found, tested, language)
    ended = tested is not None and tested.state is State.FINISHED
    return JudgedView(
        sentence=_sentence(found, zone, language),
        number="" if fixed is None else formats.whole(fixed.number, language),
        submission="" if fixed is None else str(fixed.submission_id),
        state=state,
        tone=tone,
        icon=icon,
        score=formats.score(tested.score, language)
        if tested is not None and tested.score is not None and ended
        else "",
        trouble=_trouble(tested, language),
        retry=f"{root}/uji-ulang/{tested.id}"
        if tested is not None and tested.state in (State.FINISHED, State.QUEUED)
        else "",
        history=tuple(
            say(
                language,
                "{when}: versi {n} ditetapkan",
                when=formats.moment_long(revision.made_at, zone, language),
                n=formats.whole(number, language),
            )
            if number is not None
            else say(
                language,
                "{when}: penetapan dicabut, tim mendapat waktu sampai {until}",
                when=formats.moment_long(revision.made_at, zone, language),
                until=formats.moment_long(revision.deadline, zone, language),
            )
            for revision, number in found.history
        )
        if len(found.history) > 1
        else (),
    )


def _sentence(found: EntryFinal, zone: ZoneInfo, language: Language) -> str:
    if found.judged is not None:
        return say(
            language,
            "Versi {n} ditetapkan untuk dinilai juri pada {when}.",
            n=formats.whole(found.judged.number, language),
            when=formats.moment_long(found.judged.fixed_at, zone, language),
        )
    match found.stage:
        case Stage.OPEN:
            return say(language, "Ditetapkan otomatis setelah batas waktu tim ini.")
        case Stage.ARRIVING:
            return say(
                language, "Menunggu berkas yang didaftarkan sebelum batas waktu, paling lama 30 menit sesudahnya."
            )
        case Stage.TESTING:
            return say(language, "Menunggu pengujian versi yang dikirim sebelum batas waktu selesai.")
        case Stage.NOTHING:
            return say(language, "Tidak ada versi yang dapat dinilai: tidak ada kiriman yang terhitung.")
        case _:
            return say(language, "Segera ditetapkan.")


def _state(found: EntryFinal, tested: FinalEvaluation | None, language: Language) -> tuple[str, str, str]:
    if found.judged is None:
        return "", "", ""
    if tested is None:
        return say(language, "Belum dijadwalkan"), "", "clock"
    if tested.state is State.QUEUED:
        return say(language, "Antre"), "", "clock"
    if tested.status is None:
        return say(language, "Diuji"), "st-run", ""
    if tested.status is Status.OK:
        return say(language, "Selesai"), "st-ok", "check"
    outcome = OUTCOMES[tested.status]
    return pick(outcome.word, language), "st-bad", outcome.icon


def _trouble(tested: FinalEvaluation | None, language: Language) -> str:
    if tested is None or not tested.failures or tested.state is State.FINISHED:
        return ""
    return say(
        language,
        "Gagal di pihak kami {n} kali, terakhir di {host}: {reason}. Terus dicoba.",
        n=formats.whole(tested.failures, language),
        host=tested.failed_on or "",
        reason=tested.reason or "",
    )
