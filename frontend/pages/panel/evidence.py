"""What stands beside the scorecard: what the team says of its prototype, and what was measured.

Everything is read as the system reads it: whoever asks was found to be the judge of this entry before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.outcomes import OUTCOMES
from frontend.pages.panel.names import without_names
from frontend.pages.panel.seat import Seat
from frontend.pages.result.bars import Bar, draw_bar
from frontend.pages.result.cases import CaseTable, draw_cases
from frontend.pages.result.qualities import draw_faster
from frontend.pages.result.reading import ResultReader, Seen
from frontend.pages.result.scores import Result, draw_result
from hackathon import cards, finals, pitches
from hackathon.cards import FIELDS
from hackathon.evaluations import State
from hackathon.finals import FinalEvaluation
from hackathon.model import SYSTEM
from hackathon.pitches import PitchView
from judging.scorecards import Scorecard, Work
from sandbox.model import CaseSet, Status

PAGE = 1


@dataclass(frozen=True, slots=True)
class FinalScore:
    """How it did on the final cases; `outcome` says how it ended where that was badly, `waiting` before the end,
    `faster` how much faster the work went.
    """

    score: str
    range: str
    bar: Bar | None
    outcome: str
    waiting: bool
    faster: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: the board's cases by task, the final ones as a whole, the public ones one by one."""

    result: Result
    final: FinalScore | None
    tables: tuple[CaseTable, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judge sees of an entry beside its scorecard. `card` by question; `measured` None while it is hidden."""

    number: int
    kit: str
    card_name: str
    card: tuple[tuple[str, str], ...]
    pitch: PitchView
    measured: Measured | None


async def read_evidence(seat: Seat, card: Scorecard, reader: ResultReader, *, measured: bool) -> Evidence:
    """Everything, for the judge's language. Raises NotFound."""
    seen = await reader.seen(card.submission_id)
    answers = await cards.read_card(card.work.entry_id, actor=SYSTEM)
    told = {} if answers is None else _told(seat, card.work, answers.answers.mapping())
    titles = {
        "summary": say(seat.language, "Ringkasan"),
        "data_used": say(seat.language, "Data yang dipakai"),
        "limits": say(seat.language, "Batas yang diketahui"),
        "human_oversight": say(seat.language, "Pengawasan manusia"),
    }
    return Evidence(
        number=seen.standing.submission.number,
        kit=seen.standing.submission.kit,
        card_name=told.get("name", ""),
        card=tuple((titles[one.name], told.get(one.name, "")) for one in FIELDS if one.name in titles),
        pitch=await pitches.pitch_of(card.work.entry_id, actor=SYSTEM),
        measured=await read_measured(seen, card.work.entry_id, seat.language) if measured else None,
    )


async def read_measured(seen: Seen, entry_id: UUID, language: Language) -> Measured:
    """What was measured of a submission, and of the final cases where that is over."""
    evaluation = (await finals.entry_final(entry_id)).evaluation
    return Measured(
        result=draw_result(seen.standing.progress, None, seen.tasks, seen.titles, language),
        final=None if evaluation is None else _final(evaluation, language),
        tables=_tables(seen, language),
    )


def _told(seat: Seat, work: Work, answers: Mapping[str, str]) -> dict[str, str]:
    if not seat.rules.blind:
        return dict(answers)
    instead = say(seat.language, "[nama disembunyikan]")
    return {name: without_names(text, (work.team, work.agency), instead) for name, text in answers.items()}


def _final(evaluation: FinalEvaluation, language: Language) -> FinalScore:
    if evaluation.state is not State.FINISHED or evaluation.score is None:
        return FinalScore("", "", None, "", waiting=True)
    low, high = evaluation.low, evaluation.high
    ended = evaluation.status
    return FinalScore(
        score=formats.score(evaluation.score, language),
        range=""
        if low is None or high is None
        else formats.span(formats.score(low, language), formats.score(high, language)),
        bar=draw_bar(evaluation.score, low=low, high=high),
        outcome="" if ended in (None, Status.OK) or ended not in OUTCOMES else pick(OUTCOMES[ended].word, language),
        waiting=False,
        faster=draw_faster(evaluation.productivity, language),
    )


def _tables(seen: Seen, language: Language) -> tuple[CaseTable, ...]:
    if not seen.standing.progress.finished:
        return ()
    return tuple(
        draw_cases(
            run,
            seen.cases.get(run.task, {}),
            seen.tasks.get(run.task),
            {},
            title=pick(seen.titles[run.task], language),
            only_failed=False,
            page=PAGE,
            language=language,
        )
        for one in seen.standing.progress.evaluations
        if one.case_set is CaseSet.PUBLIC
        for run in one.tasks
        if run.cases
    )
