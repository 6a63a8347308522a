"""One build on the engine, and the certainty that nothing of it stays behind but its image.

A step of a Dockerfile runs as root with the engine's default capabilities, so it gets a network namespace of its own:
that of a holder, a container that does nothing and whose only interface is its loopback. The containers of the steps
are known by it.
"""

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import docker
import docker.errors

from sandbox.docker import build_failure as failure
from sandbox.docker.build_holders import BuildHolders
from sandbox.docker.build_log import BuildLog
from sandbox.docker.build_packages import explain_packages
from sandbox.docker.build_pids import pids_parent
from sandbox.docker.build_relay import has_spent
from sandbox.docker.build_stream import Outcome, Stop, Stopper, run_build
from sandbox.docker.client import Clients, remove, speaking
from sandbox.docker.context import DOCKERFILE, stream_context
from sandbox.docker.laying import lay
from sandbox.docker.owner import LABEL
from sandbox.errors import Cancelled, EngineUnavailable
from sandbox.kits import Source
from sandbox.limits import BuildLimits
from sandbox.model import Text
from sandbox.provider import Cancel

_PERIOD = 100_000
_GONE_SECONDS = 15.0
_GONE_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Made:
    """An image that passed its checks, by id."""

    image: str


class Attempt:
    """Builds one source. `base` is what the engine tells of the image under the last stage, `info` what it tells of
    itself; `labels` go onto the image. Where the `holders` lead to a mirror, the steps find a package index on their
    loopback."""

    def __init__(
        self,
        client: docker.APIClient,
        source: Source,
        base: Mapping[str, Any],
        limits: BuildLimits,
        labels: Mapping[str, str],
        log: BuildLog,
        cancel: Cancel | None,
        *,
        info: Callable[[], Mapping[str, Any]],
        holders: BuildHolders,
    ) -> None:
        self._client = client
        self._source = source
        self._base = base
        self._limits = limits
        self._labels = dict(labels)
        self._log = log
        self._cancel = cancel
        self._info = info
        self._holders = holders
        self._mirror = holders.mirror
        self._outcome = Outcome()
        self._holder: str | None = None

    def run(self) -> Made | Text:
        """Build; returns the image, or for the team why there is none. Raises Cancelled, EngineUnavailable,
        ImageMissing, MirrorUnavailable, Refused."""
        if self._source.command:
            return self._lay()
        if not self._source.runs:
            return self._judge(*self._build(None))
        info = self._info()
        architecture, label = str(info["Architecture"]), self._labels[LABEL]
        with self._holders.holding(self._base["Id"], architecture, self._limits, label) as holder:
            self._holder = holder
            with pids_parent(info, self._limits.pids) as parent:
                outcome, out_of_memory = self._build(parent)
                return self._judge(outcome, out_of_memory)

    def _lay(self) -> Made | Text:
        source = self._source
        for number, step in enumerate(source.steps, start=1):
            self._log.write(f"Langkah {number}/{len(source.steps)}: {step.text}\n".encode())
        image = lay(self._client, source, self._base, self._labels, source.command, self._cancel)
        return self._judge(Outcome(image=image, layers=(image,)), False)

    def _build(self, parent: str | None) -> tuple[Outcome, bool]:
        limits = self._limits
        with Stopper(self._cancel, limits.seconds, self._probe) as stopper:
            try:
                run_build(
                    self._client,
                    stream_context(self._source, self._labels),
                    self._params(parent),
                    seconds=limits.seconds,
                    outcome=self._outcome,
                    steps=len(self._source.steps),
                    log=self._log,
                    log_bytes=limits.log_bytes,
                    stopper=stopper,
                )
            finally:
                out_of_memory = self._remove_steps()
        return self._outcome, out_of_memory

    def _params(self, parent: str | None) -> dict[str, Any]:
        limits = self._limits
        params: dict[str, Any] = {
            "dockerfile": DOCKERFILE,
            "rm": 1,
            # A failed step stays where a holder tells it apart, to be asked whether its memory ran out.
            "forcerm": int(self._holder is None),
            # Engines below 23 take for a step what only looks like it: a RUN in its exec form passes for a COPY, and
            # CVE-2024-24557. So no step is taken from what anybody built before.
            "nocache": 1,
            "networkmode": f"container:{self._holder}" if self._holder else "none",
            "memory": limits.memory_bytes,
            "memswap": limits.memory_bytes,
            "cpuperiod": _PERIOD,
            "cpuquota": int(limits.cpus * _PERIOD),
            "ulimits": json.dumps(
                [
                    {"Name": "core", "Soft": 0, "Hard": 0},
                    {"Name": "fsize", "Soft": limits.bytes_over_base, "Hard": limits.bytes_over_base},
                ]
            ),
        }
        if parent:
            params["cgroupparent"] = parent
        return params

    def _steps(self, client: docker.APIClient) -> list[dict[str, Any]]:
        mode = f"container:{self._holder}"
        with speaking():
            found = client.containers(all=True)
        return [one for one in found if (one.get("HostConfig") or {}).get("NetworkMode") == mode]

    def _remove_steps(self) -> bool:
        """Remove what is left of the steps; returns whether one of them ran out of memory.

        The engine itself removes the step that it cancels, a moment after the connection ended.
        """
        out_of_memory = False
        end = time.monotonic() + _GONE_SECONDS
        while self._holder and (left := self._steps(self._client)):
            for step in left:
                with speaking(), contextlib.suppress(docker.errors.NotFound):
                    state = self._client.inspect_container(step["Id"])["State"]
                    out_of_memory = out_of_memory or bool(state.get("OOMKilled"))
                remove(self._client, step["Id"])
            if time.monotonic() > end:
                raise EngineUnavailable("the containers of a build cannot be removed")
            time.sleep(_GONE_STEP)
        return out_of_memory

    def _probe(self) -> Stop | None:
        """Whether the build has written too much so far. Runs in the stopper's thread, so with a client of its own."""
        clients = Clients()
        try:
            client = clients.get()
            written = [self._size(client, layer) for layer in self._outcome.layers[-1:]]
            if self._holder:
                written += [self._written(client, step["Id"]) for step in self._steps(client)]
        except EngineUnavailable:
            return None  # the build's own connection will tell
        finally:
            clients.close()
        return Stop.TOO_BIG if max(written, default=0) > self._limits.bytes_over_base else None

    def _size(self, client: docker.APIClient, image: str) -> int:
        """Bytes of an image above the base; 0 where there is no such image."""
        with speaking(), contextlib.suppress(docker.errors.APIError):
            return int(client.inspect_image(image)["Size"]) - int(self._base["Size"])
        return 0

    def _written(self, client: docker.APIClient, container: str) -> int:
        """Bytes that a running step has written, with the steps before it."""
        with speaking():
            address = f"{client.base_url}/v{client.api_version}/containers/{container}/json"
            answer = client.get(address, params={"size": 1})
        if not answer.ok:
            return 0
        found = answer.json()
        return self._size(client, found["Image"]) + int(found.get("SizeRw") or 0)

    def _judge(self, outcome: Outcome, out_of_memory: bool) -> Made | Text:
        source, limits = self._source, self._limits
        if outcome.image is not None and outcome.stop is None:
            with speaking():
                found = self._client.inspect_image(outcome.image)
            wrong = failure.check_image(found, self._base, limits)
            # The images on the way to one of a single stage are what it stands on.
            if wrong is not None or sum(step.text.upper().startswith("FROM ") for step in self._source.steps) > 1:
                self._forget(outcome.layers, keep=outcome.image if wrong is None else None)
            return wrong or Made(outcome.image)
        self._forget(outcome.layers, keep=None)
        if outcome.stop is Stop.CANCELLED:
            raise Cancelled("the build was cancelled")
        if outcome.stop is not None:
            return failure.explain_stop(outcome.stop, source, outcome.step, limits)
        failure.raise_if_ours(outcome, source)
        if self._mirror is not None and self._holder is not None and outcome.code is not None and not out_of_memory:
            spent = has_spent(self._client, self._holder, self._mirror)
            if (wrong := explain_packages(self._log.recent, source, outcome.step, spent=spent)) is not None:
                return wrong
        return failure.explain(outcome, source, limits, out_of_memory=out_of_memory, mirror=self._mirror is not None)

    def _forget(self, layers: tuple[str, ...], keep: str | None) -> None:
        """Remove images on the way that nothing stands on: ends of stages, and of a build that failed."""
        for layer in reversed(layers):
            with speaking(), contextlib.suppress(docker.errors.APIError):
                found = self._client.inspect_image(layer)
                # A program's output can look like a layer: nothing that has a name is touched.
                if found["Id"] != keep and not found.get("RepoTags"):
                    self._client.remove_image(found["Id"])
