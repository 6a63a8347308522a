"""The evaluation of submissions: queue, worker, scores, and what people see of it meanwhile.

`run_worker` stands in `hackathon.evaluations.worker`: only the worker process needs it.
"""

from hackathon.evaluations.cases import public_cases
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.errors import EvaluationError, NothingToPlan, StaleLease
from hackathon.evaluations.model import Evaluated, State, Trouble
from hackathon.evaluations.progress import EvaluationProgress, Log, Progress, TaskProgress, read_log, status_of
from hackathon.evaluations.repeating import EvaluationUnderWay, EvaluationUnknown, ReasonInvalid, retry
from hackathon.evaluations.service import enqueue, enqueue_final, finished_finals, latest_evaluated, troubles
from hackathon.evaluations.steps import Step, StepName, StepState
from hackathon.evaluations.versions import Version, counting, versions_of
from hackathon.evaluations.workers import workers_there

__all__ = [
    "Catalog",
    "Evaluated",
    "EvaluationError",
    "EvaluationProgress",
    "EvaluationUnderWay",
    "EvaluationUnknown",
    "Log",
    "NothingToPlan",
    "Progress",
    "ReasonInvalid",
    "StaleLease",
    "State",
    "Step",
    "StepName",
    "StepState",
    "TaskProgress",
    "Trouble",
    "Version",
    "counting",
    "enqueue",
    "enqueue_final",
    "finished_finals",
    "latest_evaluated",
    "public_cases",
    "read_log",
    "retry",
    "status_of",
    "troubles",
    "versions_of",
    "workers_there",
]
