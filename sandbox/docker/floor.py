"""What a container costs on this host when nothing is done in it: the floor that evaluations are measured against."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sandbox.docker import owner
from sandbox.docker.client import Clients, remove, speaking
from sandbox.docker.options import prototype_config
from sandbox.docker.seccomp import profile
from sandbox.errors import EngineUnavailable
from sandbox.limits import PrototypeLimits

_PATIENCE_SECONDS = 60.0


def floor_command(image: str, runtime: str | None = None) -> Sequence[str]:
    """`docker run --rm --network none IMAGE python3 -c pass`, with `--runtime` where one is named."""
    named = () if runtime is None else ("--runtime", runtime)
    return ("docker", "run", "--rm", "--network", "none", *named, image, "python3", "-c", "pass")


def measure_floor(image: str, runtime: str | None = None) -> float:
    """Seconds that the floor command takes, once. Raises EngineUnavailable where it fails or there is no command line
    client.
    """
    started = time.perf_counter()
    try:
        subprocess.run(floor_command(image, runtime), check=True, capture_output=True, timeout=_PATIENCE_SECONDS)
    except FileNotFoundError as error:
        raise EngineUnavailable("the command `docker` is not on this host's PATH") from error
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode(errors="replace").strip()
        raise EngineUnavailable(f"`docker run` failed: {words}") from error
    except subprocess.TimeoutExpired as error:
        raise EngineUnavailable(f"`docker run` did not end in {_PATIENCE_SECONDS:.0f} s") from error
    return time.perf_counter() - started


def measure_floors(image: str, *, at_once: int, each: int, runtime: str | None = None) -> float:
    """Seconds that `at_once` threads take, each running the floor command `each` times. Raises EngineUnavailable."""

    def run(thread: int) -> None:
        for _ in range(each):
            measure_floor(image, runtime)

    return _together(run, at_once)


class RawCycles:
    """Create, start, remove of a prototype's container with all its walls, and nothing else: no grader, no case.

    The network namespaces that the containers join are made ahead, one a thread, as graders are. Use `with`.
    """

    def __init__(self, image: str, *, at_once: int, runtime: str | None = None) -> None:
        self._clients = Clients()
        self._image = image
        self._runtime = runtime
        self._at_once = at_once
        self._labels = owner.current().labels("floor")
        self._seccomp = ""
        self._holders: list[str] = []

    def __enter__(self) -> "RawCycles":
        client = self._clients.get()
        with speaking():
            self._seccomp = profile(str(client.info()["Architecture"]))
            try:
                for _ in range(self._at_once):
                    self._holders.append(self._start(_holder(self._image, self._labels)))
            except BaseException:
                self.__exit__()
                raise
        return self

    def __exit__(self, *exc: object) -> None:
        for holder in self._holders:
            remove(self._clients.get(), holder)
        self._clients.close()

    def measure(self, each: int) -> float:
        """Seconds for `each` cycles in each thread. Raises EngineUnavailable."""

        def cycle(thread: int) -> None:
            config = prototype_config(
                self._image,
                grader=self._holders[thread],
                port=8080,
                limits=PrototypeLimits(),
                labels=self._labels,
                runtime=self._runtime,
                seccomp=self._seccomp,
            )
            for _ in range(each):
                remove(self._clients.get(), self._start(config))

        return _together(cycle, self._at_once)

    def _start(self, config: dict[str, Any]) -> str:
        client = self._clients.get()
        with speaking():
            container: str = client.create_container_from_config(config)["Id"]
            client.start(container)
        return container


def _holder(image: str, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "Image": image,
        "Entrypoint": [],
        "Cmd": ["sleep", "infinity"],
        "Labels": dict(labels),
        "HostConfig": {"NetworkMode": "none", "Init": True, "LogConfig": {"Type": "none", "Config": {}}},
    }


def _together(work: Callable[[int], None], threads: int) -> float:
    with ThreadPoolExecutor(threads, thread_name_prefix="floor") as executor:
        started = time.perf_counter()
        futures = [executor.submit(work, number) for number in range(threads)]
        for future in futures:
            future.result()
        return time.perf_counter() - started
