"""The variances of a panel: their mode, and a few weighted points around it that stand for their whole distribution."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from judging.panels.table import Floats

Density = Callable[[Floats], Floats]
"""Log densities (K) of K rows of variances."""

_STEP = 0.05
_ITERATIONS = 30
_LONGEST = 1.5
"""No Newton step moves a logarithm of a variance further than this."""
_FLATTEST = 0.15
"""Least curvature taken for true: beyond it the prior ends what the scores leave open."""


@dataclass(frozen=True, slots=True)
class Mode:
    """The mode (D), and the negative Hessian of the log density there (D, D), positive definite."""

    at: Floats
    curvature: Floats
    density: float


def climb(density: Density, start: Floats, *, iterations: int = _ITERATIONS) -> Mode:
    """Newton's method with differences and damping, from `start`: each iteration asks for all its points at once."""
    at = start.copy()
    size = len(at)
    pairs = list(combinations(range(size), 2))
    steps = np.vstack(
        [np.zeros(size), *(_STEP * np.eye(size)), *(-_STEP * np.eye(size)), *(_STEP * _both(size, *p) for p in pairs)]
    )
    curvature = np.eye(size)
    value = -np.inf
    for _ in range(iterations):
        values = density(at + steps)
        value = float(values[0])
        ahead, behind = values[1 : size + 1], values[size + 1 : 2 * size + 1]
        gradient = (ahead - behind) / (2 * _STEP)
        hessian = np.diag((ahead + behind - 2 * value) / _STEP**2)
        for (a, b), both in zip(pairs, values[2 * size + 1 :], strict=True):
            hessian[a, b] = hessian[b, a] = (both - ahead[a] - ahead[b] + value) / _STEP**2
        curvature = _positive(-hessian)
        move = np.linalg.solve(curvature, gradient)
        length = float(np.abs(move).max())
        if length > _LONGEST:
            move *= _LONGEST / length
        if length < 1e-3:
            break
        shares = 0.5 ** np.arange(5)
        tried = density(at + shares[:, None] * move)
        best = int(np.argmax(tried))
        if tried[best] <= value:
            break
        at = at + shares[best] * move
    return Mode(at=at, curvature=curvature, density=value)


def spread(density: Density, mode: Mode) -> tuple[Floats, Floats]:
    """Points (K, D) around a mode with their weights (K, sum 1).

    The central composite design of Rue, Martino and Chopin (2009), "Approximate Bayesian inference for latent Gaussian
    models by using integrated nested Laplace approximations", section 6.5: mode, stars and corners of a sphere.
    """
    size = len(mode.at)
    values, vectors = np.linalg.eigh(mode.curvature)
    axes = vectors / np.sqrt(values)
    radius = 1.1 * np.sqrt(size)
    stars = np.vstack([np.eye(size), -np.eye(size)])
    signs = np.array(np.meshgrid(*[[-1.0, 1.0]] * size)).reshape(size, -1).T
    sphere = radius * np.vstack([stars, signs / np.sqrt(size)])
    points = np.vstack([mode.at, mode.at + sphere @ axes.T])
    found = density(points)
    # Weights of the design that integrate a normal density's mass and variances exactly.
    f2 = 1.1**2
    outer = 1 / (len(sphere) * f2 * np.exp(-size * f2 / 2))
    inner = 1 - 1 / f2
    weights = np.exp(found - found.max())
    weights[0] *= inner
    weights[1:] *= outer
    return points, weights / weights.sum()


def _both(size: int, a: int, b: int) -> Floats:
    step = np.zeros(size)
    step[[a, b]] = 1
    return step


def _positive(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh(matrix)
    made: Floats = (vectors * np.maximum(np.abs(values), _FLATTEST)) @ vectors.T
    return made
