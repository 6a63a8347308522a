"""Count tries, before it is known whether they succeed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import store
from hackathon.attempts import store as rows
from hackathon.attempts.errors import TooManyAttempts
from hackathon.attempts.model import CROWDS, LIMITS, LONGEST, Action, Attempt, Limit, Scope, hashes


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
            until = await _full(attempt, scope, limit, now)
            if until is not None and scope is Scope.ADDRESS:
                until = await _crowded(attempt, until, now)
            if until is not None:
                raise TooManyAttempts(action, scope, until, now)
        for subject in attempt.hashes.values():
            await rows.insert(attempt.id, subject, now)
    return attempt


async def _full(attempt: Attempt, scope: Scope, limit: Limit, now: datetime) -> datetime | None:
    """Until when no more is taken; None where more is."""
    if scope not in attempt.hashes:
        return None
    first = await rows.time_of(attempt.hashes[scope], back=limit.most)
    return None if first is None or first + limit.within <= now else first + limit.within


async def _crowded(attempt: Attempt, until: datetime, now: datetime) -> datetime | None:
    """The same for a network that is over its limit until then."""
    crowd = CROWDS.get(attempt.action)
    if crowd is None or Scope.BOTH not in attempt.hashes:
        return until
    each = await _full(attempt, Scope.BOTH, crowd.each, now)
    return each or await _full(attempt, Scope.ADDRESS, crowd.whole, now)


async def forgive(attempt: Attempt) -> None:
    """It succeeded: it counts no longer, nor does what this person tried from this network before. What was tried with
    other accounts does, or one good account would hide guesses at others.
    """
    await rows.delete(attempt.id, attempt.hashes.get(Scope.BOTH))


async def take_back(attempt: Attempt) -> None:
    """It came to nothing for a reason of ours: neither a failure nor a success."""
    await rows.delete(attempt.id, None)


async def clear(action: Action, *, person: str, address: str, key: bytes) -> None:
    """What a person tried counts no longer: they have shown in another way who they are."""
    found = hashes(action, person, address, key)
    for scope in (Scope.BOTH, Scope.PERSON):
        if scope in found:
            await rows.delete(None, found[scope])
