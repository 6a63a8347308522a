"""The fake keeps the contract of a provider."""

from pathlib import Path

import pytest

from sandbox.conformance import CHECKS, CLOSING_CHECKS, Bench, Check
from sandbox.fake import FakeProvider


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    provider = FakeProvider()
    return Bench(provider, tmp_path, lambda: provider.running)


@pytest.mark.parametrize("check", CHECKS + CLOSING_CHECKS, ids=lambda check: check.__name__)
def test_keeps_the_contract(check: Check, bench: Bench) -> None:
    check(bench)
