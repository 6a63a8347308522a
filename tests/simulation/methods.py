"""The methods that `estimate_panel` is held against, each for many panels of a kind at once.

All take `Batch` and give the entries' estimated standing (panels, teams); only the order matters.
"""

from dataclasses import dataclass

import numpy as np

from tests.simulation.panels import Floats, Integers, Kind, Panel


@dataclass(frozen=True, slots=True)
class Batch:
    """Panels of one kind, their indices shifted so that each entry and judge of each panel has its own number."""

    kind: Kind
    entry: Integers
    judge: Integers
    score: Floats
    size: int

    @classmethod
    def of(cls, panels: list[Panel]) -> "Batch":
        kind = panels[0].kind
        entry = np.concatenate([p.entry + n * kind.teams for n, p in enumerate(panels)])
        judge = np.concatenate([p.judge + n * kind.judges for n, p in enumerate(panels)])
        return cls(kind, entry, judge, np.concatenate([p.score for p in panels]), len(panels))

    def by_entry(self, values: Floats) -> Floats:
        return np.bincount(self.entry, values, self.size * self.kind.teams)

    def by_judge(self, values: Floats) -> Floats:
        return np.bincount(self.judge, values, self.size * self.kind.judges)

    def by_panel(self, values: Floats) -> Floats:
        return np.bincount(self.judge // self.kind.judges, values, self.size)

    def shaped(self, entries: Floats) -> Floats:
        return entries.reshape(self.size, self.kind.teams)


def raw_mean(batch: Batch) -> Floats:
    """The plain mean."""
    return batch.shaped(batch.by_entry(batch.score) / batch.by_entry(np.ones(len(batch.score))))


def centred(batch: Batch) -> Floats:
    """The mean of scores less their judge's mean."""
    return raw_mean(_with(batch, _centred_scores(batch)))


def z_scores(batch: Batch) -> Floats:
    """The mean of scores less their judge's mean, over their judge's standard deviation."""
    scores = _centred_scores(batch)
    spread = np.sqrt(batch.by_judge(scores**2) / np.maximum(batch.by_judge(np.ones(len(scores))), 1))
    return raw_mean(_with(batch, scores / np.maximum(spread, 1e-9)[batch.judge]))


def least_squares(batch: Batch) -> Floats:
    """Two-way least squares, entries and judges fixed; the shortest solution where the panel is not connected."""
    kind, size = batch.kind, batch.size
    per_panel = len(batch.score) // size
    found = np.empty((size, kind.teams))
    for n in range(size):
        rows = slice(n * per_panel, (n + 1) * per_panel)
        entry, judge = batch.entry[rows] - n * kind.teams, batch.judge[rows] - n * kind.judges
        seen = np.zeros((kind.teams, kind.judges))
        seen[entry, judge] = 1
        scores = np.zeros_like(seen)
        scores[entry, judge] = batch.score[rows]
        count = seen.sum(axis=1)
        left = np.diag(seen.sum(axis=0)) - seen.T @ (seen / count[:, None])
        right = scores.sum(axis=0) - seen.T @ (scores.sum(axis=1) / count)
        generosity = np.linalg.lstsq(left, right, rcond=1e-9)[0]
        found[n] = (scores.sum(axis=1) - seen @ generosity) / count
    return found


def shrinkage(batch: Batch) -> Floats:
    """Entries and judges random, variances estimated: best linear unbiased prediction, averaged over the variances."""
    return gibbs(batch, spread=False, reliability=False)


def bayesian(batch: Batch) -> Floats:
    """Severity, spread and reliability of each judge, by sampling."""
    return gibbs(batch, spread=True, reliability=True)


def gibbs(batch: Batch, *, spread: bool, reliability: bool, draws: int = 400, burn_in: int = 150) -> Floats:
    """Posterior means of the qualities by Gibbs sampling (Gelfand and Smith 1990), all panels side by side."""
    random = np.random.default_rng([17, int(spread), int(reliability)])
    kind, size, n = batch.kind, batch.size, len(batch.score)
    entries, judges = size * kind.teams, size * kind.judges
    panel_of_entry = np.repeat(np.arange(size), kind.teams)
    panel_of_judge = np.repeat(np.arange(size), kind.judges)
    panel = panel_of_judge[batch.judge]
    ones = np.ones(n)
    per_panel = batch.by_panel(ones)
    mean = batch.by_panel(batch.score) / per_panel
    scale = np.sqrt(batch.by_panel((batch.score - mean[panel]) ** 2) / per_panel)
    y = (batch.score - mean[panel]) / scale[panel]
    level = np.zeros(size)
    quality, generosity, slope = np.zeros(entries), np.zeros(judges), np.ones(judges)
    quality_v, judge_v, error_v, slope_v = np.full(size, 0.4), np.full(size, 0.3), np.full(size, 0.3), 0.09
    noise = error_v[panel_of_judge]
    total = np.zeros(entries)
    freedom = 4.0
    judge_count = batch.by_judge(ones)
    for draw in range(draws + burn_in):
        precision = 1 / noise[batch.judge]
        b = slope[batch.judge]
        rest = y - level[panel] - generosity[batch.judge]
        variance = 1 / (batch.by_entry(b * b * precision) + 1 / quality_v[panel_of_entry])
        quality = variance * batch.by_entry(b * precision * rest) + np.sqrt(variance) * random.normal(size=entries)
        q = quality[batch.entry]
        rest = y - level[panel] - b * q
        variance = 1 / (batch.by_judge(precision) + 1 / judge_v[panel_of_judge])
        generosity = variance * batch.by_judge(precision * rest) + np.sqrt(variance) * random.normal(size=judges)
        g = generosity[batch.judge]
        if spread:
            variance = 1 / (batch.by_judge(q * q * precision) + 1 / slope_v)
            rest = y - level[panel] - g
            slope = variance * (batch.by_judge(q * precision * rest) + 1 / slope_v)
            slope += np.sqrt(variance) * random.normal(size=judges)
            b = slope[batch.judge]
        rest = y - g - b * q
        variance = 1 / batch.by_panel(precision)
        level = variance * batch.by_panel(precision * rest) + np.sqrt(variance) * random.normal(size=size)
        squares = (rest - level[panel]) ** 2
        if reliability:
            residual = batch.by_judge(squares)
            prior = freedom * error_v[panel_of_judge]
            noise = (prior + residual) / random.chisquare(freedom + judge_count)
            shape = freedom * kind.judges / 2 + 1
            rate = freedom / 2 * np.add.reduceat(1 / noise, np.arange(0, judges, kind.judges)) + 1
            error_v = random.gamma(shape, size=size) / rate
        else:
            error_v = (0.1 + batch.by_panel(squares)) / random.chisquare(1 + per_panel)
            noise = error_v[panel_of_judge]
        by_team = np.add.reduceat(quality**2, np.arange(0, entries, kind.teams))
        by_judge = np.add.reduceat(generosity**2, np.arange(0, judges, kind.judges))
        quality_v = (0.2 + by_team) / random.chisquare(1 + kind.teams, size=size)
        judge_v = (0.1 + by_judge) / random.chisquare(1 + kind.judges, size=size)
        if draw >= burn_in:
            total += quality
    return batch.shaped(total / draws)


def _centred_scores(batch: Batch) -> Floats:
    count = np.maximum(batch.by_judge(np.ones(len(batch.score))), 1)
    return batch.score - (batch.by_judge(batch.score) / count)[batch.judge]


def _with(batch: Batch, score: Floats) -> Batch:
    return Batch(batch.kind, batch.entry, batch.judge, score, batch.size)


METHODS = {
    "raw": raw_mean,
    "centred": centred,
    "z": z_scores,
    "least squares": least_squares,
    "shrinkage": shrinkage,
    "bayesian": bayesian,
}
