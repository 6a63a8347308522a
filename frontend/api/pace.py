"""How fast one client may ask: a token bucket for each, in the memory of a web process.

Generous on purpose: it is there for the loop that somebody forgot, not for the team in a hurry. Every process counts
for itself, so the limit of a server is this times its processes.
"""

from dataclasses import dataclass, field

MOST_CLIENTS = 10_000
"""So many are remembered; when more come within one filling time, all begin anew."""


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Pace:
    """Buckets by client: `rate` requests a second in the long run, `burst` at once. The clock (monotonic seconds) is an
    argument.
    """

    rate: float
    burst: float
    _buckets: dict[str, _Bucket] = field(default_factory=dict)
    _pruned_at: float = float("-inf")

    def wait(self, client: str, now: float) -> float:
        """Take one request out of the client's bucket: 0 when it may go on, else the seconds until the next may."""
        bucket = self._buckets.get(client)
        if bucket is None:
            if len(self._buckets) >= MOST_CLIENTS:
                self._prune(now)
            bucket = self._buckets[client] = _Bucket(self.burst, now)
        bucket.level = min(self.burst, bucket.level + (now - bucket.at) * self.rate)
        bucket.at = now
        if bucket.level < 1.0:
            return (1.0 - bucket.level) / self.rate
        bucket.level -= 1.0
        return 0.0

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._buckets)

    def _prune(self, now: float) -> None:
        """Forget the clients whose bucket is full again: they are as good as new."""
        full_after = self.burst / self.rate
        recently = now - self._pruned_at < full_after
        self._pruned_at = now
        kept = () if recently else self._buckets.items()
        self._buckets = {name: bucket for name, bucket in kept if now - bucket.at < full_after}
        if len(self._buckets) >= MOST_CLIENTS:
            self._buckets.clear()
