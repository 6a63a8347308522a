"""How `estimate_panel` compares with the reference methods on panels whose truth is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from judging.panels import estimate_panel
from tests.simulation.methods import METHODS, Batch
from tests.simulation.panels import KINDS, Floats, Kind, draw

LEVEL = 0.90
_BATCH = 250
"""Panels that the reference methods take at once."""


@dataclass(frozen=True, slots=True)
class Row:
    """Means over the panels of a kind. Orders are compared with the true one by Kendall's tau-a.

    `reference` (by method) and `estimate` are taus; `behind` is the best reference less the estimate on the same
    panels, `behind_error` its standard error; `held` the share of intervals that hold the truth; `width` the mean of
    an interval's half in score units; `seconds` a panel.
    """

    kind: str
    panels: int
    reference: dict[str, float]
    estimate: float
    behind: float
    behind_error: float
    held: float
    width: float
    tied_flagged: float

    @property
    def best(self) -> str:
        """The name of the best reference."""
        return max(self.reference, key=self.reference.__getitem__)


def report(panels: int, *, kinds: Sequence[Kind] = KINDS, first_seed: int = 0) -> Iterator[Row]:
    """One row a kind, each from `panels` panels with the seeds from `first_seed` on."""
    for kind in kinds:
        drawn = [draw(kind, first_seed + n) for n in range(panels)]
        truth = np.array([panel.quality for panel in drawn])
        taus = {
            name: np.concatenate(
                [
                    kendall(truth[at : at + _BATCH], method(Batch.of(drawn[at : at + _BATCH])))
                    for at in range(0, panels, _BATCH)
                ]
            )
            for name, method in METHODS.items()
        }
        values, halves, tied = np.empty(truth.shape), np.empty(truth.shape), 0
        for n, panel in enumerate(drawn):
            found = estimate_panel(panel.rows(), level=LEVEL)  # type: ignore[arg-type]
            entries = [found.entries[i] for i in range(kind.teams)]  # type: ignore[index]
            values[n] = [entry.value for entry in entries]
            halves[n] = [(entry.high - entry.low) / 2 for entry in entries]
            tied += "tied" in found.flags
        ours = kendall(truth, values)
        best = max(taus, key=lambda name: taus[name].mean())
        behind = taus[best] - ours
        expected = np.array([panel.truth for panel in drawn])
        off = (values - values.mean(axis=1, keepdims=True)) - (expected - expected.mean(axis=1, keepdims=True))
        yield Row(
            kind=kind.name,
            panels=panels,
            reference={name: float(tau.mean()) for name, tau in taus.items()},
            estimate=float(ours.mean()),
            behind=float(behind.mean()),
            behind_error=float(behind.std() / np.sqrt(panels)),
            held=float((np.abs(off) <= halves).mean()),
            width=float(halves.mean()),
            tied_flagged=tied / panels,
        )


def kendall(truth: Floats, found: Floats) -> Floats:
    """Kendall's tau-a of each row: concordant less discordant pairs, over all pairs."""
    upper = np.triu_indices(truth.shape[1], 1)

    def signs(values: Floats) -> Floats:
        return np.sign(values[upper[0]] - values[upper[1]])

    return np.array([float((signs(t) * signs(f)).mean()) for t, f in zip(truth, found, strict=True)])


HEAD = (
    "| panels (teams, judges, reviews) | " + " | ".join(METHODS) + " | **estimate** | behind the best | 90 % hold |\n"
    "|---|" + "--:|" * (len(METHODS) + 3)
)
"""The head of the report as a Markdown table."""


def line(row: Row) -> str:
    """A row of the table."""
    (kind,) = (kind for kind in KINDS if kind.name == row.kind)
    taus = [f"{row.reference[name]:.3f}".lstrip("0") for name in METHODS]
    shape = f"{kind.name} ({kind.teams}, {kind.judges}, {kind.reviews})"
    ours = f"**{row.estimate:.3f}**".replace("*0.", "*.")
    behind = f"{row.behind:+.3f} ± {row.behind_error:.3f}"
    return f"| {shape} | {' | '.join(taus)} | {ours} | {behind} | {100 * row.held:.1f} % |"
