"""Rujukan: regresi pada logaritma (tren, bulan, Lebaran, pergeseran yang tercatat) dengan rentang dari sisanya."""

import math

from questions import answer
from reading import keys_in, month, number

Z90 = 1.645
PULL = {"month": 1.5, "trend": 0.4, "lebaran": 0.2, "shift": 0.05}
"""How strongly each coefficient is drawn to zero (ridge)."""
STEADY = 0.25
"""How much of the last half year's common error lives on."""


def predict(task, input):
    table = {month(row["bulan"]): number(row["nilai"]) for row in input["tabel"]}
    table = {at: value for at, value in table.items() if value is not None}
    return {
        "ramalan": forecast(table, input),
        "jawaban": [{"id": row["id"], "jawab": answer(table, row["soal"])} for row in input["tanya"]],
        "arah": direction(input),
    }


def forecast(table, input):
    odd, shifts = told(input["catatan"])
    known = {at: value for at, value in table.items() if at not in odd and value > 0}
    feast = set(input["lebaran"])
    start = count(min(table))
    rows = [features(at, start, feast, shifts) for at in known]
    wanted = [math.log(value) for value in known.values()]
    weights = ridge(rows, wanted, pulls(len(shifts)))
    rest = [y - dot(row, weights) for row, y in zip(rows, wanted, strict=True)]
    free = max(len(rest) - 9, 5)
    spread = math.sqrt(sum(error * error for error in rest) / free)
    drift = STEADY * sum(rest[-6:]) / 6
    found = []
    for at in input["ramal"]:
        middle = dot(features(at, start, feast, shifts), weights) + drift
        width = Z90 * spread * 1.12
        found.append(
            {
                "bulan": at,
                "nilai": math.exp(middle),
                "bawah": math.exp(middle - width),
                "atas": math.exp(middle + width),
            }
        )
    return found


def told(notes):
    """Months that a note explains, and those from which on things are different."""
    odd, shifts = set(), []
    for note in notes:
        for at in keys_in(note):
            if note.lower().startswith(("sejak", "mulai")):
                shifts.append(at)
            else:
                odd.add(at)
    return odd, shifts


def features(at, start, feast, shifts):
    number_of_month = int(at[5:])
    years = (count(at) - start) / 12
    months = [float(number_of_month == one) for one in range(1, 13)]
    return [1.0, years, float(at in feast), *months, *(float(at >= shift) for shift in shifts)]


def pulls(shifts):
    return [0.0, PULL["trend"], PULL["lebaran"], *[PULL["month"] / 4] * 12, *[PULL["shift"]] * shifts]


def ridge(rows, wanted, pull):
    """Least squares with a penalty, by Gaussian elimination."""
    size = len(pull)
    system = [
        [sum(row[i] * row[j] for row in rows) + (pull[i] if i == j else 0.0) for j in range(size)]
        + [sum(row[i] * y for row, y in zip(rows, wanted, strict=True))]
        for i in range(size)
    ]
    for i in range(size):
        best = max(range(i, size), key=lambda j: abs(system[j][i]))
        system[i], system[best] = system[best], system[i]
        head = system[i][i] or 1e-9
        system[i] = [value / head for value in system[i]]
        for j in range(size):
            if j != i and system[j][i]:
                system[j] = [a - system[j][i] * b for a, b in zip(system[j], system[i], strict=True)]
    return [row[-1] for row in system]


def dot(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


def count(at):
    return int(at[:4]) * 12 + int(at[5:]) - 1


def direction(input):
    """The slope among regions of the same kind, against its own error."""
    rows = input["wilayah"]["baris"]
    (kind,) = [row[1] for row in rows if row[0] == input["bila"]["wilayah"]]
    alike = [(number(row[2]), math.log(number(row[3]))) for row in rows if row[1] == kind]
    mean_x, mean_y = (sum(column) / len(alike) for column in zip(*alike, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in alike)
    if not spread:
        return "tetap"
    slope = sum((x - mean_x) * (y - mean_y) for x, y in alike) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in alike)
    error = math.sqrt(rest / max(len(alike) - 2, 1) / spread)
    if abs(slope) < 3.5 * error:
        return "tetap"
    return "naik" if slope * (input["bila"]["menjadi"] - input["bila"]["dari"]) > 0 else "turun"
