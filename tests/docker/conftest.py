"""The real engine. One provider for all tests that do not end it: graders are warm as they are in a worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox.conformance import Bench
from sandbox.docker import DockerProvider
from sandbox.docker.leftovers import work
from sandbox.docker.owner import OURS, OWNER, current


@pytest.fixture(scope="session")
def engine() -> Iterator[docker.APIClient]:
    """A client of our own, to look at what the provider does."""
    client = docker.APIClient(version="auto", **docker.utils.kwargs_from_env())
    yield client
    client.close()


@pytest.fixture(scope="session")
def provider(engine: docker.APIClient) -> Iterator[DockerProvider]:
    """Takes the images it built away again at the end."""
    provider = DockerProvider(graders=2)
    provider.warm()
    yield provider
    for image in engine.images(filters={"label": f"{OWNER}={current()}"}):
        provider.remove_image(image["Id"])
    provider.close()


@pytest.fixture(scope="session")
def leftovers(engine: docker.APIClient) -> Callable[[], int]:
    """How many containers of this process there are, those made ahead not counted."""

    def count() -> int:
        found = engine.containers(all=True, filters={"label": [f"{OURS}=1", f"{OWNER}={current()}"]})
        return len(work(found))

    return count


@pytest.fixture
def bench(provider: DockerProvider, tmp_path: Path, leftovers: Callable[[], int]) -> Bench:
    return Bench(provider, tmp_path, leftovers)
