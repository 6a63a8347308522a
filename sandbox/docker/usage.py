"""CPU time and peak memory of a running container, read from the cgroup files of this host.

The engine's own `stats` call takes a second. Where the files are not to be found (an engine on another host), nothing
is known. Paths: cgroup v1 and v2, by the `cgroupfs` and the `systemd` driver.
"""

from pathlib import Path

from sandbox.model import Usage

_ROOT = Path("/sys/fs/cgroup")
_MICRO = 1e-6
_NANO = 1e-9


def read_usage(container: str | None) -> Usage:
    """What the container used since its start; None where it is not told."""
    if container is None:
        return Usage()
    places = (f"docker/{container}", f"system.slice/docker-{container}.scope")
    return Usage(cpu_seconds=_cpu(places), peak_memory_bytes=_first_number("memory.peak", places) or _peak_v1(places))


def since(now: Usage, before: Usage) -> Usage:
    """The usage of the time between: CPU seconds as a difference, the peak as it stands."""
    if now.cpu_seconds is None or before.cpu_seconds is None:
        return now
    return Usage(now.cpu_seconds - before.cpu_seconds, now.peak_memory_bytes)


def _cpu(places: tuple[str, ...]) -> float | None:
    for place in places:
        text = _read(_ROOT / place / "cpu.stat")
        for line in text.splitlines():
            name, _, value = line.partition(" ")
            if name == "usage_usec":
                return int(value) * _MICRO
    used = _first_number("cpuacct.usage", tuple(f"cpuacct/{place}" for place in places))
    return None if used is None else used * _NANO


def _peak_v1(places: tuple[str, ...]) -> int | None:
    return _first_number("memory.max_usage_in_bytes", tuple(f"memory/{place}" for place in places))


def _first_number(name: str, places: tuple[str, ...]) -> int | None:
    for place in places:
        text = _read(_ROOT / place / name).strip()
        if text.isdigit():
            return int(text)
    return None


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
