"""The proof of a benchmark task (`sandbox.task_check`), told as the other checks of the command line are."""

from frontend.cli.checks.model import Check, fail, ok
from sandbox.task_check import Finding


def from_finding(finding: Finding) -> Check:
    """A finding as a check; where to mend a failed one stands in `todo`."""
    if finding.passed:
        return ok(finding.check, finding.message.en)
    where = finding.path or "task.toml"
    place = f"{where}:{finding.line}" if finding.line else where
    return fail(
        finding.check, finding.message.en, f"{place}  {finding.todo.en}" if finding.todo else f"Look at {place}"
    )
