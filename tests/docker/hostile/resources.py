"""Submissions that take more than they may: memory, processes, files, time, log."""

from sandbox.limits import MIB
from sandbox.model import Failure, Status
from tests.docker.hostile.case import Hostile, Outcome, app, prototype, run

_MEMORY = Outcome(status=Status.OUT_OF_MEMORY, words="memori lebih dari 128 MiB")
_ROOMY = prototype(memory_bytes=640 * MIB)
_LOUD = prototype(log_bytes=16 * MIB)
_FLOOD = Outcome(status=Status.OUTPUT_LIMIT, words="lebih dari 128 KiB ke log")
_SLOW = run(case_seconds=0.6)
_ONE_SLOW = Outcome(failures=(Failure.TOO_SLOW,), score=None)
_FINE = Outcome()

_BOMB = """
if x == 0:
    children = []
    try:
        while len(children) < 150:
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            children.append(child)
    except OSError as error:
        saw = f"ditolak {error.errno}"
    else:
        saw = "150 anak"
    for child in children:
        os.kill(child, 9)
        os.waitpid(child, 0)
"""
_THREADS = """
import threading
if x == 0:
    gate, count = threading.Event(), 0
    try:
        for _ in range(150):
            threading.Thread(target=gate.wait, daemon=True).start()
            count += 1
    except RuntimeError:
        saw = "ditolak"
    else:
        saw = "150 utas"
    gate.set()
"""
_FILES = """
if x == 0:
    kept = []
    try:
        while len(kept) < 1500:
            kept.append(open("/dev/null"))
    except OSError as error:
        saw = f"ditolak {error.errno}"
    else:
        saw = "1500 berkas"
    for one in kept:
        one.close()
"""
_FILL = """
if x == 0:
    written = 0
    try:
        with open("/tmp/isi", "wb", buffering=0) as f:
            while written < 40 * 2**20:
                written += f.write(bytes(2**20))
    except OSError as error:
        saw = f"penuh {error.errno in (27, 28)}"
    else:
        saw = "40 MiB"
    os.unlink("/tmp/isi")
"""
_INODES = """
if x == 0:
    try:
        for number in range(3000):
            open(f"/tmp/{number}", "w").close()
    except OSError as error:
        saw = f"penuh {error.errno}"
    else:
        saw = "3000 berkas"
"""

CASES = (
    Hostile(
        "memory-at-import",
        "memory ends at its limit",
        files=app("y = 1", "blob = bytearray(b'x' * (300 << 20))"),
        held=_MEMORY,
        loose=_ROOMY,
        bites=_FINE,
    ),
    Hostile(
        "memory-leak-by-case",
        "memory ends at its limit while cases run",
        files=app("kept.append(bytearray(b'x' * (60 << 20)))", "kept = []"),
        held=_MEMORY,
        loose=_ROOMY,
        bites=_FINE,
    ),
    Hostile(
        "memory-mapped",
        "mapped memory counts like any other",
        files=app("if x == 0: mmap.mmap(-1, 300 << 20).write(b'x' * (300 << 20))", "import mmap"),
        held=_MEMORY,
        loose=_ROOMY,
        bites=_FINE,
    ),
    Hostile(
        "memory-of-children",
        "children share the limit of their parent",
        files=app(
            "pids = []\n"
            "for _ in range(4 * (x == 0)):\n"
            "    pid = os.fork()\n"
            "    if pid == 0:\n"
            "        blob = bytearray(b'x' * (60 << 20)); time.sleep(0.5); os._exit(0)\n"
            "    pids.append(pid)\n"
            "if pids: saw = 'semua' if all([os.waitpid(pid, 0)[1] == 0 for pid in pids]) else 'sebagian'"
        ),
        held=Outcome(saw="sebagian"),
        loose=_ROOMY,
        bites=Outcome(saw="semua"),
    ),
    Hostile(
        "disk-in-tmp",
        "/tmp ends at its size",
        files=app(_FILL),
        held=Outcome(saw="penuh True"),
        loose=prototype(tmp_bytes=64 * MIB),
        bites=Outcome(saw="40 MiB"),
    ),
    Hostile(
        "many-small-files",
        "/tmp ends at its number of files",
        files=app(_INODES),
        held=Outcome(saw="penuh 28"),
        loose=prototype(tmp_bytes=64 * MIB),
        bites=Outcome(saw="3000 berkas"),
    ),
    Hostile(
        "fork-bomb",
        "processes end at their limit, and the run goes on",
        files=app(_BOMB),
        held=Outcome(saw="ditolak 11"),
        loose=prototype(pids=256),
        bites=Outcome(saw="150 anak"),
    ),
    Hostile(
        "thread-bomb",
        "threads count as processes",
        files=app(_THREADS),
        held=Outcome(saw="ditolak"),
        loose=prototype(pids=256),
        bites=Outcome(saw="150 utas"),
    ),
    Hostile(
        "open-files",
        "open files end at their limit",
        files=app(_FILES),
        held=Outcome(saw="ditolak 24"),
        loose=prototype(open_files=4096),
        bites=Outcome(saw="1500 berkas"),
    ),
    Hostile(
        "spinning-case",
        "a case that computes for ever fails alone, and soon",
        files=app("end = time.monotonic() + 1.5\nwhile x == 0 and time.monotonic() < end: pass"),
        limits=_SLOW,
        held=_ONE_SLOW,
        loose=run(),
        bites=Outcome(failures=(Failure.WRONG,) * 3),
    ),
    Hostile(
        "sleeping-case",
        "a case that sleeps past its time does not count, though its answer is right",
        files=app("if x in (0, 100): time.sleep(1.0)\ny = x * x + 7"),
        limits=_SLOW,
        held=_ONE_SLOW,
        loose=run(),
        bites=Outcome(failures=(None,) * 3, score=1.0),
    ),
    Hostile(
        "all-the-time-there-is",
        "everything together ends at its time",
        files=app("if x < 3: time.sleep(1.2)"),
        limits=run(total_seconds=2.0),
        held=Outcome(status=Status.TIMED_OUT, words="batas waktu 2 detik"),
        loose=run(),
        bites=_FINE,
    ),
    Hostile(
        "log-flood-at-import",
        "a flood of output ends the run",
        files=app("y = 1", "sys.stdout.write('x' * (4 << 20))"),
        held=_FLOOD,
        loose=_LOUD,
        bites=_FINE,
    ),
    Hostile(
        "log-flood-of-empty-lines",
        "small pieces of output count by their bytes",
        files=app("y = 1", "for _ in range(40): os.write(2, b'\\n' * 4096)"),
        held=_FLOOD,
        loose=_LOUD,
        bites=_FINE,
    ),
    Hostile(
        "log-flood-in-hidden-cases",
        "output counts also where nobody sees it",
        files=app("y = x * x + 7\nif x >= 100: os.write(1, b'x' * (1 << 20))"),
        held=Outcome(board=Status.OUTPUT_LIMIT, score=None),
        loose=_LOUD,
        bites=Outcome(score=1.0),
    ),
)
