"""The grader's client against servers that send anything: an answer is a value or a reason in two languages, soon."""

import contextlib
import socket
import time
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.grader import faults
from sandbox.grader.contract import Call, Mapped, Prototype
from sandbox.grader.faults import BAD_ANSWER, NO_CONNECTION, TOO_SLOW, PrototypeFault
from sandbox.grader.http import Client

KIB = 1024
LIMIT = 8 * KIB
BODY = b'{"output": {"x": 1}}'
OK = b"HTTP/1.1 200 OK\r\n"
SIZED = OK + b"Content-Type: application/json\r\nContent-Length: 20\r\n"


class Server(socket.socket):
    """The grader's end of a connection to a server that answers with these bytes once the request is out."""

    other: socket.socket
    answer: bytes
    early: bool
    hangs_up: bool

    def sendall(self, data: Any, flags: int = 0) -> None:
        if self.early or bytes(data).startswith(b"{"):
            self.speak()

    def speak(self) -> None:
        self.other.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            self.other.send(self.answer)
        if self.hangs_up:
            self.other.close()

    def close(self) -> None:
        self.other.close()
        super().close()


class Lonely(Client):
    """A client that looks for no port after a lost connection."""

    def hold(self, port: int) -> None:
        return


def ask(answer: bytes, *, hangs_up: bool = True, early: bool = False, seconds: float = 5.0) -> dict[str, Any]:
    """What a task sees. Raises PrototypeFault."""
    made: list[Server] = []

    def connect(host: str, port: int, within: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1024 * KIB)
        server = Server(fileno=ours.detach())
        server.other, server.answer, server.early, server.hangs_up = theirs, answer, early, hangs_up
        made.append(server)
        return server

    call = Call("gema", "invocations", Mapped(), case_seconds=seconds, answer_bytes=LIMIT, json_depth=8)
    try:
        return Prototype(Lonely(connect), call)({"x": 1})
    finally:
        for server in made:
            server.close()


def reason(answer: bytes, **more: Any) -> faults.Reason:
    with pytest.raises(PrototypeFault) as caught:
        ask(answer, **more)
    return caught.value.reason


def chunked(body: bytes, size: int, extension: bytes = b"") -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x%b\r\n%b\r\n" % (len(piece), extension, piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        SIZED + b"\r\n" + BODY,
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(BODY, 1),
        OK + b"Connection: keep-alive\r\nKeep-Alive: timeout=600\r\nContent-Length: 20\r\n\r\n" + BODY,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + SIZED + b"\r\n" + BODY,
        # What stands behind an answer is nobody's.
        SIZED + b"\r\n" + BODY + SIZED + b"\r\n" + b'{"output": {"x": 2}}',
        OK + b"Set-Cookie: a=b\r\nRefresh: 0; url=/lain\r\nContent-Length: 20\r\n\r\n" + BODY,
        OK + b"X-Besar: " + b"x" * (40 * KIB) + b"\r\nContent-Length: 20\r\n\r\n" + BODY,
    ],
)
def test_takes_what_servers_say_that_mean_no_harm(answer: bytes) -> None:
    assert ask(answer) == {"x": 1}


def test_a_body_of_the_allowed_size_in_small_chunks_is_taken() -> None:
    text = b"x" * (LIMIT - 100)
    body = b'{"output": {"x": "' + text + b'"}}'
    assert ask(OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(body, 16)) == {"x": text.decode()}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000, "Kepala jawaban"),
        (
            b"HTTP/1.1 103 Early Hints\r\nLink: " + b"x" * 60_000 + b"\r\n\r\n" + b"HTTP/1.1 100 C\r\n\r\n" * 5000,
            "Kepala",
        ),
        (OK + b"X-%d: 1\r\n" * 200 + b"\r\n", "Kepala jawaban"),
        (OK + b"X: 1\r\n" * 101 + b"Content-Length: 20\r\n\r\n" + BODY, "Kepala jawaban"),
        (OK + b"X: " + b"x" * 400_000, "Kepala jawaban"),
        (OK + b"X: " + b"x" * 40_000 + b"\r\n\r\n" + b"y" * 200_000, f"lebih besar dari {LIMIT}"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 300_000, "terpotong"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(b" " * 2000, 1, b";" + b"x" * 200), "lebih besar"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"00000000000000000001\r\nx\r\n" * 9000, "lebih besar"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "terpotong"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx", "terpotong"),
        (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "terpotong"),
        (OK + b"Content-Length: 20\r\nContent-Length: 21\r\n\r\n" + BODY, "terpotong"),
        (OK + b"Content-Length: -1\r\n\r\n" + BODY, "terpotong"),
        (OK + b"Content-Length: 99999999999999999999\r\n\r\n" + BODY, "terpotong"),
        (OK + b"Content-Length: 9000\r\n\r\n" + b"x" * 9000, "lebih besar"),
        (OK + b"Bad Header\r\n\r\n" + BODY, "terpotong"),
        (OK + b"X: a\x00b\r\n\r\n" + BODY, "terpotong"),
        (b"HTTP/2 200 OK\r\n\r\n" + BODY, "terpotong"),
        (BODY + b"\r\n\r\n", "terpotong"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + BODY, "terpotong"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "kode 204"),
        (b"HTTP/1.1 206 Partial\r\nContent-Length: 20\r\n\r\n" + BODY, "kode 206"),
        (b"HTTP/1.1 307 T\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", "mengalihkan"),
        (b"HTTP/1.1 999 Lain\r\nContent-Length: 0\r\n\r\n", "kode 999"),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + BODY, "terkompresi"),
        (OK + b"Content-Encoding: \xe2\x80\xae\x9b31m\r\nContent-Length: 20\r\n\r\n" + BODY, "terkompresi"),
        (OK + b"Content-Type: text/html\r\nContent-Length: 20\r\n\r\n" + BODY, "bukan JSON melainkan `text/html`"),
        (OK + b"Content-Type: \x9b31m\x85\r\nContent-Length: 20\r\n\r\n" + BODY, "bukan JSON melainkan `?31m"),
        (OK + b'Content-Length: 22\r\n\r\n{"\\u202e\\u001b[31m":1}', "objek dengan kunci"),
    ],
)
def test_refuses_what_costs_or_deceives(answer: bytes, words: str) -> None:
    found = reason(answer)
    assert found.failure == BAD_ANSWER
    assert words in found.id, found.id
    check(found)


