"""Count tries, before it is known whether they succeed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import store
from hackathon.attempts import store as rows
from hackathon.attempts.errors import TooManyAttempts
from hackathon.attempts.model import LIMITS, LONGEST, Action, Attempt, Scope, hashes


async def begin(
    action: Action,
    *,
    person: str,
    address: str,
    key: bytes,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
) -> Attempt:
    """Count a try. Raises TooManyAttempts, which counts nothing, so that waiting helps.

    It is counted first and forgiven when it succeeds: a hundred tries at once are a hundred. `person` is an account's
    id or an e-mail address (empty: nobody is named), `address` the client's as `frontend.addresses` tells it.
    """
    attempt = Attempt(new_id(), action, hashes(action, person, address, key))
    async with store.transaction():
        await rows.forget(now - LONGEST)
        # One lock a subject, in one order for all: tries of one person wait for each other and never in a ring.
        for subject in sorted(attempt.hashes.values()):
            await rows.lock(subject)
        for scope, limit in LIMITS[action].items():
            if scope not in attempt.hashes:
                continue
            first = await rows.time_of(attempt.hashes[scope], back=limit.most)
            if first is not None and first + limit.within > now:
                raise TooManyAttempts(action, scope, first + limit.within, now)
        for subject in attempt.hashes.values():
            await rows.insert(attempt.id, subject, now)
    return attempt


async def forgive(attempt: Attempt) -> None:
    """It succeeded: it counts no longer, nor does what this person tried from this network before. What was tried with
    other accounts does, or one good account would hide guesses at others.
    """
    await rows.delete(attempt.id, attempt.hashes.get(Scope.BOTH))


async def clear(action: Action, *, person: str, address: str, key: bytes) -> None:
    """What a person tried counts no longer: they have shown in another way who they are."""
    found = hashes(action, person, address, key)
    for scope in (Scope.BOTH, Scope.PERSON):
        if scope in found:
            await rows.delete(None, found[scope])
