"""Answers that are wrong at the level of HTTP, from a server that sends any bytes."""

from sandbox.conformance import Bench
from sandbox.limits import RunLimits
from sandbox.model import Case, CaseSet, Failure, Status
from sandbox.provider import Job

# The module never ends its import: it is the server, in place of the kit's.
_APP = """
import json, socket, threading, time

HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n"

def predict(task, input):
    return input

def answer(connection, kind):
    body = b'{"output": {"x": 1}}'
    sized = HEAD + b"Content-Length: %d\\r\\n\\r\\n"
    if kind == "good":
        connection.sendall(sized % len(body) + body)
    elif kind == "good_without_length":
        connection.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\n" + body)
    elif kind == "good_chunked":
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\\r\\n\\r\\n5\\r\\n" + body[:5] + b"\\r\\n")
        connection.sendall(b"%x\\r\\n" % len(body[5:]) + body[5:] + b"\\r\\n0\\r\\n\\r\\n")
    elif kind == "good_bom":
        body = b"\\xef\\xbb\\xbf" + body
        connection.sendall(sized % len(body) + body)
    elif kind == "redirect":
        connection.sendall(b"HTTP/1.1 302 Found\\r\\nLocation: /invocations\\r\\nContent-Length: 0\\r\\n\\r\\n")
    elif kind == "html":
        connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nContent-Length: 6\\r\\n\\r\\n<html>")
    elif kind == "created":
        connection.sendall(b"HTTP/1.1 201 Created\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
    elif kind == "cut":
        connection.sendall(sized % (len(body) + 50) + body)
    elif kind == "garbage":
        connection.sendall(b"halo dunia\\r\\n\\r\\n")
    elif kind == "gzip":
        connection.sendall(HEAD + b"Content-Encoding: gzip\\r\\nContent-Length: 4\\r\\n\\r\\nabcd")
    elif kind == "closed":
        pass
    elif kind == "drip_head":
        for byte in HEAD * 100:
            connection.sendall(bytes([byte]))
            time.sleep(0.1)
    elif kind == "drip_body":
        connection.sendall(sized % 1000)
        for _ in range(1000):
            connection.sendall(b" ")
            time.sleep(0.1)
    elif kind == "endless":
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\\r\\n\\r\\n")
        while True:
            connection.sendall(b"10000\\r\\n" + b" " * 65536 + b"\\r\\n")
    elif kind == "huge_head":
        connection.sendall(HEAD + b"X-Besar: " + b"x" * 500_000 + b"\\r\\n\\r\\n")
    else:
        bodies = {
            "nan": b'{"output": {"x": NaN}}',
            "infinity": b'{"output": {"x": 1e999}}',
            "digits": b'{"output": {"x": ' + b"9" * 10_000 + b"}}",
            "repeated": b'{"output": {"x": 1, "x": 2}}',
            "surrogate": b'{"output": {"x": "\\\\ud83d"}}',
            "latin": b'{"output": {"x": "\\xe9"}}',
            "deep": b"[" * 500_000,
            "empty": b"",
            "cut_json": b'{"output": {"x": 1',
            "two": b'{"output": {}} {}',
            "list": b"[1]",
            "no_output": b'{"result": {}}',
            "text_output": b'{"output": "x"}',
        }
        body = bodies[kind]
        connection.sendall(sized % len(body) + body)

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
        else:
            try:
                answer(connection, json.loads(body)["input"]["kind"])
            except OSError:
                pass

# Without SO_REUSEADDR, as many servers are written: a connection kept in TIME_WAIT would break its bind.
listener = socket.socket()
listener.bind(("0.0.0.0", 8080))
listener.listen()
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
"""

_GOOD = ("good", "good_without_length", "good_chunked", "good_bom")
_BAD = (
    *("redirect", "html", "created", "cut", "garbage", "gzip", "endless", "huge_head", "nan", "infinity", "digits"),
    *("repeated", "surrogate", "latin", "deep", "empty", "cut_json", "two", "list", "no_output", "text_output"),
)
_SLOW = ("drip_head", "drip_body")
_LOST = ("closed",)
_KINDS = (*_GOOD, *_BAD, *_SLOW, *_LOST, "good")


def test_each_bad_answer_fails_its_case_alone(bench: Bench) -> None:
    task = bench.task("def test_a(prototype, case):\n    assert prototype(case.input) == {'x': 1}\n")
    cases = tuple(Case(f"{number}-{kind}", {"kind": kind}) for number, kind in enumerate(_KINDS))
    job = Job(task, CaseSet.PUBLIC, cases)
    report = bench.evaluate(bench.image(_APP), job, run=RunLimits(20.0, 1.0, 60.0))
    run = report.runs[0]
    assert run.status is Status.OK, (run, report.log)
    wanted = {
        **dict.fromkeys(_GOOD, None),
        **dict.fromkeys(_BAD, Failure.BAD_ANSWER),
        **dict.fromkeys(_SLOW, Failure.TOO_SLOW),
        **dict.fromkeys(_LOST, Failure.NO_CONNECTION),
    }
    assert {kind: case.failure for kind, case in zip(_KINDS, run.cases, strict=True)} == wanted
    for case in run.cases:
        assert case.passed is (case.failure is None)
        assert case.seconds < 1.5, case
        assert case.failure is None or (case.message and case.message.id != case.message.en), case


def test_the_next_prototype_can_bind_the_same_port(bench: Bench) -> None:
    """In a reused namespace, without SO_REUSEADDR, after calls whose connections were closed from both ends."""
    task = bench.task("def test_a(prototype, case):\n    prototype(case.input)\n")
    job = Job(task, CaseSet.PUBLIC, tuple(Case(str(number), {"kind": "good"}) for number in range(5)))
    for _ in range(5):
        report = bench.evaluate(bench.image(_APP), job)
        assert report.runs[0].status is Status.OK, (report.runs[0].message, report.log)
