"""The way of a submission as its team sees it: five steps with their times, what happens now, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.outcomes import OUTCOMES
from hackathon.evaluations import Progress, State, Step, StepName, StepState
from hackathon.evaluations.model import FAILURES_TO_ALARM
from sandbox.model import CaseSet, Status

_CLASSES: Mapping[StepState, str] = {
    StepState.DONE: "done",
    StepState.NOW: "here",
    StepState.FAILED: "fail",
    StepState.AHEAD: "",
    StepState.SKIPPED: "skipped",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `state` is a class of the stylesheet; `since` lets a script count its age while it goes on."""

    number: int
    title: str
    state: str
    detail: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What our side did wrong, as the team is told. `again` is when it is tried again (empty: soon); `trying`: now."""

    times: str
    again: str
    trying: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The steps; `headline` is the page's heading, `title` that of its tab, `now` what happens and why, `then` what
    comes next.
    """

    nodes: tuple[Node, ...]
    headline: str
    title: str
    now: str
    then: str
    trouble: Trouble | None
    running: bool
    failed: bool


def draw_pipeline(progress: Progress, zone: ZoneInfo, language: Language) -> Pipeline:
    """The pipeline at the moment of `progress`."""
    current = next((step for step in progress.steps if step.state in (StepState.NOW, StepState.FAILED)), None)
    last = progress.steps[-1]
    headline = _headline(progress, current, language)
    trouble = _trouble(progress, zone, language)
    return Pipeline(
        nodes=tuple(
            Node(
                number=number,
                title=pick(step.title, language),
                state=_CLASSES[step.state],
                detail=_detail(step, progress, zone, language),
                since=step.since if step.state is StepState.NOW else None,
            )
            for number, step in enumerate(progress.steps, 1)
        ),
        headline=headline,
        title=_title(progress, current, headline, language),
        now=say(language, "Menunggu percobaan berikutnya.")
        if trouble is not None and current is not None and current.name is StepName.QUEUED
        else pick((last if progress.finished or current is None else current).cause, language),
        then=_then(progress, zone, language),
        trouble=trouble,
        running=not progress.finished,
        failed=current is not None and current.state is StepState.FAILED,
    )


def duration(span: timedelta, language: Language) -> str:
    """How long something took: 1 menit 47 detik."""
    if span < timedelta(seconds=1):
        return say(language, "kurang dari 1 detik")
    return formats.remaining(span, language)


def moment_exact(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """14.26.08 WIB."""
    return f"{formats.clock(moment, zone, language, seconds=True)} {formats.zone_name(moment, zone)}"


def ended_badly(progress: Progress) -> Status | None:
    """The status of the first evaluation that did not end well; None while it runs and where all did."""
    if not progress.finished:
        return None
    return next((one.status for one in progress.evaluations if one.status is not Status.OK), None)


def _headline(progress: Progress, current: Step | None, language: Language) -> str:
    number = formats.whole(progress.number, language)
    bad = ended_badly(progress)
    if bad is not None:
        return say(language, "Pengajuan {n}: {word}", n=number, word=pick(OUTCOMES[bad].word, language))
    if progress.finished or current is None:
        return say(language, "Pengajuan {n} selesai diuji", n=number)
    if progress.failures and current.name is StepName.QUEUED:
        return say(language, "Pengajuan {n} menunggu mesin kami", n=number)
    headlines = {
        StepName.QUEUED: say(language, "Pengajuan {n} menunggu giliran", n=number),
        StepName.BUILD: say(language, "Pengajuan {n} sedang dibangun", n=number),
    }
    return headlines.get(current.name, say(language, "Pengajuan {n} sedang diuji", n=number))


def _title(progress: Progress, current: Step | None, headline: str, language: Language) -> str:
    if progress.finished or current is None:
        return headline
    if current.name is StepName.QUEUED and progress.place is not None and progress.waiting is not None:
        place, waiting = formats.whole(progress.place, language), formats.whole(progress.waiting, language)
        return say(
            language, "{headline}, urutan {place} dari {waiting}", headline=headline, place=place, waiting=waiting
        )
    if current.name is StepName.TEST:
        done, total = _counts(progress)
        return say(
            language,
            "{headline}, {done} dari {total} kasus",
            headline=headline,
            done=formats.whole(done, language),
            total=formats.whole(total, language),
        )
    return headline


def _detail(step: Step, progress: Progress, zone: ZoneInfo, language: Language) -> str:
    if step.state is StepState.SKIPPED:
        return say(language, "Dilewati")
    if step.since is None:
        if step.name is StepName.DONE and progress.estimate_seconds is not None:
            when = progress.now + timedelta(seconds=progress.estimate_seconds)
            clock = f"{formats.clock(when, zone, language)} {formats.zone_name(when, zone)}"
            return say(language, "Kira-kira {clock}", clock=clock)
        return ""
    if step.name in (StepName.RECEIVED, StepName.DONE):
        return moment_exact(step.since, zone, language)
    spent = timedelta(seconds=step.seconds(progress.now) or 0.0)
    if step.state is not StepState.NOW:
        return duration(spent, language)
    if step.name is StepName.TEST:
        done, total = _counts(progress)
        return say(
            language,
            "{done} dari {total} kasus",
            done=formats.whole(done, language),
            total=formats.whole(total, language),
        )
    if step.name is StepName.QUEUED and progress.place is not None and progress.waiting is not None:
        return say(
            language,
            "Urutan {place} dari {waiting}",
            place=formats.whole(progress.place, language),
            waiting=formats.whole(progress.waiting, language),
        )
    return ""


def _counts(progress: Progress) -> tuple[int, int]:
    tasks = [task for evaluation in progress.evaluations for task in evaluation.tasks]
    return sum(task.done for task in tasks), sum(task.total for task in tasks)


def _then(progress: Progress, zone: ZoneInfo, language: Language) -> str:
    """What comes next while it is under way; nothing once it has finished."""
    if progress.finished:
        return ""
    if any(one.case_set is CaseSet.BOARD and one.round > 1 for one in progress.evaluations):
        return say(
            language,
            "Panitia meminta pengajuan ini diuji ulang. Hasil sebelumnya tetap berlaku sampai yang baru selesai, dan "
            "jatah Anda tidak berkurang.",
        )
    if progress.place is not None and progress.place > 1 and not progress.failures:
        ahead = progress.place - 1
        return say_count(
            language,
            "{n} pengajuan di depan Anda. Halaman ini bergerak sendiri dan boleh ditutup.",
            ahead,
            formats.whole(ahead, language),
        )
    return say(language, "Halaman ini bergerak sendiri dan boleh ditutup; pengujian tetap berjalan.")


def _trouble(progress: Progress, zone: ZoneInfo, language: Language) -> Trouble | None:
    if progress.finished or not progress.failures:
        return None
    due = progress.next_try_at
    return Trouble(
        times=say_count(language, "{n} kali gagal", progress.failures, formats.whole(progress.failures, language)),
        again=moment_exact(due, zone, language) if due is not None and due > progress.now else "",
        trying=all(one.state is not State.QUEUED for one in progress.evaluations),
        told=progress.failures >= FAILURES_TO_ALARM,
    )
