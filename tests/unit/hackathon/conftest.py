"""A shipped task for the module that names it: `SLUG = "ringkasan-kebijakan"`."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hackathon import benchmarks
from sandbox.model import Case
from sandbox.tasks import Task, load_public_cases
from tests.benchmark import as_cases, modules_of


@pytest.fixture(scope="module")
def task(request: pytest.FixtureRequest) -> Task:
    return benchmarks.load(request.module.SLUG)


@pytest.fixture(scope="module")
def modules(task: Task) -> Iterator[Callable[[str], Any]]:
    with modules_of(task.folder) as load:
        yield load


@pytest.fixture(scope="module")
def public(task: Task) -> tuple[Case, ...]:
    return load_public_cases(task)


@pytest.fixture(scope="module")
def hidden(modules: Callable[[str], Any]) -> tuple[Case, ...]:
    """What five seeds give, 60 each."""
    return as_cases([row for seed in range(5) for row in modules("generate").generate(bytes([seed]) * 32, 60)])


@pytest.fixture(scope="module")
def test(task: Task, modules: Callable[[str], Any]) -> Callable[..., None]:
    """The task's one measurement."""
    names = [name.removesuffix(".py") for name in task.files if name.startswith("test_")]
    (found,) = [one for name in names for key, one in vars(modules(name)).items() if key.startswith("test_")]
    measurement: Callable[..., None] = found
    return measurement
