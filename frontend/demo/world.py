"""The demo's event, people and teams in the database; made once, found again at every later start."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontend.demo.folder import DemoFolder, other_version
from frontend.demo.handing_in import HandIn
from frontend.demo.plan import Plan, TeamPlan, load_plan, moved
from hackathon import accounts, announcements, events, store, teams
from hackathon.database import migrate, open_database
from hackathon.events import Event, EventUnknown, InUse
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Role
from hackathon.settings import Settings
from judging.piccolo_app import APP_CONFIG as JUDGING

ORGANIZER = "Panitia Demo"
MAIL_DOMAIN = "demo.invalid"  # RFC 2606: never anybody's


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team with the token of its captain and what it hands in."""

    name: str
    agency: str
    token: str
    versions: tuple[HandIn, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything the demo knows of its event: slugs, and tokens to act with."""

    event: str
    track: str
    task: str
    organizer: str
    organizer_token: str
    teams: tuple[DemoTeam, ...]


async def make_world(settings: Settings, folder: DemoFolder) -> World:
    """Migrate, apply the event, make who is missing, and keep the tokens in `folder`."""
    plan = load_plan()
    database = await open_database(settings)
    try:
        await migrate(database.dsn, (JUDGING,))
    except RuntimeError as foreign:
        raise other_version(folder.path, foreign) from foreign
    async with store.connected(database.dsn):
        now = await store.clock()
        event = await _event(plan, settings, folder, now)
        organizer = await _account(ORGANIZER, (Role.ORGANIZER,), now)
        organizer_token = await _token(folder, ORGANIZER, organizer, now)
        await _tell_news(plan, event, now)
        made = [await _team(event, team, folder, now) for team in plan.teams]
    folder.save()
    track = event.tracks[0]
    return World(event.slug, track.slug, track.tasks[0].slug, ORGANIZER, organizer_token, tuple(made))


async def _event(plan: Plan, settings: Settings, folder: DemoFolder, now: datetime) -> Event:
    try:
        old = (await events.get_event(plan.event.slug)).schedule
    except EventUnknown:
        old = None
    spec = moved(plan.event, now, old)
    try:
        return await events.apply_event(spec, key=load_key(settings.secret_file), actor=SYSTEM, now=now)
    except InUse as changed:
        raise other_version(folder.path, changed.message.en) from changed


async def _tell_news(plan: Plan, event: Event, now: datetime) -> None:
    """Once: at later starts the news are there, or somebody took them back."""
    if await announcements.list_announcements(event.id, retracted=True, limit=1):
        return
    for news in plan.news:
        await announcements.publish(
            event.id, news.title, news.body, important=news.important, actor=SYSTEM, now=now - news.ago
        )


async def _team(event: Event, plan: TeamPlan, folder: DemoFolder, now: datetime) -> DemoTeam:
    members = [await _account(name, (), now) for name in plan.members]
    known = {team.name: team.id for team in await teams.list_teams(event.id)}
    team_id = known.get(plan.name) or await _new_team(event, plan, members, now)
    await teams.enter_track(team_id, event.tracks[0].id, actor=SYSTEM, now=now)
    token = await _token(folder, plan.name, members[0], now)
    return DemoTeam(plan.name, plan.agency, token, tuple(HandIn(plan.name, path) for path in plan.folders))


async def _new_team(event: Event, plan: TeamPlan, members: list[UUID], now: datetime) -> UUID:
    made = await teams.create_team(
        event.id, plan.name, plan.agency, actor=SYSTEM, now=now, member_ids=members, venue=plan.venue
    )
    return made.id


async def _account(name: str, roles: tuple[Role, ...], now: datetime) -> UUID:
    email = f"{_mailbox(name)}@{MAIL_DOMAIN}"
    known = await accounts.find_account(email)
    if known is not None:
        return known.id
    return (await accounts.create_account(name, email=email, roles=roles, actor=SYSTEM, now=now)).id


async def _token(folder: DemoFolder, holder: str, account_id: UUID, now: datetime) -> str:
    """The token of last time where it still holds, else a new one: the database keeps only hashes."""
    kept: Mapping[str, str] = folder.tokens
    principal = await accounts.authenticate(kept[holder], now=now) if holder in kept else None
    if principal is None or principal.account_id != account_id:
        made = await accounts.create_token(account_id, label="demo", actor=SYSTEM, now=now)
        folder.tokens[holder] = made.secret
    return folder.tokens[holder]


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", ".", plain).strip(".")
