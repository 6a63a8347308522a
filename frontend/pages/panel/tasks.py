"""A judge's tasks: what is to be scored, how far it is, and which one is next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.params import QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import pick, say
from frontend.pages.panel.seat import Boards, Seat, Slug, Visitor, open_seat, show
from hackathon import finals
from judging import rubrics
from judging.scorecards import Kind, Work

Hide = Annotated[str, QueryParameter(name="tampil", max_length=20)]

OPEN_ONLY = "belum"
"""The value of `tampil` that hides what is done."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line. `state` is new, begun, reopened, sent, ended or early (what is judged is not fixed yet)."""

    address: str
    number: int
    name: str
    about: str
    kind: Kind
    state: str
    word: str
    when: str
    points: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Lines of one kind, with what that kind is for."""

    kind: Kind
    title: str
    about: str
    done: int
    total: int
    lines: tuple[TaskLine, ...]


@get("/acara/{slug:str}/juri")
async def tasks_page(slug: Slug, visitor: Visitor, reader: Boards, hide: Hide = "") -> Response[str]:
    """All tasks, or those that are left."""
    seat = await open_seat(slug, visitor, reader)
    fixed = frozenset(await finals.judged_of(seat.event.id))
    counts = {track: len((await rubrics.current(track)).rubric.criteria) for track in {w.track_id for w in seat.works}}
    counted = [work for work in seat.works if not work.ended]
    following = seat.next_open()
    return show(
        seat,
        "tasks",
        groups=_groups(seat, fixed, counts, only_open=hide == OPEN_ONLY),
        done=sum(work.sent for work in counted),
        total=len(counted),
        only_open=hide == OPEN_ONLY,
        following=None if following is None else f"{seat.root}/{following.assignment_id}",
        following_name="" if following is None else seat.name(following),
        unreached=visitor.person is not None and visitor.person.confirmed_at is None,
        samples=any(work.kind is Kind.CALIBRATION and work.sent for work in seat.works),
    )


def _groups(
    seat: Seat, fixed: Collection[UUID], counts: Mapping[UUID, int], *, only_open: bool
) -> tuple[TaskGroup, ...]:
    words = {
        Kind.CALIBRATION: (
            say(seat.language, "Contoh bersama"),
            say(
                seat.language,
                "Semua juri menilai contoh yang sama lebih dahulu. Nilainya tidak dihitung; sesudah mengirim, Anda "
                "melihat letak nilai Anda di antara nilai juri lain.",
            ),
        ),
        Kind.REVIEW: (say(seat.language, "Penilaian"), ""),
        Kind.FINAL: (say(seat.language, "Babak final"), ""),
    }
    groups = []
    for kind, (title, about) in words.items():
        works = [(number, work) for number, work in enumerate(seat.works, 1) if work.kind is kind]
        lines = [_line(seat, number, work, fixed, counts) for number, work in works if not (only_open and work.sent)]
        if works:
            done, total = sum(work.sent for _, work in works), sum(not work.ended for _, work in works)
            groups.append(TaskGroup(kind, title, about, done, total, tuple(lines)))
    return tuple(groups)


def _line(seat: Seat, number: int, work: Work, fixed: Collection[UUID], counts: Mapping[UUID, int]) -> TaskLine:
    language = seat.language
    track = next((one.title for one in seat.event.tracks if one.id == work.track_id), None)
    about = [] if seat.rules.blind else [work.agency]
    about += [] if track is None else [pick(track, language)]
    state, word, moment = "new", say(language, "Belum dinilai"), None
    if work.ended:
        state, word = "ended", say(language, "Tidak Anda nilai lagi")
    elif work.sent:
        state, word, moment = "sent", say(language, "Terkirim"), work.sent_at
    elif work.entry_id not in fixed:
        state, word = "early", say(language, "Versi belum ditetapkan")
    elif work.version > 1:
        known = say(
            language,
            "{n} dari {all} kriteria",
            n=formats.whole(work.rated, language),
            all=formats.whole(counts[work.track_id], language),
        )
        state, word, moment = "begun", known, work.saved_at
        if work.reopened_at is not None:
            state, word = "reopened", say(language, "Dibuka kembali panitia")
    return TaskLine(
        address=f"{seat.root}/{work.assignment_id}",
        number=number,
        name=seat.name(work),
        about=", ".join(filter(None, about)),
        kind=work.kind,
        state=state,
        word=word,
        when="" if moment is None else formats.moment_short(moment, seat.zone, language),
        points="" if work.points is None else formats.score(work.points, language),
    )
