"""Every case of the corpus on the real engine, and its control: the wall taken away, the case bites."""

from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox.docker import DockerProvider
from tests.docker.hostile import honest, lifecycle, resources
from tests.docker.hostile.case import Hostile
from tests.docker.hostile.stage import Stage, expect, expect_always, loosened, stage

AREAS = {
    "resources": resources.CASES,
    "lifecycle": lifecycle.CASES,
    "honest": honest.CASES,
}
CASES = [pytest.param(case, id=f"{area}/{case.name}") for area, cases in AREAS.items() for case in cases]
CONTROLS = [
    pytest.param(case, id=f"{area}/{case.name}") for area, cases in AREAS.items() for case in cases if case.bites
]


@pytest.fixture(scope="module")
def playing(
    provider: DockerProvider, tmp_path_factory: pytest.TempPathFactory, leftovers: Callable[[], int]
) -> Iterator[Stage]:
    with stage(provider, tmp_path_factory.mktemp("hostile"), leftovers) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def nothing_lasting(engine: docker.APIClient, playing: Stage) -> Iterator[None]:
    """No volume and no network more than before, however many cases were played."""

    def lasting() -> set[str]:
        volumes = {volume["Name"] for volume in engine.volumes()["Volumes"] or ()}
        return volumes | {network["Id"] for network in engine.networks()}

    before = lasting()
    yield
    assert lasting() <= before


@pytest.mark.parametrize("case", CASES)
def test_the_worst_it_can_do_is_fail_itself(case: Hostile, playing: Stage) -> None:
    seen = playing.play(case)
    expect_always(seen, case.limits)
    expect(case.held, seen)


@pytest.mark.parametrize("case", CONTROLS)
def test_it_bites_without_its_wall(case: Hostile, playing: Stage) -> None:
    assert case.bites is not None
    limits = loosened(case)
    seen = playing.play(case, limits, case.change)
    expect_always(seen, limits)
    expect(case.bites, seen)


def test_an_honest_one_is_served_after_all_of_them(playing: Stage, tmp_path: Path) -> None:
    case = honest.CASES[0]
    expect(case.held, playing.play(case))
