"""Submissions that mean no harm, close to every limit: what must go on to work whatever walls are built."""

from tests.docker.hostile.case import Hostile, Outcome, app

_RIGHT = "y = x * x + 7\n"
_CONTROL = "it is a control itself"
_FULL = Outcome(score=1.0, failures=(None, None, None))

_SERVER = """
import json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.answer({"status": "ok"})

    def do_POST(self):
        x = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]["x"]
        self.answer({"output": {"y": x * x + 7}})

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
"""

CASES = tuple(
    Hostile(name, "honest work goes on", files=files, held=held, unproven=_CONTROL)
    for name, files, held in (
        ("plain", app(_RIGHT), _FULL),
        ("talks-a-lot", app("print('baris ' * 200)\n" + _RIGHT), Outcome(score=1.0, log="baris baris")),
        ("half-the-memory", app(_RIGHT, "blob = bytearray(b'x' * (60 << 20))"), _FULL),
        (
            "threads-and-processes",
            app(
                "import subprocess, threading\n"
                "threads = [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(20)]\n"
                "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
                "y = int(subprocess.run(['expr', str(x * x), '+', '7'], capture_output=True).stdout)"
            ),
            _FULL,
        ),
        (
            "writes-into-tmp",
            app("open('/tmp/a', 'wb').write(bytes(10 << 20)); os.unlink('/tmp/a')\n" + _RIGHT),
            _FULL,
        ),
        ("an-error-in-one-case", app("assert x != 1, 'gagal di sini'\n" + _RIGHT), Outcome(score=1.0, log="gagal di")),
        (
            "a-server-of-its-own",
            {"Dockerfile": 'FROM python\nCOPY server.py /\nCMD ["python3", "/server.py"]\n', "server.py": _SERVER},
            _FULL,
        ),
    )
)
