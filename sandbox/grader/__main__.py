"""The outer process of a grader: owns the stream to the worker, forks zygotes, passes messages on.

From the worker: `prepare` (a task with its cases, under a key; of a kept one the key alone), `run` (a job of a key).
To the worker: `hello` when warm, and what zygotes and jobs tell, each with its `key`. It ends when its input ends.
"""

import gc
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

import httpcore
import pytest

from sandbox.grader import warmup
from sandbox.grader.frames import KEPT_TASKS, FrameBuffer, Message, decode, encode
from sandbox.grader.http import Client
from sandbox.grader.zygote import Zygote


@dataclass
class _Child:
    pid: int
    channel: socket.socket
    folder: Path
    buffer: FrameBuffer = field(default_factory=FrameBuffer)


class Outer:
    """Passes messages between the worker's stream (two descriptors) and the zygotes."""

    def __init__(self, source: int, sink: int, client: Client) -> None:
        self._source = source
        self._sink = sink
        self._client = client
        self._buffer = FrameBuffer()
        self._selector = selectors.DefaultSelector()
        self._children: OrderedDict[str, _Child] = OrderedDict()
        self._home = Path(tempfile.mkdtemp(prefix="tasks-"))
        self._made = 0

    def serve(self) -> None:
        """Return when the worker closed its end."""
        self._selector.register(self._source, selectors.EVENT_READ)
        self._send(
            {
                "op": "hello",
                "python": sys.version.split()[0],
                "pytest": pytest.__version__,
                "httpcore": httpcore.__version__,
            }
        )
        while True:
            for selected, _ in self._selector.select():
                if selected.fd != self._source:
                    self._from_child(selected.data)
                elif not self._from_worker():
                    return

    def _from_worker(self) -> bool:
        data = os.read(self._source, 256 * 1024)
        for payload in self._buffer.feed(data):
            message = decode(payload)
            if message["op"] == "prepare":
                self._prepare(message)
            else:
                self._children[message["key"]].channel.sendall(encode(message))
        return bool(data)

    def _prepare(self, message: Message) -> None:
        key = message["key"]
        if key in self._children:
            self._children.move_to_end(key)
            return
        while len(self._children) >= KEPT_TASKS:
            self._drop(next(iter(self._children)))
        self._made += 1
        folder = self._home / str(self._made)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            os.close(self._sink)
            os.close(self._source)
            self._selector.close()
            ours.close()
            for child in self._children.values():
                child.channel.close()
            Zygote(message, self._client, theirs, folder).serve()
        theirs.close()
        self._children[key] = _Child(pid, ours, folder)
        self._selector.register(ours, selectors.EVENT_READ, key)

    def _from_child(self, key: str) -> None:
        child = self._children[key]
        try:
            data = child.channel.recv(256 * 1024)
        except ConnectionResetError:
            data = b""
        for payload in child.buffer.feed(data):
            self._send({**decode(payload), "key": key})
        if not data:
            self._send({"op": "gone", "key": key})
            self._drop(key)

    def _drop(self, key: str) -> None:
        child = self._children.pop(key)
        self._selector.unregister(child.channel)
        child.channel.close()
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        shutil.rmtree(child.folder, ignore_errors=True)

    def _send(self, message: Message) -> None:
        data = memoryview(encode(message))
        while data:
            data = data[os.write(self._sink, data) :]


def main() -> None:
    """Take the stream away from the standard descriptors, warm up, serve."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    # Whatever a task prints must not land between messages.
    os.dup2(nothing, 1)
    client = warmup.warm_client()
    warmup.warm_packages()
    warmup.warm_pytest()
    gc.collect()
    gc.freeze()
    Outer(source, sink, client).serve()


main()
