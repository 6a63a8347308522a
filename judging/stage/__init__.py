"""A pitch day: the drawn order on the stage, and its clock."""

from judging.stage.errors import DrawInvalid, NotDrawn
from judging.stage.model import Draw, Move, Turn, drawn, moved
from judging.stage.service import draw_order, draws_of, move_clock, names_of, turn_of

__all__ = [
    "Draw",
    "DrawInvalid",
    "Move",
    "NotDrawn",
    "Turn",
    "draw_order",
    "drawn",
    "draws_of",
    "move_clock",
    "moved",
    "names_of",
    "turn_of",
]
