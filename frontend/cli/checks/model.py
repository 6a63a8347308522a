"""One finding of the doctor."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`FAIL`: this host must not evaluate (or serve) like this. `WARN`: it works, with the limitation that is told."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, what was found, and what to do about it (empty when nothing is to do)."""

    name: str
    state: State
    found: str
    todo: str = ""


def ok(name: str, found: str) -> Check:
    """All is well."""
    return Check(name, State.OK, found)


def warn(name: str, found: str, todo: str) -> Check:
    """It works, but."""
    return Check(name, State.WARN, found, todo)


def fail(name: str, found: str, todo: str) -> Check:
    """It does not do."""
    return Check(name, State.FAIL, found, todo)


def line(check: Check) -> str:
    """A check for a terminal: one line, and what to do below it."""
    first = f"{check.state.value:<4}  {check.name:<24}  {check.found}"
    return f"{first}\n      {'':<24}  {check.todo}" if check.todo else first


def as_json(check: Check) -> dict[str, str]:
    """A check as an object."""
    return {"name": check.name, "state": check.state.value, "found": check.found, "todo": check.todo}
