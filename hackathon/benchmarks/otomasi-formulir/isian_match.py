"""When is an answered field right, and when is it in the form that was asked for.

Content is compared fairly: case, spaces, punctuation, titles and degrees, "12 Maret 2026" for 2026-03-12, "Rp2.500.000"
for 2500000, "12,5 %" for 12.5. Form is strict: a date is ISO 8601, an amount is a JSON integer, a share is a JSON
number, a choice is one of the words offered.
"""

import datetime as dt
import math
import re
from collections import Counter

# Types that have one standard form. The others (nomor, nama, instansi, teks) are written as they stand in the text.
STANDARD_FORM = frozenset({"tanggal", "jam", "rupiah", "bilangan", "angka", "telepon", "nip", "pilihan"})

# A share or an average is asked with one decimal. The last figure may be one off: halves are rounded either way.
ROUNDING = 0.101

# Free text counts as right from this token F1 on (Rajpurkar et al. 2016, SQuAD, section 6.1, use the same measure).
TEXT_F1 = 0.8

# No field is longer; a longer answer is wrong without being read.
LONGEST = 1000

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "pebruari", "feb"),
            ("maret", "mar"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("agustus", "agu", "ags", "agt"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nopember", "nov"),
            ("desember", "des"),
        ),
        start=1,
    )
    for name in names
}
TITLES = frozenset(
    "bapak ibu pak bu bpk sdr sdri saudara saudari kak mas mbak bang dr drs dra drg ir h hj prof ns apt kh".split()
)

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
WRITTEN = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})")
TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(?:[.:]\d{2})?\s*(?:wib|wita|wit)?")
AMOUNT = re.compile(
    r"(?:rp\.?|idr)?\s*(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d{1,2}|,-)?\s*(?:,-)?\s*(?:rupiah|hari|orang|unit|buah)?"
)

NUMBER = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?)\s*(?:%|persen|hari)?")


def is_empty(answer):
    """Nothing was answered: null, or a string without content."""
    return answer is None or (isinstance(answer, str) and not answer.strip())


def in_form(kind, answer, choices=()):
    """The answer has the standard form of its type (see STANDARD_FORM); other types want a string."""
    if kind in ("rupiah", "bilangan"):
        return type(answer) is int and answer >= 0
    if kind == "angka":
        return type(answer) in (int, float) and math.isfinite(answer)
    if not isinstance(answer, str):
        return False
    if kind == "tanggal":
        return bool(ISO_DATE.fullmatch(answer)) and read_date(answer) is not None
    if kind == "jam":
        return bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", answer))
    if kind == "telepon":
        return bool(re.fullmatch(r"0[0-9]{7,13}", answer))
    if kind == "nip":
        return bool(re.fullmatch(r"[0-9]{18}", answer))
    if kind == "pilihan":
        return answer in choices
    return True


def is_right(kind, answer, expected, also=()):
    """The answer says what is expected, or one of the readings in `also`, whatever its form."""
    if isinstance(answer, (bool, list, dict)) or (isinstance(answer, str) and len(answer) > LONGEST):
        return False
    return any(_same(kind, answer, wanted) for wanted in (expected, *also))


def _same(kind, answer, wanted):
    if kind in ("rupiah", "bilangan"):
        return read_amount(answer) == wanted
    if kind == "angka":
        number = read_number(answer)
        return number is not None and abs(number - wanted) <= ROUNDING
    text = str(answer)
    if kind == "tanggal":
        return read_date(text) == dt.date.fromisoformat(wanted)
    if kind == "jam":
        return read_time(text) == wanted
    if kind == "telepon":
        return read_phone(text) == read_phone(wanted)
    if kind == "nip":
        return re.sub(r"\D", "", text) == wanted
    if kind == "nomor":
        return re.sub(r"\s", "", text).strip(".,").casefold() == re.sub(r"\s", "", wanted).casefold()
    if kind == "nama":
        return read_name(text) == read_name(wanted) != ()
    if kind == "teks":
        return token_f1(words(text), words(wanted)) >= TEXT_F1
    return words(text) == words(wanted)


def words(text):
    """Lower-case words and numbers without punctuation."""
    return re.findall(r"[^\W_]+", text.casefold())


def token_f1(answer, wanted):
    """F1 over the words of two texts, as multisets."""
    both = sum((Counter(answer) & Counter(wanted)).values())
    return 2 * both / (len(answer) + len(wanted)) if answer or wanted else 1.0


def read_name(text):
    """A person's name as words, without titles before it and degrees after it."""
    found = words(text.split(",")[0])
    while found and found[0] in TITLES:
        found = found[1:]
    return tuple(found)


def read_date(text):
    """A date written as ISO, 12/03/2026 or 12 Maret 2026, maybe with its weekday before it; None for anything else."""
    text = re.sub(r"^[a-z']+,\s*", "", text.strip().casefold())
    try:
        if found := ISO_DATE.match(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := DAY_FIRST.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if (found := WRITTEN.fullmatch(text)) and found[2] in MONTHS:
            return dt.date(int(found[3]), MONTHS[found[2]], int(found[1]))
    except ValueError:
        return None
    return None


def read_time(text):
    """A time of day as HH:MM from 09.00, 9:00 or "pukul 9 WIB"; None for anything else."""
    found = TIME.fullmatch(re.sub(r"^(pukul|jam|pkl\.?)\s*", "", text.strip().casefold()))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def read_amount(answer):
    """A whole number from 2500000, 2500000.0, "Rp2.500.000,00" or "3 hari"; None for anything else."""
    if isinstance(answer, (int, float)):
        return int(answer) if answer == answer and abs(answer) < 1e15 and answer == int(answer) else None
    found = AMOUNT.fullmatch(str(answer).strip().casefold())
    return int(re.sub(r"\D", "", found[1])) if found else None


def read_number(answer):
    """A number from 12.5, "12,5", "12.5 %" or "12,5 hari"; None for anything else."""
    if isinstance(answer, (int, float)):
        return float(answer) if abs(answer) < 1e15 else None
    found = NUMBER.fullmatch(str(answer).strip().casefold())
    return float(found[1].replace(",", ".")) if found else None


def read_phone(text):
    """The digits of a telephone number, +62 read as 0, without leading zeros (a JSON number loses them)."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^62", "", digits).lstrip("0") if text.strip().startswith("+") else digits.lstrip("0")
