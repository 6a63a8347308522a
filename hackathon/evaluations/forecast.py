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
        self,
        waiting: Iterable[Waiting],
        running: Iterable[Running],
        served: Mapping[UUID, datetime],
        *,
        slots: int,
        seconds: float,
        now: datetime,
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

        # Served in the play is later than served in truth, and in the order of the play.
        self.last = {team: (0, served.get(team, _NEVER)) for team in self.queues}
        self.ready: list[tuple[tuple[int, datetime], datetime, UUID]] = []
        self.paused: list[tuple[float, UUID]] = []
        for team in self.queues:
            self.line_up(team)

    def due(self, item: Waiting) -> float:
        """Seconds from now until a submission may be claimed."""
        return (item.due_at - self.now).total_seconds()

    def line_up(self, team: UUID) -> None:
        """Put a team where it belongs: to those a free slot could take, or to those whose pause must end first. One
        that is at its limit, or has nothing left, waits nowhere. Called whenever it can have changed.
        """
        queue = self.queues.get(team)
        if not queue or self.busy[team] >= queue[0].limit:
            return
        due = min(self.due(item) for item in queue)
        if due <= self.clock:
            heapq.heappush(self.ready, (self.last[team], queue[0].queued_at, team))
        else:
            heapq.heappush(self.paused, (due, team))

    def next_team(self) -> UUID | None:
        """The team that a free slot takes now: the one least recently served."""
        while self.paused and self.paused[0][0] <= self.clock:
            self.line_up(heapq.heappop(self.paused)[1])
        while self.ready:
            last, queued_at, team = self.ready[0]
            queue = self.queues.get(team)
            stands = queue and last == self.last[team] and queued_at == queue[0].queued_at
            if stands and queue is not None and self.busy[team] < queue[0].limit:
                return team
            heapq.heappop(self.ready)  # it was lined up twice, and taken since
        return None

    def take(self, team: UUID, place: int) -> Waiting:
        """Start the team's oldest submission that is due."""
        queue = self.queues[team]
        item = next(waiting for waiting in queue if self.due(waiting) <= self.clock)
        queue.remove(item)
        if not queue:
            del self.queues[team]
        self.free -= 1
        self.busy[team] += 1
        self.last[team] = (place, self.now)
        heapq.heappush(self.ends, (self.clock + self.seconds, team, True))
        self.line_up(team)
        return item

    def wait(self) -> None:
        """Go on to the next moment at which something can start: an evaluation ends, or a pause is over."""
        if self.ends and (self.free <= 0 or not self.paused or self.ends[0][0] <= self.paused[0][0]):
            end, team, keeps_slot = heapq.heappop(self.ends)
            self.clock = max(self.clock, end)
            self.busy[team] -= 1
            self.free += keeps_slot
            self.line_up(team)
        else:
            self.clock = self.paused[0][0]


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
    play = _Play(waiting, running, served, slots=slots, seconds=seconds, now=now)
    result: dict[UUID, Forecast] = {}
    while play.queues:
        team = play.next_team() if play.free > 0 else None
        if team is None:
            play.wait()
            continue
        place = len(result) + 1
        item = play.take(team, place)
        starts = play.clock if slots > 0 else None
        result[item.submission_id] = Forecast(place, starts, None if starts is None else starts + seconds)
    return result
