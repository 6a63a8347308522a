"""The demo's people: they sign in with what the terminal prints, also in data of a demo from before."""

from dataclasses import replace
from pathlib import Path

import pytest

from frontend.demo.folder import claim
from frontend.demo.plan import load_plan
from frontend.demo.world import World, make_world
from hackathon import accounts, credentials, store
from hackathon.credentials import SignInRefused
from hackathon.model import Principal, Role
from hackathon.settings import Settings


async def make(dsn: str, tmp_path: Path) -> World:
    """A start of the demo: the next one finds what this one left."""
    settings = Settings(data_dir=tmp_path / "demo", database_url=dsn)
    with claim(tmp_path / "demo") as folder:
        return await make_world(settings, folder)


async def test_everybody_of_the_demo_can_sign_in(dsn: str, tmp_path: Path) -> None:
    world = await make(dsn, tmp_path)
    again = await make(dsn, tmp_path)
    assert again == world
    assert len(world.password) >= 12
    async with store.connected(dsn):
        organizer = await accounts.get_account(await credentials.sign_in(world.organizer_email, world.password))
        assert organizer.roles == {Role.ORGANIZER}
        for team, plan in zip(world.teams, load_plan().teams, strict=True):
            assert len(team.people) == len(plan.members) >= 2
            for address, name in zip(team.people, plan.members, strict=True):
                person = await accounts.get_account(await credentials.sign_in(address, world.password))
                assert (person.name, person.confirmed_at is None) == (name, False)
        zones = {
            one.zone
            for one in await accounts.list_accounts(actor=Principal(organizer.id, organizer.name, organizer.roles))
        }
        assert zones == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


async def test_a_demo_from_before_gets_its_passwords(dsn: str, tmp_path: Path) -> None:
    before = await make(dsn, tmp_path)
    async with store.connected(dsn):
        await store.execute("UPDATE account SET password_hash = NULL")
    mark = tmp_path / "demo" / "demo.json"
    mark.write_text(mark.read_text().replace('"password"', '"other"'))
    now = await make(dsn, tmp_path)
    assert [replace(team, token="") for team in now.teams] == [replace(team, token="") for team in before.teams]
    async with store.connected(dsn):
        # Tokens end with the password before; the demo tells the new ones.
        assert await accounts.authenticate(now.teams[0].token)
        assert await credentials.sign_in(now.teams[0].people[0], now.password)


async def test_a_password_that_somebody_chose_in_the_demo_stays(dsn: str, tmp_path: Path) -> None:
    world = await make(dsn, tmp_path)
    address = world.teams[0].people[0]
    async with store.connected(dsn):
        account = await accounts.find_account(address)
        assert account is not None
        await credentials.set_password(account.id, "kuda baterai staples")
    again = await make(dsn, tmp_path)
    async with store.connected(dsn):
        assert await credentials.sign_in(address, "kuda baterai staples") == account.id
        with pytest.raises(SignInRefused):
            await credentials.sign_in(address, again.password)


async def test_most_teams_show_a_card_and_two_show_slides(dsn: str, tmp_path: Path) -> None:
    await make(dsn, tmp_path)
    await make(dsn, tmp_path)
    async with store.connected(dsn):
        teams = {team.name for team in load_plan().teams if team.card is not None}
        told = await store.fetch(
            "SELECT t.name, count(DISTINCT c.version) AS cards, count(DISTINCT p.id) AS pitches FROM team t "
            "JOIN entry e ON e.team_id = t.id JOIN card c ON c.entry_id = e.id LEFT JOIN pitch p ON p.entry_id = e.id "
            "GROUP BY t.name"
        )
    assert {row["name"] for row in told} == teams
    assert all(row["cards"] == 1 for row in told), "a second start writes nothing again"
    assert sorted(row["pitches"] for row in told)[-3:] == [0, 1, 1]
