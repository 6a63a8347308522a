"""Reading and writing of prototype cards."""

from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.cards import tables
from hackathon.cards.model import Answers, Card


async def read_latest(entry_id: UUID) -> Card | None:
    """The card as it was saved last."""
    row = await store.fetch_one(
        "SELECT card.entry_id, version, account_id, account.name AS author, answers, saved_at FROM card"
        " JOIN account ON account.id = account_id WHERE card.entry_id = $1 ORDER BY version DESC LIMIT 1",
        entry_id,
    )
    if row is None:
        return None
    return Card(**{**row, "answers": msgspec.json.decode(row["answers"], type=Answers)})


async def insert(card: Card) -> None:
    """Keep a version of the card."""
    await tables.Card(
        id=uuid4(),
        entry_id=card.entry_id,
        version=card.version,
        account_id=card.account_id,
        answers=msgspec.json.encode(card.answers).decode(),
        saved_at=card.saved_at,
    ).save()
