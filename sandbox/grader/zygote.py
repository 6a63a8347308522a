"""A process that has collected one task with its cases and forks a job for each run, before its order comes.

It serves its end of a socket pair: messages `run` come in, what the jobs tell goes out. The worker ends everything by
ending the container, so nothing here has a deadline.
"""

import contextlib
import os
import re
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sandbox.grader.contract import Call, Mapped
from sandbox.grader.files import write_files
from sandbox.grader.frames import FrameBuffer, Message, decode, encode
from sandbox.grader.http import Client
from sandbox.grader.plugin import Order, Plugin, Rehearse
from sandbox.grader.ready import wait_ready

PYTEST_ARGUMENTS = [
    *("-q", "-s", "--tb=short", "--import-mode=prepend", "-c", os.devnull),
    *("-p", "pytest_metadata.plugin", "-p", "pytest_jsonreport.plugin"),
    *("--json-report", "--json-report-file=none", "--json-report-omit"),
    *("collectors", "log", "streams", "keywords", "warnings", "traceback"),
]
for _unused in (
    *("cacheprovider", "doctest", "faulthandler", "junitxml", "logging", "pastebin", "setuponly", "setupplan"),
    *("stepwise", "threadexception", "unittest", "unraisableexception"),
):
    PYTEST_ARGUMENTS += ["-p", f"no:{_unused}"]

_ERROR_NAME = re.compile(r"^[\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failed)\b")
_PLACE = re.compile(r'(\w+\.py)(?::|", line )(\d+)')


class Zygote:
    """The life of the process; `serve` never returns."""

    def __init__(self, order: Message, client: Client, channel: socket.socket, folder: Path) -> None:
        self._order = order
        self._client = client
        self._channel = channel
        self._folder = folder
        self._buffer = FrameBuffer()

    def serve(self) -> NoReturn:
        try:
            write_files(self._folder, self._order["files"])
        except (ValueError, OSError) as error:
            self._invalid("task", None, str(error))
        plugin = Plugin(str(self._folder), self._order["cases"], self._client, self._tell, self._wait_for_order)
        code = run_pytest(self._folder, plugin)
        # Only a collection that failed comes to here: jobs leave from inside, the zygote when its channel closes.
        text = plugin.errors[0] if plugin.errors else f"pytest ended with {code}"
        places = [(found[1], int(found[2])) for found in _PLACE.finditer(text) if found[1] in self._order["files"]]
        said = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
        path, line = places[-1] if places else ("test_*.py", None)
        named = [line for line in said if _ERROR_NAME.match(line)]
        self._invalid(path, line, (named or said or [text[-500:]])[0])

    def _wait_for_order(self, count: int, rehearse: Rehearse) -> Order:
        """In the zygote: makes a job ahead of each `run`, and stays. In a job: returns when the prototype is ready."""
        self._tell({"op": "collected", "tests": count})
        while True:
            orders, theirs = socket.socketpair()
            job = os.fork()
            if job == 0:
                orders.close()
                rehearse()
                return self._start_job(_receive(theirs, FrameBuffer()))
            theirs.close()
            message = _receive(self._channel, self._buffer)
            with orders, contextlib.suppress(OSError):  # a job that is gone is told by its status
                orders.sendall(encode(message))
            _, status = os.waitpid(job, 0)
            if status != 0:
                # A broken job may have left half a message; whoever reads must not see a whole one behind it.
                os._exit(1)
            self._tell({"op": "exit"})

    def _start_job(self, message: Message) -> Order:
        call = Call(
            task=self._order["task"],
            protocol=self._order["protocol"],
            mapped=Mapped.read(message["http"], self._order["protocol"]),
            case_seconds=float(message["case_seconds"]),
            answer_bytes=int(message["answer_bytes"]),
            json_depth=int(message["json_depth"]),
        )
        if message["wait_ready"]:
            wait_ready(self._client, call.mapped, self._tell)
        self._tell({"op": "ready"})
        return Order(call=call, visible=bool(message["visible"]))

    def _tell(self, message: Message) -> None:
        self._channel.sendall(encode(message))

    def _invalid(self, path: str, line: int | None, reason: str) -> NoReturn:
        self._tell({"op": "invalid", "path": path, "line": line, "reason": reason})
        os._exit(0)


def _receive(channel: socket.socket, buffer: FrameBuffer) -> Message:
    """The next message; the process ends with the other end."""
    while True:
        data = channel.recv(64 * 1024)
        if not data:
            os._exit(0)
        for payload in buffer.feed(data):
            return decode(payload)


def run_pytest(folder: Path, plugin: Any) -> int:
    """Collect and run what is in a folder in this process; returns pytest's exit status."""
    os.chdir(folder)
    sys.path_importer_cache.clear()
    return int(pytest.main([*PYTEST_ARGUMENTS, "--rootdir", str(folder), str(folder)], plugins=[plugin]))
