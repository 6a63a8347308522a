"""Who asks to be forgotten is, and the team's results stay."""

from types import ModuleType
from uuid import uuid4

import pytest

from hackathon import accounts, credentials, erasure, sessions, submissions, teams
from hackathon.credentials import SignInRefused
from hackathon.erasure import JUDGE_NAME, NAME, HasRoles
from hackathon.errors import Forbidden
from hackathon.model import SYSTEM, Role
from hackathon.objects import Objects
from hackathon.own_data import own_data
from hackathon.teams import NotAMember
from tests.integration.hackathon.city import KEY, NOW, City, archive, hand_in

EMAIL, PASSWORD = "sari.wulandari@sukaraya.go.id", "kuda baterai staples"


async def make_somebody_of(city: City, store: ModuleType) -> accounts.Account:
    """Sari, with everything that is kept of a person."""
    sari = city.sari.account_id
    await store.execute("UPDATE account SET name = 'Sari Wulandari', email = $2 WHERE id = $1", sari, EMAIL)
    await credentials.set_password(sari, PASSWORD)
    await accounts.set_nip("199208172015032004", key=KEY, actor=city.sari, now=NOW)
    await accounts.create_token(sari, label="laptop Sari", actor=city.sari, now=NOW)
    await sessions.open_session(sari, now=NOW, browser="Firefox of Sari")
    return await accounts.get_account(sari)


async def dump(store: ModuleType) -> str:
    names = await store.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    rows = [await store.fetch(f'SELECT row_to_json(t)::text AS line FROM "{one["tablename"]}" t') for one in names]  # noqa: S608
    return "\n".join(row["line"] for found in rows for row in found)


async def test_nothing_tells_any_more_who_it_was(city: City, store: ModuleType, objects: Objects) -> None:
    receipt = await hand_in(city, archive(), objects)
    account = await make_somebody_of(city, store)
    before = await dump(store)
    assert all(word in before for word in ("Sari Wulandari", EMAIL, "laptop Sari", "Firefox of Sari"))
    for _ in range(2):
        await erasure.forget(account, actor=SYSTEM, now=NOW)
        account = await accounts.get_account(account.id)
    after = await dump(store)
    assert [word for word in ("Sari", EMAIL) if word in after] == []
    assert (account.name, account.email, account.confirmed_at) == (NAME, None, None)
    with pytest.raises(SignInRefused):
        await credentials.sign_in(EMAIL, PASSWORD)
    assert await accounts.read_nip(key=KEY, actor=city.sari) is None
    assert await store.fetch_value("SELECT count(*) FROM account_key") == 0
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'account.forgotten'") == 1
    # The team goes on: Budi is its captain, and what was handed in is there.
    assert [(one.account_id, one.captain) for one in await teams.list_members(city.team_id)] == [
        (city.budi.account_id, True)
    ]
    assert (await submissions.get_submission(receipt.submission_id, actor=city.budi)).number == 1
    with pytest.raises(NotAMember):
        await submissions.get_submission(receipt.submission_id, actor=city.sari)
    # The address is free again.
    await accounts.create_account("Sari Baru", email=EMAIL, actor=SYSTEM, now=NOW)


async def test_a_judge_goes_and_the_scorecards_stay_under_no_name(city: City, store: ModuleType) -> None:
    account, judge = await make_somebody_of(city, store), uuid4()
    await store.execute(
        "INSERT INTO judge (id, event_id, account_id, name, email, agency, expertise, state, invited_at, joined_at)"
        " VALUES ($1, $2, $3, 'Dr. Sari Wulandari', $4, 'Universitas Sari', '{\"loket Sari\"}', 'active', $5, $5)",
        judge,
        city.event.id,
        account.id,
        EMAIL,
        NOW,
    )
    await store.execute(
        "INSERT INTO conflict_of_interest (id, judge_id, team_id, source, reason, at)"
        " VALUES ($1, $2, $3, 'declared', 'Tim adik Sari.', $4)",
        uuid4(),
        judge,
        city.team_id,
        NOW,
    )
    (told,) = (await own_data(actor=city.sari, key=KEY, now=NOW)).judging
    assert (told.event, told.name, told.email) == ("sukaraya", "Dr. Sari Wulandari", EMAIL)
    assert (told.agency, told.expertise) == ("Universitas Sari", ("loket Sari",))
    assert told.conflicts == {"Kawan Lapor": "Tim adik Sari."}
    assert (await own_data(actor=city.budi, key=KEY, now=NOW)).judging == ()
    with pytest.raises(HasRoles):
        await erasure.forget(account, actor=SYSTEM, now=NOW)
    await store.execute("UPDATE judge SET state = 'left', left_at = $1", NOW)
    await erasure.forget(account, actor=SYSTEM, now=NOW)
    assert "Sari" not in await dump(store)
    assert await store.fetch_value("SELECT name FROM judge WHERE id = $1", judge) == JUDGE_NAME


async def test_who_organizes_is_not_forgotten_and_nobody_forgets_others(city: City, store: ModuleType) -> None:
    account = await make_somebody_of(city, store)
    with pytest.raises(Forbidden):
        await erasure.forget(account, actor=city.budi, now=NOW)
    account = await accounts.set_roles(account.id, [Role.ORGANIZER], actor=SYSTEM)
    with pytest.raises(HasRoles):
        await erasure.forget(account, actor=SYSTEM, now=NOW)
    assert (await accounts.get_account(account.id)).email == EMAIL
