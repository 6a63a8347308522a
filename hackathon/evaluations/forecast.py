"""Who is evaluated when: the place in the queue and a time, by playing the queue forward under its own rules.

The rules are those of the claim (`hackathon.evaluations.claiming`): a free slot takes the team least recently served
among those below their limit of submissions running at once; within a team the oldest submission first. How long an
evaluation takes is the median of recent ones.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_LEAST_SHARE = 0.1
"""A running evaluation is taken to need at least this share of the typical time more, however long it has run."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submission in the queue. Not claimed before `due_at` (a pause after a failure of ours; else `queued_at`).

    `limit` is how many submissions of its team may run at once.
    """

    submission_id: UUID
    team_id: UUID
    queued_at: datetime
    due_at: datetime
    limit: int = 1


@dataclass(frozen=True, slots=True)
class Running:
    """A submission that a worker has. Not `keeps_slot`: its worker is ending, so the slot takes nothing after it."""

    submission_id: UUID
    team_id: UUID
    claimed_at: datetime
    keeps_slot: bool = True


@dataclass(frozen=True, slots=True)
class Forecast:
    """Place in the queue (1: next) and seconds from now until it starts and ends; None while no worker is there."""

    place: int
    starts_in: float | None
    ends_in: float | None


class _Play:
    """The queue as it would go on from now; `clock` is in seconds from now."""

    def __init__(
        self, waiting: Iterable[Waiting], running: Iterable[Running], *, slots: int, seconds: float, now: datetime
    ) -> None:
        self.clock = 0.0
        self.seconds = seconds
        self.now = now
        self.queues: dict[UUID, deque[Waiting]] = defaultdict(deque)
        for item in sorted(waiting, key=lambda w: (w.queued_at, w.submission_id)):
            self.queues[item.team_id].append(item)
        self.busy: dict[UUID, int] = defaultdict(int)
        self.ends: list[tuple[float, UUID, bool]] = []
        for active in running:
            spent = (now - active.claimed_at).total_seconds()
            self.busy[active.team_id] += 1
            left = max(seconds - spent, _LEAST_SHARE * seconds)
            heapq.heappush(self.ends, (left, active.team_id, active.keeps_slot))
        self.free = max(slots, 1) - sum(keeps_slot for _, _, keeps_slot in self.ends)

    def due(self, team: UUID) -> float:
        """Seconds from now until the team's first submission may be claimed."""
        return (min(item.due_at for item in self.queues[team]) - self.now).total_seconds()

    def ready(self) -> list[UUID]:
        """Teams that a free slot could take now."""
        return [
            team
            for team, queue in self.queues.items()
            if self.busy[team] < queue[0].limit and self.due(team) <= self.clock
        ]

    def take(self, team: UUID) -> Waiting:
        """Start the team's oldest submission that is due."""
        queue = self.queues[team]
        item = next(w for w in queue if (w.due_at - self.now).total_seconds() <= self.clock)
        queue.remove(item)
        if not queue:
            del self.queues[team]
        self.free -= 1
        self.busy[team] += 1
        heapq.heappush(self.ends, (self.clock + self.seconds, team, True))
        return item

    def wait(self) -> None:
        """Go on to the next moment at which something can start: an evaluation ends, or a pause is over."""
        pauses = [due for team in self.queues if (due := self.due(team)) > self.clock] if self.free > 0 else []
        if self.ends and (not pauses or self.ends[0][0] <= min(pauses)):
            end, team, keeps_slot = heapq.heappop(self.ends)
            self.clock = max(self.clock, end)
            self.busy[team] -= 1
            self.free += keeps_slot
        else:
            self.clock = min(pauses)


def forecast(
    waiting: Iterable[Waiting],
    running: Iterable[Running],
    served: Mapping[UUID, datetime],
    *,
    slots: int,
    seconds: float,
    now: datetime,
) -> dict[UUID, Forecast]:
    """Play the queue forward.

    `served` is when each team was last served, `slots` what all workers hold together, `seconds` a typical evaluation.
    Returns a forecast for every waiting submission. Without a slot the places are those of one slot and the times None.
    """
    play = _Play(waiting, running, slots=slots, seconds=seconds, now=now)
    # Served in the play is later than served in truth, and in the order of the play.
    last = {team: (0, served.get(team, _NEVER)) for team in play.queues}
    result: dict[UUID, Forecast] = {}
    while play.queues:
        ready = play.ready() if play.free > 0 else []
        if not ready:
            play.wait()
            continue
        team = min(ready, key=lambda t: (last[t], play.queues[t][0].queued_at, t))
        item = play.take(team)
        place = len(result) + 1
        last[team] = (place, now)
        starts = play.clock if slots > 0 else None
        result[item.submission_id] = Forecast(place, starts, None if starts is None else starts + seconds)
    return result
