"""Why entries cannot be given to judges.

AssignmentInfeasible        no plan keeps all constraints; names the one that is broken and whom it is about
Refusal
├── PlanInfeasible          the same as a refusal, with the judging group it is about
├── PlanMoved               (Conflict) what was looked at is no longer what would be done
├── AssignmentBarred        a conflict of interest stands between the two
├── AgencyAsked             whether their agencies are one is not answered
├── AssignmentDone          its scorecard is sent: it is reopened first
└── AssignmentUnknown       (NotFound) there is no such assignment, judge or entry
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from hackathon.errors import Conflict, NotFound, Refusal
from sandbox.model import Text


class Constraint(StrEnum):
    """What no plan can keep."""

    JUDGES = "judges"
    """An entry needs more judges than there are."""
    CONFLICTS = "conflicts"
    """Conflicts of interest leave an entry too few judges."""
    LOAD = "load"
    """All judges together may take fewer entries than are needed."""
    CONFLICTS_AND_LOAD = "conflicts_and_load"
    """Some entries are left to a few judges by conflicts, and those may not take as many."""
    EXISTING = "existing"
    """Work that is to stay is itself a conflict of interest."""


class AssignmentInfeasible(Exception):
    """No plan keeps all constraints.

    `entries`: the entries that cannot be given; `judges`: the only ones who could take them (for `EXISTING` those whose
    work is in conflict); `missing`: how many assignments at least there is no room for.
    """

    def __init__(
        self, constraint: Constraint, message: Text, *, entries: Sequence[UUID], judges: Sequence[UUID], missing: int
    ) -> None:
        super().__init__(f"{constraint}: {message.en}")
        self.constraint = constraint
        self.message = message
        self.entries = tuple(entries)
        self.judges = tuple(judges)
        self.missing = missing


class PlanInfeasible(Refusal):
    """There is no plan; `cause` says why, `group` names the judging group it is about, empty for those in none."""

    def __init__(self, cause: AssignmentInfeasible, group: str) -> None:
        told = (
            Text(id=f"Kelompok {group}: {cause.message.id}", en=f"Group {group}: {cause.message.en}")
            if group
            else cause.message
        )
        super().__init__(told, "plan_infeasible")
        self.cause = cause
        self.group = group


class PlanMoved(Conflict):
    """Something changed since the plan was looked at, so another one would be made."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Juri, peserta, atau penugasan berubah sejak rencana ini dihitung, jadi belum ada yang disimpan. "
                "Periksa rencana yang baru di bawah ini.",
                en="Judges, entries or assignments changed since this plan was made, so nothing was stored. "
                "Look at the new plan below.",
            ),
            "plan_moved",
        )


class AssignmentBarred(Refusal):
    """A conflict of interest keeps the judge from the entry."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Juri ini tidak boleh menilai peserta itu karena benturan kepentingan. Pilih juri lain.",
                en="A conflict of interest keeps this judge from that entry. Choose another judge.",
            ),
            "assignment_barred",
        )


class AgencyAsked(Refusal):
    """Nobody has said yet whether the judge's agency is the team's."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Instansi juri ini mungkin sama dengan instansi tim itu. Jawab dahulu pertanyaannya di tab Juri, "
                "Instansi yang mirip.",
                en="This judge's agency may be that team's. First answer the question in the tab Judges, Similar "
                "agencies.",
            ),
            "agency_asked",
        )


class AssignmentDone(Refusal):
    """The scorecard is sent."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lembar penilaiannya sudah dikirim. Buka kembali lembar itu dahulu dengan alasan, lalu cabut "
                "penugasannya.",
                en="Its scorecard has been sent. Reopen it first, with a reason, then withdraw the assignment.",
            ),
            "assignment_done",
        )


class AssignmentUnknown(NotFound):
    """There is no such assignment, or not the judge or the entry it would be of."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Penugasan, juri, atau peserta ini tidak ada di acara ini.",
                en="The event has no such assignment, judge or entry.",
            ),
            "assignment_unknown",
        )
