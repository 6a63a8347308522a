"""Quantiles of Student's t."""

from math import copysign, cos, expm1, pi, sqrt
from statistics import NormalDist


def student(probability: float, freedom: float) -> float:
    """The quantile of Student's t with `freedom` degrees (at least 1) at `probability` in (0, 1).

    Exact for 1 and 2 degrees, else the expansion of Hill (1970), "Algorithm 396: Student's t-quantiles", CACM 13(10),
    good to about six digits.
    """
    if probability == 0.5:
        return 0.0
    tail = 2 * min(probability, 1 - probability)
    if freedom < 1:
        raise ValueError("at least one degree of freedom")
    if freedom == 2:
        size = sqrt(2 / (tail * (2 - tail)) - 2)
    elif freedom == 1:
        angle = tail * pi / 2
        size = cos(angle) / sqrt(1 - cos(angle) ** 2)
    else:
        size = _hill(tail, freedom)
    return copysign(size, probability - 0.5)


def _hill(tail: float, n: float) -> float:
    a = 1 / (n - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * n
    x = d * tail
    y = x ** (2 / n)
    if y > 0.05 + a:
        x = NormalDist().inv_cdf(tail / 2)
        y = x * x
        if n < 5:
            c += 0.3 * (n - 4.5) * (x + 0.6)
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = a * y * y
        y = 0.5 * y * y + y if y <= 0.002 else expm1(y)
    else:
        y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (n + 1)
        y = y / (n + 2) + 1 / (x ** (2 / n))
    return sqrt(n * y)
