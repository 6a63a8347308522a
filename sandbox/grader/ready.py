"""Waiting for the prototype: knocks every 1 to 5 ms, the more seldom the longer it waits.

A server that answers, but is not ready yet, is asked up to every quarter of a second only: it may write each question
into its log. Tells what it saw when that changes.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore

from sandbox.grader import faults
from sandbox.grader.answers import plain
from sandbox.grader.contract import Mapped
from sandbox.grader.http import Client, try_connect

READY_WORDS = frozenset(
    {"ready", "ok", "healthy", "healthybusy", "busy", "up", "pass", "running", "available", "success"}
)
_FAST_STEP = 0.001
_SLOW_STEP = 0.005
# Eight graders that look each millisecond take half a core from the starts that they wait for.
_LOOKS = 64
_ANSWERED_SLOW_STEP = 0.25
_ANSWERED_LOOKS = 16
_PROBE_SECONDS = 2.0
_PROBE_BYTES = 64 * 1024
_LISTEN = "0A"


def wait_ready(client: Client, mapped: Mapped, tell: Callable[[dict[str, Any]], None]) -> None:
    """Return when the prototype is ready. Has no deadline of its own: the worker ends the container at its deadline."""
    started = time.monotonic()
    last: dict[str, Any] = {}
    next_look = 1.0
    while True:
        # A refused connection costs microseconds; going through the client for it would take CPU from the start itself.
        connection = try_connect(mapped.port)
        if connection is None:
            seen: dict[str, Any] | None = {"saw": "silent"}
        else:
            client.use(connection)
            seen = probe(client, mapped)
        if seen is None:
            return
        waited = time.monotonic() - started
        if waited >= next_look:
            # What listens elsewhere is worth a look only when the start is slow.
            next_look = waited + 1.0
            ports = [port for port in listening_ports() if port != mapped.port]
            if {**seen, "ports": ports} != last:
                last = {**seen, "ports": ports}
                tell({"op": "probe", **last})
        if connection is None:
            time.sleep(min(max(waited / _LOOKS, _FAST_STEP), _SLOW_STEP))
        else:
            time.sleep(min(max(waited / _ANSWERED_LOOKS, _FAST_STEP), _ANSWERED_SLOW_STEP))


def probe(client: Client, mapped: Mapped) -> dict[str, Any] | None:
    """None when ready, else what was seen: `silent`, `slow`, `broken`, `status` (HTTP) or `word` (of the body)."""
    try:
        reply = client.call("GET", mapped.port, mapped.ready, seconds=_PROBE_SECONDS, max_bytes=_PROBE_BYTES)
    except httpcore.TimeoutException:
        return {"saw": "slow"}
    except httpcore.NetworkError:
        return {"saw": "silent"}
    except (httpcore.ProtocolError, faults.PrototypeFault):
        return {"saw": "broken"}
    if reply.status != 200:
        return {"saw": "status", "status": reply.status}
    word = status_word(reply.body)
    if word is None or word.lower() in READY_WORDS:
        return None
    return {"saw": "word", "word": plain(word, 40)}


def status_word(body: bytes) -> str | None:
    """The text under `status` where the body is a JSON object with one, else None."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    status = value.get("status") if isinstance(value, dict) else None
    return status if isinstance(status, str) else None


def listening_ports() -> list[int]:
    """TCP ports that something in this network namespace listens on."""
    ports = set()
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        path = Path(name)
        if not path.exists():
            continue
        for line in path.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTEN:
                ports.add(int(fields[1].rsplit(":", 1)[1], 16))
    return sorted(ports)
