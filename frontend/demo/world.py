"""The demo's event, people and teams in the database; made once, found again at every later start."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from frontend.demo.folder import DemoFolder, other_version
from frontend.demo.handing_in import HandIn
from frontend.demo.plan import Plan, TeamPlan, load_plan, moved
from frontend.demo.telling import tell_of
from hackathon import accounts, announcements, benchmarks, credentials, events, store, teams
from hackathon.accounts import Zone
from hackathon.database import migrate, open_database
from hackathon.events import Event, EventUnknown, InUse
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal, Role
from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from judging.piccolo_app import APP_CONFIG as JUDGING

ORGANIZER = "Panitia Demo"
MAIL_DOMAIN = "demo.invalid"  # RFC 2606: never anybody's

WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="ascii").split()
"""Of what the demo's password is made: it is read from a terminal and typed on a phone."""


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team with its people's addresses, the captain's first, the captain's token, and what it hands in."""

    name: str
    agency: str
    people: tuple[str, ...]
    token: str
    versions: tuple[HandIn, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything the demo knows of its event: slugs, and addresses, one password and tokens to act with.

    `track` is the first of `tracks`, with its `task`.
    """

    event: str
    track: str
    task: str
    tracks: tuple[str, ...]
    organizer: str
    organizer_email: str
    organizer_token: str
    password: str
    teams: tuple[DemoTeam, ...]


async def make_world(settings: Settings, folder: DemoFolder) -> World:
    """Migrate, apply the event, make who is missing, and keep password and tokens in `folder`."""
    plan = load_plan()
    database = await open_database(settings)
    try:
        await migrate(database.dsn, (JUDGING,))
    except RuntimeError as foreign:
        raise other_version(folder.path, foreign) from foreign
    async with store.connected(database.dsn):
        now = await store.clock()
        event = await _event(plan, settings, folder, now)
        people = await People.of(folder, now)
        organizer = await people.account(ORGANIZER, (Role.ORGANIZER,))
        organizer_token = await _token(folder, ORGANIZER, organizer, now)
        await _tell_news(plan, event, now)
        objects = open_objects(settings)
        made = [await make_team(event, team, people, folder, objects, now) for team in plan.teams]
    folder.save()
    track = event.tracks[0]
    return World(
        event=event.slug,
        track=track.slug,
        task=track.tasks[0].slug,
        tracks=tuple(one.slug for one in event.tracks),
        organizer=ORGANIZER,
        organizer_email=address(ORGANIZER),
        organizer_token=organizer_token,
        password=folder.password,
        teams=tuple(made),
    )


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


async def make_team(
    event: Event, plan: TeamPlan, people: "People", folder: DemoFolder, objects: Objects, now: datetime
) -> DemoTeam:
    """Make what is missing of a team, its people, its entry and what it says of its prototype."""
    zones = {venue.slug: Zone(venue.zone) for venue in event.venues}
    members = [await people.account(name, zone=zones.get(plan.venue, Zone.WIB)) for name in plan.members]
    known = {team.name: team.id for team in await teams.list_teams(event.id)}
    team_id = known.get(plan.name) or await _new_team(event, plan, members, now)
    tracks = {track.slug: track for track in event.tracks}
    entry = await teams.enter_track(team_id, event.tracks[0].id, actor=SYSTEM, now=now)
    for further in plan.further:
        await teams.enter_track(team_id, tracks[further.track].id, actor=SYSTEM, now=now)
    captain = await accounts.get_account(members[0])
    await tell_of(plan, entry.id, Principal(captain.id, captain.name, captain.roles), objects)
    token = await _token(folder, plan.name, members[0], now)
    return DemoTeam(
        name=plan.name,
        agency=plan.agency,
        people=tuple(address(name) for name in plan.members),
        token=token,
        versions=(
            *(HandIn(plan.name, event.tracks[0].slug, path) for path in plan.folders),
            *(
                HandIn(plan.name, further.track, benchmarks.load(tracks[further.track].tasks[0].slug).folder / name)
                for further in plan.further
                for name in further.prototypes
            ),
        ),
    )


async def _new_team(event: Event, plan: TeamPlan, members: list[UUID], now: datetime) -> UUID:
    made = await teams.create_team(
        event.id, plan.name, plan.agency, actor=SYSTEM, now=now, member_ids=members, venue=plan.venue
    )
    return made.id


@dataclass(frozen=True, slots=True)
class People:
    """Makes the invented people. All sign in with one password, so one hash does for all."""

    password_hash: str
    now: datetime
    replace: bool

    @classmethod
    async def of(cls, folder: DemoFolder, now: datetime) -> "People":
        """With the password of last time, else with a new one for everybody."""
        replace = not folder.password
        folder.password = folder.password or "-".join(secrets.choice(WORDS) for _ in range(4))
        return cls(await credentials.checked_hash(folder.password, name="", email=""), now, replace)

    async def account(self, name: str, roles: tuple[Role, ...] = (), zone: Zone = Zone.WIB) -> UUID:
        """The account of a name; one that is there keeps a password that somebody chose while looking around."""
        known = await accounts.find_account(address(name))
        if known is None:
            made = await accounts.create_account(
                name,
                email=address(name),
                roles=roles,
                password_hash=self.password_hash,
                zone=zone,
                actor=SYSTEM,
                now=self.now,
            )
            return made.id
        if self.replace or not await credentials.has_password(known.id):
            async with store.transaction():
                await credentials.put_hash(known.id, self.password_hash, actor=SYSTEM, now=self.now)
        return known.id


async def _token(folder: DemoFolder, holder: str, account_id: UUID, now: datetime) -> str:
    """The token of last time where it still holds, else a new one: the database keeps only hashes."""
    kept: Mapping[str, str] = folder.tokens
    principal = await accounts.authenticate(kept[holder], now=now) if holder in kept else None
    if principal is None or principal.account_id != account_id:
        made = await accounts.create_token(account_id, label="demo", actor=SYSTEM, now=now)
        folder.tokens[holder] = made.secret
    return folder.tokens[holder]


def address(name: str) -> str:
    """The e-mail address of an invented person."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    mailbox = re.sub(r"[^a-z0-9]+", ".", plain).strip(".")
    return f"{mailbox}@{MAIL_DOMAIN}"
