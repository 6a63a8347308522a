"""From a file on somebody's disk to a numbered, immutable submission."""

from hackathon.submissions.arriving import PARTS_AT_ONCE, arriving
from hackathon.submissions.errors import (
    AlreadyFixed,
    AnnouncementInvalid,
    ArchiveRefused,
    AttemptsUsed,
    DeadlinePassed,
    FileStalled,
    FileTooLarge,
    HashMismatch,
    NotEvaluated,
    NotOpen,
    PartInvalid,
    PartsBusy,
    PartsMissing,
    PartStalled,
    PartTooLarge,
    SubmissionUnknown,
    TooManyUploads,
    UploadClosed,
    UploadsBusy,
    UploadUnknown,
)
from hackathon.submissions.fetched import Archive, Origin, receive_fetched
from hackathon.submissions.intake import complete_upload
from hackathon.submissions.model import (
    PART_BYTES,
    PART_SILENCE,
    Attempts,
    Part,
    Receipt,
    Submission,
    Upload,
    UploadState,
)
from hackathon.submissions.service import choose_submission, get_submission, list_submissions
from hackathon.submissions.store import lock_entry
from hackathon.submissions.sweep import UploadSweeper, sweep_uploads
from hackathon.submissions.unfinished import cancel_upload, open_uploads
from hackathon.submissions.uploads import attempts_of, lively, register_upload, shown_name, store_part, upload_state
from hackathon.submissions.whole import upload_whole
from hackathon.submissions.window import Window

__all__ = [
    "PARTS_AT_ONCE",
    "PART_BYTES",
    "PART_SILENCE",
    "AlreadyFixed",
    "AnnouncementInvalid",
    "Archive",
    "ArchiveRefused",
    "Attempts",
    "AttemptsUsed",
    "DeadlinePassed",
    "FileStalled",
    "FileTooLarge",
    "HashMismatch",
    "NotEvaluated",
    "NotOpen",
    "Origin",
    "Part",
    "PartInvalid",
    "PartStalled",
    "PartTooLarge",
    "PartsBusy",
    "PartsMissing",
    "Receipt",
    "Submission",
    "SubmissionUnknown",
    "TooManyUploads",
    "Upload",
    "UploadClosed",
    "UploadState",
    "UploadSweeper",
    "UploadUnknown",
    "UploadsBusy",
    "Window",
    "arriving",
    "attempts_of",
    "cancel_upload",
    "choose_submission",
    "complete_upload",
    "get_submission",
    "list_submissions",
    "lively",
    "lock_entry",
    "open_uploads",
    "receive_fetched",
    "register_upload",
    "shown_name",
    "store_part",
    "sweep_uploads",
    "upload_state",
    "upload_whole",
]
