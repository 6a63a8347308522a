"""Draw the order of a pitch day, and run its clock."""

import secrets
from collections.abc import Callable, Collection, Mapping
from uuid import UUID, uuid4

from hackathon import outbox, store
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging.stage import store as rows
from judging.stage.errors import DrawInvalid, NotDrawn
from judging.stage.model import LONGEST, SEED_BYTES, SHORTEST, Draw, Move, Turn, moved
from sandbox.model import Text


async def draws_of(event_id: UUID) -> tuple[Draw, ...]:
    """All draws of an event, the newest first: the first of them counts."""
    return await rows.read_draws(event_id)


async def turn_of(event_id: UUID) -> Turn | None:
    """Who is on the stage; None: nobody."""
    return await rows.read_turn(event_id)


async def names_of(event_id: UUID) -> Mapping[UUID, tuple[str, str]]:
    """The team and agency of each entry."""
    return await rows.read_names(event_id)


async def draw_order(
    event_id: UUID,
    pool: Collection[UUID],
    *,
    minutes: int,
    reason: str,
    seen: int,
    actor: Principal,
    random_hex: Callable[[int], str] = secrets.token_hex,
    new_id: Callable[[], UUID] = uuid4,
) -> Draw:
    """Draw the order of these entries; `seen` is the number of the draw that stood when it was asked for (0: none), so
    that a form sent twice draws once. Each draw stays to be seen.

    Raises Forbidden, DrawInvalid, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=1000)
    if not SHORTEST <= minutes <= LONGEST:
        raise DrawInvalid(
            "menit",
            Text(
                id=f"Lama presentasi antara {SHORTEST} dan {LONGEST} menit.",
                en=f"A pitch takes between {SHORTEST} and {LONGEST} minutes.",
            ),
        )
    async with store.transaction():
        await rows.lock_stage(event_id)
        wanted = tuple(sorted(set(pool) & set(await rows.read_names(event_id)), key=str))
        if not wanted:
            raise DrawInvalid(
                "peserta",
                Text(id="Pilih peserta yang akan tampil.", en="Choose the entries that come on the stage."),
            )
        before = await rows.read_draws(event_id)
        number = before[0].number if before else 0
        if before and seen < number:
            return before[0]
        drawn = Draw(
            id=new_id(),
            event_id=event_id,
            number=number + 1,
            seed=random_hex(SEED_BYTES),
            pool=wanted,
            reason=words,
            minutes=minutes,
            made_at=await store.clock(),
        )
        await rows.insert_draw(drawn)
        await rows.clear_turn(event_id)
        await outbox.append(
            "pitch.drawn",
            {"event": event_id, "draw": drawn.id, "number": str(drawn.number), "seed": drawn.seed},
            actor=actor,
            reason=words,
        )
    return drawn


async def move_clock(event_id: UUID, entry_id: UUID, move: Move, *, actor: Principal) -> Turn:
    """Call somebody to the stage, start the clock or stop it. Doing it again changes nothing, save that calling anew
    gives the whole time again. Raises Forbidden, NotDrawn.
    """
    require_organizer(actor)
    async with store.transaction():
        await rows.lock_stage(event_id)
        draws = await rows.read_draws(event_id)
        if not draws or entry_id not in draws[0].pool:
            raise NotDrawn
        now = await store.clock()
        turn = moved(await rows.read_turn(event_id), entry_id, move, minutes=draws[0].minutes, now=now)
        await rows.write_turn(event_id, turn, now)
    return turn
