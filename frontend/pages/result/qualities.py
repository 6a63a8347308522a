"""What was measured beside the score, in figures that a team and its judges understand.

Figures of hidden cases are told as exactly as people need them (`frontend.api.telling`).
"""

from dataclasses import dataclass

from frontend import formats
from frontend.api.telling import told_exactly_enough
from frontend.language import Language, pick, say
from frontend.pages.result.cases import shown_seconds
from sandbox.qualities import Efficiency, Productivity, Qualities, Sampled

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One quality: its name, what was measured (empty: nothing), what that means, and what cut it short or kept it
    from being measured.
    """

    name: str
    value: str
    meaning: str
    note: str


def draw_qualities(found: Qualities | None, language: Language) -> tuple[QualityRow, ...]:
    """The four of a task; none where nothing was measured with this evaluation."""
    if found is None:
        return ()
    return (
        _robustness(found.robustness, language),
        _consistency(found.consistency, language),
        _efficiency(found.efficiency, language),
        _productivity(found.productivity, language),
    )


def draw_faster(found: Productivity | None, language: Language) -> str:
    """How much faster the work goes over all tasks, in a sentence; empty where that was not measured."""
    if found is None:
        return ""
    return say(
        language,
        "Produktivitas semua tugas bersama: {faster}, termasuk pemeriksaan oleh petugas.",
        faster=_faster(found, language),
    )


def _robustness(found: Sampled, language: Language) -> QualityRow:
    if found.value is None or found.low is None or found.high is None:
        value = ""
    else:
        low, high = (_points(edge, language) for edge in (found.low, found.high))
        reach = say(language, "{low} sampai {high}", low=low, high=high)
        if round(found.value) > 0:
            points = _points(found.value, language)
            value = say(language, "turun {points} poin (rentang 90%: {range})", points=points, range=reach)
        elif round(found.value) < 0:
            points = _points(-found.value, language)
            value = say(language, "naik {points} poin (rentang 90% penurunan: {range})", points=points, range=reach)
        elif round(found.low) or round(found.high):
            value = say(language, "tidak turun (rentang 90%: {range} poin)", range=reach)
        else:
            value = say(language, "tidak turun")
    meaning = say(
        language,
        "Nilai pada {n} kasus tersembunyi yang ditulis dengan salah ketik, singkatan, dan ragam daerah, dibandingkan "
        "dengan nilai kasus yang sama dalam tulisan aslinya.",
        n=formats.whole(found.cases, language),
    )
    return _sampled(say(language, "Ketahanan"), value, meaning, found, language)


def _consistency(found: Sampled, language: Language) -> QualityRow:
    value = ""
    if found.value is not None and found.low is not None and found.high is not None:
        low, high = (_share(edge, language) for edge in (found.low, found.high))
        value = say(
            language,
            "{same} dari {n} jawaban sama (rentang 90%: {range})",
            same=formats.whole(round(found.value * found.cases), language),
            n=formats.whole(found.cases, language),
            range=formats.span(low, high),
        )
    meaning = say(language, "Masukan yang persis sama dikirim dua kali; seluruh jawabannya dibandingkan.")
    return _sampled(say(language, "Konsistensi"), value, meaning, found, language)


def _sampled(name: str, value: str, meaning: str, found: Sampled, language: Language) -> QualityRow:
    note = "" if found.reason is None else pick(found.reason, language)
    return QualityRow(name, value, meaning if value else "", note)


def _efficiency(found: Efficiency, language: Language) -> QualityRow:
    value = ""
    if found.p50_seconds is not None and found.p95_seconds is not None:
        value = say(
            language,
            "separuh jawaban dalam {p50}, 95% dalam {p95}",
            p50=shown_seconds(told_exactly_enough(found.p50_seconds), language),
            p95=shown_seconds(told_exactly_enough(found.p95_seconds), language),
        )
    used = []
    if found.cpu_seconds is not None:
        seconds = shown_seconds(told_exactly_enough(found.cpu_seconds), language)
        used.append(say(language, "Prosesor bekerja {seconds} untuk satu kasus.", seconds=seconds))
    if found.peak_memory_bytes is not None:
        size = formats.whole(round(told_exactly_enough(found.peak_memory_bytes / _MIB)), language)
        used.append(say(language, "Memori paling banyak {size} MiB, termasuk berkas yang dibaca.", size=size))
    if value and not used:
        used.append(say(language, "Pemakaian prosesor dan memori tidak diukur di mesin ini."))
    note = "" if value else say(language, "Tidak ada kasus yang selesai.")
    return QualityRow(say(language, "Efisiensi"), value, " ".join(used), note)


def _productivity(found: Productivity | None, language: Language) -> QualityRow:
    name = say(language, "Produktivitas")
    if found is None:
        return QualityRow(name, "", "", say(language, "Tidak ada kasus yang selesai."))
    meaning = say(
        language,
        "Dengan tangan {hand} menit sebuah kasus; dengan prototipe ini {minutes} menit, sudah termasuk {review} menit "
        "pemeriksaan. Kasus yang gagal dihitung tetap dikerjakan dengan tangan.",
        hand=_minutes(found.hand_minutes, language),
        minutes=_minutes(found.minutes, language),
        review=_minutes(found.review_minutes, language),
    )
    return QualityRow(name, _faster(found, language), meaning, "")


def _faster(found: Productivity, language: Language) -> str:
    figures = {"times": formats.score(found.times, language), "range": _span(found, language)}
    if figures["times"] == formats.score(1.0, language):
        return say(language, "sama cepatnya dengan kerja tangan (rentang 90%: {range} kali)", range=figures["range"])
    if found.times < 1:
        return say(language, "hanya {times} kali secepat kerja tangan (rentang 90%: {range})", **figures)
    return say(language, "{times} kali lebih cepat (rentang 90%: {range})", **figures)


def _span(found: Productivity, language: Language) -> str:
    return formats.span(formats.score(found.low, language), formats.score(found.high, language))


def _points(value: float, language: Language) -> str:
    return formats.figure(value, 0, language)


def _share(value: float, language: Language) -> str:
    return formats.percent(round(100 * value), language)


def _minutes(value: float, language: Language) -> str:
    return formats.score(told_exactly_enough(value), language)
