"""Where a judge stands beside the others on the samples, once their own scorecards of them are sent."""

from dataclasses import dataclass

from litestar import get
from litestar.response import Response

from frontend import formats
from frontend.language import pick
from frontend.pages.panel.seat import Boards, Seat, Slug, Visitor, open_seat, show
from frontend.pages.result.bars import x
from judging import rubrics, scorecards
from judging.scorecards import Kind, SampleStand


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: how many judges gave each rating (with the height of its column, 0 to 10), and the judge's own."""

    title: str
    own: int
    columns: tuple[tuple[int, int, float], ...]
    mean: str


@dataclass(frozen=True, slots=True)
class SampleView:
    """One sample. `dots` are all judges' points as places on a line from 0 to 160, `own_dot` the judge's."""

    name: str
    own: str
    mean: str
    judges: int
    dots: tuple[float, ...]
    own_dot: float
    mean_dot: float
    gap: str
    criteria: tuple[CriterionRow, ...]


@get("/acara/{slug:str}/juri/kalibrasi")
async def standing_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The samples that the judge has sent, and how many are left."""
    seat = await open_seat(slug, visitor, reader)
    samples = [work for work in seat.works if work.kind is Kind.CALIBRATION and not work.ended]
    sent = await scorecards.samples_of(seat.event.id)
    views = []
    for track_id in dict.fromkeys(work.track_id for work in samples):
        rubric = (await rubrics.current(track_id)).rubric
        titles = {one.key: pick(one.title, seat.language) for one in rubric.criteria}
        found = scorecards.stand(seat.judge.id, rubric, [card for card in sent if card.track_id == track_id])
        views += [_view(seat, one, titles) for one in found]
    following = seat.next_open()
    return show(
        seat,
        "standing",
        samples=views,
        left=sum(not work.sent for work in samples),
        following=None if following is None else f"{seat.root}/{following.assignment_id}",
    )


def _view(seat: Seat, one: SampleStand, titles: dict[str, str]) -> SampleView:
    language = seat.language
    work = next(work for work in seat.works if work.entry_id == one.entry_id)
    return SampleView(
        name=seat.name(work),
        own=formats.score(one.own, language),
        mean=formats.score(one.mean, language),
        judges=len(one.all_points),
        dots=tuple(x(points) for points in one.all_points),
        own_dot=x(one.own),
        mean_dot=x(one.mean),
        gap=formats.gap(one.own - one.mean, language),
        criteria=tuple(
            CriterionRow(
                title=titles[row.key],
                own=row.own,
                columns=tuple(
                    (rating, count, round(10 * count / max(row.counts), 1))
                    for rating, count in enumerate(row.counts, 1)
                ),
                mean=formats.figure(row.mean, 1, language),
            )
            for row in one.criteria
        ),
    )
