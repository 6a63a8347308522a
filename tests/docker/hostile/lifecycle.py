"""Submissions that do not start, do not end, or end in the middle."""

from sandbox.model import Failure, Status
from tests.docker.hostile.case import Hostile, Outcome, app, run

_WAIT = run(ready_seconds=2.0)
_RIGHT = "y = x * x + 7\n"
_AN_END = "an end is an end: there is no wall to take away"
_CRASH = Status.CRASHED

_STARTING = """
import http.server, json
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"status": "STARTING"}).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
def predict(task, input): ...
http.server.HTTPServer(("0.0.0.0", 8080), H).serve_forever()
"""
_DETACH = """
if x == 1:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    os._exit(0)
"""

CASES = (
    Hostile(
        "never-ready",
        "what does not listen is ended at its time",
        files=app("y = 1", "time.sleep(600)"),
        limits=_WAIT,
        held=Outcome(status=Status.NOT_READY, words="tidak ada yang mendengarkan di port 8080"),
        unproven=_AN_END,
    ),
    Hostile(
        "ready-too-late",
        "the time to get ready is bounded",
        files=app(_RIGHT, "time.sleep(3)"),
        limits=_WAIT,
        held=Outcome(status=Status.NOT_READY, words="2 detik"),
        loose=run(),
        bites=Outcome(score=1.0),
    ),
    Hostile(
        "starting-for-ever",
        "a server that says it is starting is not ready",
        files={"app.py": _STARTING},
        limits=_WAIT,
        held=Outcome(status=Status.NOT_READY, words="STARTING"),
        unproven=_AN_END,
    ),
    Hostile(
        "ignores-the-signal",
        "what ignores the signal to end is killed",
        files=app("time.sleep(3)", "import signal\nfor s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)"),
        limits=run(total_seconds=2.0),
        held=Outcome(status=Status.TIMED_OUT),
        unproven=_AN_END,
    ),
    Hostile(
        "stops-itself",
        "a frozen program is ended",
        files=app("import signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
        limits=run(total_seconds=3.0),
        held=Outcome(status=Status.TIMED_OUT),
        unproven=_AN_END,
    ),
    Hostile(
        "crashes-in-a-case",
        "a crash keeps the cases that were finished",
        files=app("if x == 2: os._exit(7)\n" + _RIGHT),
        held=Outcome(status=_CRASH, words="kode keluar 7) setelah 2 dari 3", failures=(None, None)),
        unproven=_AN_END,
    ),
    Hostile(
        "crashes-in-a-hidden-case",
        "a crash in hidden cases tells nothing of them",
        files=app("if x == 102: os._exit(x % 90)\n" + _RIGHT),
        held=Outcome(board=_CRASH, score=0.4),
        unproven=_AN_END,
    ),
    Hostile(
        "leaves-children-behind",
        "children that were let go do not outlive the run",
        files=app(_DETACH),
        held=Outcome(status=_CRASH, words="kode keluar 0"),
        unproven=_AN_END,
    ),
    Hostile(
        "kills-all-it-can",
        "kill(-1) reaches neither grader nor host",
        files=app("if x == 0: os.kill(-1, 9)\n" + _RIGHT),
        held=Outcome(score=1.0),
        unproven="without this wall the test itself would be killed",
    ),
    Hostile(
        "closes-its-output",
        "a closed output is no end and no escape from the log's limit",
        files=app("if x == 0: os.closerange(1, 3)\n" + _RIGHT),
        held=Outcome(score=1.0),
        unproven=_AN_END,
    ),
    Hostile(
        "segmentation-fault",
        "a program that dies of a signal is told so, and writes no core file",
        files=app("import ctypes\nif x == 1: ctypes.string_at(0)"),
        held=Outcome(status=_CRASH, words="kode keluar 139", failures=(Failure.WRONG,)),
        unproven=_AN_END,
    ),
    Hostile(
        "exits-well-before-it-is-ready",
        "an end without an error is an end all the same",
        files=app("y = 1", "sys.exit(0)"),
        held=Outcome(status=_CRASH, words="kode keluar 0"),
        unproven=_AN_END,
    ),
)
