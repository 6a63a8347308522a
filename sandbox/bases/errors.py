"""What can go wrong while base images are made."""

from sandbox.errors import SandboxError


class BaseNotMade(SandboxError):
    """A base image could not be made on this host. The message says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"base image {name}: {reason}")
        self.name = name
        self.reason = reason
