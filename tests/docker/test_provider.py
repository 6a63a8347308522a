"""The Docker provider keeps the contract of a provider."""

from collections.abc import Callable
from pathlib import Path

import docker
import pytest

from sandbox.conformance import CHECKS, CLOSING_CHECKS, Bench, Check
from sandbox.docker import DockerProvider
from sandbox.docker.owner import OURS, OWNER, current


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_keeps_the_contract(check: Check, bench: Bench) -> None:
    check(bench)


@pytest.mark.parametrize("check", CLOSING_CHECKS, ids=lambda check: check.__name__)
def test_keeps_the_contract_at_its_end(check: Check, tmp_path: Path, leftovers: Callable[[], int]) -> None:
    check(Bench(DockerProvider(graders=1), tmp_path, leftovers))


def test_takes_its_graders_along_when_it_closes(engine: docker.APIClient) -> None:
    def ours() -> set[str]:
        return {found["Id"] for found in engine.containers(all=True, filters={"label": [OURS, f"{OWNER}={current()}"]})}

    before = ours()
    provider = DockerProvider(graders=2)
    provider.warm()
    assert len(ours() - before) == 2
    provider.close()
    assert ours() <= before
