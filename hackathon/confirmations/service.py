"""Ask whether an address is somebody's, and take the answer.

Accounts build on this, so it knows of them only their rows.
"""

from datetime import datetime
from uuid import UUID

from hackathon import attempts, mail, outbox, proofs, store
from hackathon.attempts import Action
from hackathon.confirmations import store as rows
from hackathon.confirmations.errors import AddressOwned
from hackathon.confirmations.model import Way
from hackathon.confirmations.store import Holder
from hackathon.errors import NotFound
from hackathon.mail import Recipient, letters
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from hackathon.proofs import ProofUnknown, ProofUsed, Purpose
from sandbox.model import Text


async def ask(account_id: UUID, *, key: bytes, now: datetime) -> None:
    """Post the letter that an unconfirmed account needs, in the caller's transaction: a link to confirm its address,
    or, where the address belongs to another account, word to that one. Nothing where there is nothing to ask.
    """
    store.require_transaction()
    holder = await rows.read_holder(account_id)
    if holder is None or holder.confirmed_at is not None:
        return
    if holder.email is not None:
        secret, until = await proofs.issue(Purpose.CONFIRM, account_id, holder.email, now=now)
        letter = letters.confirm_address(_stranger(holder, holder.email), secret, until)
        await mail.post(letter, key=key, now=now)
    elif holder.claims is not None:
        owner = await rows.read_owner(holder.claims)
        if owner is not None and owner.email is not None:
            letter = letters.address_known(_known(owner, owner.email), now)
            await mail.post(letter, key=key, now=now)


async def ask_again(*, actor: Principal, address: str, key: bytes, now: datetime) -> None:
    """Send one's own letter once more. Raises TooManyAttempts."""
    holder = await rows.read_holder(actor.account_id)
    # Counted for the mailbox, not the account: who registers again and again must not fill somebody's mailbox.
    mailbox = (holder.email or holder.claims if holder else None) or str(actor.account_id)
    await attempts.begin(Action.CONFIRM, person=mailbox, address=address, key=key, now=now)
    async with store.transaction():
        await ask(actor.account_id, key=key, now=now)
        await outbox.append("account.confirmation_asked", {"account": actor.account_id}, actor=actor)


async def is_open(secret: str, *, now: datetime) -> bool:
    """Whether a link still has something to confirm; False where its account is confirmed already.

    Raises ProofUnknown, ProofExpired.
    """
    try:
        await proofs.look(Purpose.CONFIRM, secret, now=now)
    except ProofUsed:
        return False
    return True


async def confirm(secret: str, *, now: datetime) -> None:
    """Take the answer to a letter. Twice is fine: mail programs and people press buttons twice.

    Raises ProofUnknown, ProofExpired.
    """
    async with store.transaction():
        try:
            proof = await proofs.spend(Purpose.CONFIRM, secret, now=now)
        except ProofUsed:
            return
        holder = await rows.read_holder(proof.account_id)
        if holder is None or holder.email is None or proofs.hash_email(holder.email) != proof.email_hash:
            raise ProofUnknown  # the address is another one now
        await mark(proof.account_id, Way.MAIL, actor=Principal(proof.account_id, holder.name, frozenset()), now=now)


async def confirm_by_hand(account_id: UUID, *, reason: str, actor: Principal, now: datetime) -> None:
    """Confirm a person whom an organizer knows; twice is fine. Raises Forbidden, NotFound, Refusal without a reason."""
    require_organizer(actor)
    why = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=300)
    async with store.transaction():
        if await rows.read_holder(account_id) is None:
            raise NotFound(Text(id="Akun ini tidak ada.", en="There is no such account."), "account_unknown")
        await mark(account_id, Way.HAND, actor=actor, now=now, reason=why)


async def mark(account_id: UUID, way: Way, *, actor: Principal, now: datetime, reason: str | None = None) -> bool:
    """Note in the caller's transaction that an account is confirmed; False where it was. Letters that ask are void.

    Raises AddressOwned.
    """
    store.require_transaction()
    holder = await rows.read_holder(account_id)
    if holder is not None and holder.claims is not None:
        raise AddressOwned
    if not await rows.mark_confirmed(account_id, now):
        return False
    await proofs.void(Purpose.CONFIRM, account_id, now=now)
    await outbox.append("account.confirmed", {"account": account_id, "way": way.value}, actor=actor, reason=reason)
    return True


def _stranger(holder: Holder, email: str) -> Recipient:
    """Whoever reads that address may be somebody else: no name that was typed elsewhere."""
    return Recipient(holder.account_id, email, "", holder.language, holder.zone)


def _known(holder: Holder, email: str) -> Recipient:
    name = holder.name if holder.confirmed_at is not None else ""
    return Recipient(holder.account_id, email, name, holder.language, holder.zone)
