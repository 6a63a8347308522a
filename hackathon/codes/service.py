"""Make batches of codes, look at them, revoke them. Organizers only."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from hackathon import accounts, outbox, store
from hackathon.codes import store as rows
from hackathon.codes.errors import BatchUnknown
from hackathon.codes.model import LONGEST_LIFE, MOST, Batch, NewBatch, Purpose, hash_code, make_code
from hackathon.errors import Refusal
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from sandbox.model import Text


async def make_batch(
    batch_id: UUID,
    event_id: UUID,
    *,
    purpose: Purpose,
    size: int,
    expires_at: datetime,
    key: bytes,
    actor: Principal,
    now: datetime,
    venue_id: UUID | None = None,
    account_id: UUID | None = None,
    below: Callable[[int], int] = secrets.randbelow,
) -> NewBatch:
    """Make codes; they are in the answer and nowhere else. `batch_id` comes with the form, so that one sent twice makes
    one batch. `account_id` is whom a sign-in code is for; there is one of it.

    Raises Forbidden, AccountUnknown, BatchShown, Refusal (`code_count`, `code_life`, `code_account`).
    """
    require_organizer(actor)
    if purpose is Purpose.SIGN_IN:
        size = 1
        await _check_account(account_id)
    if not 1 <= size <= MOST:
        raise Refusal(
            Text(id=f"Buat 1 sampai {MOST} kode sekali jalan.", en=f"Make 1 to {MOST} codes at a time."), "code_count"
        )
    if not now < expires_at <= now + LONGEST_LIFE:
        days = LONGEST_LIFE.days
        raise Refusal(
            Text(
                id=f"Pilih waktu berakhir yang masih akan datang, paling lama {days} hari lagi.",
                en=f"Choose an end that is still to come, at most {days} days ahead.",
            ),
            "code_life",
        )
    batch = Batch(batch_id, event_id, venue_id, purpose, account_id, size, actor.account_id, now, expires_at)
    codes: set[str] = set()
    while len(codes) < size:
        codes.add(make_code(below))
    async with store.transaction():
        await rows.insert_batch(batch)
        await rows.insert_codes(batch.id, [hash_code(code, key) for code in codes])
        subject: dict[str, UUID | str] = {"batch": batch.id, "event": event_id, "purpose": purpose.value}
        if account_id is not None:
            subject["account"] = account_id
        await outbox.append("code.batch_made", subject | {"size": str(size)}, actor=actor)
    return NewBatch(batch, tuple(sorted(codes)))


async def _check_account(account_id: UUID | None) -> None:
    if account_id is None or (await accounts.get_account(account_id)).roles:
        # Whoever could print one would be that person, and their votes and decisions would be theirs.
        raise Refusal(
            Text(
                id="Kode masuk hanya untuk peserta. Untuk akun panitia dan juri, sandi diatur ulang lewat surel atau "
                "oleh pengelola server.",
                en="Sign-in codes are for participants only. Passwords of organizers and judges are reset by mail, or "
                "by whoever runs the server.",
            ),
            "code_account",
        )


async def list_batches(event_id: UUID, *, actor: Principal) -> tuple[Batch, ...]:
    """The batches of an event, the newest first. Organizers only."""
    require_organizer(actor)
    return await rows.read_batches(event_id)


async def get_batch(batch_id: UUID, event_id: UUID, *, actor: Principal) -> Batch:
    """One batch of an event. Organizers only. Raises BatchUnknown."""
    require_organizer(actor)
    batch = await rows.read_batch(batch_id)
    if batch is None or batch.event_id != event_id:
        raise BatchUnknown
    return batch


async def revoke_batch(batch_id: UUID, event_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Let no code of a batch work any more; what they confirmed stays. Twice is fine.

    Raises Forbidden, BatchUnknown.
    """
    batch = await get_batch(batch_id, event_id, actor=actor)
    async with store.transaction():
        if await rows.revoke(batch.id, now):
            await outbox.append("code.batch_revoked", {"batch": batch.id, "event": event_id}, actor=actor)
