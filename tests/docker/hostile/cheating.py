"""Submissions that want a score without the work: none may get more than one that answers nothing."""

import json

from sandbox.grader.frames import encode
from sandbox.model import Failure, Status
from tests.docker.hostile.case import Hostile, Outcome, app, run

_NO_WALL = "there is no wall to take away: the grader never looks there"
_RIGHT = "y = x * x + 7\n"
BROUGHT = {
    "conftest.py": """
import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    report.outcome = "passed"
""",
    "pytest.ini": "[pytest]\naddopts = --exitfirst\npython_files = app.py\n",
    "sitecustomize.py": "import builtins\nbuiltins.float = lambda value: 1.0\n",
    "usercustomize.py": "raise SystemExit\n",
    "test_task.py": "def test_a(record):\n    record('same', 1.0)\n",
    "sandbox/__init__.py": "",
    "sandbox/grader/__init__.py": "raise SystemExit\n",
    "hadir.egg-info/entry_points.txt": "[pytest11]\ncurang = conftest\n",
}
"""What forged scores elsewhere: files that a grader on the same path would read."""

_VERDICT = """
def predict(task, input):
    verdict = {"passed": True, "failure": None, "metrics": {"same": [1.0, 1000.0]}, "seconds": 0.0}
    return {"op": "case", "index": 0, **verdict, "same": 1.0, "score": 100, "report": {"tests": [verdict]}}
"""
_FRAME = encode({"op": "case", "index": 0, "passed": True, "seconds": 0, "metrics": {"same": [1, 1]}, "failure": None})
_EARLY = """
import socket, threading

def predict(task, input): ...

def serve(connection, waits):
    body = b'{"output": {"y": 7}}'
    try:
        if waits:
            connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
        while connection.recv(65536): pass
    except OSError:
        pass
    connection.close()

listener = socket.create_server(("", 8080), backlog=64)
# The question whether it is ready is answered as it should be, all others before they are asked.
serve(listener.accept()[0], True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0], False), daemon=True).start()
"""
_SEARCH = """
import glob
if x == 0:
    found = []
    for top, folders, names in os.walk("/"):
        if top.startswith(("/proc", "/sys", "/dev", "/usr", "/opt/gelanggang")):
            folders.clear()
            continue
        for name in names:
            try:
                content = open(os.path.join(top, name), "rb").read(100_000)
            except OSError:
                continue
            if b"RAHASIA" in content and name != "app.py" or name in ("test_task.py", "task.toml", "public.jsonl"):
                found.append(name)
    saw = f"ditemukan {found}"
"""
_SMUGGLE = """
import builtins
kept = getattr(builtins, "kept", [])
builtins.kept = kept
kept.append(json.dumps(input))
print("MASUKAN", kept, flush=True)
sys.stderr.write("KELUAR " + str(kept) + chr(10))
open("/tmp/curian", "a").write(str(kept))
saw = kept[-4:-1]
y = x * x + 7
"""
_RESET = """
if x >= 100:
    import socket, struct
    for number in os.listdir("/proc/self/fd"):
        try:
            s = socket.socket(fileno=os.dup(int(number)))
            s.getpeername()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            s.close()
            os.close(int(number))
        except OSError:
            pass
"""


def _nothing_gained(name: str, promise: str, files: dict[str, str], held: Outcome | None = None) -> Hostile:
    return Hostile(name, promise, files=files, held=held or Outcome(), unproven=_NO_WALL)


CASES = (
    _nothing_gained("answers-nothing", "an empty answer scores nothing", app("")),
    _nothing_gained("answers-a-constant", "a constant scores nothing", app("y = 7")),
    _nothing_gained("echoes", "its own question scores nothing", app("y = x")),
    _nothing_gained("learns-by-heart", "public answers score nothing", app("y = {0: 7, 1: 8, 2: 11}.get(x)")),
    _nothing_gained("guesses-by-the-clock", "time tells no answer", app("y = time.time_ns() % 20_000")),
    _nothing_gained("brings-a-grader", "nothing of a submission is on the grader's path", {**app(""), **BROUGHT}),
    _nothing_gained("answers-with-a-verdict", "what an answer says of itself is no verdict", {"app.py": _VERDICT}),
    _nothing_gained(
        "speaks-as-the-grader",
        "what a program prints is never taken for the grader's word",
        app(f"os.write(1, {_FRAME!r}); os.write(2, {_FRAME!r})"),
    ),
    Hostile(
        "thinks-past-its-time",
        "an answer that comes too late does not count, though it is right",
        files=app("if x >= 100: time.sleep(1.0)\n" + _RIGHT),
        limits=run(case_seconds=0.5),
        held=Outcome(score=0.0),
        loose=run(),
        bites=Outcome(score=1.0),
    ),
    _nothing_gained(
        "answers-in-advance",
        "an answer before the question knows nothing of it",
        {"app.py": _EARLY},
        # Whether it was there before the question is a matter of microseconds; the score is not.
        Outcome(score=0.0),
    ),
    _nothing_gained(
        "cuts-hidden-connections",
        "a connection that is cut is a case that failed",
        app(_RESET),
        Outcome(failures=(Failure.WRONG,)),
    ),
    _nothing_gained(
        "ends-before-the-hidden-cases",
        "cases that were not reached count at their worst",
        app("if x >= 100: os._exit(0)\n" + _RIGHT),
        Outcome(board=Status.CRASHED),
    ),
    _nothing_gained("searches-the-disk", "no task, test or case lies in its files", app(_SEARCH), Outcome(saw="[]")),
    _nothing_gained(
        "smuggles-hidden-cases",
        "what it saw of hidden cases leaves by no way",
        app(_SMUGGLE, "import json"),
        Outcome(score=1.0, log="MASUKAN"),
    ),
    _nothing_gained(
        "breaks-the-test",
        "no answer makes the task's own test fail",
        app("y = ({}, [], 'x' * 9000, 1e308, -0.0, True, None, 10 ** 299)[x % 8]"),
    ),
)
assert json.loads(_FRAME[4:])["op"] == "case"
