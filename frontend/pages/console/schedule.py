"""The schedule as a form, and what a change of it would do in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, message, pick, say, say_count
from frontend.pages.forms import Form, Problems
from hackathon.events import Phase, Schedule
from hackathon.schedules import NAMES, OPTIONAL, Effects, Moment
from sandbox.model import Text

_YEARS = range(2020, 2101)

_PHASES: Mapping[Phase, str] = {
    Phase.UPCOMING: message("Segera"),
    Phase.REGISTRATION: message("Pendaftaran"),
    Phase.BUILDING: message("Pembangunan"),
    Phase.JUDGING: message("Penilaian"),
    Phase.OBJECTION: message("Masa sanggah"),
    Phase.CLOSED: message("Selesai"),
}

UNREADABLE = Text(
    id="Tulis tanggal dan jamnya, misalnya 2026-11-26 23:59.",
    en="Write its date and time, for example 2026-11-26 23:59.",
)


@dataclass(frozen=True, slots=True)
class MomentField:
    """A moment in the form: `name` is that of its field, `value` as the browser's control has it."""

    name: str
    title: str
    value: str
    required: bool
    hint: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A moment that would be another."""

    title: str
    before: str
    after: str
    earlier: bool


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """A time as the browser's control writes it, in the event's zone."""
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def fields_of(schedule: Schedule, zone: ZoneInfo, language: Language) -> tuple[MomentField, ...]:
    """The form filled with a schedule."""
    values = {moment: local(getattr(schedule, moment.value), zone) for moment in Moment}
    return _fields(values, schedule, zone, language)


def fields_typed(form: Form, schedule: Schedule, zone: ZoneInfo, language: Language) -> tuple[MomentField, ...]:
    """The form filled with what was typed; `schedule` is the one of now."""
    return _fields({moment: form.text(moment.value)[:40] for moment in Moment}, schedule, zone, language)


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A time typed in the event's zone; None for what is no time. With seconds or a space it is understood too."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return None
    if moment.tzinfo is not None or moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=zone)


def read_schedule(form: Form, old: Schedule, zone: ZoneInfo, problems: Problems) -> Schedule:
    """The schedule that was typed. A moment that shows as it was stays to the second what it was; one that cannot be
    read is noted among the problems.
    """
    moments: dict[str, datetime | None] = {}
    for moment in Moment:
        text, before = form.text(moment.value), getattr(old, moment.value)
        if text == local(before, zone):
            moments[moment.value] = before
        elif not text and moment in OPTIONAL:
            moments[moment.value] = None
        else:
            read = read_moment(text, zone)
            if read is None:
                problems.add(moment.value, UNREADABLE)
            moments[moment.value] = read or before
    return Schedule(**moments)  # type: ignore[arg-type]


def change_lines(found: Effects, zone: ZoneInfo, language: Language) -> tuple[ChangeLine, ...]:
    """What differs, before and after."""
    none = say(language, "tidak ada")
    return tuple(
        ChangeLine(
            title=pick(NAMES[change.moment], language),
            before=none if change.before is None else formats.moment_long(change.before, zone, language),
            after=none if change.after is None else formats.moment_long(change.after, zone, language),
            earlier=change.before is not None and change.after is not None and change.after < change.before,
        )
        for change in found.changes
    )


def consequences(found: Effects, language: Language) -> tuple[str, ...]:
    """What the change does beyond the moments themselves, the gravest first."""
    told = []
    if found.phase_before is not found.phase_after:
        told.append(
            say(
                language,
                "Acara langsung berpindah dari tahap {before} ke tahap {after}.",
                before=say(language, _PHASES[found.phase_before]),
                after=say(language, _PHASES[found.phase_after]),
            )
        )
    if found.deadline_earlier:
        told.append(
            say(language, "Ada waktu yang menjadi lebih pendek daripada yang diumumkan. Beri tahu tim lewat kabar.")
        )
    if found.frozen_after and not found.frozen_before:
        told.append(say(language, "Papan langsung membeku: peringkat berikutnya baru tampil saat pengumuman."))
    if found.frozen_before and not found.frozen_after:
        told.append(say(language, "Pembekuan berakhir: hasil selama pembekuan langsung tampil di papan."))
    if found.overtaken:
        count = len(found.overtaken)
        told.append(
            say_count(
                language,
                "{n} perpanjangan tidak lagi memberi waktu lebih, karena batas waktu semua tim sudah sejauh itu.",
                count,
                str(count),
            )
        )
    return tuple(told)


def _fields(
    values: Mapping[Moment, str], schedule: Schedule, zone: ZoneInfo, language: Language
) -> tuple[MomentField, ...]:
    # Browsers write times as their own language does; this is the one that cannot be misread.
    hints = {
        moment: say(language, "Kini {when}.", when=formats.moment_long(now, zone, language))
        for moment in Moment
        if (now := getattr(schedule, moment.value)) is not None
    }
    optional = {
        Moment.TEAMS_LOCK_AT: say(language, "Kosongkan bila susunan tim boleh berubah sampai pengajuan ditutup."),
        Moment.FREEZE_AT: say(language, "Kosongkan bila papan tidak perlu dibekukan."),
    }
    return tuple(
        MomentField(
            name=moment.value,
            title=pick(NAMES[moment], language),
            value=values[moment],
            required=moment not in OPTIONAL,
            hint=" ".join(part for part in (hints.get(moment), optional.get(moment)) if part),
        )
        for moment in Moment
    )
