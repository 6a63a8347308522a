"""Everything that is loaded or compiled on first use is used once before the first fork."""

import base64
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

from sandbox.grader.contract import Call, Mapped, Prototype
from sandbox.grader.files import write_files
from sandbox.grader.frames import Message
from sandbox.grader.http import Client
from sandbox.grader.plugin import Order, Plugin
from sandbox.grader.zygote import run_pytest

_ANSWER = b'{"output": {"text": "halo"}}'
_REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(_ANSWER), _ANSWER)
_TEST = b"""
def test_warm(prototype, case, record):
    record("value", 1.0)
    assert prototype(case.input) == case.expected
"""


def warm_client() -> Client:
    """A client that answered itself once."""
    Prototype(Client(_canned), _call())({"text": "halo"})
    return Client()


def warm_pytest() -> None:
    """Run one passing and one failing case through pytest in this process."""
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    write_files(folder / "task", {"test_warm.py": base64.b64encode(_TEST).decode()})
    cases = [
        {"id": str(number), "input": {}, "expected": {"text": text}} for number, text in enumerate(("halo", "lain"))
    ]
    told: list[Message] = []
    plugin = Plugin(str(folder), cases, Client(_canned), told.append, lambda count: Order(_call(), visible=True))
    plugin.ends_process = False
    run_pytest(folder / "task", plugin)
    if [message["op"] for message in told] != ["case", "case", "report"] or told[1]["failure"] != "wrong":
        raise RuntimeError(f"the warm-up went wrong: {told}")
    shutil.rmtree(folder)


def _call() -> Call:
    return Call("warm", "invocations", Mapped(), case_seconds=5.0, answer_bytes=4096, json_depth=8)


class _Canned(socket.socket):
    """Answers itself once the body of a request is written to it."""

    other: socket.socket

    def sendall(self, data: Any, flags: int = 0) -> None:
        if bytes(data).startswith(b"{"):
            self.other.sendall(_REPLY)
            self.other.close()


def _canned(host: str, port: int, seconds: float) -> socket.socket:
    ours, theirs = socket.socketpair()
    canned = _Canned(fileno=ours.detach())
    canned.other = theirs
    return canned
