"""Small git repositories made on this machine."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Workplace:
    """A repository in which somebody works; made the same twice, it has the same commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *arguments: str, data: bytes | None = None) -> str:
        """What git answers."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Sari",
            "GIT_AUTHOR_EMAIL": "sari@desa.example",
            "GIT_COMMITTER_NAME": "Sari",
            "GIT_COMMITTER_EMAIL": "sari@desa.example",
            "GIT_AUTHOR_DATE": "2026-11-24T09:00:00+07:00",
            "GIT_COMMITTER_DATE": "2026-11-24T09:00:00+07:00",
        }
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments], env=environment, input=data, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"git {arguments[0]}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode().strip()

    def commit(self, files: Mapping[str, str | bytes] | None = None, note: str = "kerja") -> str:
        """Write the files and commit everything; the commit's number."""
        for name, content in (files or {}).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", note)
        return self.git("rev-parse", "HEAD")

    def publish(self, bare: Path) -> Path:
        """A bare copy of it, as a host has one."""
        self.git("clone", "--quiet", "--bare", "--no-hardlinks", str(self.folder), str(bare))
        return bare


APP = "def predict(task, input):\n    return {}\n"
"""A prototype that the python kit takes."""
