"""One commit by git in a container: only loopback, one way out to our proxy, everything it says hashed here.

The stream is not trusted: a repository may have taken git over. Lines and objects have bounded sizes, an object counts
only with the hash that was asked for, and the whole has a deadline.
"""

import re
import selectors
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import docker.errors

from sandbox.docker.client import Clients, attach, remove, speaking
from sandbox.docker.options import TMP, WAY
from sandbox.docker.streams import STDOUT, StreamBuffer
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing
from sandbox.git.address import Wanted
from sandbox.git.model import Fetched, GitLimits, GitStatus, failed, fetched
from sandbox.git.proxy import Outside, Proxy
from sandbox.git.reasons import reason
from sandbox.git.walk import Found, Stopped, pack
from sandbox.provider import Cancel

IMAGE = "gelanggang/git:latest"
_SCRIPT = resources.files("sandbox.git").joinpath("inside.py").read_text(encoding="utf-8")
_LINE_BYTES = 200
_WORDS_BYTES = 8192
_READ_BYTES = 256 * 1024
_LOOK_SECONDS = 0.2
_SEND_SECONDS = 10.0
_ENDED_SECONDS = 5.0

_COMMIT = re.compile(r"[0-9a-f]{40}")
_FOUND = re.compile(r"([0-9a-f]{40}) (commit|tree|blob|tag) (\d{1,12})")
_KILLED = 137

Config = Callable[[Sequence[str], Path], Mapping[str, Any]]
"""Makes the container's configuration of its command and the folder with the way out."""


def fetch(
    clients: Clients,
    config: Config,
    wanted: Wanted,
    into: Path,
    *,
    hosts: Sequence[str],
    outside: Outside,
    limits: GitLimits,
    cancel: Cancel | None,
) -> Fetched:
    """See `sandbox.provider.Provider.fetch_commit`. Raises EngineUnavailable, ImageMissing, Cancelled."""
    until = time.monotonic() + limits.seconds
    with Proxy(hosts, limits, outside) as proxy:
        client = clients.get()
        command = [
            "python3",
            "-ISEc",
            _SCRIPT,
            f"{WAY}/{proxy.path.name}",
            TMP,
            wanted.repository,
            wanted.revision,
        ]
        with speaking():
            try:
                container = client.create_container_from_config(dict(config(command, proxy.folder)))["Id"]
            except docker.errors.NotFound:
                raise ImageMissing(IMAGE) from None
            except docker.errors.APIError as error:
                raise _not_started(error) from error
            try:
                with closing(attach(client, container, stdin=True)) as stream:
                    try:
                        client.start(container)
                    except docker.errors.APIError as error:
                        raise _not_started(error) from error
                    talk = _Talk(stream, until, cancel)
                    try:
                        return _hold(talk, proxy, wanted, into, hosts, limits)
                    except _Ended:
                        client.wait(container, timeout=_ENDED_SECONDS)
                        status = _ended(client.inspect_container(container)["State"])
                        return failed(status, wanted, hosts, commit=talk.commit)
            finally:
                remove(client, container)


def _hold(talk: "_Talk", proxy: Proxy, wanted: Wanted, into: Path, hosts: Sequence[str], limits: GitLimits) -> Fetched:
    try:
        start = talk.ready()
        packed = pack(talk, start, limits, into)
    except _Gave as gave:
        status, at = reason(gave.step, gave.said, proxy.notes)
        return failed(status, wanted, hosts, at=at, commit=talk.commit)
    except Stopped as stopped:
        return failed(stopped.status, wanted, hosts, at=stopped.at, commit=talk.commit)
    except _TooLate:
        status = (
            GitStatus.TOO_LARGE if any(n.status is GitStatus.TOO_LARGE for n in proxy.notes) else GitStatus.TOO_SLOW
        )
        return failed(status, wanted, hosts, commit=talk.commit)
    except _Nonsense:
        return failed(GitStatus.BROKEN, wanted, hosts, commit=talk.commit)
    return fetched(packed.commit, packed.files, packed.size)


