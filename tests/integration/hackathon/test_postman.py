"""Letters and a real mail server: delivery, refusals, broken lines, two postmen, a stop in the middle."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from types import ModuleType
from uuid import UUID

import pytest

from hackathon import accounts, mail, outbox
from hackathon.accounts import Account
from hackathon.mail import Letter, Postman, Recipient, SendFailed, Trouble, letters, open_carrier
from hackathon.mail.model import GIVE_UP
from hackathon.model import SYSTEM
from tests.integration.hackathon.city import KEY, NOW
from tests.integration.hackathon.loops import eventually, running
from tests.integration.hackathon.mailbox import MailServer, mail_server

SENDER = "Hackathon Kota Sukaraya <gelanggang@sukaraya.go.id>"
SITE = "https://gelanggang.sukaraya.go.id"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running_server:
        yield running_server


@pytest.fixture
async def sari(store: ModuleType) -> Account:
    return await accounts.create_account("Sari Wulandari", email="sari@sukaraya.go.id", actor=SYSTEM, now=NOW)


def postman(url: str, **options: object) -> Postman:
    carrier = open_carrier(url)
    assert carrier is not None
    return Postman(carrier, key=KEY, sender=SENDER, public_url=SITE, **options)  # type: ignore[arg-type]


def confirmation(account: Account, *, name: str = "", now: datetime = NOW) -> Letter:
    to = Recipient(account.id, account.email or "", name)
    return letters.confirm_address(to, "rahasia-" + "x" * 35, now + timedelta(hours=48))


async def post(store: ModuleType, letter: Letter, now: datetime = NOW) -> UUID:
    async with store.transaction():
        return await mail.post(letter, key=KEY, now=now)


async def post_now(store: ModuleType, account: Account) -> UUID:
    """By the database's clock, for a postman who goes by it."""
    now = await store.clock()
    return await post(store, confirmation(account, now=now), now)


async def row(store: ModuleType, mail_id: UUID) -> dict[str, object]:
    return dict(await store.fetch_one("SELECT * FROM mail WHERE id = $1", mail_id))


