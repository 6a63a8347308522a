"""What a person says of themselves: name, zone, language, NIP; and what they agreed to."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from hackathon import outbox, store
from hackathon.accounts import store as rows
from hackathon.accounts.errors import AccountUnknown
from hackathon.accounts.model import LANGUAGES, Consent, Zone
from hackathon.accounts.nip import parse_nip
from hackathon.accounts.service import clean_name
from hackathon.errors import Refusal
from hackathon.keys import KEY_BYTES, seal, unseal
from hackathon.model import Principal
from sandbox.model import Text


async def update_profile(*, name: str, zone: str, language: str, actor: Principal) -> None:
    """Change one's own name, zone (IANA name of WIB, WITA or WIT) and language. Raises Refusal, AccountUnknown."""
    cleaned = clean_name(name)
    if zone not in tuple(Zone):
        raise Refusal(
            Text(id="Pilih zona waktu WIB, WITA, atau WIT.", en="Choose the time zone WIB, WITA or WIT."),
            "zone_unknown",
        )
    if language not in LANGUAGES:
        raise Refusal(
            Text(id="Pilih Bahasa Indonesia atau Inggris.", en="Choose Bahasa Indonesia or English."),
            "language_unknown",
        )
    async with store.transaction():
        if not await rows.update_profile(actor.account_id, cleaned, zone, language):
            raise AccountUnknown
        await outbox.append("account.changed", {"account": actor.account_id}, actor=actor)


async def list_consents(*, actor: Principal) -> tuple[Consent, ...]:
    """What one agreed to, oldest first."""
    return await rows.read_consents(actor.account_id)


async def set_nip(
    text: str,
    *,
    key: bytes,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Keep one's own NIP under a key of one's own, which lies sealed with the installation's `key`.

    Raises NipInvalid, AccountUnknown, Unavailable where the installation's key is another than before.
    """
    # Today is the day in the east: nobody is told that their day of birth lies ahead.
    nip = parse_nip(text, now.astimezone(ZoneInfo(Zone.WIT)).date())
    async with store.transaction():
        # Two tabs that save at once must not each make a key.
        if not await rows.lock_account(actor.account_id):
            raise AccountUnknown
        sealed = await rows.read_key(actor.account_id)
        if sealed is None:
            own = random_bytes(KEY_BYTES)
            sealed = seal(key, own, _key_context(actor.account_id), random_bytes=random_bytes)
            await rows.insert_key(actor.account_id, sealed, now)
        else:
            own = unseal(key, sealed, _key_context(actor.account_id))
        under = seal(own, nip.encode("ascii"), _nip_context(actor.account_id), random_bytes=random_bytes)
        await rows.write_nip(actor.account_id, under, now)
        await outbox.append("account.nip_set", {"account": actor.account_id}, actor=actor)


async def remove_nip(*, actor: Principal) -> None:
    """Forget one's own NIP; twice is fine."""
    async with store.transaction():
        if await rows.delete_nip(actor.account_id):
            await outbox.append("account.nip_removed", {"account": actor.account_id}, actor=actor)


async def read_nip(*, key: bytes, actor: Principal) -> str | None:
    """One's own NIP; None where none is kept. Raises Unavailable where the installation's key is another now."""
    found = await rows.read_nip(actor.account_id)
    if found is None:
        return None
    sealed, nip = found
    own = unseal(key, sealed, _key_context(actor.account_id))
    return unseal(own, nip, _nip_context(actor.account_id)).decode("ascii")


def _key_context(account_id: UUID) -> bytes:
    return b"account-key:" + account_id.bytes


def _nip_context(account_id: UUID) -> bytes:
    return b"nip:" + account_id.bytes
