"""News of an event: published, taken back with a reason, read by everybody."""

from hackathon.announcements.errors import AnnouncementUnknown, Incomplete, TooMany
from hackathon.announcements.model import LONGEST_BODY, LONGEST_TITLE, NOTICE_HOURS, Announcement, Said
from hackathon.announcements.service import (
    count_announcements,
    current_notices,
    latest_announcements,
    list_announcements,
    publish,
    retract,
)

__all__ = [
    "LONGEST_BODY",
    "LONGEST_TITLE",
    "NOTICE_HOURS",
    "Announcement",
    "AnnouncementUnknown",
    "Incomplete",
    "Said",
    "TooMany",
    "count_announcements",
    "current_notices",
    "latest_announcements",
    "list_announcements",
    "publish",
    "retract",
]
