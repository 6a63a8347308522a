"""Hidden cases: made once, from the seed that the plan names and no other."""

import asyncio
import hashlib
from uuid import UUID, uuid4

import pytest

from hackathon import benchmarks
from hackathon.evaluations.errors import PlanMismatch, SeedMismatch
from hackathon.evaluations.hidden import KEPT, HiddenCases
from hackathon.evaluations.model import Plan, PlannedTask
from sandbox.limits import Limits
from sandbox.model import Case, CaseSet
from sandbox.tasks import Task

SEED = bytes(range(32))
EVENT = uuid4()


@pytest.fixture(scope="module")
def task() -> Task:
    return benchmarks.load("otomasi-formulir")


class Engine:
    """Makes cases from a seed, and remembers how often it was asked."""

    def __init__(self, count: int = 3) -> None:
        self.count = count
        self.made = 0
        self.seeds_read = 0

    async def read_seed(self, event_id: UUID, case_set: CaseSet) -> bytes:
        self.seeds_read += 1
        return SEED

    async def generate(self, task: Task, case_set: CaseSet, seed: bytes) -> tuple[Case, ...]:
        self.made += 1
        await asyncio.sleep(0)
        return tuple(Case(f"g{n}", {"seed": seed.hex()}) for n in range(self.count))


def plan(task: Task, *, seed: bytes = SEED, cases: int = 3) -> tuple[PlannedTask, Plan]:
    planned = PlannedTask(task.slug, task.version, task.hash, 1.0, cases)
    return planned, Plan(CaseSet.BOARD, (planned,), hashlib.sha256(seed).hexdigest(), Limits())


async def test_two_evaluations_at_once_read_the_seed_once(task: Task) -> None:
    engine = Engine()
    hidden = HiddenCases(engine.read_seed)
    wanted = plan(task)

    both = await asyncio.gather(*(hidden.get(task, *wanted, EVENT, engine.generate) for _ in range(2)))

    assert both[0] == both[1]
    assert len(both[0]) == 3
    assert (engine.seeds_read, engine.made) == (1, 1)


async def test_another_seed_than_the_plans_is_refused(task: Task) -> None:
    engine = Engine()

    with pytest.raises(SeedMismatch):
        await HiddenCases(engine.read_seed).get(task, *plan(task, seed=bytes(32)), EVENT, engine.generate)
    assert engine.made == 0


async def test_another_number_of_cases_than_planned_is_ours_to_mend(task: Task) -> None:
    engine = Engine(count=2)

    with pytest.raises(PlanMismatch, match="3 cases"):
        await HiddenCases(engine.read_seed).get(task, *plan(task), EVENT, engine.generate)


async def test_a_plan_without_a_seed_has_no_hidden_cases(task: Task) -> None:
    engine = Engine()
    planned, whole = plan(task)

    with pytest.raises(SeedMismatch):
        await HiddenCases(engine.read_seed).get(
            task, planned, Plan(whole.case_set, whole.tasks, None, whole.limits), EVENT, engine.generate
        )


async def test_sets_not_used_for_longest_are_forgotten_first(task: Task) -> None:
    engine = Engine()
    hidden = HiddenCases(engine.read_seed)
    for count in range(1, KEPT + 2):
        engine.count = count
        await hidden.get(task, *plan(task, cases=count), EVENT, engine.generate)
    made = engine.made

    engine.count = KEPT + 1
    await hidden.get(task, *plan(task, cases=KEPT + 1), EVENT, engine.generate)
    assert engine.made == made
    engine.count = 1
    await hidden.get(task, *plan(task, cases=1), EVENT, engine.generate)
    assert engine.made == made + 1
