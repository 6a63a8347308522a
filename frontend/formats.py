"""Numbers, dates and spans of time as people read them. Only the server formats them: browsers round otherwise."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, localcontext
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from frontend.language import Language, say, say_count

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"


@lru_cache(maxsize=4096)
def score(value: float, language: Language) -> str:
    """A score 0..100 with one decimal, a five rounded up as by hand: 88,9."""
    with localcontext(Context(rounding=ROUND_HALF_UP)):
        return str(format_decimal(value, "0.0", locale=language.value))


def gap(value: float, language: Language) -> str:
    """A difference with its sign, one decimal: −2,8. Nothing for one that rounds to zero."""
    shown = score(abs(value), language)
    if shown == score(0.0, language):
        return shown
    return (MINUS if value < 0 else "+") + shown


def whole(value: int, language: Language) -> str:
    """A count: 1.234."""
    return str(format_decimal(value, "#,##0", locale=language.value))


def figure(value: float, decimals: int, language: Language) -> str:
    """A measured number with that many decimals, a five rounded up as by hand: 0,629, −0,3."""
    with localcontext(Context(rounding=ROUND_HALF_UP)):
        told = str(format_decimal(value, f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=language.value))
    return told.replace("-", MINUS)


def percent(value: float, language: Language) -> str:
    """A share that is given in percent, without needless decimals: 60%, 12,5%."""
    return str(format_decimal(value, "0.##", locale=language.value)) + "%"


def megabytes(size: int, language: Language) -> str:
    """A size in bytes as people read it: 18,7 MB, and 4 kB where that says more. The one rounding of all pages (a
    five goes up, as by hand), and `upload.js` keeps to it; what is there at all is 1 kB at least.
    """
    if size < 99_500:
        return whole(max(1, (size + 500) // 1000) if size else 0, language) + " kB"
    return figure(size / 1_000_000, 1, language) + " MB"


def span(low: str, high: str) -> str:
    """Two figures and what lies between: 87,9–89,9."""
    return f"{low}{EN_DASH}{high}"


def clock(moment: datetime, zone: ZoneInfo, language: Language, *, seconds: bool = False) -> str:
    """A time of day without its zone: 14.32 (14:32 in English)."""
    separator = "." if language is Language.ID else ":"
    local = moment.astimezone(zone)
    return local.strftime(separator.join(("%H", "%M", "%S") if seconds else ("%H", "%M")))


def zone_name(moment: datetime, zone: ZoneInfo) -> str:
    """WIB, WITA, WIT, or what the zone is called elsewhere."""
    return moment.astimezone(zone).tzname() or zone.key


def day(moment: datetime | date, zone: ZoneInfo, language: Language) -> str:
    """A whole date: Kamis, 26 November 2026."""
    return str(format_date(_local(moment, zone), "EEEE, d MMMM yyyy", locale=language.value))


def short_day(moment: datetime | date, zone: ZoneInfo, language: Language) -> str:
    """A date of this event: 26 Nov."""
    return str(format_date(_local(moment, zone), "d MMM", locale=language.value))


def moment_long(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """Kamis, 26 November 2026 pukul 23.59 WIB."""
    return say(
        language,
        "{day} pukul {clock} {zone}",
        day=day(moment, zone, language),
        clock=clock(moment, zone, language),
        zone=zone_name(moment, zone),
    )


def moment_short(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """26 Nov, 23.59 WIB."""
    return f"{short_day(moment, zone, language)}, {clock(moment, zone, language)} {zone_name(moment, zone)}"


def remaining(left: timedelta, language: Language) -> str:
    """Time left in its two largest units, rounded down: 2 hari 9 jam. Nothing below zero."""
    seconds = max(0, int(left.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        (days, say_count(language, "{n} hari", days, whole(days, language))),
        (hours, say_count(language, "{n} jam", hours, str(hours))),
        (minutes, say_count(language, "{n} menit", minutes, str(minutes))),
        (seconds, say_count(language, "{n} detik", seconds, str(seconds))),
    ]
    first = next((index for index, (amount, _) in enumerate(parts) if amount), len(parts) - 1)
    return " ".join(shown for amount, shown in parts[first : first + 2] if amount or len(parts) - 1 == first)


def _local(moment: datetime | date, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
