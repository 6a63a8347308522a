"""The demo's teams hand in, through the public API and with tokens of their own, as real teams would."""

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from frontend.api.shapes import EntryBody, Problem, SubmissionBody
from frontend.client import ApiError, Client, digest
from frontend.packing import pack

FINISH_SECONDS = 900.0
"""How long one submission may take until it is finished; the slowest sample takes two minutes on two cores."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """One version of a team's prototype for a track."""

    team: str
    track: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one. `refusal` is there where the intake refused the archive, else `submission`."""

    hand_in: HandIn
    submission: SubmissionBody | None
    refusal: Problem | None
    reused: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the teams hand in: a server and an event."""

    url: str
    event: str


MOST_FAILURES = 5
"""So many failures of ours in a row are no accident: an image or the engine is missing."""


class KeepsFailing(Exception):
    """An evaluation fails again and again because of us; the sentence is what its team is told."""


class Stopped(Exception):
    """The demo is ending; whoever waits stops waiting."""


def hand_in_all(
    stage: Stage,
    teams: Sequence[tuple[str, Sequence[HandIn]]],
    *,
    at_once: int,
    pause: float,
    stop: threading.Event,
    on_outcome: Callable[[Outcome], None],
) -> list[Future[list[Outcome]]]:
    """Start handing in and return a future for each team, in the order given.

    `teams` are (token, versions). `at_once` teams hand in side by side; a team hands its next version in when the one
    before is finished and `pause` seconds have passed.
    """
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="team")
    futures = [pool.submit(_team, stage, token, versions, pause, stop, on_outcome) for token, versions in teams]
    pool.shutdown(wait=False)
    return futures


def _team(
    stage: Stage,
    token: str,
    versions: Sequence[HandIn],
    pause: float,
    stop: threading.Event,
    on_outcome: Callable[[Outcome], None],
) -> list[Outcome]:
    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise Stopped

    outcomes: list[Outcome] = []
    with (
        Client(stage.url, token, sleep=sleep) as client,
        tempfile.TemporaryDirectory(prefix="gelanggang-demo-") as scratch,
    ):
        entries = {entry.track: entry for entry in client.entries().entries if entry.event == stage.event}
        for number, version in enumerate(versions, start=1):
            if outcomes and not outcomes[-1].reused:
                sleep(pause)
            archive = pack(version.folder, Path(scratch) / f"{version.folder.name}-{number}.zip").path
            outcome = _one(client, entries[version.track], version, archive)
            outcomes.append(outcome)
            on_outcome(outcome)
    return outcomes


def _one(client: Client, entry: EntryBody, version: HandIn, archive: Path) -> Outcome:
    started = time.monotonic()
    _, sha256 = digest(archive)
    known = next((one for one in client.submissions(entry.id).submissions if one.sha256 == sha256), None)
    if known is not None:
        identity = known.id
    else:
        try:
            identity = client.hand_in(archive, event=entry.event, track=entry.track).submission
        except ApiError as refused:
            if refused.status >= 500:
                raise
            seconds = time.monotonic() - started
            return Outcome(version, None, refused.problem, reused=False, seconds=seconds)
    final = None
    for state in client.follow(identity, timeout=FINISH_SECONDS):
        final = state
        if state.failures_of_ours >= MOST_FAILURES and not state.finished:
            cause = next(step.cause.en for step in state.steps if step.state == "now")
            raise KeepsFailing(f"{version.team}, {version.folder.name}: {cause} `gelanggang doctor` finds out why")
    return Outcome(version, final, None, reused=known is not None, seconds=time.monotonic() - started)
