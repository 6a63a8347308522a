"""`gelanggang event apply`: a track whose tasks no one grader can hold is refused before anything is written."""

import json
from pathlib import Path

import pytest

from frontend.cli.frame import run
from sandbox.conformance import samples

EVENT = """
slug = "asn-2026"
zone = "Asia/Jakarta"
title = { id = "Hackathon AI ASN 2026", en = "ASN AI Hackathon 2026" }

[schedule]
registration_opens = 2026-11-02T08:00:00
building_opens = 2026-11-16T08:00:00
building_closes = 2026-12-11T17:00:00
judging_closes = 2026-12-18T17:00:00
objection_closes = 2026-12-23T17:00:00

[[tracks]]
slug = "naskah"
title = { id = "Naskah", en = "Letters" }
tasks = [{ slug = "bon-gudang" }, { slug = "bon-kantor" }]
"""


def test_tasks_of_a_track_want_the_same_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = tmp_path / "tugas"
    tasks.mkdir()
    for slug, version in (("bon-gudang", "1.0"), ("bon-kantor", "2.0")):
        made = samples.write_task(tasks / slug, slug, samples.ECHO_TEST, samples.GENERATE)
        (made / "requirements.txt").write_text(f"# untuk mengukur\nrouge-score=={version}\n")
    file = tmp_path / "acara.toml"
    file.write_text(EVENT)
    monkeypatch.setenv("GELANGGANG_BENCHMARKS_DIR", str(tasks))
    status = run(["event", "apply", "--json", str(file)])
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (status, found["error"]["code"]) == (2, "task_invalid"), found
    assert "bon-kantor/requirements.txt:2: `rouge-score==2.0`, but `bon-gudang`" in json.dumps(found)
