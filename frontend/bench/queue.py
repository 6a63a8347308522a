"""`bench queue`: from the commit of a submission to the start of its evaluation."""

from dataclasses import dataclass

from frontend.bench.figures import percentile
from frontend.bench.stage import stage
from hackathon import store
from sandbox.provider import Provider

SAMPLES = 100
BAR_MS = 20.0
"""What half of all starts must stay under."""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Milliseconds from commit to start. `good`: the median is under the bar."""

    p50_ms: float
    p99_ms: float
    samples: int
    bar_ms: float = BAR_MS

    @property
    def good(self) -> bool:
        return self.p50_ms < self.bar_ms


async def bench_queue(provider: Provider, *, samples: int = SAMPLES) -> QueueFigures:
    """Hand in one submission after another on a temporary embedded PostgreSQL, with a worker that waits for them.

    The commit's time is the one that PostgreSQL noted for the transaction which stored the submission, the start is the
    claim, both by the same clock. Raises BenchFailed, and what the provider and the database raise.
    """
    waits = []
    async with stage(provider) as made:
        for _ in range(samples + 1):
            submission_id = await made.hand_in()
            await made.finished(submission_id)
            seconds = await store.fetch_value(
                "SELECT extract(epoch FROM min(claimed_at) - max(pg_xact_commit_timestamp(submission.xmin)))"
                " FROM submission JOIN evaluation ON evaluation.submission_id = submission.id WHERE submission.id = $1",
                submission_id,
            )
            waits.append(1000.0 * float(seconds))
    # The first one also waits for what is loaded on first use.
    counted = waits[1:]
    return QueueFigures(percentile(counted, 0.5), percentile(counted, 0.99), len(counted))
