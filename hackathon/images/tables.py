"""Rows of saved images. The constraints stand in the migrations."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class SavedImage(Table, db=ENGINE, tablename="saved_image"):
    """An image in the object store, by the engine's id. `state` is `saving` (somebody has it until `lease_until`),
    `saved`, or `leaving` (nothing needs it, its file goes). `reason` says why the last attempt to save it failed, and
    `failing_since` when the first one did.
    """

    image = Text(primary_key=True)
    attempt = Integer()
    state = Text()
    lease_until = Timestamptz(null=True, default=None)
    object_key = Text()
    size = BigInt(null=True, default=None)
    sha256 = Text(null=True, default=None)
    saved_at = Timestamptz(null=True, default=None)
    reason = Text(null=True, default=None)
    failing_since = Timestamptz(null=True, default=None)
