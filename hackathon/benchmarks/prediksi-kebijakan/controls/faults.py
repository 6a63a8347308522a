"""Planted causes: for each metric a way to spoil a perfect answer that this metric, above all, must notice."""

import copy

UNIT = 0.35
"""How far a forecast is moved, as a share of its value: more than a year's change of most tables."""


def mase(answer, input):
    """Every forecast is a third too high; its interval stays."""
    spoilt = copy.deepcopy(answer)
    for row in spoilt["ramalan"]:
        row["nilai"] = row["nilai"] * (1 + UNIT)
    return spoilt


def pinball(answer, input):
    """Every interval reaches from nothing to twice the value."""
    spoilt = copy.deepcopy(answer)
    for row in spoilt["ramalan"]:
        row["bawah"], row["atas"] = 0, row["nilai"] * 2
    return spoilt


def cakupan(answer, input):
    """Every second interval lies just above the value."""
    spoilt = copy.deepcopy(answer)
    for row in spoilt["ramalan"][::2]:
        row["bawah"], row["atas"] = row["nilai"] * 1.0001 + 0.1, row["nilai"] * 1.001 + 0.1
    return spoilt


def arah(answer, input):
    """Up for every region whose name is long."""
    spoilt = copy.deepcopy(answer)
    if len(input["bila"]["wilayah"]) % 4:
        spoilt["arah"] = "naik" if spoilt["arah"] != "naik" else "tetap"
    return spoilt


def jawaban(answer, input):
    """Numbers without their thousands."""
    spoilt = copy.deepcopy(answer)
    for row in spoilt["jawaban"]:
        row["jawab"] = row["jawab"] / 1000 if not isinstance(row["jawab"], str) else row["jawab"][:4]
    return spoilt
