"""How fast one client may ask: a token bucket for each, in the memory of a web process.

Generous on purpose: it is there for the loop that somebody forgot, not for the team in a hurry. Every process counts
for itself, so
the limit of a server is this times its processes.
"""

from dataclasses import dataclass, field

RATE = 30.0
"""Requests a second in the long run."""

BURST = 600.0
"""Requests at once after a pause."""

_PRUNE_ABOVE = 10_000


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Pace:
    """Buckets by client. The clock (monotonic seconds) is an argument."""

    rate: float = RATE
    burst: float = BURST
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def wait(self, client: str, now: float) -> float:
        """Take one request out of the client's bucket: 0 when it may go on, else the seconds until the next may."""
        bucket = self._buckets.get(client)
        if bucket is None:
            if len(self._buckets) >= _PRUNE_ABOVE:
                self._prune(now)
            bucket = self._buckets[client] = _Bucket(self.burst, now)
        bucket.level = min(self.burst, bucket.level + (now - bucket.at) * self.rate)
        bucket.at = now
        if bucket.level < 1.0:
            return (1.0 - bucket.level) / self.rate
        bucket.level -= 1.0
        return 0.0

    def _prune(self, now: float) -> None:
        """Forget the clients whose bucket is full again: they are as good as new."""
        full_after = self.burst / self.rate
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if now - bucket.at < full_after}
