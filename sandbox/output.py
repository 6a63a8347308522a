"""What a prototype prints: counted always, kept only while nothing hidden can be in it."""

from sandbox.provider import LogSink


class Output:
    """Counts printed bytes against a budget, keeps and passes on the part that a team may see."""

    def __init__(self, budget: int, *, visible: bool, sink: LogSink) -> None:
        self._budget = budget
        self._sink = sink
        self._visible = visible
        self._kept = bytearray()
        self._count = 0

    @property
    def over(self) -> bool:
        """Whether more came than the budget allows."""
        return self._count > self._budget

    @property
    def kept(self) -> bytes:
        """What the team may see, at most the budget."""
        return bytes(self._kept)

    def add(self, piece: bytes) -> None:
        """Take printed bytes."""
        room = self._budget - self._count
        self._count += len(piece)
        if self._visible and room > 0:
            self._kept += piece[:room]
            self._sink(piece[:room])

    def hide(self) -> None:
        """From here on nothing is kept: hidden cases are about to be seen."""
        self._visible = False
