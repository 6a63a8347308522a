"""The public board: immutable, numbered publications of a track."""

from judging.publications.closing import Closing
from judging.publications.model import Publication
from judging.publications.service import (
    get,
    history,
    latest,
    latest_number,
    latest_of_event,
    on_change,
    publish,
    results_out,
)

__all__ = [
    "Closing",
    "Publication",
    "get",
    "history",
    "latest",
    "latest_number",
    "latest_of_event",
    "on_change",
    "publish",
    "results_out",
]
