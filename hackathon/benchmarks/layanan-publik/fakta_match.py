"""Which facts a reply says: amounts, times to wait, hours and words, whatever form they are written in.

Where a fee is asked for, one fee is answered: a reply that names others beside it leaves the choice to the citizen, and
has not answered. The same holds for times to wait and for hours. For words (papers, places) the wrong ones are listed.
"""

import re

ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
SMALL = {word: number for number, word in enumerate(ONES)} | {"seratus": 100}
NUMBER_WORD = rf"(?:{'|'.join(sorted(SMALL, key=len, reverse=True))}|belas|puluh|ratus)"
WRITTEN = re.compile(rf"\b{NUMBER_WORD}(?: {NUMBER_WORD})*\b")
ONE_OF = re.compile(r"\bse(hari|minggu|pekan|bulan|tahun|jam|ribu|juta)\b")

TWICE = re.compile(r"(?<!\d)(\d+) ?\(\1\)")
DAYS_AND_NIGHTS = re.compile(r"(?<!\d)(\d{1,3}) ?x ?24 jam\b")
MILLIONS = re.compile(r"(?<![\d.,])(\d{1,3}) juta (\d{1,3}) ribu\b")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,6}) ribu (\d{1,3}) rupiah\b")

FREE = re.compile(
    r"\b(?:gratis|cuma-cuma|bebas biaya|tanpa (?:biaya|dipungut|bayar)|nol rupiah|0 rupiah"
    r"|dibebaskan dari (?:biaya|retribusi|tarif|pembayaran)|(?:tidak|tanpa) (?:bayar|membayar)"
    r"|tidak (?:dipungut|dikenai|dikenakan|ada|perlu|usah) (?:biaya|bayar|membayar|retribusi|tarif))\b"
    r"(?! (?:tambahan|lain))"
)
FIGURE = r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?"
MONEY = re.compile(
    rf"\b(?:rp|idr)\.?\s*{FIGURE}(?:,-)?\s*(ribu|rb|juta|jt)?\b|\b{FIGURE}\s*(ribu|rb|juta|jt)\b|\b{FIGURE}\s*rupiah\b"
)
TIMES = {"ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000}

UNITS = {"pekan": ("hari", 7), "minggu": ("hari", 7)}
WAIT = re.compile(r"(?<![\d.,])(\d{1,4})\s*(hari|minggu|pekan|bulan|tahun|jam|menit)\b(?! ke (?:atas|bawah))")
BOUND = re.compile(
    r"(?:lebih dari|kurang dari|di bawah|di atas|melewati|lewat|umur|usia|berumur|berusia|umurnya|usianya)\s*$"
)
CLOCK = re.compile(
    r"(?<![\d.,:])(?:(?:pukul|jam|pkl\.?)\s*)?(\d{1,2})[.:](\d{2})(?![\d]|[.,]\d)|(?:pukul|jam|pkl\.?)\s*(\d{1,2})\b"
)
LATER = re.compile(r"\s*(pagi|siang|sore|malam)")


def plain(text):
    """Lower case, single spaces, numbers in figures and only once: "3 (tiga) hari" is "3 hari"."""
    text = " ".join(text.casefold().replace("–", " - ").split())
    text = ONE_OF.sub(r"1 \1", text)
    text = WRITTEN.sub(lambda found: str(_value(found[0])), text)
    text = TWICE.sub(r"\1", text)
    text = DAYS_AND_NIGHTS.sub(r"\1 hari", text)
    text = MILLIONS.sub(lambda found: f"{int(found[1]) * 1000 + int(found[2])} ribu", text)
    return THOUSANDS.sub(lambda found: f"{int(found[1]) * 1000 + int(found[2])} rupiah", text)


def _value(words):
    total = last = 0
    for word in words.split():
        if word in SMALL:
            last = SMALL[word]
            total += last
        elif word == "belas":
            total += 10
        else:
            total += last * (9 if word == "puluh" else 99)
    return total


def amounts(text):
    """Rupiah named in a plain text."""
    found = {0} if FREE.search(text) else set()
    for match in MONEY.finditer(text):
        whole, part, unit = next(
            (match[at], match[at + 1], match[at + 2] if at < 6 else None) for at in (1, 4, 7) if match[at]
        )
        value = int(whole.replace(".", "")[:12])
        times = TIMES.get(unit or "", 1)
        found.add(value * times + (int(part) * times // 10 ** len(part) if part and times > 1 else 0))
    return found


def waits(text):
    """Times to wait or to last, as "3 hari"; ages and bounds ("di bawah 17 tahun") are none."""
    found = set()
    for match in WAIT.finditer(text):
        if not BOUND.search(text[max(0, match.start() - 20) : match.start()]):
            unit, times = UNITS.get(match[2], (match[2], 1))
            found.add(f"{int(match[1]) * times} {unit}")
    return found


def hours(text):
    """Times of day, as "08:00"."""
    found = set()
    for match in CLOCK.finditer(text):
        hour, minute = int(match[1] or match[3]), int(match[2] or 0)
        part = LATER.match(text, match.end())
        if part and hour < 12 and (part[1] in ("sore", "malam") or (part[1] == "siang" and hour < 6)):
            hour += 12
        if hour < 25 and minute < 60:
            found.add(f"{hour:02}:{minute:02}")
    return found


def has(text, phrase):
    """Whether a phrase is there: "gedung B, lantai 2" has "gedung B lantai 2", "loket nomor 3" has "loket 3"."""
    return f" {_bare(plain(phrase))} " in f" {_bare(text)} "


def _bare(text):
    return " ".join(word for word in re.split(r"\W+", text) if word not in ("", "nomor", "no"))


READ = {"uang": amounts, "lama": waits, "jam": hours}


def heard(facts, text):
    """What a reply says on the facts of a turn: values of their kinds, and the words, right and wrong."""
    text, found = plain(text), set()
    for at, fact in enumerate(facts):
        if fact["jenis"] in READ:
            found |= {(fact["jenis"], value) for value in READ[fact["jenis"]](text)}
        else:
            found |= {(at, True)} if any(has(text, word) for word in fact["nilai"]) else set()
            found |= {(at, word) for word in fact["salah"] if has(text, word)}
    return found


def right(facts, said):
    """For each fact whether `said` (see `heard`) has it, and nothing in its place."""
    wanted = {(fact["jenis"], fact["nilai"][0]) for fact in facts if fact["jenis"] in READ}
    answers = []
    for at, fact in enumerate(facts):
        if fact["jenis"] in READ:
            told = {one for one in said if one[0] == fact["jenis"]}
            answers.append((fact["jenis"], fact["nilai"][0]) in told and told <= wanted)
        else:
            answers.append({one for one in said if one[0] == at} == {(at, True)})
    return answers
