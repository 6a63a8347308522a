"""What comes of one input that somebody put to a prototype."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.model import Failure, Text


@dataclass(frozen=True, slots=True)
class Tried:
    """The output for an input, or why there is none, with the seconds that the prototype took."""

    seconds: float
    output: Mapping[str, Any] | None = None
    failure: Failure | None = None
    message: Text | None = None
