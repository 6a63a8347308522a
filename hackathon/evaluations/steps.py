"""The five steps that a team sees, each with its time and its cause: received, queued, build, test, done. Pure
functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hackathon.evaluations.model import FAILURES_TO_ALARM, State
from sandbox.model import CaseSet, Status, Text


class StepName(StrEnum):
    """The way of a submission."""

    RECEIVED = "received"
    QUEUED = "queued"
    BUILD = "build"
    TEST = "test"
    DONE = "done"


class StepState(StrEnum):
    """Where a step is. `SKIPPED`: an earlier one failed."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    FAILED = "failed"
    SKIPPED = "skipped"


TITLES = {
    StepName.RECEIVED: Text(id="Diterima", en="Received"),
    StepName.QUEUED: Text(id="Antre", en="Queued"),
    StepName.BUILD: Text(id="Build", en="Build"),
    StepName.TEST: Text(id="Uji", en="Test"),
    StepName.DONE: Text(id="Selesai", en="Done"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `since` and `until` are None where it has not begun or not ended; `cause` says why it is as it is."""

    name: StepName
    state: StepState
    since: datetime | None
    until: datetime | None
    cause: Text

    @property
    def title(self) -> Text:
        """Its name for people."""
        return TITLES[self.name]

    def seconds(self, now: datetime) -> float | None:
        """How long it took, or has taken until `now`; None before it begins."""
        if self.since is None:
            return None
        return max(((self.until or now) - self.since).total_seconds(), 0.0)


@dataclass(frozen=True, slots=True)
class Facts:
    """One evaluation's row, as far as steps need it. `done` and `total` count its cases."""

    case_set: CaseSet
    state: State
    queued_at: datetime
    due_at: datetime
    claimed_at: datetime | None
    running_at: datetime | None
    finished_at: datetime | None
    status: Status | None
    message: Text | None
    failures: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """The submission's last build: begun while `status` is None."""

    status: Status | None
    message: Text | None
    cached: bool
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """The queue around a waiting submission: its place, how many wait, how many workers take work, how many only end
    what they have, and how many wait for their engine, `short` of these for room on a disk.
    """

    place: int
    waiting: int
    workers: int
    team_is_running: bool
    finishing: int = 0
    sick: int = 0
    short: int = 0


def steps_of(
    received_at: datetime,
    evaluations: Sequence[Facts],
    build: BuildFacts | None,
    queue: QueueFacts | None,
    now: datetime,
) -> tuple[Step, ...]:
    """The five steps. `queue` is given while the submission waits. Raises ValueError without an evaluation."""
    if not evaluations:
        raise ValueError("a submission has at least one evaluation")
    received = Step(
        StepName.RECEIVED,
        StepState.DONE,
        received_at,
        received_at,
        Text(
            id="Berkas Anda diterima utuh dan lolos pemeriksaan arsip.",
            en="Your file arrived whole and passed the archive's checks.",
        ),
    )
    claimed = [e.claimed_at for e in evaluations if e.claimed_at is not None]
    begun = min(claimed) if claimed and all(e.state is not State.QUEUED for e in evaluations) else None
    return (
        received,
        _queued(evaluations, begun, queue, now),
        _build(evaluations, begun, build),
        _test(evaluations),
        _done(evaluations),
    )


def _queued(evaluations: Sequence[Facts], begun: datetime | None, queue: QueueFacts | None, now: datetime) -> Step:
    since = min(e.queued_at for e in evaluations)
    if begun is not None:
        cause = Text(id="Gilirannya tiba.", en="Its turn came.")
        return Step(StepName.QUEUED, StepState.DONE, since, begun, cause)
    return Step(StepName.QUEUED, StepState.NOW, since, None, _why_waiting(evaluations, queue, now))


def _why_waiting(evaluations: Sequence[Facts], queue: QueueFacts | None, now: datetime) -> Text:
    failures = max(e.failures for e in evaluations)
    pause = max((max(e.due_at for e in evaluations) - now).total_seconds(), 0.0)
    if failures:
        told_id = " Panitia sudah melihatnya." if failures >= FAILURES_TO_ALARM else ""
        told_en = " The organizers can see it." if failures >= FAILURES_TO_ALARM else ""
        when_id = f"Dicoba lagi dalam {pause:.0f} detik" if pause >= 1 else "Segera dicoba lagi"
        when_en = f"It is tried again in {pause:.0f} seconds" if pause >= 1 else "It is tried again at once"
        return Text(
            id=f"Mesin kami gagal {failures} kali; bukan salah Anda, jatah Anda tidak berkurang. {when_id}.{told_id}",
            en=f"Our machine failed {failures} times; not your fault, and it costs no attempt. {when_en}.{told_en}",
        )
    if queue is None:
        return Text(id="Menunggu giliran.", en="Waiting for its turn.")
    if queue.workers == 0 and queue.finishing:
        return Text(
            id="Mesin penguji sedang menyelesaikan pengujian yang berjalan sebelum dimulai ulang; pengajuan Anda aman"
            f" di urutan {queue.place} dari {queue.waiting} dan diuji begitu mesin kembali.",
            en="The test machine is finishing what it runs before it starts anew; your submission is safe at place"
            f" {queue.place} of {queue.waiting} and is tested as soon as the machine is back.",
        )
    if queue.workers == 0 and queue.short:
        return Text(
            id=f"Menunggu ruang di mesin uji; pengajuan Anda aman di urutan {queue.place} dari {queue.waiting}."
            " Panitia sudah melihatnya; pengujian mulai sendiri begitu ada ruang.",
            en=f"Waiting for room on the test machine; your submission is safe at place {queue.place} of"
            f" {queue.waiting}. The organizers can see it; testing starts by itself as soon as there is room.",
        )
    if queue.workers == 0 and queue.sick:
        return Text(
            id=f"Mesin penguji sedang disiapkan; pengajuan Anda aman di urutan {queue.place} dari {queue.waiting}."
            " Pengujian mulai sendiri begitu mesin siap.",
            en=f"The test machine is being made ready; your submission is safe at place {queue.place} of"
            f" {queue.waiting}. Testing starts by itself as soon as it is.",
        )
    if queue.workers == 0:
        return Text(
            id=f"Belum ada mesin penguji yang aktif; pengajuan Anda aman di urutan {queue.place} dari {queue.waiting}."
            " Pengujian mulai sendiri begitu mesin aktif.",
            en=f"No test machine is active yet; your submission is safe at place {queue.place} of {queue.waiting}."
            " Testing starts by itself as soon as one is.",
        )
    if queue.team_is_running:
        return Text(
            id=f"Pengajuan lain tim Anda sedang diuji; yang ini di urutan {queue.place} dari {queue.waiting}.",
            en=f"Another submission of your team is being tested; this one: place {queue.place} of {queue.waiting}.",
        )
    return Text(
        id=f"Menunggu giliran: urutan {queue.place} dari {queue.waiting}.",
        en=f"Waiting for its turn: place {queue.place} of {queue.waiting}.",
    )


def _build(evaluations: Sequence[Facts], begun: datetime | None, build: BuildFacts | None) -> Step:
    if begun is None or build is None:
        cause = Text(id="Dimulai saat gilirannya tiba.", en="Starts when its turn comes.")
        return Step(StepName.BUILD, StepState.AHEAD, None, None, cause)
    if build.status is None or build.finished_at is None:
        cause = Text(id="Kode Anda sedang dijadikan image kontainer.", en="Your source is being made into an image.")
        return Step(StepName.BUILD, StepState.NOW, build.started_at, None, cause)
    if build.status is not Status.OK:
        fallback = Text(id="Build gagal; lihat log.", en="The build failed; see the log.")
        return Step(StepName.BUILD, StepState.FAILED, build.started_at, build.finished_at, build.message or fallback)
    cause = (
        Text(
            id="Memakai image yang sudah ada dari sumber yang sama.",
            en="An image of the same source was there already.",
        )
        if build.cached
        else Text(id="Image kontainer selesai dibuat.", en="The image was made.")
    )
    return Step(StepName.BUILD, StepState.DONE, build.started_at, build.finished_at, cause)


def _test(evaluations: Sequence[Facts]) -> Step:
    running = [e.running_at for e in evaluations if e.running_at is not None]
    finished = all(e.state is State.FINISHED for e in evaluations)
    if not running:
        if finished:
            cause = Text(
                id="Tidak dijalankan karena build tidak berhasil.", en="Not run, because the build did not succeed."
            )
            return Step(StepName.TEST, StepState.SKIPPED, None, None, cause)
        cause = Text(id="Dimulai setelah build selesai.", en="Starts when the build is done.")
        return Step(StepName.TEST, StepState.AHEAD, None, None, cause)
    since = min(running)
    if not finished:
        done, total = sum(e.done for e in evaluations), sum(e.total for e in evaluations)
        return Step(
            StepName.TEST,
            StepState.NOW,
            since,
            None,
            Text(id=f"{done} dari {total} kasus uji selesai.", en=f"{done} of {total} cases done."),
        )
    until = max(e.finished_at for e in evaluations if e.finished_at is not None)
    bad = next((e for e in evaluations if e.status is not Status.OK), None)
    if bad is not None:
        fallback = Text(id="Prototipe berhenti sebelum selesai.", en="The prototype ended early.")
        return Step(StepName.TEST, StepState.FAILED, since, until, bad.message or fallback)
    total = sum(e.total for e in evaluations)
    return Step(
        StepName.TEST,
        StepState.DONE,
        since,
        until,
        Text(id=f"Semua {total} kasus uji dijalankan.", en=f"All {total} cases were run."),
    )


def _done(evaluations: Sequence[Facts]) -> Step:
    if not all(e.state is State.FINISHED for e in evaluations):
        cause = Text(id="Nilai muncul di sini setelah uji selesai.", en="The score appears here when the test is done.")
        return Step(StepName.DONE, StepState.AHEAD, None, None, cause)
    moment = max(e.finished_at for e in evaluations if e.finished_at is not None)
    if all(e.status is Status.OK for e in evaluations):
        cause = Text(id="Nilai sudah tersimpan.", en="The score is stored.")
    elif any(e.status is Status.REFUSED for e in evaluations):
        cause = Text(
            id="Ditolak sebelum dijalankan; jatah Anda tidak berkurang. Perbaiki sesuai pesannya, lalu kirim lagi.",
            en="Refused before it was run; it costs no attempt. Mend what the message says, then hand in again.",
        )
    else:
        cause = Text(
            id="Tersimpan dengan kegagalan; kasus yang tidak selesai dinilai terendah. Perbaiki, lalu kirim lagi.",
            en="Stored with a failure; cases that were not finished count at the worst. Mend it, then hand in again.",
        )
    return Step(StepName.DONE, StepState.DONE, moment, moment, cause)
