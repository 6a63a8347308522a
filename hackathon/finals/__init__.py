"""What judges score: each entry's submission as it was fixed at its deadline, and how it did on the final cases."""

from hackathon.finals.fixing import Fixer
from hackathon.finals.model import EntryFinal, FinalEvaluation, Judged, Overdue, Revision, Stage
from hackathon.finals.service import entry_final, finals_of, fix_due, judged, judged_of, overdue, results_of

__all__ = [
    "EntryFinal",
    "FinalEvaluation",
    "Fixer",
    "Judged",
    "Overdue",
    "Revision",
    "Stage",
    "entry_final",
    "finals_of",
    "fix_due",
    "judged",
    "judged_of",
    "overdue",
    "results_of",
]