def test_an_answer_before_it_was_asked_for_does_not_count() -> None:
    found = reason(SIZED + b"\r\n" + BODY, early=True)
    assert (found.failure, "sebelum permintaannya" in found.id) == (BAD_ANSWER, True)


@pytest.mark.parametrize(
    ("answer", "hangs_up", "failure"),
    [
        (b"", True, NO_CONNECTION),
        (b"", False, TOO_SLOW),
        (OK, False, TOO_SLOW),
        (b"HTTP/1.1 100 Continue\r\n\r\n", False, TOO_SLOW),
        (SIZED + b"\r\n" + BODY[:-1], False, TOO_SLOW),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n", False, TOO_SLOW),
        (b"HTTP/1.0 200 OK\r\n\r\n" + BODY, False, TOO_SLOW),
    ],
)
def test_what_does_not_come_is_not_waited_for(answer: bytes, hangs_up: bool, failure: str) -> None:
    assert reason(answer, hangs_up=hangs_up, seconds=0.1).failure == failure


def check(found: faults.Reason) -> None:
    """A reason is one line that can be shown to people anywhere."""
    assert found.failure in (BAD_ANSWER, TOO_SLOW, NO_CONNECTION)
    for text in (found.id, found.en):
        assert text.isprintable(), text
        assert 20 < len(text) < 600, text
    assert found.id != found.en


def _lines(pieces: Iterable[bytes]) -> bytes:
    return b"".join(piece + b"\r\n" for piece in pieces)


_STATUS = st.sampled_from(
    [*(b"HTTP/1.1 %d Kata" % code for code in (100, 101, 103, 200, 200, 204, 301, 304, 404, 500)), b"HTTP/1.0 200"]
) | st.binary(max_size=40)
_FIELD = st.sampled_from(
    [
        *(b"Content-Length: %d" % size for size in (0, 5, 20, 21, 10**12)),
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: identity",
        b"Content-Type: application/json; charset=utf-16",
        b"Content-Type: text/html",
        b"Content-Encoding: br",
        b"Connection: keep-alive",
        b"Connection: upgrade",
        b"Upgrade: h2c",
        b" folded",
    ]
) | st.binary(max_size=60)
_JSON = st.sampled_from([BODY, b'{"output": ' * 9 + b"{}" + b"}" * 9, b'{"output": NaN}', b"[" * 4000, b"1e999"])
_BODY = _JSON | _JSON.map(lambda body: chunked(body, 3)) | st.binary(max_size=2000)
_ANSWER = st.builds(
    lambda heads, body: b"".join(_lines([status, *fields, b""]) for status, fields in heads) + body,
    st.lists(st.tuples(_STATUS, st.lists(_FIELD, max_size=5)), max_size=4),
    _BODY,
)


@settings(max_examples=400)
@example(b"HTTP/1.1 101 Kata\r\n\r\n", True)
@example(b"HTTP/1.1 304 Kata\r\nContent-Length: 20\r\n\r\n", True)
@given(_ANSWER | st.binary(max_size=4000), st.booleans())
def test_no_answer_breaks_the_grader(answer: bytes, hangs_up: bool) -> None:
    began = time.monotonic()
    try:
        output = ask(answer, hangs_up=hangs_up, seconds=5.0 if hangs_up else 0.02)
    except PrototypeFault as fault:
        check(fault.reason)
    else:
        assert isinstance(output, dict)
    # Generous: a machine may be loaded. What must not be is an answer that goes on for ever.
    assert time.monotonic() - began < 20
