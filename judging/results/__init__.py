"""Results of judging: scorecards and measured scores into a board, a review for organizers, sheets and feedback."""

from judging.results.compose import Composed, compose
from judging.results.exports import Name, export
from judging.results.feedback import Comment, CriterionFeedback, Feedback, FeedbackNotYet, feedback_of
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
from judging.results.review import Review, review
from judging.results.second_round import CERTAINTY, LEAST_TEAMS, FinalImpossible, SecondRound, make_final, second_round
from judging.results.service import Board, Panel, board_of, panel_of
from judging.results.tables import Table, Value, as_csv, as_json, as_xlsx, objects

__all__ = [
    "CERTAINTY",
    "LEAST_LIVE",
    "LEAST_TEAMS",
    "Basis",
    "Board",
    "Comment",
    "Composed",
    "CriterionFeedback",
    "Feedback",
    "FeedbackNotYet",
    "FinalImpossible",
    "JudgedField",
    "Name",
    "Panel",
    "Review",
    "SecondRound",
    "Table",
    "Value",
    "as_csv",
    "as_json",
    "as_xlsx",
    "board_of",
    "compose",
    "counting_cards",
    "export",
    "feedback_of",
    "filler",
    "judge_field",
    "make_final",
    "objects",
    "panel_judge",
    "panel_of",
    "panel_rows",
    "review",
    "second_round",
]
