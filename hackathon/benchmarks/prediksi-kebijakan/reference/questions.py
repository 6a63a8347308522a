"""Answers to questions about the table: the kind by its words, then arithmetic."""

import re

from reading import keys_in, number

KINDS = (
    (r"persen", "change"),
    (r"selisih|dikurangi", "gap"),
    (r"rata-rata", "mean"),
    (r"di atas|lebih dari|melebihi", "above"),
    (r"naik paling besar|kenaikan", "jump"),
    (r"tertinggi|puncak|paling tinggi|paling ramai|terbanyak", "peak"),
    (r"terendah|paling rendah|paling sepi|paling sedikit", "low"),
    (r"jumlah|total|seluruhnya", "total"),
)


def answer(table, text):
    low = text.lower()
    kind = next((kind for pattern, kind in KINDS if re.search(pattern, low)), "value")
    months = [at for at in keys_in(text) if at in table]
    if kind == "change" and len(months) == 2:
        first, last = sorted(months)
        return (table[last] / table[first] - 1) * 100
    if kind == "value" and months:
        return table[months[0]]
    year = re.search(r"\b(20\d\d)\b", text)
    of_year = {at: value for at, value in table.items() if year and at.startswith(year[1])}
    return summary(kind, of_year, low) if of_year else 0


def summary(kind, of_year, text):
    if kind == "mean":
        return sum(of_year.values()) / len(of_year)
    if kind == "gap":
        return max(of_year.values()) - min(of_year.values())
    if kind == "above":
        bound = re.search(r"(?:atas|dari|melebihi) ([\d.]*\d(?:,\d+)?)", text)
        return sum(value > number(bound[1]) for value in of_year.values()) if bound else 0
    if kind == "peak":
        return max(of_year, key=of_year.get)
    if kind == "low":
        return min(of_year, key=of_year.get)
    if kind == "jump":
        rises = {at: value - of_year[last] for at, value in of_year.items() if (last := earlier(at)) in of_year}
        return max(rises, key=rises.get)
    return sum(of_year.values())


def earlier(at):
    return f"{at[:4]}-{int(at[5:]) - 1:02}"
