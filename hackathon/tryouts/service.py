"""Starting a prototype for somebody, putting inputs to it, ending it. Who may try which one is judging's to say.

What is wanted stands in rows; a worker hears of it and writes back, so it can be on any host. Whoever may call these
has been found fit before: `actor` only keeps people from each other's try-outs.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from hackathon import store
from hackathon.evaluations.encoding import as_json
from hackathon.model import Principal
from hackathon.tryouts import errors
from hackathon.tryouts import store as rows
from hackathon.tryouts.errors import (
    InputTooLarge,
    NothingToTry,
    StillAnswering,
    TooManyCalls,
    TooManyStarts,
    TryoutNotReady,
    TryoutOver,
    TryoutUnknown,
)
from hackathon.tryouts.model import (
    CALLS,
    INPUT_BYTES,
    KEPT_CALLS,
    PATIENCE,
    STARTS,
    STARTS_SPAN,
    CallState,
    Tryout,
    TryoutCall,
    TryoutState,
    token_of,
)


async def start(submission_id: UUID, *, actor: Principal, new_id: Callable[[], UUID] = uuid4) -> Tryout:
    """Start the prototype of a submission for this person; one that runs already is given again, and another one of
    theirs ends. Raises NothingToTry, TooManyStarts.
    """
    await tidy()
    if await rows.image_of(submission_id) is None:
        raise NothingToTry
    async with store.transaction():
        await rows.lock_person(actor.account_id)
        live = await rows.read_live(actor.account_id)
        if live is not None and live.submission_id == submission_id:
            return live
        now = await store.clock()
        oldest = await rows.nth_newest(actor.account_id, STARTS)
        if oldest is not None and now < oldest + STARTS_SPAN:
            raise TooManyStarts(STARTS, oldest + STARTS_SPAN)
        if live is not None:
            await rows.end(live.id, errors.REPLACED)
        tryout_id = new_id()
        await rows.insert(tryout_id, submission_id, actor.account_id, now)
        return await _own(tryout_id, actor)


async def get(tryout_id: UUID, *, actor: Principal) -> Tryout:
    """Where it stands. Raises TryoutUnknown."""
    await tidy()
    return await _own(tryout_id, actor)


async def latest(submission_id: UUID, *, actor: Principal) -> Tryout | None:
    """The last one that this person had of a submission."""
    await tidy()
    return await rows.read_latest(submission_id, actor.account_id)


async def call(
    tryout_id: UUID,
    task_slug: str,
    given: Mapping[str, Any],
    *,
    actor: Principal,
    new_id: Callable[[], UUID] = uuid4,
) -> TryoutCall:
    """Put an input to it; the answer is written beside it. Raises TryoutUnknown, TryoutNotReady, TryoutOver,
    StillAnswering, TooManyCalls, InputTooLarge.
    """
    size = len(as_json(given).encode())
    if size > INPUT_BYTES:
        raise InputTooLarge(size, INPUT_BYTES)
    await tidy()
    async with store.transaction():
        found = await _own(tryout_id, actor, lock=True)
        if found.state is TryoutState.ENDED:
            raise TryoutOver(found.reason or errors.STOPPED)
        if found.state is not TryoutState.READY:
            raise TryoutNotReady
        asked, answering = await rows.count_calls(tryout_id)
        if answering:
            raise StillAnswering
        if asked >= CALLS:
            raise TooManyCalls(CALLS)
        made = TryoutCall(new_id(), tryout_id, asked + 1, task_slug, given, await store.clock(), CallState.ASKED)
        await rows.ask(made)
    return made


async def calls(tryout_id: UUID, *, actor: Principal) -> tuple[TryoutCall, ...]:
    """What was put to it, in order. Raises TryoutUnknown."""
    await _own(tryout_id, actor)
    return await rows.read_calls(tryout_id)


async def calls_of(submission_id: UUID, account_id: UUID, *, most: int = KEPT_CALLS) -> tuple[TryoutCall, ...]:
    """What a person put to a submission, the last one first: evidence beside their scorecard."""
    return await rows.read_calls_of(submission_id, account_id, most)


async def stop(tryout_id: UUID, *, actor: Principal) -> None:
    """End it; one that has ended is fine. Raises TryoutUnknown."""
    await _own(tryout_id, actor)
    async with store.transaction():
        await rows.end(tryout_id, errors.STOPPED)


def ui_address(tryout: Tryout, key: bytes) -> str | None:
    """Where the prototype's own page is opened, in a tab of its own; None where it has none, or does not run."""
    if tryout.state is not TryoutState.READY or tryout.page is None or tryout.address is None:
        return None
    return tryout.address.replace("{token}", token_of(tryout.id, key)) + tryout.page


async def tidy() -> None:
    """End what nobody runs any more, and what nobody would start: also where no worker is left to do it."""
    await rows.end_lost(errors.LOST)
    await rows.end_unclaimed(PATIENCE, errors.NOBODY)


async def _own(tryout_id: UUID, actor: Principal, *, lock: bool = False) -> Tryout:
    found = await rows.read(tryout_id, lock=lock)
    if found is None or found.account_id != actor.account_id:
        raise TryoutUnknown
    return found
