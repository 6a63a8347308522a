"""From scorecards and measured scores to a total: the official methods, totals with their doubt, ties, sheets. Pure."""

from judging.composite.methods import Method, Standing, judged
from judging.composite.sheet import Line, Sheet, sheet
from judging.composite.totals import Part, Total, totals

__all__ = ["Line", "Method", "Part", "Sheet", "Standing", "Total", "judged", "sheet", "totals"]
