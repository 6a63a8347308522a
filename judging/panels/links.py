"""Sums over the scores of an entry, of a judge, and of each pair of judges who share an entry; many rows at once."""

from dataclasses import dataclass

import numpy as np

from judging.panels.table import Floats, Integers, Table

_MOST_PAIRS = 400_000
"""Above it (each judge saw nearly everything) a product of full matrices is quicker than a list of pairs."""


@dataclass(frozen=True, slots=True)
class Links:
    """Who scored whom. Arrays that a method takes are (K, N): K rows of one value a score, in the table's order.

    `seen` (E) and `load` (J) count scores.
    """

    entry: Integers
    judge: Integers
    seen: Floats
    load: Floats
    _entry_starts: Integers
    _judge_order: Integers
    _judge_starts: Integers
    _one: Integers
    _other: Integers
    _cells: Integers
    _cell_starts: Integers

    @classmethod
    def of(cls, table: Table) -> "Links":
        entries, judges = table.shape
        seen = np.bincount(table.entry, minlength=entries)
        load = np.bincount(table.judge, minlength=judges)
        entry_starts = np.concatenate([[0], np.cumsum(seen)[:-1]])
        judge_order = np.argsort(table.judge, kind="stable")
        one = other = cells = cell_starts = np.zeros(0, dtype=np.int64)
        if int((seen**2).sum()) <= _MOST_PAIRS:
            # All ordered pairs of scores of one entry, sorted by their two judges.
            width = seen[table.entry]
            one = np.repeat(np.arange(len(table.score)), width)
            first = np.repeat(np.cumsum(width) - width, width)
            other = entry_starts[table.entry[one]] + np.arange(len(one)) - first
            cell = table.judge[one] * judges + table.judge[other]
            order = np.argsort(cell, kind="stable")
            one, other = one[order], other[order]
            cells, cell_starts = np.unique(cell[order], return_index=True)
        return cls(
            entry=table.entry,
            judge=table.judge,
            seen=seen.astype(np.float64),
            load=load.astype(np.float64),
            _entry_starts=entry_starts,
            _judge_order=judge_order,
            _judge_starts=np.concatenate([[0], np.cumsum(load)[:-1]]),
            _one=one,
            _other=other,
            _cells=cells,
            _cell_starts=cell_starts,
        )

    def by_entry(self, values: Floats) -> Floats:
        """Sums over the scores of each entry (K, E)."""
        sums: Floats = np.add.reduceat(values, self._entry_starts, axis=-1)
        return sums

    def by_judge(self, values: Floats) -> Floats:
        """Sums over the scores of each judge (K, J)."""
        sums: Floats = np.add.reduceat(values[..., self._judge_order], self._judge_starts, axis=-1)
        return sums

    def by_pair(self, values: Floats, weights: Floats) -> Floats:
        """For judges a, b the sum over their common entries of weight[entry] * value[a] * value[b] (K, J, J)."""
        judges = len(self.load)
        sums = np.zeros((len(values), judges * judges))
        if len(self._cells):
            products = values[:, self._one] * (weights[:, self.entry] * values)[:, self._other]
            sums[:, self._cells] = np.add.reduceat(products, self._cell_starts, axis=1)
            return sums.reshape(-1, judges, judges)
        full = sums.reshape(-1, judges, judges)
        for k, (row, weight) in enumerate(zip(values, weights, strict=True)):
            matrix = self.full(row)
            full[k] = matrix.T @ (weight[:, None] * matrix)
        return full

    def full(self, values: Floats) -> Floats:
        """One value a score (N) as a matrix of entries by judges, 0 where there is no score."""
        matrix = np.zeros((len(self.seen), len(self.load)))
        matrix[self.entry, self.judge] = values
        return matrix
