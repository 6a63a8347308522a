"""What `gelanggang doctor` says of the mail."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from frontend.cli.checks import Check, State
from frontend.cli.checks.letters import check_letters
from hackathon import accounts, mail
from hackathon.mail import Recipient, letters
from hackathon.model import SYSTEM
from hackathon.settings import Settings
from tests.integration.hackathon.mailbox import mail_server


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=dsn)


def said(checks: Iterable[Check]) -> dict[str, tuple[State, str]]:
    return {check.name: (check.state, check.found) for check in checks}


async def test_without_a_mail_server_it_says_what_waits(store: ModuleType, settings: Settings) -> None:
    now = await store.clock()
    dewi = await accounts.create_account("Dewi", email="dewi@sukaraya.go.id", actor=SYSTEM, now=now)
    async with store.transaction():
        to = Recipient(dewi.id, "dewi@sukaraya.go.id")
        await mail.post(letters.confirm_address(to, "x" * 43, now + timedelta(hours=1)), key=bytes(32), now=now)
    found = said(await check_letters(settings))
    assert found["mail"] == (State.WARN, "no mail server is named")
    assert found["letters"] == (State.OK, "1 waiting, 0 refused and 0 given up in the last day")
    await store.execute("UPDATE mail SET last_error = '450 later'")
    assert said(await check_letters(settings))["letters"][0] is State.WARN


async def test_a_mail_server_is_tried(store: ModuleType, settings: Settings, tmp_path: Path) -> None:
    async with mail_server() as server:
        state, words = said(await check_letters(replace(settings, smtp_url=server.url)))["mail"]
        assert (state, f"127.0.0.1:{server.port} takes letters" in words) == (State.OK, True)
    state, words = said(await check_letters(replace(settings, smtp_url=server.url)))["mail"]
    assert (state, "cannot be reached" in words) == (State.FAIL, True)
    state, words = said(await check_letters(replace(settings, smtp_url=(tmp_path / "surat").as_uri())))["mail"]
    assert (state, "sent to nobody" in words) == (State.OK, True)


async def test_a_database_that_does_not_answer_is_told_elsewhere(settings: Settings) -> None:
    away = replace(settings, database_url="postgresql://127.0.0.1:1/x")
    assert list(said(await check_letters(away))) == ["mail"]
