"""A case of our own, played by each job before its order comes.

A forked process copies each page that it touches, two thousand of them in its first case: as long as ten cases take.
A job that has played a case has them. It is answered from here and leaves no trace in what the job tells.
"""

import socket
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sandbox.grader.contract import Call, Mapped

INPUT = {"text": "halo"}
_ANSWER = b'{"output": {"text": "halo"}}'
_REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(_ANSWER), _ANSWER)


class Rehearsal(pytest.Module):
    """A test module that no file holds, with one test: it calls the prototype as a task does."""

    @classmethod
    def of(cls, session: pytest.Session, folder: str) -> pytest.Function:
        """Its test, collected like a task's, for the first case."""
        module = cls.from_parent(session, path=Path(folder) / "rehearsal.py")
        return next(item for item in module.collect() if isinstance(item, pytest.Function))

    def _getobj(self) -> ModuleType:
        module = ModuleType("rehearsal")
        module.test_rehearsal = _test  # type: ignore[attr-defined]  # a module made by hand
        return module


def _test(prototype: Any, case: Any, record: Any) -> None:
    record("value", 1.0)
    if prototype(INPUT) != INPUT or case is None:
        raise AssertionError


def call() -> Call:
    """What the rehearsed prototype is called with."""
    return Call("rehearsal", "invocations", Mapped(), case_seconds=5.0, answer_bytes=4096, json_depth=8)


class _Canned(socket.socket):
    """Answers itself once the body of a request is written to it."""

    other: socket.socket

    def sendall(self, data: Any, flags: int = 0) -> None:
        if bytes(data).startswith(b"{"):
            self.other.sendall(_REPLY)
            self.other.close()


def canned(host: str = "", port: int = 0, seconds: float = 0.0) -> socket.socket:
    """A connection on which the rehearsed answer comes."""
    ours, theirs = socket.socketpair()
    connection = _Canned(fileno=ours.detach())
    connection.other = theirs
    return connection
