"""One call of the engine's classic build API: the context goes up, messages come down, and it can be ended at any
moment."""

import contextlib
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import docker
import requests
import requests.exceptions
import urllib3.exceptions

from sandbox.docker.build_log import BuildLog
from sandbox.errors import EngineUnavailable
from sandbox.provider import Cancel

_POLL_SECONDS = 0.1
_PROBE_SECONDS = 2.0
_GRACE_SECONDS = 20.0
_SPARE_SECONDS = 60.0
_MAX_MESSAGE = 8 * 1024 * 1024
_OUTPUT_FACTOR = 16
_MOST_LAYERS = 1000
"""Far more than a Dockerfile has steps: what a program prints can look like the engine's lines."""

_STEP = re.compile(r"Step (\d{1,4})/(\d{1,4}) : ")
_IMAGE = re.compile(r" ---> ([0-9a-f]{12})\n")
_CHATTER = re.compile(r" ---> (?:Running in )?[0-9a-f]{12}\n|Removing intermediate container [0-9a-f]{12}\n")
_FAILURE_STATUS = 500


class Stop(StrEnum):
    """Why a build was ended from outside."""

    CANCELLED = "cancelled"
    DEADLINE = "deadline"
    TOO_BIG = "too_big"
    TOO_MUCH_OUTPUT = "too_much_output"


@dataclass(slots=True)
class Outcome:
    """What the engine told.

    `image` is the id of the finished image. Else `error` is the engine's reason, with the exit `code` of a RUN step,
    or `stop` says why
    we ended it. `step` counts from 1 (0: none began). `layers` are the short ids of images on the way, in order. A
    program of the build can print what looks like the engine's own lines: nothing but messages to its own
    team hangs on them.
    """

    image: str | None = None
    error: str | None = None
    code: int | None = None
    stop: Stop | None = None
    step: int = 0
    layers: tuple[str, ...] = ()


class Stopper:
    """Ends a build when it is cancelled, at its deadline, or when `probe` (asked every two seconds) says so."""

    def __init__(self, cancel: Cancel | None, seconds: float, probe: Callable[[], Stop | None]) -> None:
        self._cancel = cancel or Cancel()
        self._deadline = time.monotonic() + seconds
        self._probe = probe
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._stream: _Stream | None = None
        self._thread = threading.Thread(target=self._watch, name="build-stopper", daemon=True)
        self.reason: Stop | None = None

    def __enter__(self) -> "Stopper":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def attach(self, stream: "_Stream") -> None:
        """From now on, ending the build means ending this stream."""
        with self._lock:
            self._stream = stream
            late = self.reason is not None
        if late:
            stream.hang_up()

    def stop(self, reason: Stop) -> None:
        """End the build; the first reason stays."""
        with self._lock:
            first = self.reason is None
            self.reason = self.reason or reason
            stream = self._stream
        if first and stream is not None:
            stream.hang_up()

    def _watch(self) -> None:
        next_probe = time.monotonic() + _PROBE_SECONDS
        while not self._done.wait(_POLL_SECONDS):
            now = time.monotonic()
            found: Stop | None = None
            if self.reason is not None:
                break
            if self._cancel.is_set:
                found = Stop.CANCELLED
            elif now > self._deadline:
                found = Stop.DEADLINE
            elif now > next_probe:
                found = self._probe()
                next_probe = time.monotonic() + _PROBE_SECONDS
            if found:
                self.stop(found)
        if not self._done.wait(_GRACE_SECONDS if self.reason else 0):
            with self._lock:
                stream = self._stream
            if stream is not None:
                stream.cut()


