"""The village, made once for its tests."""

from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from sandbox.docker.owner import LABEL, OURS, OWNER, current
from tests.docker.git.host import NAME
from tests.docker.git.village import Village, open_village


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with open_village(tmp_path_factory.mktemp("desa")) as opened:
        yield opened


@pytest.fixture
def clean(village: Village, engine: docker.APIClient) -> Iterator[None]:
    """Each test begins with a well-behaved host, and leaves no container and no socket behind."""
    village.host.answers.clear()
    village.host.requests.clear()
    village.here.addresses.clear()
    village.here.asked.clear()
    village.here.reached.clear()
    village.hosts[:] = [NAME]
    yield
    found = engine.containers(all=True, filters={"label": [f"{OURS}=1", f"{OWNER}={current()}"]})
    assert [one for one in found if one["Labels"][LABEL] == "git-test"] == []
    assert list(Path("/tmp").glob("gelanggang-git-*/*")) == []
