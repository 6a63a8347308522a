"""Commits without a network: addresses stand for repositories on this machine, read by git itself."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from sandbox.git import Fetched, GitLimits, GitStatus, Wanted
from sandbox.git.address import is_commit
from sandbox.git.model import failed, fetched
from sandbox.git.walk import Found, Stopped, pack


def fetch(
    repositories: Mapping[str, Path], wanted: Wanted, into: Path, hosts: Sequence[str], limits: GitLimits
) -> Fetched:
    """See `sandbox.provider.Provider.fetch_commit`."""
    if wanted.host not in hosts:
        return failed(GitStatus.HOST, wanted, hosts)
    folder = repositories.get(wanted.repository)
    if folder is None:
        return failed(GitStatus.NOT_FOUND, wanted, hosts)
    named = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "--verify", "--quiet", "--end-of-options", wanted.revision],
        capture_output=True,
        text=True,
        check=False,
    )
    start = named.stdout.strip()
    if not is_commit(start):
        return failed(GitStatus.COMMIT_UNKNOWN, wanted, hosts)
    try:
        with LocalRepository(folder) as repository:
            packed = pack(repository, start, limits, into)
    except Stopped as stopped:
        return failed(stopped.status, wanted, hosts, at=stopped.at, commit=start)
    return fetched(packed.commit, packed.files, packed.size)


class LocalRepository:
    """A `sandbox.git.walk.Repository` on this machine. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["git", "-C", str(folder), "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> "LocalRepository":
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def objects(self, names: Sequence[str]) -> Iterator[Found | None]:
        """See `sandbox.git.walk.Repository`."""
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise RuntimeError("git was started without pipes")
        for name in names:
            asked.write(f"{name}\n".encode())
            asked.flush()
            _, kind, *size = answers.readline().decode().split()
            if not size:
                yield None
                continue
            yield Found(kind, int(size[0]), _chunks(answers, int(size[0])))
            answers.read(1)


def _chunks(answers: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        piece = answers.read(min(size, 65536))
        size -= len(piece)
        yield piece
