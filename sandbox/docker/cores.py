"""Cores of the host lent to prototypes, one each: whose answer times count should not wait for a neighbour's turn."""

import os
import threading
from collections.abc import Sequence
from typing import Any


class Cores:
    """The cores that prototypes run on. Thread-safe; `lend` gives None where there is no core left to lend."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = tuple(numbers)
        self._lock = threading.Lock()
        self._free = list(self.numbers)

    def lend(self, cpus: float) -> int | None:
        """A core for a prototype that may use `cpus`; None for one that may use more than one, which is not pinned."""
        with self._lock:
            return self._free.pop(0) if self._free and cpus <= 1 else None

    def take_back(self, number: int | None) -> None:
        """The prototype is gone."""
        if number is not None:
            with self._lock:
                self._free.append(number)


def shared_out(numbers: Sequence[int], slots: int) -> tuple[int, ...]:
    """The cores for `slots` prototypes at once: the last ones, so that the host, the engine and the graders keep the
    first. None where that would leave them nothing.
    """
    return tuple(sorted(numbers)[-slots:]) if 0 < slots < len(numbers) else ()


def of_host(info: dict[str, Any]) -> tuple[int, ...]:
    """The cores that the engine (as it tells of itself) can pin to, by number; none where they cannot be known."""
    numbers = tuple(sorted(os.sched_getaffinity(0)))
    # An engine on another host, or one that was given other cores than we were, counts differently.
    return numbers if info.get("CPUSet") and info.get("NCPU") == len(numbers) else ()
