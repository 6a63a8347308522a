"""Hostile submissions by the whole way, through a worker to the board: none gains, the honest ones lose nothing."""

from hackathon import store
from hackathon.evaluations.model import log_key
from hackathon.objects import open_objects
from tests.docker import test_worker_faults
from tests.docker.hostile.cheating import BROUGHT
from tests.docker.test_worker_faults import GREETING, Hall

server = test_worker_faults.server
hall = test_worker_faults.hall

_HIDDEN = 'input["name"].startswith("Nama")'
_ANSWER = GREETING.splitlines()[1]


def _first(line: str) -> dict[str, str]:
    """A right answer, with a line before it."""
    return {"app.py": f"import os\ndef predict(task, input):\n    {line}\n{_ANSWER}\n"}


SUBMISSIONS = {
    "Jujur": ({"app.py": GREETING}, "ok", 100.0),
    "Kosong": ({"app.py": "def predict(task, input):\n    return {}\n"}, "ok", 0.0),
    "Gema": ({"app.py": "def predict(task, input):\n    return {'text': input['name'], **input}\n"}, "ok", 0.0),
    "Hafal": ({"app.py": GREETING.replace('"Halo " + input["name"]', '"Halo Sari"')}, "ok", 0.0),
    "Bawa Penguji": (
        {"app.py": "def predict(task, input):\n    return {'accuracy': 1.0, 'passed': True}\n", **BROUGHT},
        "ok",
        0.0,
    ),
    "Kabur": (_first(f"if {_HIDDEN}: os._exit(0)"), "crashed", 0.0),
    "Membocorkan": (_first("print('LIHAT', input, flush=True)"), "ok", 100.0),
    "Banjir": (_first(f"while {_HIDDEN}: os.write(1, b'x' * 65536)"), "output_limit", 0.0),
    "Keluar Arsip": ({"app.py": GREETING, "../x.py": "x"}, "refused", 0.0),
    "Minta Jaringan": ({"Dockerfile": "FROM python\nRUN --network=host true\nCMD x\n"}, "refused", 0.0),
}


async def test_no_submission_gains_by_harm(hall: Hall) -> None:
    handed_in = {name: await hall.hand_in(name, files) for name, (files, _, _) in SUBMISSIONS.items()}
    worker = await hall.start_worker()
    objects = open_objects(hall.settings)
    try:
        for name, submission_id in handed_in.items():
            await hall.finished(submission_id)
            _, status, score = SUBMISSIONS[name]
            public, board = await hall.rows(submission_id)
            assert (board["status"], board["score"]) == (status, score), (name, board)
            # Nothing of ours failed over it, and nothing was tried again for it.
            assert (public["failures"], board["failures"], board["attempt"]) == (0, 0, 1), name
            if status != "refused":
                log = await objects.read(log_key(submission_id, board["attempt"]))
                assert b"Nama" not in log, name
            await hall.nothing_is_left(submission_id)
    finally:
        objects.close()
    runs = await store.fetch(
        "SELECT run.* FROM run JOIN evaluation ON evaluation.id = evaluation_id WHERE evaluation.case_set = 'board'"
    )
    assert runs
    assert not [row for row in runs if "Nama" in str(dict(row))]
    assert worker.process.returncode is None
    uncharged = await store.fetch_value("SELECT count(*) FROM submission WHERE NOT charged")
    assert uncharged == sum(status == "refused" for _, status, _ in SUBMISSIONS.values())
