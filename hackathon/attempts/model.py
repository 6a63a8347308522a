"""What is counted, and how much of it is too much."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID


class Action(StrEnum):
    """What is tried."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    RESET = "reset"
    CONFIRM = "confirm"
    CODE = "code"
    INVITE = "invite"


class Scope(StrEnum):
    """What a count belongs to: a person (an account, an e-mail address), the address of a network, or a person as
    tried from one network.
    """

    BOTH = "both"
    PERSON = "person"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries within a time."""

    most: int
    within: timedelta


_QUARTER, _HOUR = timedelta(minutes=15), timedelta(hours=1)

LIMITS: Mapping[Action, Mapping[Scope, Limit]] = {
    # Ten wrong passwords from one network close the account for that network only: whoever guesses elsewhere does not
    # lock its owner out, until the guesses come from five networks at once.
    Action.SIGN_IN: {
        Scope.BOTH: Limit(10, _QUARTER),
        Scope.PERSON: Limit(50, _QUARTER),
        Scope.ADDRESS: Limit(300, _QUARTER),
    },
    Action.REGISTER: {Scope.PERSON: Limit(5, _HOUR), Scope.ADDRESS: Limit(300, _QUARTER)},
    Action.RESET: {Scope.PERSON: Limit(3, _HOUR), Scope.ADDRESS: Limit(300, _HOUR)},
    Action.CONFIRM: {Scope.PERSON: Limit(3, _HOUR), Scope.ADDRESS: Limit(300, _HOUR)},
    Action.CODE: {Scope.PERSON: Limit(10, _QUARTER), Scope.ADDRESS: Limit(300, _QUARTER)},
    Action.INVITE: {Scope.PERSON: Limit(3, _HOUR), Scope.ADDRESS: Limit(300, _HOUR)},
}
"""Generous for an address: a hall of 200 people is one."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a network may still do that is over its limit: each person a few tries, until `whole` is used up too."""

    each: Limit
    whole: Limit


CROWDS: Mapping[Action, Crowd] = {
    # One person in a hall must not be able to keep all others out by guessing. Whoever has the right password gets in,
    # for a right one counts no longer; whoever tries one guess with many accounts has two for each, and 3,000 in all.
    Action.SIGN_IN: Crowd(Limit(2, _QUARTER), Limit(3000, _QUARTER)),
}
"""What is not named here ends with the network's limit."""

LONGEST = max(limit.within for limits in LIMITS.values() for limit in limits.values())
"""Older tries count nowhere."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that is counted, until it is forgiven."""

    id: UUID
    action: Action
    hashes: Mapping[Scope, bytes]


def hashes(action: Action, person: str, address: str, key: bytes) -> dict[Scope, bytes]:
    """What stands in the table in place of people and addresses: keyed, so that nobody can try out who was meant."""

    def digest(*parts: str) -> bytes:
        return hmac.digest(key, "\n".join(("attempt", action, *parts)).encode(), "sha256")

    who = person.strip().casefold()
    found = {Scope.ADDRESS: digest("address", address)}
    if who:
        found |= {Scope.PERSON: digest("person", who), Scope.BOTH: digest("both", who, address)}
    return {scope: found[scope] for scope in LIMITS[action] if scope in found}