def _ended(state: Mapping[str, Any]) -> GitStatus:
    """Of a container that ended without a word. Raises EngineUnavailable where it was ended by somebody else."""
    if state.get("OOMKilled"):
        return GitStatus.TOO_LARGE
    if state.get("ExitCode") == _KILLED:
        raise EngineUnavailable("git's container was ended from outside")
    return GitStatus.BROKEN


def _not_started(error: docker.errors.APIError) -> EngineUnavailable:
    return EngineUnavailable(f"the engine refused to start git: {error.explanation or error}")


class _Nonsense(Exception):
    """The container said what is no answer."""


class _TooLate(Exception):
    """The deadline has passed."""


class _Ended(Exception):
    """The container ended without a word."""


class _Gave(Exception):
    """Git gave up, and said why."""

    def __init__(self, step: str, said: str) -> None:
        super().__init__(step)
        self.step = step
        self.said = said


class _Talk:
    """One fetch, one container. A `sandbox.git.walk.Repository` once it is ready."""

    def __init__(self, stream: Any, until: float, cancel: Cancel | None) -> None:
        self._stream = stream
        self._until = until
        self._cancel = cancel
        self._frames = StreamBuffer()
        self._said = bytearray()
        self.commit: str | None = None
        stream.setblocking(False)

    def ready(self) -> str:
        """Wait until git has fetched; the number of the commit or of a tag of it. Raises _Gave."""
        while True:
            word, *rest = self._line().split()
            match word, rest:
                case "at", [commit] if _COMMIT.fullmatch(commit) and self.commit is None:
                    self.commit = commit
                case "here", [] if self.commit is not None:
                    return self.commit
                case "failed", [step, size] if size.isascii() and size.isdigit() and int(size) <= _WORDS_BYTES:
                    raise _Gave(step, b"".join(self._bytes(int(size))).decode("utf-8", "replace"))
                case _:
                    raise _Nonsense

    def objects(self, names: Sequence[str]) -> Iterator[Found | None]:
        """See `sandbox.git.walk.Repository`."""
        self._send("".join(f"{name}\n" for name in names).encode())
        for name in names:
            line = self._line()
            if line == f"{name} missing":
                yield None
                continue
            found = _FOUND.fullmatch(line)
            if found is None or found[1] != name:
                raise _Nonsense
            chunks = self._bytes(int(found[3]))
            yield Found(found[2], int(found[3]), chunks)
            for _ in chunks:
                pass  # what nobody wanted to read
            if b"".join(self._bytes(1)) != b"\n":
                raise _Nonsense

    def _send(self, data: bytes) -> None:
        self._stream.settimeout(_SEND_SECONDS)
        try:
            self._stream.sendall(data)
        except TimeoutError as error:
            raise EngineUnavailable(f"the engine takes no input: {error}") from error
        except (BrokenPipeError, ConnectionResetError):
            raise _Ended from None
        finally:
            self._stream.setblocking(False)

    def _line(self) -> str:
        while (end := self._said.find(b"\n")) < 0:
            if len(self._said) > _LINE_BYTES:
                raise _Nonsense
            self._read()
        line = bytes(self._said[:end])
        del self._said[: end + 1]
        if len(line) > _LINE_BYTES or not line.strip():
            raise _Nonsense
        return line.decode("ascii", "replace")

    def _bytes(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._said:
                self._read()
            piece = bytes(self._said[:size])
            del self._said[: len(piece)]
            size -= len(piece)
            yield piece

    def _read(self) -> None:
        """Wait for something more. Raises _Ended, _TooLate, Cancelled."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._stream, selectors.EVENT_READ)
            while not selector.select(_LOOK_SECONDS):
                self._check()
        self._check()
        try:
            data = self._stream.recv(_READ_BYTES)
        except ConnectionResetError:
            raise _Ended from None
        if not data:
            raise _Ended
        for stream, piece in self._frames.feed(data):
            if stream == STDOUT:
                self._said += piece

    def _check(self) -> None:
        if self._cancel is not None and self._cancel.is_set:
            raise Cancelled
        if time.monotonic() > self._until:
            raise _TooLate
