"""The tasks that this process knows: the shipped ones and those of the operator's own folder, loaded once."""

from pathlib import Path

from hackathon import benchmarks
from hackathon.evaluations.errors import PlanMismatch
from hackathon.evaluations.model import PlannedTask
from sandbox.errors import TaskInvalid
from sandbox.model import Case
from sandbox.task_proof import Proof, load_proof
from sandbox.task_words import TaskWords, load_words
from sandbox.tasks import Task, load_public_cases, load_task


class Catalog:
    """Tasks by slug. A task in `extra` goes before a shipped one of the same name. Safe to use from several threads.

    Loading reads files; from a coroutine call it in a thread.
    """

    def __init__(self, extra: Path | None = None) -> None:
        self._extra = extra
        self._tasks: dict[str, Task] = {}
        self._public: dict[str, tuple[Case, ...]] = {}
        self._words: dict[str, TaskWords] = {}
        self._proofs: dict[str, Proof | None] = {}

    def get(self, slug: str) -> Task:
        """The task of that slug. Raises TaskInvalid, also for an unknown one."""
        task = self._tasks.get(slug)
        if task is None:
            task = self._tasks[slug] = self._load(slug)
        return task

    def planned(self, planned: PlannedTask) -> Task:
        """The task exactly as a plan wants it. Raises PlanMismatch where this host has another, TaskInvalid."""
        task = self.get(planned.slug)
        if task.hash != planned.hash:
            # The files may have been brought up to date since this process read them.
            task = self._tasks[planned.slug] = self._load(planned.slug)
        if task.hash != planned.hash:
            raise PlanMismatch(
                planned.slug, f"{planned.version} ({planned.hash[:12]})", f"{task.version} ({task.hash[:12]})"
            )
        return task

    def public_cases(self, task: Task) -> tuple[Case, ...]:
        """The public cases of a task. Raises TaskInvalid."""
        cases = self._public.get(task.hash)
        if cases is None:
            cases = self._public[task.hash] = load_public_cases(task)
        return cases

    def words(self, task: Task) -> TaskWords:
        """What people read about a task. Raises TaskInvalid."""
        words = self._words.get(task.hash)
        if words is None:
            words = self._words[task.hash] = load_words(task)
        return words

    def proof(self, task: Task) -> Proof | None:
        """What the task's own prototypes scored on this very task; None where that is not known. Raises TaskInvalid."""
        if task.hash not in self._proofs:
            found = load_proof(task)
            self._proofs[task.hash] = found if found is not None and found.fits(task) else None
        return self._proofs[task.hash]

    def _load(self, slug: str) -> Task:
        # Compared with what is there, never joined: a slug may come from people.
        for path in [] if self._extra is None else self._extra.glob("*/task.toml"):
            if path.parent.name == slug:
                return load_task(path.parent)
        try:
            return benchmarks.load(slug)
        except KeyError:
            raise TaskInvalid(slug, "this host has no such task") from None
