"""What a case of the corpus is: a whole submission, what must come of it, and what would come without the wall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.limits import MIB, ArchiveLimits, BuildLimits, Limits, PrototypeLimits, RunLimits
from sandbox.model import Failure, Status

Change = Callable[[dict[str, Any]], None]
"""Changes the engine's JSON of a prototype's container in place."""

LIMITS = Limits(
    prototype=PrototypeLimits(memory_bytes=128 * MIB, pids=64, tmp_bytes=16 * MIB, log_bytes=128 * 1024),
    run=RunLimits(ready_seconds=30.0, case_seconds=10.0, total_seconds=90.0),
    build=BuildLimits(seconds=60.0, memory_bytes=256 * MIB, pids=64, log_bytes=256 * 1024),
    archive=ArchiveLimits(files=200, unpacked_bytes=8 * MIB),
)


@dataclass(frozen=True)
class Outcome:
    """What is seen of a submission. `score` is the share of hidden cases that counted as right.

    `words` stand in the message of the build or of the public run, `saw` in what the program says it met (`"saw"` in
    its answers), `log` in the log that the team may read. `failures` are those of the first public cases.
    """

    build: Status = Status.OK
    status: Status = Status.OK
    board: Status | None = None
    words: str = ""
    saw: str = ""
    log: str = ""
    failures: tuple[Failure | None, ...] | None = None
    score: float | None = 0.0


@dataclass(frozen=True, eq=False)
class Hostile:
    """One case. `files` are a folder or `archive` the bytes of a file; `limits` differ from `LIMITS` where the attack
    should be over quickly.

    `bites` is what is seen once the wall is gone: `loose` limits in the place of the tight ones, or `change` in the
    container. Where there is neither, `unproven` says why.
    """

    name: str
    promise: str
    held: Outcome
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    archive: Callable[[], bytes] | None = None
    limits: Limits = LIMITS
    bites: Outcome | None = None
    loose: Limits | None = None
    change: Change | None = None
    unproven: str = ""

    def __post_init__(self) -> None:
        assert (self.bites is None) == bool(self.unproven), f"{self.name}: a control, or why there is none"


def prototype(limits: Limits = LIMITS, **changes: Any) -> Limits:
    """These limits with others for the prototype."""
    return replace(limits, prototype=replace(limits.prototype, **changes))


def run(limits: Limits = LIMITS, **changes: Any) -> Limits:
    """These limits with other times."""
    return replace(limits, run=replace(limits.run, **changes))


def building(limits: Limits = LIMITS, **changes: Any) -> Limits:
    """These limits with others for the build."""
    return replace(limits, build=replace(limits.build, **changes))


def app(body: str, before: str = "") -> dict[str, str]:
    """A source of the python kit: `body` is the inside of `predict`, where `x` is the number of the case and `saw` is
    what the program tells of itself."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").splitlines())
    return {
        "app.py": f"import os, sys, time\n{before}\n"
        f"def predict(task, input):\n    x, y, saw = input['x'], None, ''\n{lines}"
        "    return {'y': y, 'saw': str(saw)}\n"
    }
