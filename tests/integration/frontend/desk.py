"""What tests of the console share: an organizer's browser, submissions that wait, workers."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from hackathon import store
from hackathon.evaluations import enqueue
from hackathon.evaluations import store as evaluation_store
from hackathon.evaluations.model import WorkerState
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.sukaraya import Sukaraya

ROOT = "/konsol/asn-2026"


@dataclass(frozen=True)
class Waiting:
    """A submission in the queue, and its evaluation on the board's cases."""

    submission: UUID
    evaluation: UUID
    number: int


async def organizer(sukaraya: Sukaraya, browser: Browser) -> Signed:
    """An organizer, signed in."""
    return await browser.sign_in((await sukaraya.organizer()).account_id)


async def queue(sukaraya: Sukaraya, team: str, *, minutes: float = 0, failures: int = 0) -> Waiting:
    """A submission that waits since some minutes, after failures of ours."""
    submission, number = await sukaraya.hand_in(team)
    async with store.transaction():
        await enqueue(submission)
    await store.execute(
        "UPDATE evaluation SET queued_at = queued_at - $2::interval, due_at = due_at - $2::interval, failures = $3,"
        " failure = CASE WHEN $3 > 0 THEN jsonb_build_object('reason', 'no space left', 'host', 'uji-02') END"
        " WHERE submission_id = $1",
        submission,
        timedelta(minutes=minutes),
        failures,
    )
    evaluation: UUID = await store.fetch_value(
        "SELECT id FROM evaluation WHERE submission_id = $1 AND case_set = 'board'", submission
    )
    return Waiting(submission, evaluation, number)


async def worker(host: str = "uji-01", *, slots: int = 2, state: WorkerState = WorkerState.RUNNING) -> UUID:
    """A worker that was heard of just now; it stays so, for nobody marks it gone."""
    worker_id = uuid4()
    await evaluation_store.register_worker(worker_id, host=host, pid=1, slots=slots)
    await evaluation_store.see_worker(worker_id, state, "no engine" if state is WorkerState.SICK else None)
    return worker_id


def words(answer: Answer) -> str:
    """The main part of a page as text."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
