"""Questions about a table of months, each kind in several wordings, and their answers."""

from generate_words import spoken_month

NUMBERS = {
    "value": ("Berapa nilai {month}?", "Pada {month} tercatat berapa?", "Sebutkan angka {month}."),
    "total": ("Berapa jumlah sepanjang {year}?", "Hitung total tahun {year}.", "{year} seluruhnya berapa?"),
    "mean": (
        "Berapa rata-rata per bulan tahun {year}?",
        "Rata-rata bulanan {year} berapa?",
        "Hitung rata-rata {year} dari bulan yang ada datanya.",
    ),
    "change": (
        "Berapa persen perubahan dari {month} ke {later}?",
        "Dari {month} ke {later} berubah berapa persen?",
        "Hitung perubahan {later} terhadap {month} dalam persen.",
    ),
    "above": (
        "Berapa bulan pada {year} yang nilainya di atas {bound}?",
        "Pada {year} ada berapa bulan dengan nilai lebih dari {bound}?",
    ),
    "gap": (
        "Berapa selisih nilai tertinggi dan terendah pada {year}?",
        "Tahun {year}: tertinggi dikurangi terendah berapa?",
    ),
}
MONTHS = {
    "peak": (
        "Bulan apa tertinggi pada {year}?",
        "Kapan puncaknya pada tahun {year}?",
        "{year} paling tinggi bulan apa?",
    ),
    "low": ("Bulan apa terendah pada {year}?", "Kapan titik terendah tahun {year}?", "{year} paling rendah bulan apa?"),
    "jump": (
        "Dari Februari sampai Desember {year}, bulan apa yang naik paling besar dari bulan sebelumnya?",
        "Di dalam tahun {year}, kenaikan terbesar dari bulan ke bulan terjadi bulan apa?",
    ),
}
WORDINGS = NUMBERS | MONTHS
ASKED = 3


def ask(rng, table, decimals):
    """`ASKED` questions of different kinds as [{"id", "soal"}], and [{"id", "jawab"}]."""
    years = [year for year in sorted({year for year, _ in table}) if (year, 1) in table and (year, 12) in table]
    questions, answers = [], []
    for number, kind in enumerate(rng.sample(sorted(WORDINGS), ASKED), start=1):
        soal, jawab = _question(rng, kind, table, rng.choice(years), decimals)
        questions.append({"id": f"t{number}", "soal": soal})
        answers.append({"id": f"t{number}", "jawab": jawab})
    return questions, answers


def _question(rng, kind, table, year, decimals):
    there = {at: value for at, value in table.items() if value is not None}
    of_year = {month: there[year, month] for month in range(1, 13) if (year, month) in there}
    if kind in MONTHS and _tied(kind, of_year):
        return _question(rng, "value", table, year, decimals)
    at, later = sorted(rng.sample(sorted(there), 2))
    values = sorted(of_year.values())
    middle = len(values) // 2
    # Half way between two values, so that nobody can argue about the bound.
    bound = round((values[middle - 1] + values[middle]) / 2, decimals)
    words = {"month": spoken_month(*at), "later": spoken_month(*later), "year": year, "bound": _spoken(bound, decimals)}
    text = rng.choice(WORDINGS[kind]).format(**words)
    return text, _answer(kind, there, of_year, year, at, later, bound)


def _answer(kind, there, of_year, year, at, later, bound):
    if kind == "value":
        return there[at]
    if kind == "total":
        return round(sum(of_year.values()), 1)
    if kind == "mean":
        return round(sum(of_year.values()) / len(of_year), 2)
    if kind == "change":
        return round((there[later] - there[at]) / there[at] * 100, 2)
    if kind == "above":
        return sum(value > bound for value in of_year.values())
    if kind == "gap":
        return round(max(of_year.values()) - min(of_year.values()), 1)
    if kind == "peak":
        return f"{year}-{max(of_year, key=of_year.get):02}"
    if kind == "low":
        return f"{year}-{min(of_year, key=of_year.get):02}"
    rises = _rises(of_year)
    return f"{year}-{max(rises, key=rises.get):02}"


def _rises(of_year):
    """By how much each month is above the one before; the first of a year has none, nor has one after a gap."""
    return {month: of_year[month] - of_year[month - 1] for month in of_year if month - 1 in of_year}


def _tied(kind, of_year):
    """Whether two months would both be right."""
    if kind == "jump":
        values = sorted(_rises(of_year).values(), reverse=True)
    else:
        values = sorted(of_year.values(), reverse=kind == "peak")
    return values[0] == values[1]


def _spoken(value, decimals):
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
