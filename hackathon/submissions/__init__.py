"""From a file on somebody's disk to a numbered, immutable submission."""

from hackathon.submissions.errors import (
    AnnouncementInvalid,
    ArchiveRefused,
    AttemptsUsed,
    DeadlinePassed,
    FileTooLarge,
    HashMismatch,
    NotEvaluated,
    NotOpen,
    PartInvalid,
    PartsMissing,
    PartStalled,
    PartTooLarge,
    SubmissionUnknown,
    TooManyUploads,
    UploadClosed,
    UploadUnknown,
)
from hackathon.submissions.intake import complete_upload
from hackathon.submissions.model import Attempts, Part, Receipt, Submission, Upload, UploadState
from hackathon.submissions.service import choose_submission, get_submission, list_submissions
from hackathon.submissions.sweep import UploadSweeper, sweep_uploads
from hackathon.submissions.uploads import attempts_of, register_upload, store_part, upload_state

__all__ = [
    "AnnouncementInvalid",
    "ArchiveRefused",
    "Attempts",
    "AttemptsUsed",
    "DeadlinePassed",
    "FileTooLarge",
    "HashMismatch",
    "NotEvaluated",
    "NotOpen",
    "Part",
    "PartInvalid",
    "PartStalled",
    "PartTooLarge",
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
    "attempts_of",
    "choose_submission",
    "complete_upload",
    "get_submission",
    "list_submissions",
    "register_upload",
    "store_part",
    "sweep_uploads",
    "upload_state",
]
