"""What graders are made of: the python base with pytest and its companions, fetched by hash."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import docker
from docker.errors import BuildError, DockerException, ImageNotFound

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.recipes import PYTHON
from sandbox.bases.waiting import Say

GRADER_DEPS = "gelanggang/grader-deps"
"""Repository of the image; `latest` names the current one."""

_LOCK = Path(__file__).parent.parent / "grader" / "requirements.lock"
_FETCH_SECONDS = 600
_PLATFORMS = {"amd64": "x86_64-unknown-linux-gnu", "arm64": "aarch64-unknown-linux-gnu"}

# Where Debian's Python looks by itself: no PYTHONPATH, so the interpreter may be started with -E.
_DOCKERFILE = f"""\
FROM {PYTHON.reference}
COPY packages /usr/local/lib/python3.11/dist-packages
RUN ["python3", "-m", "compileall", "-q", "/usr/local/lib/python3.11/dist-packages"]
LABEL gelanggang=1
"""


def ensure_grader_deps(client: docker.DockerClient, say: Say = lambda line: None, *, lock: Path = _LOCK) -> str:
    """Make `gelanggang/grader-deps` where its lock or its base has changed; return its exact reference.

    Wheels for Python 3.11 are fetched by uv, whatever Python runs this, and checked against the hashes of the lock.
    Needs the python base. Raises BaseNotMade.
    """
    fingerprint = hashlib.sha256(_DOCKERFILE.encode() + lock.read_bytes()).hexdigest()[:12]
    reference = f"{GRADER_DEPS}:{fingerprint}"
    try:
        image = client.images.get(reference)
        say("image grader-deps: kept")
    except ImageNotFound:
        say("image grader-deps: fetching pytest and its companions for Python 3.11")
        image = _build(client, reference, lock)
    if f"{GRADER_DEPS}:latest" not in image.tags:
        image.tag(GRADER_DEPS, "latest")
    return reference


def _build(client: docker.DockerClient, reference: str, lock: Path) -> docker.models.images.Image:
    architecture = client.version()["Arch"]
    if architecture not in _PLATFORMS:
        raise BaseNotMade("grader-deps", f"not known for engines on {architecture}, only on {' and '.join(_PLATFORMS)}")
    with tempfile.TemporaryDirectory(prefix="gelanggang-grader-") as folder:
        packages = Path(folder) / "packages"
        _fetch(lock, packages, _PLATFORMS[architecture])
        context = _context(packages)
    try:
        image, _ = client.images.build(
            fileobj=context, custom_context=True, tag=reference, network_mode="none", rm=True, forcerm=True
        )
    except (BuildError, DockerException) as error:
        raise BaseNotMade("grader-deps", f"the engine did not build it: {error}") from error
    return image


def _fetch(lock: Path, packages: Path, platform: str) -> None:
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if uv is None:
        raise BaseNotMade("grader-deps", "uv is not on PATH: run `make setup`, which brings it")
    command = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--target", str(packages)]
    command += ["--python-version", "3.11", "--python-platform", platform, "--only-binary", ":all:"]
    command += ["--no-deps", "--require-hashes", "--requirement", str(lock)]
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_FETCH_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise BaseNotMade("grader-deps", f"its packages did not arrive within {_FETCH_SECONDS // 60} minutes") from None
    if ended.returncode != 0:
        raise BaseNotMade("grader-deps", f"its packages cannot be fetched: {ended.stderr.strip()}")


def _context(packages: Path) -> io.BytesIO:
    """The build's context: the Dockerfile and the packages, owned by root, readable by all, and of one age."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        if member.name == "packages/bin" or member.name.endswith("__pycache__"):
            return None
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mode = 0o755 if member.isdir() else 0o644
        member.mtime = 0
        return member

    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode="w") as archive:
        dockerfile = tarfile.TarInfo("Dockerfile")
        dockerfile.size = len(_DOCKERFILE)
        archive.addfile(dockerfile, io.BytesIO(_DOCKERFILE.encode()))
        archive.add(packages, "packages", filter=plain)
    context.seek(0)
    return context
