"""What can go wrong with the mirror."""

from sandbox.errors import SandboxError


class MirrorFailed(SandboxError):
    """The mirror cannot be started, or ended by itself. The message says why and what to do."""
