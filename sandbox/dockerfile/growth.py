"""How long an instruction can become when the engine puts in the values of its variables.

The engine expands `ARG` and `ENV` without a limit and in its own memory: a few lines, each naming the one before ten
thousand times, would fill the host's. What is reckoned here is an upper bound; a name that is not known for certain
counts as the longest value so far.
"""

import re

from sandbox.dockerfile.parse import Instruction
from sandbox.limits import KIB, MIB

MOST = 128 * KIB
"""Of one instruction; also what the kernel takes as one string of an environment (MAX_ARG_STRLEN)."""

MOST_IN_ALL = 1 * MIB

_INHERITED = 1 * KIB
"""What a base sets (PATH and the like) is shorter."""

_EXPANDED = frozenset({"ADD", "ARG", "COPY", "ENV", "EXPOSE", "FROM", "LABEL", "STOPSIGNAL", "USER", "WORKDIR"})
_REFERENCE = re.compile(r"\$\{?([A-Za-z0-9_]*)")
_NAME = re.compile(r"([A-Za-z0-9_]+)=")
_FIRST_WORD = re.compile(r"[A-Za-z0-9_]+")
# A name that is itself made of variables, quotes or escapes.
_ODD_NAME = re.compile(r"(?:^|\s)[^\s=$\"'\\`]*+[$\"'\\`][^\s=]*+=|^[^\s=]*[$\"'\\`]")


class Growth:
    """Follows the variables of one Dockerfile from line to line."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._largest = _INHERITED
        self._sure = True
        self._total = 0

    def fits(self, step: Instruction) -> bool:
        """Whether `step`, the next instruction, stays within `MOST`, and all so far within `MOST_IN_ALL`."""
        if step.keyword not in _EXPANDED:
            return True
        text = step.text
        # The engine takes letters of any script into a name.
        self._sure = self._sure and text.isascii()
        size = len(text) + sum(self._size(name) for name in _REFERENCE.findall(text))
        if step.keyword in ("ARG", "ENV"):
            self._learn(step.arguments, size)
        self._total += size
        return size <= MOST and self._total <= MOST_IN_ALL

    def _size(self, name: str) -> int:
        return self._sizes.get(name, self._largest) if self._sure else self._largest

    def _learn(self, arguments: str, size: int) -> None:
        if _ODD_NAME.search(arguments):
            self._sure = False
        first = _FIRST_WORD.match(arguments)
        for name in (*_NAME.findall(arguments), *([first[0]] if first else [])):
            # The longer one stays: an ENV goes before an ARG of its name, and stages have values of their own.
            self._sizes[name] = max(size, self._sizes.get(name, 0))
        self._largest = max(self._largest, size)
