"""Pembanding: tahun lalu dikali laju setahun terakhir, rentang dari galatnya sendiri, tujuh jenis pertanyaan, arah
dari wilayah yang sejenis.
"""

import re

BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
PILIHAN = (
    (r"persen", "ubah"),
    (r"(?i)rata-rata", "rata"),
    (r"di atas|lebih dari", "banyak"),
    (r"(?i)tertinggi (pada|tahun)|puncaknya", "puncak"),
    (r"(?i)terendah (pada|tahun)", "dasar"),
    (r"(?i)jumlah|total|seluruhnya", "jumlah"),
)


def predict(task, input):
    table = {month(row["bulan"]): number(row["nilai"]) for row in input["tabel"]}
    table = {at: value for at, value in table.items() if value is not None}
    growth, error = habits(table)
    return {
        "ramalan": [forecast(table, at, growth, error) for at in input["ramal"]],
        "jawaban": [{"id": row["id"], "jawab": answer(table, row["soal"])} for row in input["tanya"]],
        "arah": direction(input),
    }


def habits(table):
    """How the last year stands to the year before, and the usual error of saying so."""
    pairs = [(value, table[before(at)]) for at, value in table.items() if before(at) in table]
    last = pairs[-12:]
    growth = sum(now for now, _ in last) / sum(then for _, then in last)
    errors = sorted(abs(now - then * growth) / now for now, then in pairs)
    return growth, errors[int(len(errors) * 0.8)]


def forecast(table, at, growth, error):
    value = table.get(before(at), list(table.values())[-1]) * growth
    return {"bulan": at, "nilai": value, "bawah": value * (1 - error), "atas": value * (1 + error)}


def before(at):
    return f"{int(at[:4]) - 1}{at[4:]}"


def answer(table, text):
    kind = next((kind for pattern, kind in PILIHAN if re.search(pattern, text)), "nilai")
    months = [
        f"{year}-{BULAN.index(name) + 1:02}" for name, year in re.findall(rf"({'|'.join(BULAN)}) (\d{{4}})", text)
    ]
    year = re.search(r"\b(20\d\d)\b", text)[1]
    of_year = {at: value for at, value in table.items() if at.startswith(year)}
    if kind == "nilai":
        return table.get(months[0], 0) if months else 0
    if kind == "ubah" and len(months) == 2:
        return (table[months[1]] / table[months[0]] - 1) * 100
    if kind == "rata":
        return sum(of_year.values()) / len(of_year)
    if kind == "banyak":
        bound = number(re.search(r"(?:atas|dari) ([\d.,]+)", text)[1].rstrip(".,"))
        return sum(value > bound for value in of_year.values())
    if kind in ("puncak", "dasar"):
        return (max if kind == "puncak" else min)(of_year, key=of_year.get)
    return sum(of_year.values())


def direction(input):
    """The mean outcome of regions of the same kind with a low and a high lever."""
    rows = input["wilayah"]["baris"]
    (kind,) = [row[1] for row in rows if row[0] == input["bila"]["wilayah"]]
    alike = sorted((number(row[2]), number(row[3])) for row in rows if row[1] == kind)
    half = len(alike) // 2
    low, high = (sum(value for _, value in part) / half for part in (alike[:half], alike[-half:]))
    if abs(high / low - 1) < 0.12:
        return "tetap"
    return "naik" if (high > low) == (input["bila"]["menjadi"] > input["bila"]["dari"]) else "turun"


def month(text):
    if "/" in text:
        return f"{text[3:]}-{text[:2]}"
    if "-" in text:
        return text
    name, year = text.split()
    return f"{year}-{[full.startswith(name) for full in BULAN].index(True) + 1:02}"


def number(text):
    plain = text.replace(".", "").replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
