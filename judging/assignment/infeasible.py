"""The words for what no plan can keep."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np

from judging.assignment.errors import AssignmentInfeasible, Constraint
from judging.assignment.model import Assignment
from judging.assignment.plan import Plan
from sandbox.model import Text


def existing_conflict(found: Sequence[Assignment]) -> AssignmentInfeasible:
    """Work that is to stay is in conflict."""
    return AssignmentInfeasible(
        Constraint.EXISTING,
        Text(
            id=f"{len(found)} penilaian yang harus tetap ternyata terkena benturan kepentingan. Cabut dahulu "
            "penugasannya, lalu bagi ulang.",
            en=f"{len(found)} assignments that are to stay are conflicts of interest. Withdraw them first, then assign "
            "again.",
        ),
        entries=_sorted({a.entry_id for a in found}),
        judges=_sorted({a.judge_id for a in found}),
        missing=len(found),
    )


def too_few_judges(plan: Plan, entries: Sequence[UUID], first: int, active: int, k: int) -> AssignmentInfeasible:
    """Entries that fewer than `k` judges may take, whatever the loads."""
    there = int((plan.allowed[first] | plan.given[first]).sum())
    missing = int(np.maximum(plan.lacking - (plan.allowed & ~plan.given).sum(axis=1), 0).sum())
    if active < k:
        return AssignmentInfeasible(
            Constraint.JUDGES,
            Text(
                id=f"Setiap peserta perlu {k} juri, tetapi hanya ada {active}. Tambah juri atau kurangi jumlahnya.",
                en=f"Each entry needs {k} judges, but there are only {active}. Add judges or ask for fewer.",
            ),
            entries=_sorted(entries),
            judges=(),
            missing=missing,
        )
    return AssignmentInfeasible(
        Constraint.CONFLICTS,
        Text(
            id=f"{len(entries)} peserta kekurangan juri karena benturan kepentingan: perlu {k}, hanya {there} yang "
            "boleh menilai. Tambah juri dari instansi lain.",
            en=f"Conflicts of interest leave {len(entries)} entries too few judges: {k} are needed, only {there} may "
            "judge. Add judges of other agencies.",
        ),
        entries=_sorted(entries),
        judges=(),
        missing=missing,
    )


def no_room(
    plan: Plan, entry_ids: Sequence[UUID], judge_ids: Sequence[UUID], full: Sequence[int]
) -> AssignmentInfeasible:
    """All judges in `full` are at their limit, and nobody else may take what they have: the cut of the flow."""
    outside = np.ones(len(judge_ids), dtype=np.bool_)
    outside[list(full)] = False
    missing = int(plan.lacking.sum() - np.maximum(plan.limit - plan.load, 0).sum())
    if not (outside & plan.allowed.any(axis=0)).any():
        return AssignmentInfeasible(
            Constraint.LOAD,
            Text(
                id=f"Beban juri tidak cukup: masih ada {max(missing, 1)} penilaian tanpa juri. Tambah juri, naikkan "
                "batas beban, atau kurangi juri per peserta.",
                en=f"The judges' loads do not suffice: {max(missing, 1)} assignments have no judge. Add judges, raise "
                "the limit, or ask for fewer judges an entry.",
            ),
            entries=_sorted(entry_ids[int(i)] for i in np.flatnonzero(plan.lacking > 0)),
            judges=_sorted(judge_ids[j] for j in full),
            missing=max(missing, 1),
        )
    # Entries that only these judges may still take: whoever else may take them already has them.
    only_here = ~((plan.allowed & ~plan.given)[:, outside].any(axis=1)) & (plan.allowed & ~plan.fixed).any(axis=1)
    bound = np.flatnonzero(only_here & ((plan.lacking > 0) | plan.given[:, list(full)].any(axis=1)))
    return AssignmentInfeasible(
        Constraint.CONFLICTS_AND_LOAD,
        Text(
            id=f"{bound.size} peserta hanya boleh dinilai oleh {len(full)} juri ini, dan batas beban mereka sudah "
            "penuh. Tambah juri yang boleh menilainya atau naikkan batas beban.",
            en=f"Only these {len(full)} judges may take {bound.size} of the entries, and their loads are full. Add "
            "judges who may take them or raise the limit.",
        ),
        entries=_sorted(entry_ids[int(i)] for i in bound),
        judges=_sorted(judge_ids[j] for j in full),
        missing=1,
    )


def _sorted(ids: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(ids, key=str))