class _Stream:
    """The answer of the engine, with two ways to end it."""

    def __init__(self, client: docker.APIClient, response: requests.Response) -> None:
        self.response = response
        # The SDK finds the socket under a response for its own attach calls; there is no public way.
        found = client._get_raw_response_socket(response)
        self._socket: socket.socket = getattr(found, "_sock", found)

    def hang_up(self) -> None:
        """Tell the engine that nobody wants the build any more, and go on listening.

        The engine ends the running step, removes its container, and only then ends its answer: after that nothing of
        the build can
        appear any more. A TLS connection has no such half end; there the connection is cut.
        """
        if isinstance(self._socket, ssl.SSLSocket):
            self.cut()
            return
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """End the connection both ways; wakes a blocked reader."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


class _Stopped(Exception):
    """The stopper said so while the context was on its way."""


def run_build(
    client: docker.APIClient,
    context: Iterable[bytes],
    params: Mapping[str, Any],
    *,
    seconds: float,
    outcome: Outcome,
    steps: int,
    log: BuildLog,
    log_bytes: int,
    stopper: Stopper,
) -> None:
    """Send `context` to be built with the API's own `params`; returns when the engine has ended or was told to.

    `outcome` is filled while messages come in. `steps` is how many steps the team should read of; what the engine does
    behind them is left out of the log. Raises EngineUnavailable, and whatever `context` raises.
    """
    response: requests.Response | None = None
    try:
        # The SDK's own `build` has no cgroup parent and no ulimits; its session, base and version do.
        response = client.post(
            f"{client.base_url}/v{client.api_version}/build",
            data=_until(context, stopper),
            params=dict(params),
            headers={"Content-Type": "application/x-tar"},
            stream=True,
            timeout=seconds + _SPARE_SECONDS,
        )
        if response.status_code != requests.codes.ok:
            _read_failure(response, outcome)
        else:
            stopper.attach(_Stream(client, response))
            _read(response, outcome, steps, log, log_bytes, stopper)
    except _Stopped:
        pass
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        if stopper.reason is None:
            raise EngineUnavailable(f"the container engine broke a build off: {error}") from error
    finally:
        if response is not None:
            response.close()
    outcome.stop = stopper.reason
    if outcome.image is None and outcome.error is None and outcome.stop is None:
        raise EngineUnavailable("the container engine ended a build without a result")


def _until(context: Iterable[bytes], stopper: Stopper) -> Iterator[bytes]:
    for chunk in context:
        if stopper.reason:
            raise _Stopped
        yield chunk


def _read_failure(response: requests.Response, outcome: Outcome) -> None:
    text = response.text
    try:
        text = str(json.loads(text)["message"])
    except (ValueError, KeyError, TypeError):
        text = text[:1000]
    if response.status_code >= _FAILURE_STATUS and "parse error" not in text:
        raise EngineUnavailable(f"the container engine refused a build: {text}")
    outcome.error = text


def _read(
    response: requests.Response, outcome: Outcome, steps: int, log: BuildLog, log_bytes: int, stopper: Stopper
) -> None:
    layers: dict[str, None] = {}
    told = 0
    for message in _messages(response):
        if "stream" in message:
            text = str(message["stream"])
            told += len(text)
            if step := _STEP.match(text):
                outcome.step = int(step[1])
                text = f"Langkah {step[1]}/{steps}: {text[step.end() :]}"
            elif (image := _IMAGE.fullmatch(text)) and image[1] not in layers and len(layers) < _MOST_LAYERS:
                layers[image[1]] = None
                outcome.layers = tuple(layers)
            if outcome.step <= steps and stopper.reason is None and not _CHATTER.fullmatch(text):
                log.write(text.encode("utf-8", "replace"))
        elif isinstance(message.get("aux"), dict) and "ID" in message["aux"]:
            outcome.image = str(message["aux"]["ID"])
        elif "error" in message:
            detail = message.get("errorDetail") or {}
            outcome.error = str(detail.get("message") or message["error"])
            outcome.code = detail.get("code")
            outcome.image = None
        # Counted before anything is left out of the log: a flood of what is left out costs as much.
        if told > log_bytes * _OUTPUT_FACTOR:
            stopper.stop(Stop.TOO_MUCH_OUTPUT)


def _messages(response: requests.Response) -> Iterator[dict[str, Any]]:
    waiting = b""
    for chunk in response.iter_content(chunk_size=None):
        waiting += chunk
        *lines, waiting = waiting.split(b"\n")
        for line in lines:
            if line.strip():
                message = json.loads(line)
                if isinstance(message, dict):
                    yield message
        if len(waiting) > _MAX_MESSAGE:
            raise EngineUnavailable("the container engine sent an endless message")
