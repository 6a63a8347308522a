"""What this host itself is asked to do: its packages, as its administrator."""

import os
import shutil
import subprocess

APT_SECONDS = 1800


class HostRefused(Exception):
    """The host could not be made ready. The message says why and what to do."""


def as_administrator(*command: str) -> list[str]:
    """The command, run as root: as it is when we are root, through sudo when there is one.

    Raises HostRefused for an ordinary user on a host without sudo.
    """
    if os.geteuid() == 0:
        return list(command)
    if shutil.which("sudo") is None:
        raise HostRefused(
            f"`{' '.join(command)}` needs root, and there is no sudo here: run it as root, then try again"
        )
    return ["sudo", *command]


def install_packages(*packages: str) -> None:
    """Install packages of the host's distribution. Raises HostRefused where that cannot be done."""
    if shutil.which("apt-get") is None:
        raise HostRefused(f"this is no Debian or Ubuntu: install {' '.join(packages)} by hand, then try again")
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> None:
    command = as_administrator(
        "env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1", "apt-get", "-q", *arguments
    )
    try:
        ended = subprocess.run(command, stdin=None, capture_output=True, check=False, timeout=APT_SECONDS)
    except subprocess.TimeoutExpired:
        raise HostRefused(f"`{' '.join(command)}` did not end within {APT_SECONDS // 60} minutes") from None
    if ended.returncode != 0:
        said = (ended.stderr or ended.stdout).decode(errors="replace").strip().splitlines()
        raise HostRefused(f"`{' '.join(command)}` failed: {' / '.join(said[-3:])}")
