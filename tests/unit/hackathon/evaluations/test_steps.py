"""The five steps: never a state without an age and a cause."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hackathon.evaluations.model import State
from hackathon.evaluations.steps import BuildFacts, Facts, QueueFacts, Step, StepName, StepState, steps_of
from sandbox.model import CaseSet, Status, Text

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
QUEUE = QueueFacts(place=2, waiting=5, workers=1, team_is_running=False)
OOM = Text(id="Prototipe kehabisan memori (1 GiB).", en="The prototype ran out of memory (1 GiB).")


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


QUEUED = Facts(
    case_set=CaseSet.PUBLIC,
    state=State.QUEUED,
    queued_at=T0,
    due_at=T0,
    claimed_at=None,
    running_at=None,
    finished_at=None,
    status=None,
    message=None,
    failures=0,
    done=0,
    total=30,
)
BUILDING = replace(QUEUED, state=State.BUILDING, claimed_at=at(4))
RUNNING = replace(BUILDING, state=State.RUNNING, running_at=at(9), done=12)
FINISHED = replace(RUNNING, state=State.FINISHED, finished_at=at(15), status=Status.OK, done=30)

BUILD = BuildFacts(status=None, message=None, cached=False, started_at=at(4), finished_at=None)
BUILT = replace(BUILD, status=Status.OK, finished_at=at(9))


def steps(facts: Facts, build: BuildFacts | None = None, queue: QueueFacts | None = None) -> dict[StepName, Step]:
    found = steps_of(T0, [facts, replace(facts, case_set=CaseSet.BOARD)], build, queue, at(20))
    assert [step.name for step in found] == list(StepName)
    for step in found:
        assert step.cause.id
        assert step.cause.en
        if step.state in {StepState.NOW, StepState.DONE, StepState.FAILED}:
            assert step.seconds(at(20)) is not None
    return {step.name: step for step in found}


def states(found: dict[StepName, Step]) -> list[str]:
    return [str(step.state) for step in found.values()]


def test_waiting_for_room_is_told_as_such() -> None:
    found = steps(QUEUED, queue=replace(QUEUE, workers=0, sick=2, short=1))
    assert found[StepName.QUEUED].cause.id.startswith("Menunggu ruang di mesin uji; pengajuan Anda aman di urutan 2")
    busy = steps(QUEUED, queue=replace(QUEUE, workers=1, sick=1, short=1))
    assert busy[StepName.QUEUED].cause.id == "Menunggu giliran: urutan 2 dari 5."


def test_waiting_tells_the_place_and_the_age() -> None:
    found = steps(QUEUED, queue=QUEUE)

    assert states(found) == ["done", "now", "ahead", "ahead", "ahead"]
    assert found[StepName.QUEUED].seconds(at(20)) == 20.0
    assert found[StepName.QUEUED].cause.en == "Waiting for its turn: place 2 of 5."


def test_waiting_behind_the_own_team_says_so() -> None:
    assert "tim Anda" in steps(QUEUED, queue=replace(QUEUE, team_is_running=True))[StepName.QUEUED].cause.id


def test_waiting_without_any_worker_says_that_nothing_is_lost() -> None:
    cause = steps(QUEUED, queue=replace(QUEUE, workers=0))[StepName.QUEUED].cause

    assert "aman di urutan 2 dari 5" in cause.id
    assert "starts by itself" in cause.en


def test_waiting_while_a_machine_finishes_what_it_runs_does_not_say_that_there_is_none() -> None:
    cause = steps(QUEUED, queue=replace(QUEUE, workers=0, finishing=1))[StepName.QUEUED].cause

    assert "menyelesaikan pengujian" in cause.id
    assert "aman di urutan 2 dari 5" in cause.id
    assert "Belum ada mesin" not in cause.id


def test_waiting_while_the_machine_starts_or_recovers_says_so() -> None:
    cause = steps(QUEUED, queue=replace(QUEUE, workers=0, sick=1))[StepName.QUEUED].cause

    assert "sedang disiapkan" in cause.id
    assert "being made ready" in cause.en


@pytest.mark.parametrize(("failures", "seen"), [(1, False), (3, True)])
def test_a_failure_of_ours_is_called_ours_and_says_when_it_is_tried_again(failures: int, seen: bool) -> None:
    cause = steps(replace(QUEUED, failures=failures, due_at=at(28)), queue=QUEUE)[StepName.QUEUED].cause

    assert f"gagal {failures} kali" in cause.id
    assert "jatah Anda tidak berkurang" in cause.id
    assert "dalam 8 detik" in cause.id
    assert ("Panitia" in cause.id) is seen


def test_building_and_testing_are_timed_each() -> None:
    building = steps(BUILDING, BUILD)
    assert states(building) == ["done", "done", "now", "ahead", "ahead"]
    assert building[StepName.QUEUED].seconds(at(20)) == 4.0
    assert building[StepName.BUILD].seconds(at(20)) == 16.0

    running = steps(RUNNING, BUILT)
    assert states(running) == ["done", "done", "done", "now", "ahead"]
    assert running[StepName.BUILD].seconds(at(20)) == 5.0
    assert running[StepName.TEST].cause.en == "24 of 60 cases done."


def test_a_finished_one_is_done_in_every_step() -> None:
    found = steps(FINISHED, BUILT)

    assert states(found) == ["done"] * 5
    assert found[StepName.TEST].seconds(at(20)) == 6.0


def test_a_failed_build_names_its_reason_and_skips_the_test() -> None:
    reason = Text(id="Baris 3 Dockerfile gagal.", en="Line 3 of the Dockerfile failed.")
    ended = replace(FINISHED, running_at=None, status=Status.BUILD_FAILED, message=reason)

    found = steps(ended, replace(BUILT, status=Status.BUILD_FAILED, message=reason))

    assert states(found) == ["done", "done", "failed", "skipped", "done"]
    assert found[StepName.BUILD].cause == reason


def test_a_refusal_says_that_it_costs_nothing() -> None:
    ended = replace(FINISHED, running_at=None, status=Status.REFUSED)

    found = steps(ended, replace(BUILT, status=Status.REFUSED, message=OOM))

    assert "jatah Anda tidak berkurang" in found[StepName.DONE].cause.id


def test_a_prototype_that_ended_early_fails_the_test_step_with_its_reason() -> None:
    found = steps(replace(FINISHED, status=Status.OUT_OF_MEMORY, message=OOM, done=7), BUILT)

    assert states(found) == ["done", "done", "done", "failed", "done"]
    assert found[StepName.TEST].cause == OOM


def test_one_evaluation_back_in_the_queue_shows_the_submission_as_waiting() -> None:
    found = steps_of(T0, [BUILDING, QUEUED], BUILD, QUEUE, at(20))

    assert found[1].state is StepState.NOW
    assert found[2].state is StepState.AHEAD


def test_a_submission_without_evaluations_has_no_steps() -> None:
    with pytest.raises(ValueError):
        steps_of(T0, [], None, None, T0)
