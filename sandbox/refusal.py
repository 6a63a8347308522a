"""A source that breaks a rule: a value with the rule, where, and what to do. Costs a team no attempt."""

from dataclasses import dataclass
from typing import NoReturn

from sandbox.model import Text

_SHOWN_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source is not taken.

    `rule` is a stable word such as `traversal` (the lists are beside the code that refuses: `archive.rules.Rule` and
    its like).
    `entry` names the file inside the source, made printable; `line` counts from 1 within it. None where there is no
    such place.
    """

    rule: str
    message: Text
    entry: str | None = None
    line: int | None = None


class Refused(Exception):
    """Carries a Refusal up to the public function that returns it; it never leaves this package."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message.en)
        self.refusal = refusal


def refuse(rule: str, id: str, en: str, *, entry: str | None = None, line: int | None = None) -> NoReturn:
    """Raise Refused with the text `id` (Bahasa Indonesia) and `en`."""
    raise Refused(Refusal(rule, Text(id=id, en=en), None if entry is None else printable(entry), line))


def printable(name: str) -> str:
    """`name` as it may be shown: signs that are invisible or steer a terminal are escaped, long ones cut in the
    middle."""
    shown = (
        name
        if name.isprintable()
        else "".join(
            sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode() for sign in name
        )
    )
    if len(shown) > _SHOWN_CHARACTERS:
        half = _SHOWN_CHARACTERS // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return shown
