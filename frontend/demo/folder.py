"""The demo's data directory: one demo at a time in it, and never somebody else's folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LAYOUT = 1
"""Counts up when a data directory of before cannot be used any more."""

_MARK = "demo.json"
_LOCK = "demo.lock"


class FolderUnusable(Exception):
    """The data directory cannot be used: the sentence says why and what to do."""


@dataclass(slots=True)
class DemoFolder:
    """A claimed data directory. `tokens` are those of the demo's invented people, by a name of their own; `password` is
    what all of them sign in with, empty before they have one.
    """

    path: Path
    fresh: bool
    tokens: dict[str, str] = field(default_factory=dict)
    password: str = ""

    @property
    def logs(self) -> Path:
        """Where the children write."""
        folder = self.path / "logs"
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def letters(self) -> Path:
        """Where letters are put in place of being sent."""
        folder = self.path / "letters"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def save(self) -> None:
        """Keep tokens and password for the next start, readable by the owner only."""
        body = json.dumps({"layout": LAYOUT, "tokens": self.tokens, "password": self.password}, indent=1)
        draft = self.path / f"{_MARK}.new"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
            target.write(body)
        draft.replace(self.path / _MARK)


@contextmanager
def claim(path: Path) -> Iterator[DemoFolder]:
    """Make or reuse the directory and keep other demos out of it until the end. Raises FolderUnusable, OSError.

    The lock dies with the process, so a demo that was killed leaves none.
    """
    path.mkdir(parents=True, exist_ok=True)
    fresh = not (path / _MARK).exists()
    if fresh and any(entry.name != _LOCK for entry in path.iterdir()):
        raise FolderUnusable(f"{path} holds other files and no demo: choose an empty folder with --data.")
    with (path / _LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise FolderUnusable(
                f"A demo is already running with the data in {path} ({holder}). Use it, end it, or give another --data."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        folder = DemoFolder(path, fresh) if fresh else DemoFolder(path, fresh, read_tokens(path), read_password(path))
        # Marked before anything else is in it: a demo that is killed while it starts is found again as one.
        folder.save()
        yield folder


def other_version(path: Path, reason: object) -> FolderUnusable:
    """The data there cannot be used by this version."""
    hint = f"Remove it (rm -r {path}) or choose another folder with --data."
    return FolderUnusable(f"{path} was made by another version ({reason}). {hint}")


def read_tokens(path: Path) -> dict[str, str]:
    """The tokens of last time. Raises FolderUnusable where the folder is of another version or damaged."""
    try:
        found = json.loads((path / _MARK).read_text())
        layout, tokens = found["layout"], dict(found["tokens"])
    except (ValueError, KeyError, TypeError) as damaged:
        raise other_version(path, f"{_MARK} cannot be read: {damaged}") from damaged
    if layout != LAYOUT:
        raise other_version(path, f"layout {layout}, now {LAYOUT}")
    return {str(name): str(token) for name, token in tokens.items()}


def read_password(path: Path) -> str:
    """The password of last time; empty where the demo is from before people signed in."""
    found = json.loads((path / _MARK).read_text())
    return str(found.get("password", ""))
