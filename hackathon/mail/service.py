"""Post a letter; how the mail stands."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.keys import seal, unseal
from hackathon.mail import store as rows
from hackathon.mail.model import Claimed, Fate, Kind, Letter, Recipient, Standing

CHANGED = "mail"
"""The kind of notice that a letter was posted."""


async def post(
    letter: Letter,
    *,
    key: bytes,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
    after: timedelta = timedelta(0),
) -> UUID:
    """Post a letter in the caller's transaction: it is sent when that commits, and only then; not before `after` has
    passed. Returns its id.

    What it says and to whom is sealed with the installation's `key` until it is sent, and erased then.
    """
    store.require_transaction()
    mail_id = new_id()
    to = letter.to
    content = {"to": [to.email, to.name, to.language, to.zone], "values": dict(letter.values)}
    sealed = seal(key, msgspec.json.encode(content), _context(mail_id))
    await rows.insert_mail(
        mail_id, to.account_id, letter.kind, sealed, now=now, due_at=now + after, good_until=letter.good_until
    )
    await store.notify(CHANGED, mail_id)
    return mail_id


async def take_back(mail_ids: Collection[UUID]) -> frozenset[UUID]:
    """Take letters back that no postman ever held, in the caller's transaction; returns which those were."""
    store.require_transaction()
    return await rows.delete_untried(mail_ids)


async def drop(mail_ids: Collection[UUID]) -> None:
    """Drop letters that are of no use any more, in the caller's transaction; one on its way may still arrive."""
    store.require_transaction()
    await rows.delete_waiting(mail_ids)


async def fates(mail_ids: Collection[UUID]) -> Mapping[UUID, Fate]:
    """What became of letters; those that are forgotten are left out."""
    return await rows.read_fates(mail_ids)


async def standing(*, now: datetime) -> Standing:
    """How the mail stands, for the operator and the organizers."""
    return await rows.read_standing(now)


def opened(row: store.Row, key: bytes) -> Claimed:
    """A claimed letter out of its row. Raises Unavailable where it was sealed with another key."""
    content: dict[str, Any] = msgspec.json.decode(unseal(key, row["sealed"], _context(row["id"])))
    email, name, language, zone = content["to"]
    to = Recipient(row["account_id"], email, name, language, zone)
    letter = Letter(Kind(row["kind"]), to, row["good_until"], content["values"])
    return Claimed(row["id"], row["claim"], row["refusals"], row["created_at"], row["first_tried_at"], letter)


def _context(mail_id: UUID) -> bytes:
    return b"mail " + mail_id.bytes
