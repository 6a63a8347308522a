"""What judges' scores of a panel say of entries and judges, and how sure that is. Pure arithmetic."""

from judging.panels.estimate import estimate_panel
from judging.panels.model import (
    Component,
    EntryEstimate,
    JudgeEstimate,
    Neighbours,
    PanelEstimate,
    PanelFlag,
    Score,
)

__all__ = [
    "Component",
    "EntryEstimate",
    "JudgeEstimate",
    "Neighbours",
    "PanelEstimate",
    "PanelFlag",
    "Score",
    "estimate_panel",
]
