"""Results of judging: scorecards and measured scores into a board, a review for organizers, sheets and feedback."""

from judging.results.compose import Composed, compose
from judging.results.model import (
    LEAST_LIVE,
    Basis,
    JudgedField,
    counting_cards,
    filler,
    judge_field,
    panel_judge,
    panel_rows,
)
from judging.results.service import Board, Panel, board_of, panel_of

__all__ = [
    "LEAST_LIVE",
    "Basis",
    "Board",
    "Composed",
    "JudgedField",
    "Panel",
    "board_of",
    "compose",
    "counting_cards",
    "filler",
    "judge_field",
    "panel_judge",
    "panel_of",
    "panel_rows",
]
