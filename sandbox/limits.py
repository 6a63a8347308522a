"""Limits of archives, builds, prototypes and answers, as data.

These are the engine's rows of the defaults table; `hackathon.defaults` adds the event's rows and shows the whole.
Sizes are bytes, times are seconds.
"""

from dataclasses import dataclass, field

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
MB = 1000 * 1000


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What may be handed in."""

    compressed_bytes: int = 100 * MB
    unpacked_bytes: int = 500 * MB
    files: int = 10_000
    ratio: int = 100
    depth: int = 32
    name_bytes: int = 255


@dataclass(frozen=True, slots=True)
class BuildLimits:
    """What turning a source into an image may cost."""

    seconds: float = 600.0
    memory_bytes: int = 2 * GIB
    cpus: float = 1.0
    pids: int = 256
    steps: int = 60
    bytes_over_base: int = 2 * GIB
    log_bytes: int = 2 * MIB


@dataclass(frozen=True, slots=True)
class PrototypeLimits:
    """What a running prototype may use."""

    memory_bytes: int = 1 * GIB
    cpus: float = 1.0
    pids: int = 128
    tmp_bytes: int = 256 * MIB
    open_files: int = 1024
    log_bytes: int = 2 * MIB


@dataclass(frozen=True, slots=True)
class RunLimits:
    """How long a prototype may take to start, to answer one case, and for everything together."""

    ready_seconds: float = 60.0
    case_seconds: float = 10.0
    total_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What one answer may hold."""

    bytes: int = 1 * MIB
    json_depth: int = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of the engine in one value; stored with each score."""

    archive: ArchiveLimits = field(default_factory=ArchiveLimits)
    build: BuildLimits = field(default_factory=BuildLimits)
    prototype: PrototypeLimits = field(default_factory=PrototypeLimits)
    run: RunLimits = field(default_factory=RunLimits)
    answer: AnswerLimits = field(default_factory=AnswerLimits)
