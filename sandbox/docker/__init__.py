"""The engine on Docker."""

from sandbox.docker.provider import DockerProvider

__all__ = ["DockerProvider"]
