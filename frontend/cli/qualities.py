"""What was measured beside the score, as rows of a table on a terminal."""

from frontend.cli.wording import duration, tell
from sandbox.limits import MIB
from sandbox.qualities import Qualities, Sampled


def quality_rows(found: Qualities, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Name and figure of each quality; of what was not measured, why."""
    used, work = found.efficiency, found.productivity
    efficiency = []
    if used.p50_seconds is not None and used.p95_seconds is not None:
        efficiency.append(f"p50 {duration(used.p50_seconds)}, p95 {duration(used.p95_seconds)}")
    if used.cpu_seconds is not None:
        efficiency.append(f"CPU {duration(used.cpu_seconds)} per case")
    if used.peak_memory_bytes is not None:
        efficiency.append(f"memory {used.peak_memory_bytes / MIB:.0f} MiB")
    return [
        ("robustness", _sampled(found.robustness, "{:+.1f} points", -1.0, wanted)),
        ("consistency", _sampled(found.consistency, "{:.0f} % alike", 100.0, wanted)),
        ("efficiency", ", ".join(efficiency) or "-"),
        ("productivity", "-" if work is None else f"{work.times:.1f} times ({work.low:.1f} to {work.high:.1f})"),
    ]


def _sampled(found: Sampled, form: str, factor: float, wanted: tuple[str, ...]) -> str:
    reason = "" if found.reason is None else tell(found.reason, wanted[:1])
    if found.value is None:
        return reason
    # No minus sign before a zero.
    told = form.format(factor * found.value + 0.0)
    return f"{told}, {found.cases} cases" + (f". {reason}" if reason else "")
