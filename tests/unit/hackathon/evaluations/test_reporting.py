"""Logs on their way to the object store: never an older one over a newer, never without an end."""

import asyncio
from uuid import uuid4

import pytest

from hackathon import benchmarks
from hackathon.evaluations.errors import StaleLease
from hackathon.evaluations.leases import Held
from hackathon.evaluations.model import Claim, Fence
from hackathon.evaluations.reporting import LOG_BYTES, Counted, Reporter
from sandbox.model import Case, CaseResult, CaseSet
from sandbox.provider import Job

KEY = "logs/1.log"


class Store:
    """An object store whose next writes take as long as they are told to."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.delays: list[float] = []

    async def put(self, key: str, data: bytes) -> None:
        if self.delays:
            await asyncio.sleep(self.delays.pop(0))
        self.objects[key] = data


@pytest.fixture
def held() -> Held:
    ids = [uuid4() for _ in range(5)]
    return Held(Claim(*ids, object_key="archives/1", evaluations=()))


async def test_a_slow_write_does_not_land_on_a_newer_one(held: Held) -> None:
    store = Store()
    store.delays = [0.05, 0.0]
    async with Reporter(held, store, KEY) as reporter:
        reporter.feed(b"satu\n")
        early = asyncio.create_task(reporter.flush_log())
        await asyncio.sleep(0.01)
        reporter.feed(b"dua\n")
        await reporter.flush_log()
        await early

    assert store.objects == {KEY: b"satu\ndua\n"}


async def test_bytes_from_other_threads_keep_their_order(held: Held) -> None:
    store = Store()
    async with Reporter(held, store, KEY) as reporter:

        def talk() -> None:
            for number in range(500):
                reporter.feed(b"%d\n" % number)

        await asyncio.to_thread(talk)
        await reporter.flush_log()

    assert store.objects[KEY] == b"".join(b"%d\n" % number for number in range(500))


async def test_a_log_without_end_is_cut(held: Held) -> None:
    store = Store()
    async with Reporter(held, store, KEY) as reporter:
        for _ in range(8):
            reporter.feed(b"x" * (LOG_BYTES // 4))
        assert reporter.log_size == LOG_BYTES
        await reporter.flush_log()

    assert len(store.objects[KEY]) == LOG_BYTES


async def test_a_worker_that_lost_its_lease_writes_no_log(held: Held) -> None:
    store = Store()
    async with Reporter(held, store, KEY) as reporter:
        reporter.feed(b"satu")
        held.lose()
        with pytest.raises(StaleLease):
            await reporter.flush_log()

    assert store.objects == {}


async def test_nothing_said_is_nothing_written(held: Held) -> None:
    store = Store()
    async with Reporter(held, store, KEY) as reporter:
        await reporter.flush_log()

    assert store.objects == {}


@pytest.mark.parametrize("case_set", [CaseSet.BOARD, CaseSet.FINAL])
def test_of_hidden_cases_nobody_learns_which_passed(case_set: CaseSet) -> None:
    cases = tuple(Case(id=f"rahasia-{number}", input={"teks": "isi"}, expected="isi") for number in range(4))
    counted = Counted(Fence(uuid4(), 1, uuid4()), Job(benchmarks.load("otomasi-formulir"), case_set, cases))
    told = []
    for case, passed in zip(cases, (True, False, True, True), strict=True):
        counted.count(CaseResult(case.id, passed=passed, seconds=0.1))
        told.append(counted.as_progress())
    assert told == [{"task": "otomasi-formulir", "done": n, "passed": 0, "total": 4} for n in (1, 2, 3, 4)]


def test_of_public_cases_everything_is_told() -> None:
    case = Case(id="p1", input={"teks": "isi"}, expected="isi")
    counted = Counted(Fence(uuid4(), 1, uuid4()), Job(benchmarks.load("otomasi-formulir"), CaseSet.PUBLIC, (case,)))
    counted.count(CaseResult("p1", passed=True, seconds=0.1, got={"isian": {}}))
    told = counted.as_progress()
    assert (told["done"], told["passed"], told["total"]) == (1, 1, 1)
    assert (told["cases"][0]["got"], told["cases"][0]["expected"]) == ({"isian": {}}, "isi")
