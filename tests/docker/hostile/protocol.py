"""Answers that are a weapon, byte for byte: one server plays them all, one answer a case.

A script is what the server does once it has read the request: bytes to send, seconds to wait, `(bytes, count)` to send
again and again. The grader's client alone, with more forms of the same, is tried in tests/unit/sandbox.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.model import Case, Failure

Step = bytes | float | tuple[bytes, int]

OK = b"HTTP/1.1 200 OK\r\n"
HEAD = OK + b"Content-Type: application/json\r\n"
BODY = b'{"output": {"x": 1}}'
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
FOR_EVER = 10**6

BAD, SLOW, LOST = Failure.BAD_ANSWER, Failure.TOO_SLOW, Failure.NO_CONNECTION


@dataclass(frozen=True)
class Answer:
    """`failure` is how its case must fail (None: it counts), `words` stand in the reason."""

    name: str
    script: Sequence[Step]
    failure: Failure | None
    words: str = ""


def sized(body: bytes, head: bytes = HEAD) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _status(line: bytes, *fields: bytes) -> bytes:
    return b"HTTP/1.1 " + b"".join(part + b"\r\n" for part in (line, *fields)) + b"\r\n"


ANSWERS = (
    Answer("good", [sized(BODY)], None),
    Answer("good-without-length", [b"HTTP/1.0 200 OK\r\n\r\n" + BODY], None),
    Answer("good-chunked", [CHUNKED + b"5\r\n" + BODY[:5] + b"\r\n", b"f\r\n" + BODY[5:] + b"\r\n0\r\n\r\n"], None),
    Answer("good-byte-order-mark", [sized(b"\xef\xbb\xbf" + BODY)], None),
    Answer("good-after-continue", [b"HTTP/1.1 100 Continue\r\n\r\n", sized(BODY)], None),
    Answer("good-and-a-second-one", [sized(BODY) + sized(b'{"output": {"x": 2}}')], None),
    Answer("good-and-a-cookie", [sized(BODY, HEAD + b"Set-Cookie: sesi=1\r\nKeep-Alive: timeout=600\r\n")], None),
    Answer("good-byte-by-byte", [bytes([byte]) for byte in sized(BODY)], None),
    Answer("redirect", [_status(b"302 Found", b"Location: /lain", b"Content-Length: 0")], BAD, "mengalihkan"),
    Answer(
        "redirect-to-metadata",
        [_status(b"307 T", b"Location: http://169.254.169.254/", b"Content-Length: 0")],
        BAD,
        "kode 307",
    ),
    Answer("created", [sized(BODY, b"HTTP/1.1 201 Created\r\n")], BAD, "kode 201"),
    Answer("no-content", [_status(b"204 No Content")], BAD, "kode 204"),
    Answer("switching", [_status(b"101 Switching Protocols", b"Upgrade: x"), 5.0], BAD),
    Answer("html", [sized(b"<html>", OK + b"Content-Type: text/html\r\n")], BAD, "text/html"),
    Answer("json-said-to-be-html", [sized(BODY, OK + b"Content-Type: text/html\r\n")], BAD, "text/html"),
    Answer("gzip", [sized(b"abcd", HEAD + b"Content-Encoding: gzip\r\n")], BAD, "terkompresi"),
    Answer("zstd-chunked", [CHUNKED[:-2] + b"Content-Encoding: zstd\r\n\r\n0\r\n\r\n"], BAD, "terkompresi"),
    Answer("cut-off", [HEAD + b"Content-Length: 70\r\n\r\n" + BODY], BAD, "terpotong"),
    Answer("garbage", [b"halo dunia\r\n\r\n"], BAD, "terpotong"),
    Answer("two-lengths", [OK + b"Content-Length: 3\r\nContent-Length: 20\r\n\r\n" + BODY], BAD, "terpotong"),
    Answer("negative-length", [OK + b"Content-Length: -20\r\n\r\n" + BODY], BAD, "terpotong"),
    Answer("chunk-of-negative-size", [CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n"], BAD, "terpotong"),
    Answer("chunk-of-huge-size", [CHUNKED + b"fffffffffffffff0\r\n" + BODY], BAD, "terpotong"),
    Answer("endless-body", [CHUNKED, (b"10000\r\n" + b" " * 65536 + b"\r\n", FOR_EVER)], BAD, "lebih besar"),
    Answer("endless-chunk-extensions", [CHUNKED, (b"1;" + b"e" * 500 + b"\r\n \r\n", FOR_EVER)], BAD, "lebih besar"),
    Answer("endless-trailers", [CHUNKED + b"0\r\n", (b"X: " + b"t" * 500 + b"\r\n", FOR_EVER)], BAD),
    Answer("endless-continue", [(b"HTTP/1.1 100 Continue\r\n\r\n" * 500, FOR_EVER)], BAD, "Kepala jawaban"),
    Answer("endless-headers", [OK, (b"X: y\r\n" * 500, FOR_EVER)], BAD, "Kepala jawaban"),
    Answer("one-huge-header", [OK + b"X: " + b"x" * 500_000 + b"\r\n\r\n"], BAD, "Kepala jawaban"),
    Answer("too-many-headers", [sized(BODY, OK + b"X: y\r\n" * 150)], BAD, "Kepala jawaban"),
    Answer("endless-status-line", [b"HTTP/1.1 200 ", (b"O" * 500, FOR_EVER)], BAD, "Kepala jawaban"),
    Answer("not-a-number", [sized(b'{"output": {"x": NaN}}')], BAD, "NaN"),
    Answer("infinity", [sized(b'{"output": {"x": 1e999}}')], BAD, "1e999"),
    Answer("digits", [sized(b'{"output": {"x": ' + b"9" * 10_000 + b"}}")], BAD, "300 digit"),
    Answer("repeated-key", [sized(b'{"output": {"x": 1, "x": 2}}')], BAD, "dua kali"),
    Answer("lone-surrogate", [sized(b'{"output": {"x": "\\ud83d"}}')], BAD, "surrogate"),
    Answer("latin", [sized(b'{"output": {"x": "\xe9"}}')], BAD, "UTF-8"),
    Answer("utf-16", [sized('{"output": {"x": 1}}'.encode("utf-16"))], BAD, "UTF-8"),
    Answer("deep", [sized(b"[" * 500_000)], BAD, "64 tingkat"),
    Answer("wide", [sized(b"[" + b"[]," * 300_000 + b"[]]")], BAD, "daftar"),
    Answer("empty", [sized(b"")], BAD, "JSON"),
    Answer("cut-json", [sized(b'{"output": {"x": 1')], BAD, "JSON"),
    Answer("two-values", [sized(b'{"output": {}} {}')], BAD, "JSON"),
    Answer("a-list", [sized(b"[1]")], BAD, "daftar"),
    Answer("no-output", [sized(b'{"result": {}}')], BAD, "`result`"),
    Answer("output-is-text", [sized(b'{"output": "x"}')], BAD, "teks"),
    Answer("steering-keys", [sized(b'{"\\u202e\\u001b]0;x\\u0007<b>": {}}')], BAD, "??]0;x?<b>"),
    Answer("steering-type", [sized(BODY, OK + b"Content-Type: \x9b31m\x85\r\n")], BAD, "?31m"),
    Answer("steering-error-page", [sized(b"\x1b[2J\xe2\x80\xae<b>", b"HTTP/1.1 500 x\r\n")], BAD, "?[2J?<b>"),
    Answer("drip-of-a-head", [*([b"H", 0.1] * 30)], SLOW),
    Answer("drip-of-a-body", [HEAD + b"Content-Length: 500\r\n\r\n", *([b" ", 0.1] * 30)], SLOW),
    Answer("drip-of-continue", [*([b"HTTP/1.1 100 Continue\r\n\r\n", 0.1] * 30)], SLOW),
    Answer("half-and-silence", [HEAD + b"Content-Length: 20\r\n\r\n" + BODY[:7], 3.0], SLOW),
    Answer("silence", [3.0], SLOW),
    Answer("hangs-up", [], LOST),
    Answer("good-at-the-end", [sized(BODY)], None),
)
CASES = tuple(Case(f"{number}-{answer.name}", {"kind": answer.name}) for number, answer in enumerate(ANSWERS))

# The module never ends its import: it is the server, in place of the kit's. Without SO_REUSEADDR, as many servers are
# written: a connection kept in TIME_WAIT would break its bind.
_PLAYER = """
import base64, json, socket, threading, time

def predict(task, input):
    return input

SCRIPTS = json.load(open("scripts.json"))

def play(connection, script):
    for what, value, count in script:
        if what == "wait":
            time.sleep(value)
            continue
        data = base64.b64decode(value)
        for _ in range(count):
            connection.sendall(data)

def serve(connection):
    with connection, connection.makefile("rb") as stream:
        method = stream.readline().split()[0]
        length = 0
        while (line := stream.readline().strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = stream.read(length)
        if method == b"GET":
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")
            return
        try:
            play(connection, SCRIPTS[json.loads(body)["input"]["kind"]])
        except OSError:
            pass

listener = socket.socket()
listener.bind(("0.0.0.0", 8080))
listener.listen()
while True:
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
"""


def _told(step: Step) -> tuple[str, object, int]:
    if isinstance(step, float):
        return "wait", step, 1
    data, count = step if isinstance(step, tuple) else (step, 1)
    return "send", base64.b64encode(data).decode(), count


SOURCE = {
    "app.py": _PLAYER,
    "scripts.json": json.dumps({answer.name: [_told(step) for step in answer.script] for answer in ANSWERS}),
}
