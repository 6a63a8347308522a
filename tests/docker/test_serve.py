"""The python kit's server as a process of its own, spoken to over raw sockets."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.kits import python as python_kit

SERVER = Path(python_kit.__file__).with_name("serve.py")
APP = """
import os, sys, threading

print("dimuat")

class Besar:
    def tolist(self):
        return [1, 2]

def predict(task, input):
    if input == "galat":
        raise ValueError("masukan aneh " + "x" * 1000)
    if input == "dasar":
        raise KeyboardInterrupt
    if input == "jahat":
        class Jahat(Exception):
            def __str__(self):
                raise RuntimeError
        raise Jahat
    if input == "keluar":
        sys.exit(7)
    if input == "pesan":
        raise SystemExit("selesai")
    if input == "mati":
        os._exit(9)
    if input == "nan":
        return float("nan")
    if input == "himpunan":
        return {1}
    if input == "larik":
        return {"a": Besar()}
    if input == "separuh":
        return "\\ud800"
    if input == "lingkar":
        a = []
        a.append(a)
        return a
    panjang = len(input) if isinstance(input, (str, list)) else None
    return {"task": task, "panjang": panjang, "isi": input if len(str(input)) < 99 else None}
"""


class Server:
    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-SEu", "-X", "utf8", str(SERVER), str(folder)],
            env={"PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def connect(self) -> socket.socket:
        end = time.monotonic() + 10
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=10)
            except ConnectionRefusedError:
                assert self.process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.005)

    def end(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=10)
        return self.process.returncode, out.decode(), err.decode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "app.py").write_text(APP)
    running = Server(tmp_path)
    yield running
    running.process.kill()
    running.process.communicate()


def read_answer(stream: socket.socket, *, body: bool = True) -> tuple[int, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = stream.recv(65536)
        assert more, data
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {key.lower(): value for key, value in (line.split(": ", 1) for line in lines[1:])}
    length = int(headers.get("content-length", "0")) if body else 0
    while len(rest) < length:
        rest += stream.recv(65536)
    assert len(rest) == length
    return int(lines[0].split()[1]), headers, rest


def call(stream: socket.socket, value: object, task: str = "uji") -> tuple[int, object]:
    body = json.dumps({"task": task, "input": value}).encode()
    stream.sendall(b"POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    status, headers, answer = read_answer(stream)
    assert headers["content-type"] == "application/json"
    return status, json.loads(answer)


def test_ping_then_many_calls_on_one_connection(server: Server) -> None:
    with server.connect() as stream:
        stream.sendall(b"GET /ping HTTP/1.1\r\nHost: x\r\n\r\n")
        assert read_answer(stream)[0] == 200
        for number in range(20):
            assert call(stream, f"kasus {number} é") == (
                200,
                {"output": {"task": "uji", "panjang": len(f"kasus {number} é"), "isi": f"kasus {number} é"}},
            )


def test_calls_are_quick(server: Server) -> None:
    with server.connect() as stream:
        call(stream, "panas")
        started = time.monotonic()
        for _ in range(20):
            call(stream, "x" * 3000)
        # Nagle and a delayed ACK would cost 40 ms each.
        assert time.monotonic() - started < 0.5


def test_an_exception_is_answered_and_the_server_goes_on(server: Server) -> None:
    with server.connect() as stream:
        status, answer = call(stream, "galat")
        assert status == 500
        assert isinstance(answer, dict)
        assert answer["error"].startswith("ValueError: masukan aneh xxx")
        assert len(answer["error"]) == 300
        assert call(stream, "dasar") == (500, {"error": "KeyboardInterrupt: "})
        assert call(stream, "jahat") == (500, {"error": "Jahat"})
        assert call(stream, "baik")[0] == 200
    server.process.terminate()
    _, out, err = server.end()
    assert out == "dimuat\n"
    assert 'raise ValueError("masukan aneh' in err


@pytest.mark.parametrize("value", ["nan", "himpunan", "lingkar"])
def test_what_is_no_json_is_an_error(server: Server, value: str) -> None:
    with server.connect() as stream:
        assert call(stream, value)[0] == 500
        assert call(stream, "baik")[0] == 200


def test_arrays_and_half_characters_are_written(server: Server) -> None:
    with server.connect() as stream:
        assert call(stream, "larik") == (200, {"output": {"a": [1, 2]}})
        assert call(stream, "separuh") == (200, {"output": "\ud800"})


@pytest.mark.parametrize(("value", "code", "said"), [("keluar", 7, ""), ("mati", 9, ""), ("pesan", 1, "selesai")])
def test_exit_ends_the_process(server: Server, value: str, code: int, said: str) -> None:
    with server.connect() as stream:
        body = json.dumps({"input": value}).encode()
        stream.sendall(b"POST /invocations HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        assert stream.recv(100) == b""
    returned, _, err = server.end()
    assert returned == code
    assert said in err


def test_sigterm_ends_at_once(server: Server) -> None:
    server.connect().close()
    started = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.end()[0] == 0
    assert time.monotonic() - started < 1


def test_head_has_no_body(server: Server) -> None:
    with server.connect() as stream:
        stream.sendall(b"HEAD /ping HTTP/1.1\r\n\r\n")
        status, headers, _ = read_answer(stream, body=False)
        assert (status, headers["content-length"]) == (200, "15")
        assert call(stream, "x")[0] == 200


def test_expect_100_continue(server: Server) -> None:
    body = b'{"input": "x"}'
    with server.connect() as stream:
        stream.sendall(b"POST /invocations HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
        assert stream.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        stream.sendall(body)
        assert read_answer(stream)[0] == 200


def test_big_body_in_pieces(server: Server) -> None:
    text = "x" * 20_000_000
    with server.connect() as stream:
        status, answer = call(stream, text)
    assert (status, answer) == (200, {"output": {"task": "uji", "panjang": len(text), "isi": None}})


def test_chunked_body_and_pipelined_requests(server: Server) -> None:
    head = b"POST /invocations HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    one = head + b'5;x=y\r\n{"inp\r\n9\r\nut": "a"}\r\n0\r\nTrailer: x\r\n\r\n'
    with server.connect() as stream:
        stream.sendall(one + b"GET /ping HTTP/1.1\r\n\r\n")
        data = b""
        while data.count(b"HTTP/1.1 200") < 2 or not data.endswith(b"}"):
            data += stream.recv(65536)
        assert b'"isi":"a"' in data


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 3\r\n\r\n{x}", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400),
        (b"POST /invocations HTTP/1.1\r\n\r\n", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 4\r\n\r\n\xff\xfe\xfd\xfc", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 200000\r\n\r\n" + b"[" * 200_000, 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        (b"POST /invocations HTTP/1.1\r\nContent-Length: 99000000\r\n\r\n" + b"x" * 3_000_000, 413),
        (b"POST /invocations HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST /invocations HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /invocations HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n", 413),
        (b"POST /invocations HTTP/1.1\r\nExpect: x\r\n\r\n", 417),
        (b"GET /invocations HTTP/1.1\r\n\r\n", 405),
        (b"POST /ping HTTP/1.1\r\n\r\n", 405),
        (b"GET /lain?x=1 HTTP/1.1\r\n\r\n", 404),
        (b"GET /ping HTTP/2.0\r\n\r\n", 505),
        (b"halo\r\n\r\n", 400),
        (b"GET /ping HTTP/1.1\r\n: x\r\n\r\n", 400),
        (b"GET /ping HTTP/1.1\r\nX: " + b"y" * 70_000, 431),
    ],
)
def test_bad_requests_are_answered_and_harm_nothing(server: Server, request_bytes: bytes, status: int) -> None:
    with server.connect() as stream:
        stream.sendall(request_bytes)
        assert read_answer(stream)[0] == status
    with server.connect() as stream:
        assert call(stream, "x")[0] == 200


def test_connection_close_and_http_1_0(server: Server) -> None:
    for request in (b"GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET /ping HTTP/1.0\r\n\r\n"):
        with server.connect() as stream:
            stream.sendall(request)
            assert read_answer(stream)[1]["connection"] == "close"
            assert stream.recv(10) == b""


def test_clients_that_leave_in_the_middle(server: Server) -> None:
    for cut in (b"", b"GET /pi", b"POST /invocations HTTP/1.1\r\nContent-Length: 50\r\n\r\n{"):
        with server.connect() as stream:
            stream.sendall(cut)
    with server.connect() as stream:
        assert call(stream, "x")[0] == 200


def test_many_connections_at_once(server: Server) -> None:
    results: list[int] = []

    def one(number: int) -> None:
        with server.connect() as stream:
            results.append(call(stream, number)[0])

    threads = [threading.Thread(target=one, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [200] * 30


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("predict = 5", "no predict"),
        ("raise RuntimeError('gagal muat')", "gagal muat"),
        ("import tidak_ada", "tidak_ada"),
    ],
)
def test_an_app_that_does_not_load_ends_the_process(tmp_path: Path, code: str, said: str) -> None:
    (tmp_path / "app.py").write_text(code)
    running = Server(tmp_path)
    returned, _, err = running.end()
    assert returned == 1
    assert said in err


def test_modules_beside_app_are_found_and_the_folder_is_current(tmp_path: Path) -> None:
    (tmp_path / "bantu.py").write_text("from pathlib import Path\nISI = Path('data.txt').read_text()\n")
    (tmp_path / "data.txt").write_text("kamus é", encoding="utf-8")
    (tmp_path / "app.py").write_text("import bantu\ndef predict(task, input):\n    return bantu.ISI\n")
    running = Server(tmp_path)
    try:
        with running.connect() as stream:
            assert call(stream, None) == (200, {"output": "kamus é"})
    finally:
        os.kill(running.process.pid, signal.SIGKILL)
        running.end()
