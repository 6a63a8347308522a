"""Whether letters leave: the mail server, and what waits for it."""

from collections.abc import Iterable

import asyncpg

from frontend.cli.checks.model import Check, fail, ok, warn
from hackathon import mail, store
from hackathon.database import open_database
from hackathon.errors import HackathonError
from hackathon.mail import SendFailed, Standing
from hackathon.settings import Settings


async def check_letters(settings: Settings) -> Iterable[Check]:
    """The carrier answers, and no letter is stuck."""
    return [await _carrier(settings), *await _waiting(settings)]


async def _carrier(settings: Settings) -> Check:
    carrier = mail.open_carrier(settings.smtp_url)
    if carrier is None:
        todo = "Set GELANGGANG_SMTP_URL; until then letters wait, and people need codes (console, Kode)."
        return warn("mail", "no mail server is named", todo)
    try:
        found = await carrier.check()
    except SendFailed as failure:
        return fail("mail", failure.words, "Check GELANGGANG_SMTP_URL: host, port, encryption, name and password.")
    return ok("mail", f"{found}, sender {settings.mail_from}")


async def _waiting(settings: Settings) -> Iterable[Check]:
    if not settings.database_url and not settings.database_dir.exists():
        return []
    try:
        database = await open_database(settings)
        async with store.connected(database.dsn):
            if not await store.fetch_value("SELECT to_regclass('mail') IS NOT NULL"):
                return []
            return [_told(await mail.standing(now=await store.clock()))]
    except (HackathonError, asyncpg.PostgresError, OSError):
        return []  # the check of the database says so


def _told(found: Standing) -> Check:
    words = f"{found.waiting} waiting, {found.refused} refused and {found.expired} given up in the last day"
    if found.last_error is not None:
        return warn("letters", f"{words}; last trouble: {found.last_error}", "Look at the mail server's own log.")
    if found.refused or found.expired:
        return warn("letters", words, "Addresses that do not exist, or a server that takes too long.")
    return ok("letters", words)
