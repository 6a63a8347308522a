"""The demo's second event, which is being judged: made by the same services as any other, once, after the first.

Each step finds what an earlier start has left. What a person did in it while looking around stays.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import msgspec

from frontend.demo.folder import DemoFolder
from frontend.demo.plan import HERE, TeamPlan, Words, load_plan
from frontend.demo.world import DemoTeam, People, address, make_team
from hackathon import accounts, events, finals, schedules, store
from hackathon.database import open_database
from hackathon.evaluations import State
from hackathon.events import Event, EventSpec, EventUnknown, Phase, Schedule, phase
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.objects import open_objects
from hackathon.settings import Settings
from judging import assignment, judges, rules, scorecards
from judging.rules import JudgingRules, Showing
from judging.scorecards import WHOLE, Part, Scorecard, Work
from sandbox import toml

REASON = "Contoh acara yang sedang dinilai"
REVIEWS = 7
"""So many that the console has enough scorecards to say who is erratic, and who lifts a favourite."""
GUEST_SENDS = 2
"""So many scorecards the guest judge has sent; the others are for whoever signs in as that judge."""

_PATTERN = (1.0, 0.4, 0.0, -0.3, 0.5)
"""How criteria differ, in their order, whoever judges."""

_FEEDBACK = (
    "Alur kerjanya masih sulit diikuti petugas. Mulailah dari satu formulir yang paling sering dipakai.",
    "Arahnya sudah tepat. Tunjukkan lebih jelas apa yang terjadi bila isian keliru.",
    "Siap diuji di loket. Pertahankan cara menandai isian yang tidak yakin.",
)


class JudgePlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented judge. `lean` is added to every rating, `noise` is how far one strays; the guest leaves some open.

    `swing` is added for every other team and taken from the rest. A `favourite` gets the highest ratings, all others
    `press` less.
    """

    name: str
    agency: str
    expertise: list[str]
    lean: float = 0.0
    noise: float = 0.3
    swing: float = 0.0
    favourite: str = ""
    press: float = 0.0
    max_load: int | None = None
    guest: bool = False


class PanelPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The event that is judged, as its file tells it."""

    slug: str
    title: Words
    summary: Words
    teams: list[TeamPlan]
    judges: list[JudgePlan]


@dataclass(frozen=True, slots=True)
class Panel:
    """The event with its teams. `guest` is the address of the judge who has scorecards left."""

    event: str
    track: str
    guest: str
    teams: tuple[DemoTeam, ...]


def load_panel() -> PanelPlan:
    """Read the file. Raises TomlInvalid."""
    return toml.decode((HERE / "panel.toml").read_bytes(), PanelPlan)


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[None]:
    """The demo's database, for one of the steps below."""
    database = await open_database(settings)
    async with store.connected(database.dsn):
        yield


async def make_panel(settings: Settings, folder: DemoFolder) -> Panel:
    """Make the event with its building phase open, and its teams; at later starts only find them."""
    plan, now = load_panel(), await store.clock()
    try:
        event = await events.get_event(plan.slug)
    except EventUnknown:
        spec = _spec(plan, now)
        event = await events.apply_event(spec, key=load_key(settings.secret_file), actor=SYSTEM, now=now)
    people, objects = await People.of(folder, now), open_objects(settings)
    teams = [await make_team(event, team, people, folder, objects, now) for team in plan.teams]
    for judge in plan.judges:
        await people.account(judge.name)
    folder.save()
    guest = next(judge for judge in plan.judges if judge.guest)
    return Panel(event.slug, event.tracks[0].slug, address(guest.name), tuple(teams))


async def is_building() -> bool:
    """Whether prototypes are still taken."""
    event = await events.get_event(load_panel().slug)
    return phase(event.schedule, await store.clock()) is Phase.BUILDING


async def close_building() -> None:
    """End the building phase now; where it has ended, nothing happens."""
    event, now = await events.get_event(load_panel().slug), await store.clock()
    if phase(event.schedule, now) is not Phase.BUILDING:
        return
    await schedules.reschedule(
        event.slug,
        replace(event.schedule, building_closes=now),
        seen=schedules.fingerprint(event.schedule),
        typed=event.slug,
        reason=REASON,
        actor=SYSTEM,
        now=now,
    )


async def is_measured() -> bool:
    """Whether every entry is fixed and has its final evaluation."""
    plan = load_panel()
    event = await events.get_event(plan.slug)
    found = await finals.finals_of(event.id)
    return len(found) >= len(plan.teams) and all(one.state is State.FINISHED for one in found.values())


