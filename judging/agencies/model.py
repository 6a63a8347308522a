"""Judges and teams between whom their agencies stand: certainly, by an answer, or by an open question. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon.teams.agencies import compared, official
from judging.agencies.likeness import alike

Pair = tuple[str, str]
"""Two names as they are compared, in order."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose agency it is: a judge, or a team with an entry of it. `name` is the person's or the team's."""

    id: UUID
    agency: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether these names mean one agency: `judge_agency` of these judges, `team_agency` of these teams."""

    judge_agency: str
    team_agency: str
    judges: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        """What the answer is kept under."""
        return pair_of(self.judge_agency, self.team_agency)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the organizers said of two names."""

    first: str
    second: str
    same: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Between:
    """Pairs of judge and entry (or team) of one agency, and those that are asked about."""

    same: frozenset[tuple[UUID, UUID]]
    asked: frozenset[tuple[UUID, UUID]]


def pair_of(one: str, other: str) -> Pair:
    """Two names as an answer is kept under them, whichever way they are spelled and in whichever order."""
    first, second = sorted((key_of(one), key_of(other)))
    return first, second


def key_of(name: str) -> str:
    """A name as it is compared; empty for one that says nothing."""
    return compared(official(name))


def between(judges: Iterable[Holder], teams: Iterable[Holder], answers: Mapping[Pair, bool]) -> Between:
    """Who stands against whom by agency. An answer goes before what the names look like, except where they are the same
    name.
    """
    same: set[tuple[UUID, UUID]] = set()
    asked: set[tuple[UUID, UUID]] = set()
    by_team = _by_agency(teams)
    for mine, sitting in _by_agency(judges).items():
        for theirs, entries in by_team.items():
            verdict = _verdict(mine, theirs, answers)
            if verdict is not False:
                into = asked if verdict is None else same
                into |= {(judge.id, entry.id) for judge in sitting for entry in entries}
    return Between(frozenset(same), frozenset(asked))


def questions(judges: Iterable[Holder], teams: Iterable[Holder], answers: Mapping[Pair, bool]) -> tuple[Question, ...]:
    """What the organizers are to be asked, by name."""
    by_team = _by_agency(teams)
    found = {
        pair_of(mine, theirs): Question(
            mine, theirs, tuple(one.name for one in sitting), tuple(dict.fromkeys(one.name for one in entries))
        )
        for mine, sitting in _by_agency(judges).items()
        for theirs, entries in by_team.items()
        if _verdict(mine, theirs, answers) is None
    }
    return tuple(sorted(found.values(), key=lambda one: (one.judge_agency.casefold(), one.team_agency.casefold())))


def _verdict(one: str, other: str, answers: Mapping[Pair, bool]) -> bool | None:
    first, second = key_of(one), key_of(other)
    if not first or not second:
        return False
    if first == second:
        return True
    found = answers.get((min(first, second), max(first, second)))
    if found is None and not alike(one, other):
        return False
    return found


def _by_agency(holders: Iterable[Holder]) -> dict[str, list[Holder]]:
    """By the first spelling of each agency."""
    spelled: dict[str, str] = {}
    found: dict[str, list[Holder]] = defaultdict(list)
    for one in holders:
        found[spelled.setdefault(key_of(one.agency), one.agency)].append(one)
    return found
