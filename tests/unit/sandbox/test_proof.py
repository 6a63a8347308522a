"""The proof as data, and how long what was found is believed."""

import json
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from sandbox.errors import Cancelled, EngineUnavailable
from sandbox.fake import FakeProvider
from sandbox.model import Finding, Text
from sandbox.proof import BY_NAME, WALLS, proven
from sandbox.proof.running import PROBE
from sandbox.provider import Cancel
from sandbox.tasks import load_public_cases, load_task

HELD = tuple(Finding(wall.name, held=True, found="refused") for wall in WALLS)


class Walled(FakeProvider):
    """Says of its walls what it is told, and counts how often it was asked."""

    def __init__(self, findings: tuple[Finding, ...] = HELD, **around: str) -> None:
        super().__init__()
        self.findings = findings
        self.around = {"provider": "walled", "boot": "1", **around}
        self.asked = 0

    def circumstances(self) -> Mapping[str, str]:
        return self.around

    def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        self.asked += 1
        return self.findings


def test_what_held_is_believed_while_nothing_changes(tmp_path: Path) -> None:
    again = Walled()
    first, second = proven(Walled(), tmp_path), proven(again, tmp_path)
    assert (first.kept, second.kept, again.asked) == (False, True, 0)
    assert second.findings == first.findings == HELD
    assert (second.at, second.seconds) == (first.at, first.seconds)
    assert not second.missing


@pytest.mark.parametrize("changed", ["boot", "engine", "runtime", "profile", "code"])
def test_other_circumstances_are_another_proof(changed: str, tmp_path: Path) -> None:
    proven(Walled(), tmp_path)
    other = Walled(**{changed: "other"})
    assert not proven(other, tmp_path).kept
    assert other.asked == 1
    assert proven(Walled(), tmp_path).kept


def test_a_gap_is_never_kept_and_takes_an_older_proof_away(tmp_path: Path) -> None:
    gap = (*HELD[:-1], Finding(WALLS[-1].name, held=False, found="taken"))
    proven(Walled(), tmp_path)
    assert [finding.found for finding in proven(Walled(gap), tmp_path, again=True).missing] == ["taken"]
    mended = Walled()
    assert not proven(mended, tmp_path).kept
    assert mended.asked == 1


@pytest.mark.parametrize("age", [8 * 24 * 3600.0, -3600.0])
def test_an_old_proof_and_one_of_the_future_are_tried_again(age: float, tmp_path: Path) -> None:
    proven(Walled(), tmp_path)
    (path,) = tmp_path.glob("*.json")
    kept = json.loads(path.read_text())
    kept["proof"]["at"] = time.time() - age
    path.write_text(json.dumps(kept))
    assert not proven(Walled(), tmp_path).kept


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 1, "proof": {"at": 1}}', b"\xff"]
)
def test_a_broken_file_is_no_proof(content: bytes, tmp_path: Path) -> None:
    proven(Walled(), tmp_path)
    (path,) = tmp_path.glob("*.json")
    path.write_bytes(content)
    assert not proven(Walled(), tmp_path).kept
    assert proven(Walled(), tmp_path).kept


def test_nothing_is_kept_of_an_engine_that_does_not_answer(tmp_path: Path) -> None:
    engine = Walled()

    def gone(*, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        raise EngineUnavailable("no answer")

    engine.prove = gone  # type: ignore[method-assign]
    with pytest.raises(EngineUnavailable):
        proven(engine, tmp_path)
    assert not list(tmp_path.glob("*.json"))


def test_two_that_start_together_try_once(tmp_path: Path) -> None:
    class Slow(Walled):
        def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
            time.sleep(0.2)
            return super().prove(cancel=cancel)

    engines = [Slow(), Slow()]
    threads = [threading.Thread(target=proven, args=(engine, tmp_path)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(engine.asked for engine in engines) == 1


def test_whoever_waits_for_another_can_be_cancelled(tmp_path: Path) -> None:
    asked, may_end, cancel = threading.Event(), threading.Event(), Cancel()

    class Held(Walled):
        def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
            asked.set()
            may_end.wait(10)
            return super().prove(cancel=cancel)

    first = threading.Thread(target=proven, args=(Held(), tmp_path))
    first.start()
    assert asked.wait(10)
    cancel.set()
    try:
        with pytest.raises(Cancelled):
            proven(Walled(), tmp_path, cancel=cancel)
    finally:
        may_end.set()
        first.join()


def test_every_wall_says_what_is_missing_and_what_to_do_in_two_languages() -> None:
    assert len(BY_NAME) == len(WALLS) > 50
    for wall in WALLS:
        for text in (wall.title, wall.missing, wall.todo):
            assert isinstance(text, Text)
            assert text.id.strip()
            assert text.en.strip()
        assert wall.missing.id.endswith(".")
        assert wall.missing.en.endswith(".")


def test_the_probes_public_cases_are_the_walls_of_one_run() -> None:
    cases = load_public_cases(load_task(PROBE))
    around = [wall.name for wall in WALLS if wall.place == "run"]
    assert [case.id for case in cases] == [name for name in around if name not in ("log-flood", "deadline")]
    assert all(case.input["wall"] == case.id for case in cases)
