"""The engine: source to image, image beside a grader, results. Knows no event, no database, no web."""

from pathlib import Path

from sandbox.provider import Provider

__all__ = ["connect"]


def connect(
    runtime: str | None = None, graders: int = 2, mirror: Path | None = None, pinned: int = 0, holders: int = 0
) -> Provider:
    """A provider on the container engine of this host; nothing is asked of the engine before the first verb.

    `runtime` is a name the engine knows (None: its default), `graders` how many are kept warm: two for each evaluation
    at a time keep the removal of the last prototype off the way of the next, `mirror` the Unix socket of the package
    mirror that builds may ask (None: there is none), `pinned` how many prototypes at once get a core of their own,
    `holders` how many places for a prototype that is tried out are kept ready.
    """
    from sandbox.docker import DockerProvider  # the values of this package are usable without the engine's client

    return DockerProvider(runtime=runtime, graders=graders, mirror=mirror, pinned=pinned, holders=holders)
