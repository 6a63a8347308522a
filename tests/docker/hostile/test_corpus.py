"""Every case of the corpus on the real engine, and its control: the wall taken away, the case bites."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox.docker import DockerProvider
from tests.docker.hostile import archives, cheating, display, dockerfiles, honest, lifecycle, resources, surroundings
from tests.docker.hostile.case import Hostile, Outcome, app
from tests.docker.hostile.stage import Stage, expect, expect_always, loosened, stage

AREAS = {
    "resources": resources.CASES,
    "lifecycle": lifecycle.CASES,
    "network": surroundings.NETWORK,
    "host": surroundings.HOST,
    "archive": archives.CASES,
    "dockerfile": dockerfiles.CASES,
    "cheating": cheating.CASES,
    "display": display.CASES,
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
    seen = playing.seen(case, case.limits)
    expect_always(seen, case.limits)
    expect(case.held, seen)


@pytest.mark.parametrize("case", CONTROLS)
def test_it_bites_without_its_wall(case: Hostile, playing: Stage) -> None:
    assert case.bites is not None
    limits = loosened(case)
    seen = playing.seen(case, limits, case.change)
    expect_always(seen, limits)
    expect(case.bites, seen)


def test_a_grader_on_the_same_path_would_be_forged(tmp_path: Path) -> None:
    """The control of `brings-a-grader`: these files beside a test make what is wrong pass."""
    wrong = "def test_a():\n    assert False\n"
    (tmp_path / "test_sendiri.py").write_text(wrong)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_sendiri.py"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    assert subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True).returncode == 1
    (tmp_path / "conftest.py").write_text(cheating.BROUGHT["conftest.py"])
    assert subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True).returncode == 0


def test_nothing_is_left_for_the_next_run(playing: Stage) -> None:
    """A note of one evaluation is not there in the next of the same image."""
    before = "there = os.path.exists('/tmp/catatan')"
    files = app("saw = f'catatan {there}'\nopen('/tmp/catatan', 'a').write('x')", before)
    case = Hostile("note", "", Outcome(saw="catatan False"), files=files, unproven="two runs of one image")
    for _ in range(2):
        expect(case.held, playing.play(case, case.limits))


@pytest.mark.parametrize(("case", "inside"), archives.NAMED.items(), ids=lambda value: getattr(value, "name", ""))
def test_a_reader_that_checks_nothing_takes_the_name(case: Hostile, inside: str) -> None:
    assert case.archive is not None
    assert inside in archives.naive_names(case.archive())


def test_an_honest_one_is_served_after_all_of_them(playing: Stage) -> None:
    case = honest.CASES[0]
    expect(case.held, playing.play(case, case.limits))
