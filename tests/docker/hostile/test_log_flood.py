"""What a flood of output costs others: the engine copies every piece of it, so its budget bounds the engine's work."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.conformance import Bench, samples
from sandbox.limits import KIB, RunLimits
from sandbox.model import CaseSet, Status
from sandbox.provider import Job

_BUDGET = 256 * KIB
_TICKS = 100
# Of processor time, which a busy machine does not stretch: some tenths each. Without a budget the single bytes alone
# cost more than that every ten seconds, as long as the run lasts.
_MOST_SECONDS = 3.0


def engine_seconds() -> float:
    """Processor time that the engine has used since it was started."""
    total = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                name = (process / "comm").read_text().strip()
                fields = (process / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            # A shim is told by its parent's count once it has ended.
            if name in ("dockerd", "containerd", "containerd-shim"):
                total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


@pytest.mark.parametrize(
    "flood",
    [
        "os.write(1, b'x' * 65536)",
        "os.write(2, b'baris\\n')",
        "os.write(1, b'x')",
        "os.write(1, b'\\0'); os.write(2, b'')",
    ],
    ids=["blocks", "lines", "single bytes", "in turn"],
)
def test_a_flood_ends_before_the_engine_works_for_it(flood: str, bench: Bench) -> None:
    image = bench.image(f"import os\nwhile True: {flood}\ndef predict(task, input): ...\n")
    limits = replace(
        bench.limits,
        prototype=replace(bench.limits.prototype, log_bytes=_BUDGET),
        run=RunLimits(ready_seconds=120.0, case_seconds=5.0, total_seconds=120.0),
    )
    before = engine_seconds()
    job = Job(bench.task(), CaseSet.PUBLIC, samples.cases(1))
    report = bench.provider.evaluate(image, [job], limits=limits, label="conformance")
    bench.expect_nothing_left()
    used = engine_seconds() - before
    assert report.runs[0].status is Status.OUTPUT_LIMIT, report
    assert len(report.log) == _BUDGET
    assert used < _MOST_SECONDS, f"the engine worked for {used:.1f} s"
