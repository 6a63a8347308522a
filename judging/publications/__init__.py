"""The public board: immutable, numbered publications of a track."""

from judging.publications.model import Publication
from judging.publications.service import (
    get,
    history,
    latest,
    latest_number,
    latest_of_event,
    on_change,
    publish,
)

__all__ = [
    "Publication",
    "get",
    "history",
    "latest",
    "latest_number",
    "latest_of_event",
    "on_change",
    "publish",
]
