"""How an event is judged, for everybody: the method with a worked example, the rubric, ties, who sees what."""

from dataclasses import dataclass

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.console.judging.rules_pages import METHODS, SHOWINGS, TIES
from frontend.pages.console.judging.section import percent
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.judged import RubricView, draw_rubric
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import Visit
from hackathon import events
from judging import rubrics, rules
from judging.composite import Method
from judging.composite.decimals import weighted_mean
from judging.rubrics import Rubric, rating_points
from judging.rules import Showing

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

EXAMPLE = (4, 3, 5, 2, 4, 3, 5, 4, 2, 3, 4, 5)
"""The ratings of the worked example, by criterion."""

SCORES = (58.0, 70.0, 85.0)
CORRECTIONS = (9.0, -1.5, -6.5)
AUTOMATED = 74.0


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A criterion of the worked scorecard."""

    title: str
    rating: int
    points: str
    weight: str


@dataclass(frozen=True, slots=True)
class Example:
    """A scorecard, three judges and the total, step by step, in numbers as they are written."""

    lines: tuple[ExampleLine, ...]
    card: str
    scores: tuple[str, ...]
    corrections: tuple[str, ...]
    corrected: tuple[str, ...]
    judges: str
    automated: str
    share: str
    rest: str
    total: str


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A method beside the others: what it does, what it makes of the worked example, whether it is the event's."""

    words: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track and its rubric."""

    slug: str
    title: str
    number: int
    reason: str
    rubric: RubricView


@get("/acara/{slug:str}/penilaian")
async def judging_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """How the event is judged."""
    event, now = await events.get_event(slug), await reader.now()
    zone, language = zone_of(visitor, event), visitor.language
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(event, visitor),
        stage=stage(event.schedule, now, zone, language),
        here="event",
    )
    how = await rules.get_rules(event.id)
    versions = [(track, await rubrics.current(track.id)) for track in event.tracks]
    share = rules.share(event, how)
    ties = ",".join(how.ties)
    return page(
        "judging/explained.html",
        visitor,
        frame,
        rules=how,
        method=str(how.method),
        live=how.showing is Showing.LIVE,
        locked=await rules.is_locked(event.id),
        share=percent(share, language),
        rest=percent(100 - share, language),
        words=METHODS[how.method],
        tie_words=TIES.get(ties, TIES[""]),
        showing_words=SHOWINGS[how.showing],
        methods=[
            MethodLine(say(language, words), formats.figure(_combined(method), 2, language), method is how.method)
            for method, words in METHODS.items()
        ],
        example=worked(versions[0][1].rubric, how.method, share, language),
        tracks=[
            TrackView(
                track.slug, pick(track.title, language), one.number, one.reason, draw_rubric(one.rubric, language)
            )
            for track, one in versions
        ],
        closes=formats.moment_long(event.schedule.judging_closes, zone, language),
    )


def worked(rubric: Rubric, method: Method, share: float, language: Language) -> Example:
    """The example: made numbers, the event's own weights, method and share."""

    def number(value: float) -> str:
        return formats.figure(value, 2, language)

    ratings = EXAMPLE[: len(rubric.criteria)]
    card = weighted_mean((c.weight, rating_points(r)) for c, r in zip(rubric.criteria, ratings, strict=True))
    corrected = tuple(score + by for score, by in zip(SCORES, CORRECTIONS, strict=True))
    judges = _combined(method)
    return Example(
        lines=tuple(
            ExampleLine(
                pick(c.title, language),
                rating,
                number(rating_points(rating)),
                percent(round(100 * rubric.share(c.key), 1), language),
            )
            for c, rating in zip(rubric.criteria, ratings, strict=True)
        ),
        card=number(card),
        scores=tuple(number(score) for score in SCORES),
        corrections=tuple(("+" if by > 0 else "−") + number(abs(by)) for by in CORRECTIONS),
        corrected=tuple(number(score) for score in corrected),
        judges=number(judges),
        automated=number(AUTOMATED),
        share=percent(share, language),
        rest=percent(100 - share, language),
        total=number(weighted_mean(((share, judges), (100 - share, AUTOMATED)))),
    )


def _combined(method: Method) -> float:
    """What a method makes of the three scorecards of the example."""
    return {
        Method.MEAN: weighted_mean((1, score) for score in SCORES),
        Method.TRIMMED: sorted(SCORES)[1],
        Method.ADJUSTED: weighted_mean((1, score + by) for score, by in zip(SCORES, CORRECTIONS, strict=True)),
    }[method]
