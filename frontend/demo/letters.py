"""The demo's letters: its postman puts them into a folder, and the demo reads them out."""

import email
import email.policy
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

_POLL_SECONDS = 0.3
_LINK = re.compile(r"https?://\S+/(?:(?:konfirmasi|sandi|undangan-juri)/\S+|acara/\S+/juri\S*)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the terminal shows it. `link` is the one that does something; empty where there is none."""

    to: str
    subject: str
    link: str


@contextmanager
def read_out(folder: Path, on_letter: Callable[[Letter], None]) -> Iterator[None]:
    """Tell of each letter that comes into the folder, from a thread of its own, until the end."""
    known = set(_files(folder))  # those of last time
    end = threading.Event()

    def watch() -> None:
        while not end.wait(_POLL_SECONDS):
            for path in _files(folder):
                if path not in known:
                    known.add(path)
                    on_letter(read_letter(path))

    thread = threading.Thread(target=watch, name="letters", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def read_letter(path: Path) -> Letter:
    """A letter out of its file."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    text = message.get_content() if isinstance(message, EmailMessage) else ""
    link = _LINK.search(text)
    return Letter(str(message["To"]), str(message["Subject"]), link.group() if link else "")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime)
