"""What the proof of this engine's walls depends on, as words to compare: with any other of them it says nothing."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import docker

from sandbox.bases.recipes import PYTHON
from sandbox.docker.client import speaking

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_DIGITS = 16


def circumstances(client: docker.APIClient, *, runtime: str | None, seccomp: str, grader: str) -> Mapping[str, str]:
    """Raises EngineUnavailable; where the base of the probe is missing its id is empty, and the proof will tell."""
    with speaking():
        info = client.info()
        version = client.version()
        found = client.images(name=PYTHON.latest)
    used = runtime or info["DefaultRuntime"]
    parts = {part["Name"]: part.get("Version", "?") for part in version.get("Components") or ()}
    return {
        "provider": "docker",
        "boot": _boot(),
        "kernel": str(info["KernelVersion"]),
        "engine": f"{info['ID']} {info['ServerVersion']}",
        "parts": ", ".join(f"{name} {parts[name]}" for name in sorted(parts)),
        "runtime": f"{used} {(info.get('Runtimes') or {}).get(used)}",
        "cgroup": f"v{info.get('CgroupVersion') or '1'} {info.get('CgroupDriver')}",
        "storage": str(info.get("Driver")),
        "security": ", ".join(sorted(info.get("SecurityOptions") or ())),
        "profile": hashlib.sha256(seccomp.encode()).hexdigest()[:_DIGITS],
        "grader": grader,
        "base": str(found[0]["Id"]) if found else "",
        "code": _code(),
    }


def _boot() -> str:
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return "unknown"


@cache
def _code() -> str:
    """Our own version: a digest of every file that builds the walls or tries them."""
    digest = hashlib.sha256()
    for package in ("docker", "proof", "dockerfile", "kits", "mirror"):
        for name, data in sorted(_files(resources.files("sandbox").joinpath(package), package)):
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:_DIGITS]


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            found += _files(item, f"{path}/{item.name}")
        elif item.name.endswith((".py", ".json", ".jsonl", ".toml")):
            found.append((f"{path}/{item.name}", item.read_bytes()))
    return found
