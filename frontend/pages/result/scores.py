"""What a submission has reached: the total with its range, each task, its public cases one by one, its hidden ones as
coarsely as teams are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from frontend import formats
from frontend.api.telling import Share, told_score, told_share
from frontend.language import Language, pick, say
from frontend.pages.result.advice import BY_FAILURE, NOT_REACHED
from frontend.pages.result.bars import Bar, Change, draw_bar, draw_change
from frontend.pages.result.metrics import MetricRow, draw_metrics
from frontend.pages.result.qualities import QualityRow, draw_faster, draw_qualities
from hackathon.evaluations import EvaluationProgress, Progress, State, TaskProgress
from hackathon.evaluations.difference import Difference
from sandbox.model import CaseSet, Status, Text
from sandbox.tasks import Task


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of failure among hidden cases: how many, coarsely, and what helps."""

    word: str
    share: str
    meaning: str
    help: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task. `state` is wait, run, ok or bad; `cells` has a class for each public case (passed: empty, failed `f`,
    waiting `w`); `hidden_done` of `hidden_total` move in quarters until the result is there.
    """

    slug: str
    title: str
    state: str
    score: str
    bar: Bar | None
    before: str
    cells: tuple[str, ...]
    public: str
    hidden: str
    hidden_done: int
    hidden_total: int
    passed: str
    metrics: tuple[MetricRow, ...]
    qualities: tuple[QualityRow, ...]
    classes: tuple[ClassRow, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Total with its range once it is there (else empty), the last version's, and the tasks at any time. `faster` says
    of several tasks together how much faster the work goes.
    """

    total: str
    range: str
    bar: Bar | None
    before: str
    change: Change | None
    tasks: tuple[TaskRow, ...]
    faster: str = ""


_SHARES: Mapping[Share, Text] = {
    Share.NONE: Text("tidak ada", "none"),
    Share.FEW: Text("kurang dari seperempat", "less than a quarter"),
    Share.SOME: Text("seperempat sampai separuh", "a quarter to a half"),
    Share.MANY: Text("lebih dari separuh", "more than a half"),
    Share.ALL: Text("semua", "all"),
}


def draw_result(
    progress: Progress,
    difference: Difference | None,
    tasks: Mapping[str, Task],
    titles: Mapping[str, Text],
    language: Language,
) -> Result:
    """The result so far. `tasks` are those that this host can read as they were run, `titles` of all by slug."""
    public, board = (_of(progress, case_set) for case_set in (CaseSet.PUBLIC, CaseSet.BOARD))
    total = None if difference is None else difference.total
    before = None if total is None else total.before.score
    return Result(
        total=_shown(None if board is None else board.score, language),
        range=_range(board, language),
        bar=None
        if board is None or board.score is None
        else draw_bar(board.score, low=board.low, high=board.high, before=before),
        before="" if before is None else formats.score(before, language),
        change=None if total is None else draw_change(total.verdict, total.after.score - total.before.score, language),
        tasks=()
        if board is None
        else tuple(
            _task(
                run,
                _run(public, run.task),
                draw_metrics(run, tasks.get(run.task), () if difference is None else difference.metrics, language),
                title=pick(titles.get(run.task, Text(run.task, run.task)), language),
                finished=board.state is State.FINISHED,
                before=None if difference is None else difference.scores.get(run.task),
                language=language,
            )
            for run in board.tasks
        ),
        faster="" if board is None or len(board.tasks) < 2 else draw_faster(board.productivity, language),
    )


def _task(
    run: TaskProgress,
    public: TaskProgress | None,
    metrics: tuple[MetricRow, ...],
    *,
    title: str,
    finished: bool,
    before: float | None,
    language: Language,
) -> TaskRow:
    passed = told_share(run.done - sum(run.failed.values()), run.total)
    return TaskRow(
        slug=run.task,
        title=title,
        state=_state(run, public, finished=finished),
        score=_shown(run.score, language),
        bar=None if run.score is None else draw_bar(run.score, before=before),
        before=_shown(before, language),
        cells=() if public is None else _cells(public),
        public="" if public is None else _public(public, finished=finished, language=language),
        hidden=say(
            language,
            "{done} dari {total} kasus tersembunyi dijalankan",
            done=formats.whole(run.done, language),
            total=formats.whole(run.total, language),
        ),
        hidden_done=run.done,
        hidden_total=run.total,
        passed=pick(_SHARES[passed], language) if finished and run.done else "",
        metrics=metrics,
        qualities=draw_qualities(run.qualities, language),
        classes=_classes(run, language) if finished else (),
    )


def _public(public: TaskProgress, *, finished: bool, language: Language) -> str:
    total = formats.whole(public.total, language)
    if not finished and not public.done:
        return say(language, "{total} kasus contoh belum dijalankan", total=total)
    passed = formats.whole(public.passed, language)
    return say(language, "{passed} dari {total} kasus contoh lulus", passed=passed, total=total)


def _state(run: TaskProgress, public: TaskProgress | None, *, finished: bool) -> str:
    if not finished:
        # The sample cases are run first.
        return "run" if run.done or (public is not None and public.done) else "wait"
    return "ok" if run.status is Status.OK else "bad"


def _cells(public: TaskProgress) -> tuple[str, ...]:
    done = ["" if case["passed"] else "f" for case in public.cases]
    return (*done, *["w"] * max(public.total - len(done), 0))


def _classes(run: TaskProgress, language: Language) -> tuple[ClassRow, ...]:
    counted = [(advice, run.failed.get(failure, 0)) for failure, advice in BY_FAILURE.items()]
    if run.done:
        counted.append((NOT_REACHED, run.total - run.done))
    shares = [(advice, told_share(count, run.total)) for advice, count in counted]
    return tuple(
        ClassRow(
            word=pick(advice.word, language),
            share=pick(_SHARES[share], language),
            meaning=pick(advice.meaning, language),
            help=pick(advice.help, language),
        )
        for advice, share in shares
        if share is not Share.NONE
    )


def _of(progress: Progress, case_set: CaseSet) -> EvaluationProgress | None:
    return next((one for one in progress.evaluations if one.case_set is case_set), None)


def _run(evaluation: EvaluationProgress | None, slug: str) -> TaskProgress | None:
    return None if evaluation is None else next((task for task in evaluation.tasks if task.task == slug), None)


def _range(board: EvaluationProgress | None, language: Language) -> str:
    if board is None or board.low is None or board.high is None:
        return ""
    return formats.span(_shown(board.low, language), _shown(board.high, language))


def _shown(score: float | None, language: Language) -> str:
    return "" if score is None else formats.score(told_score(score), language)
