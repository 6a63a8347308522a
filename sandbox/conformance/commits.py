"""Checks that commits come only from hosts that were allowed, and that fetching ends when it is told to."""

from pathlib import Path

from sandbox.conformance.bench import LABEL, Bench, expect
from sandbox.errors import Cancelled
from sandbox.git import Fetched, GitLimits, GitStatus, Wanted
from sandbox.provider import Cancel

_LIMITS = GitLimits(seconds=60.0)
_WANTED = Wanted("https://git.invalid/desa/lapor", "0" * 40)


def fetches_from_no_other_host(bench: Bench) -> None:
    fetched, into = _fetch(bench)
    expect(fetched.status is GitStatus.HOST and fetched.files == 0, fetched)
    expect("git.invalid" in fetched.message.id and "lain.invalid" in fetched.message.en, fetched)
    expect(not into.exists(), into)
    bench.expect_nothing_left()


def stops_fetching_when_cancelled(bench: Bench) -> None:
    cancel = Cancel()
    cancel.set()
    try:
        _fetch(bench, cancel)
    except Cancelled:
        bench.expect_nothing_left()
        return
    expect(False, "a cancelled fetch went on")


def _fetch(bench: Bench, cancel: Cancel | None = None) -> tuple[Fetched, Path]:
    into = bench.source({}).with_suffix(".tar.gz")
    fetched = bench.provider.fetch_commit(
        _WANTED, into, hosts=("lain.invalid",), limits=_LIMITS, label=LABEL, cancel=cancel
    )
    return fetched, into


CHECKS = (fetches_from_no_other_host, stops_fetching_when_cancelled)
