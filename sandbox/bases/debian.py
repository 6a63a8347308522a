"""The root of a base out of Debian's packages, by mmdebstrap on this host."""

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import docker

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.host import HostRefused, as_administrator, install_packages
from sandbox.bases.recipes import FINISH, PREPARE, SUITE, BaseRecipe
from sandbox.bases.waiting import Say

HOST_PACKAGES = ("mmdebstrap", "debian-archive-keyring")

ROOM = Path("/var/tmp")  # noqa: S108 - private folders are made in it; /tmp is memory on some hosts, and too small there
MAKE_SECONDS = 1800
"""How long the packages of one base may take to arrive and be installed."""

_CHUNK = 1 << 20

# Since Debian 12, /bin is a link into /usr. Made so from the start, nothing has to be moved by a package that brings
# 50 MB of Perl along.
_MERGED = (Path("/usr/share/mmdebstrap/hooks/maybe-merged-usr"), Path("/usr/share/mmdebstrap/hooks/merged-usr"))


class Workshop:
    """Makes the roots of several bases, two at a time: most of the work is one processor's.

    A context manager: work starts when it is entered, and its folder is gone at the end. Entering raises BaseNotMade
    when mmdebstrap is missing and cannot be installed, or when the engine runs on another architecture than this host.
    """

    def __init__(self, client: docker.DockerClient, bases: Sequence[BaseRecipe], say: Say) -> None:
        self._client = client
        self._bases = tuple(bases)
        self._say = say
        self._exit = ExitStack()
        self._roots: dict[str, Future[Path]] = {}

    def __enter__(self) -> Self:
        if self._bases:
            _install_mmdebstrap(self._bases[0], self._say)
            _same_architecture(self._client, self._bases[0])
            folder = tempfile.TemporaryDirectory(prefix="gelanggang-bases-", dir=ROOM, ignore_cleanup_errors=True)
            place = Path(self._exit.enter_context(folder))
            pool = ThreadPoolExecutor(max_workers=2)
            self._exit.callback(pool.shutdown, cancel_futures=True)
            for base in self._bases:
                self._say(f"base image {base.name}: making it of Debian's packages, {', '.join(base.packages)}")
                self._roots[base.name] = pool.submit(_make, base, place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    @contextmanager
    def root(self, base: BaseRecipe) -> Iterator[Iterator[bytes]]:
        """Wait for the root of `base`; yield it as the stream of a tar file, once. Raises BaseNotMade."""
        tar = self._roots[base.name].result()
        try:
            with tar.open("rb") as stream:
                yield iter(lambda: stream.read(_CHUNK), b"")
        finally:
            tar.unlink(missing_ok=True)


def _install_mmdebstrap(base: BaseRecipe, say: Say) -> None:
    if shutil.which("mmdebstrap") is not None:
        return
    say("host package mmdebstrap: installing, base images are made with it")
    try:
        install_packages(*HOST_PACKAGES)
    except HostRefused as refused:
        raise BaseNotMade(base.name, str(refused)) from refused


def _same_architecture(client: docker.DockerClient, base: BaseRecipe) -> None:
    asked = ["dpkg", "--print-architecture"]
    here = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    there = client.version()["Arch"]
    if there != {"armhf": "arm", "i386": "386", "ppc64el": "ppc64le"}.get(here, here):
        raise BaseNotMade(
            base.name, f"the engine runs on {there}, this host on {here}: run `make setup` on the engine's host"
        )


def _command(base: BaseRecipe, tar: Path, packages: Path) -> list[str]:
    """mmdebstrap's command line. Hooks carry our scripts in their text: sudo passes no environment on."""
    cache = shlex.quote(str(packages))
    merged = [f"--hook-directory={folder}" for folder in _MERGED if folder.is_dir()][:1]
    return as_administrator(
        "env",
        f"TMPDIR={ROOM}",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "mmdebstrap",
        "--variant=minbase",
        *merged,
        *([f"--include={','.join(base.packages)}"] if base.packages else []),
        "--skip=download/empty",
        '--aptopt=Acquire::Retries "3"',
        f'--setup-hook=mkdir -p {cache} "$1/var/cache/apt/archives" && cp -a {cache}/. "$1/var/cache/apt/archives"',
        f'--essential-hook=EMPTY={shlex.quote(" ".join(base.empty_packages))} chroot "$1" sh -c {shlex.quote(PREPARE)}',
        f'--customize-hook=cp -an "$1/var/cache/apt/archives/." {cache}',
        f'--customize-hook=chroot "$1" sh -c {shlex.quote(FINISH)}',
        SUITE,
        str(tar),
    )


def _make(base: BaseRecipe, place: Path) -> Path:
    tar = place / f"{base.name}.tar"
    log = place / f"{base.name}.log"
    with log.open("wb") as messages:
        try:
            ended = subprocess.run(
                _command(base, tar, place / "packages"),
                stdout=messages,
                stderr=messages,
                check=False,
                timeout=MAKE_SECONDS,
            )
        except HostRefused as refused:
            raise BaseNotMade(base.name, str(refused)) from refused
        except subprocess.TimeoutExpired:
            raise BaseNotMade(base.name, f"mmdebstrap did not end within {MAKE_SECONDS // 60} minutes") from None
    if ended.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        errors = [line for line in said if line.startswith("E: ")] or said
        raise BaseNotMade(base.name, f"mmdebstrap failed: {' / '.join(errors[-3:])}")
    return tar
