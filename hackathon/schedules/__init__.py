"""Schedules of events: what a change of them would do, and the change."""

from hackathon.schedules.errors import NotConfirmed, ScheduleMisplaced, ScheduleMoved
from hackathon.schedules.model import (
    NAMES,
    OPTIONAL,
    Change,
    Effects,
    Moment,
    effects,
    fingerprint,
    is_confirmed,
    misplaced,
)
from hackathon.schedules.service import preview, reschedule

__all__ = [
    "NAMES",
    "OPTIONAL",
    "Change",
    "Effects",
    "Moment",
    "NotConfirmed",
    "ScheduleMisplaced",
    "ScheduleMoved",
    "effects",
    "fingerprint",
    "is_confirmed",
    "misplaced",
    "preview",
    "reschedule",
]
