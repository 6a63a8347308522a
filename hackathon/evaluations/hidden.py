"""Hidden cases, made from the event's seed inside the sandbox and kept in this worker's memory only."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from uuid import UUID

from hackathon.evaluations.errors import PlanMismatch, SeedMismatch
from hackathon.evaluations.model import Plan, PlannedTask
from sandbox.model import Case, CaseSet
from sandbox.tasks import Task

KEPT = 32
"""How many sets of cases are kept; the one not used for longest goes first."""

ReadSeed = Callable[[UUID, CaseSet], Awaitable[bytes]]
"""Reads an event's seed (32 bytes); each read is written down."""

Generate = Callable[[Task, CaseSet, bytes], Awaitable[tuple[Case, ...]]]
"""Makes the cases of a task from a seed."""


class HiddenCases:
    """Cases of hidden sets by task, set and seed; a seed is read only where its cases are not known yet."""

    def __init__(self, read_seed: ReadSeed) -> None:
        self._read_seed = read_seed
        self._known: OrderedDict[tuple[str, CaseSet, str, int], tuple[Case, ...]] = OrderedDict()
        self._making = asyncio.Lock()

    async def get(
        self, task: Task, planned: PlannedTask, plan: Plan, event_id: UUID, generate: Generate
    ) -> tuple[Case, ...]:
        """The cases of `task` that the plan wants.

        Raises SeedMismatch where the event's seed is not the plan's, PlanMismatch where the generator gives another
        number of cases, and what `generate` raises.
        """
        if plan.seed_sha256 is None:
            raise SeedMismatch(f"the plan of the {plan.case_set} set names no seed")
        key = (task.hash, plan.case_set, plan.seed_sha256, planned.cases)
        async with self._making:
            cases = self._known.get(key)
            if cases is None:
                seed = await self._read_seed(event_id, plan.case_set)
                if hashlib.sha256(seed).hexdigest() != plan.seed_sha256:
                    raise SeedMismatch(f"the event's seed of the {plan.case_set} set is not the one of the plan")
                cases = await generate(task, plan.case_set, seed)
                if len(cases) != planned.cases:
                    raise PlanMismatch(task.slug, f"{planned.cases} cases", f"{len(cases)}")
                self._known[key] = cases
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
        return cases
