"""Images on the machines that evaluate: which go, which are kept in the object store, and room to work."""

from hackathon.images.housekeeping import Housekeeper
from hackathon.images.loading import SavedImages
from hackathon.images.model import NO_ROOM, Housekeeping, NoRoom

__all__ = ["NO_ROOM", "Housekeeper", "Housekeeping", "NoRoom", "SavedImages"]
