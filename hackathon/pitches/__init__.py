"""A team's pitch: a PDF that is only ever shown as pictures of its pages, and a link to a video.

`Drawer` stands in `hackathon.pitches.drawing`: only the worker process needs it.
"""

from hackathon.pitches.errors import (
    DocumentEmpty,
    DocumentTooLarge,
    NotAPdf,
    PageUnknown,
    TooManyDocuments,
    VideoInvalid,
)
from hackathon.pitches.model import LIMITS, MOST_BYTES, Pitch, PitchState, PitchView, Video
from hackathon.pitches.service import offer_pitch, pitch_of, read_page, save_video

__all__ = [
    "LIMITS",
    "MOST_BYTES",
    "DocumentEmpty",
    "DocumentTooLarge",
    "NotAPdf",
    "PageUnknown",
    "Pitch",
    "PitchState",
    "PitchView",
    "TooManyDocuments",
    "Video",
    "VideoInvalid",
    "offer_pitch",
    "pitch_of",
    "read_page",
    "save_video",
]
