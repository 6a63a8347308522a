"""What is kept of the shipped tasks' proofs is of these very tasks, and the page says what is kept."""

from pathlib import Path

import pytest

from frontend.cli.task_proof import proof_page
from hackathon import benchmarks
from sandbox.task_proof import Proof, judge, load_proof

PAGE = Path(__file__).parents[4] / "docs" / "proof.md"
SLUGS = sorted(benchmarks.available())


def kept(slug: str) -> Proof:
    found = load_proof(benchmarks.load(slug))
    assert found is not None, f"no proof of {slug}: gelanggang task proof {slug} --keep --page docs/proof.md"
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_task_is_proven_as_it_is(slug: str) -> None:
    proof = kept(slug)
    assert proof.fits(benchmarks.load(slug)), f"{slug} changed: prove it again"
    assert {specimen.order for specimen in proof.specimens} >= {0, 1, 2, 3}
    assert min(len(specimen.board) for specimen in proof.specimens) >= 5


@pytest.mark.parametrize("slug", SLUGS)
def test_better_prototypes_score_higher_and_both_sets_agree(slug: str) -> None:
    verdict = judge(kept(slug))
    assert verdict.order == 1.0
    assert verdict.agreement is not None
    assert verdict.agreement > 0.95


def test_the_page_says_what_is_kept() -> None:
    assert PAGE.read_text(encoding="utf-8") == proof_page([kept(slug) for slug in SLUGS])
