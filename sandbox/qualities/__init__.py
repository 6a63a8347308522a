"""What is measured of every prototype beside its score: robustness, consistency, efficiency, productivity.

None of it is part of the score. A sample of an evaluation's cases is put to the prototype once more after all scored
ones, unchanged and in other words (`probing`); what came of it is put together here.
"""

from sandbox.qualities.measuring import measure
from sandbox.qualities.model import FOURFOLD, Efficiency, Productivity, Qualities, Sampled
from sandbox.qualities.probing import Probe, case_seed, prepare_probe, probe_of, sample_of
from sandbox.qualities.productivity import TaskTimes, productivity_of, times_of

__all__ = [
    "FOURFOLD",
    "Efficiency",
    "Probe",
    "Productivity",
    "Qualities",
    "Sampled",
    "TaskTimes",
    "case_seed",
    "measure",
    "prepare_probe",
    "probe_of",
    "productivity_of",
    "sample_of",
    "times_of",
]
