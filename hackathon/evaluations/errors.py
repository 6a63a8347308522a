"""What can go wrong with an evaluation on our side. The team's failures are values (`sandbox.model.Status`)."""


class EvaluationError(Exception):
    """Base of everything raised here. Never charged to a team; the evaluation goes back to the queue."""


class StaleLease(EvaluationError):
    """A write did not match (evaluation, attempt, worker): somebody else has the work. Write nothing, clean up."""


class PlanMismatch(EvaluationError):
    """The task on this host is not the one of the plan: this host has other files than the one that planned."""

    def __init__(self, slug: str, planned: str, found: str) -> None:
        super().__init__(f"task {slug}: the plan wants {planned}, this host has {found}")
        self.slug = slug


class SeedMismatch(EvaluationError):
    """The event's seed is not the one of the plan."""


class ImageAway(EvaluationError):
    """What is judged ran from an image that is neither saved yet nor here: a rebuild is not the same program."""

    def __init__(self, image: str) -> None:
        super().__init__(f"the judged image {image} is on another machine and not saved yet")


class ImageLost(EvaluationError):
    """What is judged ran from an image that is gone, and it cannot be made again: that is not its team's failure."""

    def __init__(self, image: str, message: str) -> None:
        super().__init__(f"the judged image {image} is gone and cannot be built again: {message}")


class NothingToPlan(EvaluationError):
    """The track names no task, so there is nothing a submission could be evaluated on."""


class TaskBroken(EvaluationError):
    """The task's own test failed on a case, so the run says nothing about the prototype."""

    def __init__(self, slug: str, case_id: str) -> None:
        super().__init__(f"task {slug}: its own test broke at case {case_id}")
        self.slug = slug


class HandedBack(EvaluationError):
    """The worker is ending and gave the work back. Not a failure: nothing is counted."""
