"""The packages that one end-to-end test installs in the sandbox: fetched once by pip, as this host is set up for it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sandbox.bases.host import HostRefused

ROOT = Path(__file__).parent.parent
NAMED = ROOT / "tests/e2e/tryouts/streamlit.txt"
"""Names and versions, a line each."""

PYTHON = "3.11"
"""Of the base images, whatever this host runs on."""


def ensure_wheels(say: Callable[[str], None]) -> Path:
    """The folder of wheels, fetched where it is not there yet. Raises HostRefused."""
    target = ROOT / ".tools" / f"wheels-{hashlib.sha256(NAMED.read_bytes()).hexdigest()[:12]}"
    if target.is_dir():
        say(f"wheels: kept ({target.relative_to(ROOT)})")
        return target
    say("wheels: fetching the packages of Streamlit for the end-to-end tests")
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    options = ["--quiet", "--only-binary", ":all:", "--python-version", PYTHON, "--dest", str(fresh)]
    tried = []
    for pip in _pips():
        tried.append(" ".join(pip))
        done = subprocess.run([*pip, "download", *options, "--requirement", str(NAMED)], check=False, cwd=ROOT)
        if done.returncode == 0:
            if not target.is_dir():
                fresh.rename(target)
            return target
        shutil.rmtree(fresh, ignore_errors=True)
    raise HostRefused(
        f"no pip fetched the packages of {NAMED.relative_to(ROOT)}: {', '.join(tried) or 'there is none'}"
    )


def _pips() -> Iterator[list[str]]:
    for python in (str(ROOT / ".tools/uv/bin/python"), sys.executable, shutil.which("python3") or ""):
        if python and Path(python).exists():
            asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
            if asked.returncode == 0:
                yield [python, "-m", "pip"]
    if uv := shutil.which("uv"):
        yield [uv, "tool", "run", "pip"]
