"""How people and clients wait: a line for the one, a limit for the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import docker

Say = Callable[[str], None]
"""Receives one line for a person who waits."""


@contextmanager
def patience(client: docker.DockerClient, seconds: float) -> Iterator[None]:
    """Let calls of `client` wait up to `seconds` for each answer. Not while another thread uses the client."""
    before = client.api.timeout
    client.api.timeout = seconds
    try:
        yield
    finally:
        client.api.timeout = before
