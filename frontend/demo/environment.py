"""What the demo's children find in their environment."""

import os
from collections.abc import Mapping

from hackathon.settings import Settings
from sandbox.docker.build_pids import can_bound

MOST_SLOTS = 4
"""Evaluations at once; fewer where there are fewer cores, or the answers would be timed beside too many neighbours."""


def environment_of(settings: Settings) -> Mapping[str, str]:
    """The variables of a child: the demo's own settings and nothing of another installation's."""
    # What the operator's shell says about another installation must not leak in: an empty variable counts as not set.
    slots = min(os.cpu_count() or 1, MOST_SLOTS)
    cleared = {name: "" for name in os.environ if name.startswith("GELANGGANG_")}
    return cleared | {
        "GELANGGANG_DATA_DIR": str(settings.data_dir),
        "GELANGGANG_HOST": settings.host,
        "GELANGGANG_PORT": str(settings.port),
        "GELANGGANG_CONTAINER_RUNTIME": settings.container_runtime,
        "GELANGGANG_SMTP_URL": settings.smtp_url,
        "GELANGGANG_MIRROR_SOCKET": str(settings.mirror_socket or ""),
        "GELANGGANG_MIRROR_WHEELS": "" if settings.mirror_wheels is None else str(settings.mirror_wheels.absolute()),
        "GELANGGANG_TOLERATED_WALLS": ",".join(settings.tolerated_walls or _tolerated()),
        "GELANGGANG_WORKER_SLOTS": str(slots),
        "GELANGGANG_GRADERS": str(2 * slots),
    }


def _tolerated() -> tuple[str, ...]:
    """The walls that cannot be had here. Who hands in to a demo is on this machine, and memory and time bound a build;
    what is tolerated stands in the console beside the worker's walls.
    """
    return () if can_bound() else ("build-processes",)
