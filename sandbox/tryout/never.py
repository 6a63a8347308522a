"""A try-out of a prototype that could not be started at all."""

import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from sandbox.endings import Ending
from sandbox.model import Failure
from sandbox.tasks import Task
from sandbox.tryout.model import Tried


class NeverStarted:
    """See `sandbox.provider.TryOut`."""

    def __init__(self, ending: Ending) -> None:
        self._ending = ending

    @property
    def ended(self) -> Ending | None:
        return self._ending

    @property
    def seconds(self) -> float:
        return 0.0

    def call(self, task: Task, given: Mapping[str, Any]) -> Tried:
        return Tried(0.0, None, Failure.NO_CONNECTION, self._ending.message)

    def dial(self) -> socket.socket | None:
        return None

    def close(self) -> None:
        """Nothing runs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