async def test_a_letter_arrives_and_what_it_said_is_forgotten(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    mail_id = await post(store, confirmation(sari, name="Sari Wulandarī, S.Kom."))
    kept = await row(store, mail_id)
    assert b"sari@" not in bytes(kept["sealed"])  # type: ignore[call-overload]
    assert b"rahasia" not in bytes(kept["sealed"])  # type: ignore[call-overload]
    man = postman(server.url)
    assert await man.carry_next(now=NOW)
    assert not await man.carry_next(now=NOW)
    (letter,) = server.arrived
    assert letter["To"] == '"Sari Wulandarī, S.Kom." <sari@sukaraya.go.id>'
    assert letter["From"] == SENDER
    assert letter["Message-ID"] == f"<{mail_id}@sukaraya.go.id>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert server.envelopes == [("gelanggang@sukaraya.go.id", ["sari@sukaraya.go.id"])]
    assert f"{SITE}/konfirmasi/rahasia-" in server.texts()[0]
    assert "Kamis, 26 November 2026 pukul 16.00 WIB" in server.texts()[0]
    sent = await row(store, mail_id)
    assert (sent["state"], sent["sealed"], sent["ended_at"]) == ("sent", None, NOW)


async def test_a_letter_of_a_transaction_that_failed_is_never_sent(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    async def post_and_fail() -> None:
        async with store.transaction():
            await mail.post(confirmation(sari), key=KEY, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await post_and_fail()
    with pytest.raises(RuntimeError):
        await mail.post(confirmation(sari), key=KEY, now=NOW)
    assert not await postman(server.url).carry_next(now=NOW)


async def test_the_postman_is_woken_and_carries_many_over_one_connection(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    man = postman(server.url, poll_seconds=60)
    async with running(man):
        await asyncio.sleep(0.05)
        for _ in range(5):
            await post_now(store, sari)
        man.wake()
        await eventually(lambda: _arrived(server, 5))
    assert server.connections == 1


async def test_what_may_pass_is_tried_again_after_growing_pauses(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    mail_id = await post(store, confirmation(sari))
    server.to_address += ["450 4.2.1 sari@sukaraya.go.id: mailbox busy", "451 4.3.0 later"]
    server.to_text += ["554 5.7.1 looks like spam", "452 4.3.1 no space"]
    man, now = postman(server.url), NOW
    for minutes in (1, 5, 30, 120):
        assert await man.carry_next(now=now)
        kept = await row(store, mail_id)
        assert (kept["state"], kept["due_at"]) == ("waiting", now + timedelta(minutes=minutes))
        assert "sari@" not in str(kept["last_error"])
        assert not await man.carry_next(now=now + timedelta(minutes=minutes, seconds=-1))
        now += timedelta(minutes=minutes)
    assert await man.carry_next(now=now)
    assert len(server.arrived) == 1
    assert (await row(store, mail_id))["last_error"] is None


@pytest.mark.parametrize("answer", ["550 5.1.1 no such person", "553 bad address", "552 5.2.2 mailbox full for good"])
async def test_an_address_that_is_refused_for_good_is_not_tried_again(
    store: ModuleType, server: MailServer, sari: Account, answer: str
) -> None:
    mail_id = await post(store, confirmation(sari))
    server.to_address.append(answer)
    man = postman(server.url)
    assert await man.carry_next(now=NOW)
    kept = await row(store, mail_id)
    assert (kept["state"], kept["sealed"]) == ("refused", None)
    assert not await man.carry_next(now=NOW + timedelta(days=1))
    happened = await store.fetch("SELECT kind, subject::text FROM outbox ORDER BY id DESC LIMIT 1")
    assert happened[0]["kind"] == "mail.undelivered"
    assert "sari@" not in happened[0]["subject"]
    assert (await mail.standing(now=NOW)).refused == 1
    assert (await outbox.verify_chain()).whole


async def test_a_letter_is_given_up_after_a_day_or_when_its_link_is_over(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    long, short = await post(store, confirmation(sari)), None
    server.to_address += ["450 4.2.1 busy"] * 3
    man = postman(server.url)
    await man.carry_next(now=NOW)
    assert await man.carry_next(now=NOW + GIVE_UP)
    assert (await row(store, long))["state"] == "expired"
    to = Recipient(sari.id, "sari@sukaraya.go.id")
    short = await post(store, letters.reset_password(to, "x" * 43, NOW + timedelta(hours=1)))
    assert await man.carry_next(now=NOW + timedelta(hours=1))
    assert (await row(store, short))["state"] == "expired"
    assert server.arrived == []


async def test_a_server_that_is_away_costs_letters_nothing(store: ModuleType, unused_port: int, sari: Account) -> None:
    first = await post_now(store, sari)
    man = postman(f"smtp://127.0.0.1:{unused_port}", poll_seconds=0.05, first_line_pause=timedelta(seconds=0.05))
    now = await store.clock()
    with pytest.raises(SendFailed) as caught:
        await man.carry_next(now=now)
    assert caught.value.trouble is Trouble.LINE
    kept = await row(store, first)
    assert (kept["state"], kept["refusals"], kept["due_at"]) == ("waiting", 0, now)
    async with running(man):
        await asyncio.sleep(0.2)
        async with mail_server(port=unused_port) as server:
            await eventually(lambda: _arrived(server, 1))


async def test_a_line_that_breaks_in_the_middle_is_tried_again(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    await post_now(store, sari)
    server.hang_up = 2
    async with running(postman(server.url, poll_seconds=0.05, first_line_pause=timedelta(seconds=0.02))):
        await eventually(lambda: _arrived(server, 1))


async def test_a_server_that_does_not_answer_is_not_waited_for_for_ever(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    mail_id = await post(store, confirmation(sari))
    server.hold = asyncio.Event()
    man = postman(server.url, send_seconds=0.2)
    with pytest.raises(SendFailed, match="too long"):
        await man.carry_next(now=NOW)
    assert (await row(store, mail_id))["state"] == "waiting"
    server.hold.set()
    server.hold = None
    await man.carry_next(now=NOW)
    assert len(server.arrived) >= 1
    assert len({letter["Message-ID"] for letter in server.arrived}) == 1


async def test_a_crash_after_sending_sends_the_same_letter_again(
    store: ModuleType, server: MailServer, sari: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = await post(store, confirmation(sari))
    man = postman(server.url)

    class Killed(BaseException):
        """What a SIGKILL between sending and marking comes to."""

    async def killed(*_: object, **__: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("hackathon.mail.store.end_mail", killed)
        with pytest.raises(Killed):
            await man.carry_next(now=NOW)
    assert not await man.carry_next(now=NOW + timedelta(seconds=119))
    assert await man.carry_next(now=NOW + timedelta(seconds=120))
    first, second = server.arrived
    assert first.as_bytes() == second.as_bytes()
    assert (await row(store, mail_id))["state"] == "sent"


async def test_who_lost_the_claim_changes_nothing(store: ModuleType, server: MailServer, sari: Account) -> None:
    """A postman that was frozen while it sent, and came back when another had sent."""
    mail_id = await post(store, confirmation(sari))
    server.hold = asyncio.Event()
    frozen = asyncio.create_task(postman(server.url).carry_next(now=NOW))
    await server.receiving.wait()
    hold, server.hold = server.hold, None
    assert await postman(server.url).carry_next(now=NOW + timedelta(minutes=2))
    before = await row(store, mail_id)
    hold.set()
    assert await frozen
    assert await row(store, mail_id) == before


async def test_two_postmen_share_the_work(store: ModuleType, server: MailServer, sari: Account) -> None:
    for _ in range(30):
        await post_now(store, sari)
    async with running(postman(server.url, poll_seconds=0.05)), running(postman(server.url, poll_seconds=0.05)):
        await eventually(lambda: _arrived(server, 30))
    assert len({letter["Message-ID"] for letter in server.arrived}) == 30
    assert server.connections >= 2


async def test_a_stop_waits_for_the_letter_on_its_way_but_not_for_long(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    mail_id = await post_now(store, sari)
    server.hold = asyncio.Event()
    async with running(postman(server.url)):
        await server.receiving.wait()
        asyncio.get_running_loop().call_later(0.2, server.hold.set)
    assert (await row(store, mail_id))["state"] == "sent"

    server.receiving.clear()
    server.hold = asyncio.Event()
    mail_id = await post_now(store, sari)
    async with running(postman(server.url, finish_seconds=0.1)):
        await server.receiving.wait()
    server.hold.set()
    assert (await row(store, mail_id))["state"] == "waiting"
    assert await postman(server.url).carry_next(now=await store.clock() + timedelta(minutes=3))
    assert (await row(store, mail_id))["state"] == "sent"


async def test_a_letter_sealed_with_another_key_waits_and_says_so(
    store: ModuleType, server: MailServer, sari: Account
) -> None:
    mail_id = await post(store, confirmation(sari))
    carrier = open_carrier(server.url)
    assert carrier is not None
    stranger = Postman(carrier, key=bytes(32), sender=SENDER, public_url=SITE)
    with pytest.raises(SendFailed):
        await stranger.carry_next(now=NOW)
    kept = await row(store, mail_id)
    assert kept["state"] == "waiting"
    assert "GELANGGANG_SECRET_FILE" in str(kept["last_error"])
    assert "GELANGGANG_SECRET_FILE" in str((await mail.standing(now=NOW)).last_error)


async def test_how_the_mail_stands(store: ModuleType, sari: Account) -> None:
    empty = await mail.standing(now=NOW)
    assert (empty.waiting, empty.oldest_at, empty.last_error, empty.refused) == (0, None, None, 0)
    await post(store, confirmation(sari))
    await post(store, confirmation(sari), NOW + timedelta(minutes=1))
    found = await mail.standing(now=NOW)
    assert (found.waiting, found.oldest_at) == (2, NOW)


@pytest.fixture
async def unused_port() -> int:
    probe = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    return port


async def _arrived(server: MailServer, count: int) -> bool:
    return len(server.arrived) >= count