async def judge_all() -> None:
    """Appoint the judges, plan who judges what, and let them judge. After judging has closed, nothing happens."""
    plan = load_panel()
    event = await events.get_event(plan.slug)
    if phase(event.schedule, await store.clock()) is not Phase.JUDGING:
        return
    if not await rules.is_locked(event.id):
        chosen = JudgingRules(reviews=REVIEWS, showing=Showing.LIVE)
        await rules.change_rules(event.id, chosen, REASON, actor=SYSTEM)
    for judge in plan.judges:
        await _appoint(event, judge)
    if not await assignment.all_assignments(event.id):
        await assignment.plan(event.id, actor=SYSTEM, reason=REASON)
    quality = await _quality(event)
    odd = frozenset(team.name for team in plan.teams[1::2])
    for judge in plan.judges:
        await _judge(event, judge, quality, odd)


async def _appoint(event: Event, plan: JudgePlan) -> None:
    """By an invitation that the judge accepts, as anybody's."""
    now, email = await store.clock(), address(plan.name)
    known = {judge.email: judge for judge in await judges.all_judges(event.id)}
    judge = known.get(email) or await judges.add_judge(
        event.id,
        plan.name,
        email=email,
        agency=plan.agency,
        expertise=plan.expertise,
        max_load=plan.max_load,
        actor=SYSTEM,
        now=now,
    )
    if judge.state is judges.State.INVITED:
        link = await judges.new_link(judge.id, event.id, actor=SYSTEM, now=now)
        await judges.join(link.secret, actor=await _principal(plan), now=now)


async def _judge(event: Event, plan: JudgePlan, quality: Mapping[UUID, float], odd: frozenset[str]) -> None:
    actor = await _principal(plan)
    judge = await judges.judge_of(event.id, actor.account_id)
    if judge is None:
        return
    await judges.confirm(judge.id, actor=actor, now=await store.clock())
    works = await scorecards.works_of(judge.id)
    for work in works[:GUEST_SENDS] if plan.guest else works:
        if work.version == 0 and not work.ended:
            seen = quality.get(work.entry_id, 3.0) + (plan.swing if work.team in odd else -plan.swing)
            await _score(work, plan, seen, actor)


async def _score(work: Work, plan: JudgePlan, quality: float, actor: Principal) -> None:
    card = await scorecards.open(work.assignment_id, actor=actor)
    version, ratings = card.version, _ratings(card, plan, quality)
    for key, rating in ratings.items():
        saved = await scorecards.save(work.assignment_id, Part.RATINGS, key, rating, version, actor=actor)
        version = saved.version
    words = _FEEDBACK[min(2, max(0, round(quality) - 2))]
    saved = await scorecards.save(work.assignment_id, Part.FEEDBACK, WHOLE, words, version, actor=actor)
    await scorecards.send(work.assignment_id, saved.version, actor=actor)


def _ratings(card: Scorecard, plan: JudgePlan, quality: float) -> Mapping[str, int]:
    """The same at every start, in whatever order scorecards are filled in."""
    random = Random(f"{plan.name}:{card.work.team}")  # noqa: S311 - a sample, not a secret
    found = {}
    for number, key in enumerate(card.rubric.rubric.keys):
        rating = quality + _PATTERN[number % len(_PATTERN)] + plan.lean + random.uniform(-plan.noise, plan.noise)
        rating = 5 if card.work.team == plan.favourite else rating - plan.press
        found[key] = min(5, max(1, round(rating)))
    return found


async def _quality(event: Event) -> Mapping[UUID, float]:
    """How good judges find the entries, 2 to 4: near to how they did on the cases, but not the same."""
    found = await finals.finals_of(event.id)
    return {entry: 2.0 + (one.score or 0.0) / 50.0 for entry, one in found.items()}


async def _principal(plan: JudgePlan) -> Principal:
    account = await accounts.find_account(address(plan.name))
    assert account is not None  # noqa: S101 - made with the event
    return Principal(account.id, account.name, account.roles)


def _spec(plan: PanelPlan, now: datetime) -> EventSpec:
    """The first event's first track, venues and rules, with times around now."""
    first = load_plan().event
    schedule = Schedule(
        registration_opens=now - timedelta(days=30),
        building_opens=now - timedelta(days=20),
        building_closes=now + timedelta(days=1),
        judging_closes=now + timedelta(days=7),
        objection_closes=now + timedelta(days=12),
    )
    content = replace(first.content, summary=plan.summary.text(), agenda=(), prizes=(), faq=())
    title, tracks = plan.title.text(), first.tracks[:1]
    return replace(first, slug=plan.slug, title=title, schedule=schedule, tracks=tracks, content=content)
