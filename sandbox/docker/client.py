"""Clients of the engine: one a thread (the SDK's sessions are not made for sharing), and its errors as ours."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import docker
import docker.errors
import requests.exceptions
from docker.constants import DEFAULT_UNIX_SOCKET
from docker.context import ContextAPI

from sandbox.errors import EngineUnavailable

_TIMEOUT_SECONDS = 120
_UNIX = re.compile(r"^(?:http\+)?unix:/+")


class Clients:
    """Hands each thread its own client of the engine that DOCKER_HOST or the current Docker context names."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._lock = threading.Lock()
        self._made: list[docker.APIClient] = []
        self._version: str | None = None
        self._closed = False

    def get(self) -> docker.APIClient:
        """The calling thread's client. Raises EngineUnavailable when nothing answers or after `close`."""
        if self._closed:
            raise EngineUnavailable("the provider is closed")
        client = getattr(self._local, "client", None)
        if client is None:
            with speaking():
                options = docker.utils.kwargs_from_env()
                if "base_url" not in options:
                    options = {**ContextAPI.kwargs_from_context(), **options}
                url = str(options.get("base_url") or DEFAULT_UNIX_SOCKET)
                _knock(url)
                client = docker.APIClient(version=self._version or "auto", timeout=_TIMEOUT_SECONDS, **options)
            if _UNIX.match(url):
                # Looking for proxies and passwords in the environment takes longer than the rest of a call.
                client.trust_env = False
            # The SDK keeps a connection for each of its last 25 URLs, and every container has URLs of its own.
            client.headers["Connection"] = "close"
            self._version = client.api_version
            self._local.client = client
            with self._lock:
                self._made.append(client)
        return client

    def close(self) -> None:
        """Close every client; later calls of `get` raise."""
        self._closed = True
        with self._lock:
            made, self._made = self._made, []
        for client in made:
            client.close()


def _knock(url: str) -> None:
    """Connect once to a local engine and hang up. Raises OSError; the SDK leaves its socket open when that fails."""
    if _UNIX.match(url):
        with socket.socket(socket.AF_UNIX) as knocking:
            knocking.settimeout(_TIMEOUT_SECONDS)
            knocking.connect("/" + _UNIX.sub("", url))


@contextlib.contextmanager
def speaking() -> Iterator[None]:
    """Turn a lost or failing engine into EngineUnavailable; answers below 500 pass as the SDK's own errors."""
    try:
        yield
    except docker.errors.APIError as error:
        if error.status_code is None or error.status_code >= 500:
            raise EngineUnavailable(f"the engine failed: {error.explanation or error}") from error
        raise
    except docker.errors.DockerException as error:
        raise EngineUnavailable(f"no container engine answers: {error}") from error
    except (requests.exceptions.RequestException, OSError) as error:
        raise EngineUnavailable(f"the container engine does not answer: {error}") from error


def attach(client: docker.APIClient, container: str, *, stdin: bool) -> socket.socket:
    """The raw stream of a container, attached before its start so that no byte is missed."""
    params: dict[str, Any] = {"stream": 1, "stdout": 1, "stderr": 1, "stdin": int(stdin)}
    stream = client.attach_socket(container, params)
    # The SDK wraps the socket for reading; the socket itself is what can be selected on and written to.
    raw: socket.socket = getattr(stream, "_sock", stream)
    duplicate = raw.dup()
    response = getattr(stream, "_response", stream)
    response.close()
    return duplicate


def remove(client: docker.APIClient, container: str) -> None:
    """Kill and remove a container with its volumes; one that is gone or going is fine."""
    with speaking():
        try:
            client.remove_container(container, force=True, v=True)
        except docker.errors.NotFound:
            return
        except docker.errors.APIError as error:
            if error.status_code != 409:
                raise
