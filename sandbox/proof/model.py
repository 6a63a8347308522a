"""Values of the proof: walls, what was found at each, and for what a proof holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sandbox.model import Finding, Text


class Place(StrEnum):
    """Where a wall stands: around a running prototype, around a step of a build, or before the engine is asked."""

    RUN = "run"
    BUILD = "build"
    VETTING = "vetting"


@dataclass(frozen=True, slots=True)
class Wall:
    """Something that a submission must not be able to do. `name` is unique; `missing` says what it could do now, `todo`
    what the organizer does about it.
    """

    name: str
    place: Place
    title: Text
    missing: Text
    todo: Text


@dataclass(frozen=True, slots=True)
class Proof:
    """All walls, tried on one host. `holds_for` tells the circumstances; with others it says nothing.

    `at` is seconds since the epoch, `seconds` what it took; `kept` that it was read and not made now.
    """

    holds_for: Mapping[str, str]
    at: float
    seconds: float
    findings: tuple[Finding, ...]
    kept: bool = False

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The walls that did not hold."""
        return tuple(finding for finding in self.findings if not finding.held)
