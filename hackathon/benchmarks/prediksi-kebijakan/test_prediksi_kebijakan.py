"""Prediksi kebijakan: a monthly table to forecast and to answer questions about, and the direction of a what-if.

Answer wanted: {"ramalan": [{"bulan", "nilai", "bawah", "atas"}], "jawaban": [{"id", "jawab"}], "arah"}. A month or a
question left out counts as wrong; an answer of any other shape fails the case: every metric then counts at its worst.

Errors are measured in `skala`, the mean absolute error of "as twelve months ago" over the table.
"""

import math

LOW, HIGH = 0.05, 0.95
WORST_ERROR, WORST_PINBALL = 3.0, 2.0
WIDEST = 5.0
"""An interval wider than this, in `skala`, says nothing and covers nothing."""
CLOSE = 0.005
MOST = 50


def test_prediksi(prototype, case, record):
    answer = read(prototype(case.input))
    unit, faults = case.expected["skala"], []
    told = rows_by(answer["ramalan"], "bulan")
    errors, pinballs, covered = [], [], 0
    for wanted in case.expected["ramalan"]:
        value, low, high = (number(told.get(wanted["bulan"], {}).get(key)) for key in ("nilai", "bawah", "atas"))
        errors.append(WORST_ERROR if value is None else min(abs(wanted["nilai"] - value) / unit, WORST_ERROR))
        if low is None or high is None or low > high:
            faults.append(f"{wanted['bulan']}: bawah, atas?")
            pinballs.append(WORST_PINBALL)
            continue
        loss = pinball(LOW, wanted["nilai"], low) + pinball(HIGH, wanted["nilai"], high)
        pinballs.append(min(loss / unit, WORST_PINBALL))
        holds = low <= wanted["nilai"] <= high and high - low <= WIDEST * unit
        covered += holds
        if not holds:
            faults.append(f"{wanted['bulan']}: {wanted['nilai']} di luar / outside {_short(low)}-{_short(high)}")
    months = len(errors)
    record("mase", sum(errors) / months, weight=months)
    record("pinball", sum(pinballs) / months, weight=months)
    record("cakupan", covered / months, weight=months)
    record("arah", float(answer["arah"] == case.expected["arah"]))
    given = rows_by(answer["jawaban"], "id")
    right = 0
    for wanted in case.expected["jawaban"]:
        said = given.get(wanted["id"], {}).get("jawab")
        if same(said, wanted["jawab"]):
            right += 1
        else:
            faults.append(f"{wanted['id']}: {_short(said)} (benar/right: {wanted['jawab']})")
    record("jawaban", right / len(case.expected["jawaban"]), weight=len(case.expected["jawaban"]))
    if answer["arah"] != case.expected["arah"]:
        faults.append(f"arah: {_short(answer['arah'])} (benar/right: {case.expected['arah']})")
    assert not faults, "; ".join(faults)


def read(answer):
    """The three parts. Raises AssertionError for another shape."""
    told = 'Jawaban harus / the answer must be {"ramalan": [...], "jawaban": [...], "arah": "naik|turun|tetap"}.'
    assert isinstance(answer, dict), told
    for part in ("ramalan", "jawaban"):
        assert isinstance(answer.get(part), list) and len(answer[part]) <= MOST, told
        assert all(isinstance(row, dict) for row in answer[part]), told
    return {**answer, "arah": answer.get("arah")}


def rows_by(rows, key):
    """Rows by what they are about; the first about each counts."""
    found = {}
    for row in rows:
        if isinstance(row.get(key), str):
            found.setdefault(row[key], row)
    return found


def number(value):
    """A finite number, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        value = float(value)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def pinball(share, value, quantile):
    """The loss of a quantile (Koenker and Bassett 1978)."""
    return share * (value - quantile) if value >= quantile else (1 - share) * (quantile - value)


def same(said, wanted):
    """Months are the same words; numbers may differ by half a percent."""
    if isinstance(wanted, str):
        return said == wanted
    said = number(said)
    return said is not None and abs(said - wanted) <= max(CLOSE * abs(wanted), 0.005)


def _short(value):
    # An answer may hold half a surrogate pair or line breaks; the message must travel as one line of UTF-8.
    text = "-" if value is None else " ".join(str(value)[:200].encode(errors="replace").decode().split())
    return text if len(text) <= 30 else text[:27] + "..."
