"""`python -m tools.check [STAGE ...] [PYTEST ARGUMENT ...]`: run the checks of `make test`, one summary at the end.

Stages: lint, unit, simulation, integration, docker, e2e; all of them, in this order, when none is named. A stage that
fails does not keep the next from running: one run tells everything. Exit status 0 when all passed, 1 when one did not.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tools.words import tracked_findings

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / ".tools" / "reports"

LINT = (
    ("form", [str(BIN / "ruff"), "format", "--check", "."]),
    ("rules", [str(BIN / "ruff"), "check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("types of tools", [str(BIN / "mypy"), "-p", "tools"]),
    ("layers", [str(BIN / "lint-imports")]),
)
STAGE_SECONDS = {"lint": 600, "unit": 600, "simulation": 600, "integration": 1500, "docker": 2400, "e2e": 1800}
"""How long each stage may take before it is ended: many times what it takes."""

GRACE_SECONDS = 10
TRACE_SECONDS = 240
"""A test that takes longer shows where it hangs."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one stage went."""

    stage: str
    passed: bool
    words: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Run the named stages and print the summary."""
    stages = [word for word in arguments if word in STAGE_SECONDS] or list(STAGE_SECONDS)
    rest = [word for word in arguments if word not in STAGE_SECONDS]
    results = []
    for stage in stages:
        print(f"\n== {stage}", flush=True)
        started = time.monotonic()
        passed, words = _lint() if stage == "lint" else _pytest(stage, rest)
        results.append(Result(stage, passed, words, time.monotonic() - started))
    print("\n== summary")
    for result in results:
        mark = "ok    " if result.passed else "FAILED"
        print(f"{mark} {result.stage:<12} {result.seconds:6.1f} s  {result.words}")
    return 0 if all(result.passed for result in results) else 1


def _lint() -> tuple[bool, str]:
    failed = [name for name, command in LINT if run(command, STAGE_SECONDS["lint"]) != 0]
    found = tracked_findings(ROOT)
    for finding in found:
        print(finding)
    if found:
        failed.append("words")
    names = ", ".join([name for name, _ in LINT] + ["words"])
    return (False, f"failed: {', '.join(failed)}") if failed else (True, names)


def _pytest(stage: str, arguments: list[str]) -> tuple[bool, str]:
    report = REPORTS / f"{stage}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", f"tests/{stage}", f"--junitxml={report}"]
    command += [f"--override-ini=faulthandler_timeout={TRACE_SECONDS}", *arguments]
    status = run(command, STAGE_SECONDS[stage])
    counts = read_report(report)
    if status is None:
        return False, f"did not end within {STAGE_SECONDS[stage]} s"
    # Status 5: nothing was collected. With a selection (`-k`) that is fine, without one a stage has lost its tests.
    return status == 0 or (status == 5 and bool(arguments)), counts


def read_report(report: Path) -> str:
    """The counts of a JUnit report, in words."""
    if not report.exists():
        return "no report"
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 - pytest wrote it a moment ago
    if suite is None:
        return "empty report"
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    passed = int(suite.get("tests", 0)) - failed - skipped
    words = [f"{passed} passed"]
    words += [f"{failed} failed"] if failed else []
    words += [f"{skipped} skipped"] if skipped else []
    return ", ".join(words)


def run(command: list[str], seconds: float) -> int | None:
    """Run a command in the open. Its exit status, or None when it took too long: then all it started is ended."""
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            # Also at Ctrl-C, which reaches us alone. The first signal lets pytest put away what its fixtures made.
            for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=GRACE_SECONDS)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
