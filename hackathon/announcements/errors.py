"""What announcements refuse."""

from hackathon.errors import Conflict, NotFound, Refusal
from sandbox.model import Text


class AnnouncementUnknown(NotFound):
    """There is no such announcement."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Kabar itu tidak ada.", en="There is no such news item."),
            "announcement_unknown",
        )


class Incomplete(Refusal):
    """A language has a title without a body or the reverse, or no language has both. `field` is what is missing, such
    as `title.id`.
    """

    def __init__(self, field: str) -> None:
        part, _, language = field.partition(".")
        title = part == "title"
        what_id = f"{'Judul' if title else 'Isi'} dalam bahasa {'Indonesia' if language == 'id' else 'Inggris'}"
        what_en = f"The {'title' if title else 'text'} in {'Bahasa Indonesia' if language == 'id' else 'English'}"
        super().__init__(
            Text(
                id=f"{what_id} belum diisi. Isi judul dan teksnya, paling sedikit dalam satu bahasa.",
                en=f"{what_en} is missing. Fill in title and text, in one language at least.",
            ),
            "announcement_incomplete",
        )
        self.field = field


class TooMany(Conflict):
    """The event has as many as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(
            Text(
                id=f"Acara ini sudah memuat {most} kabar, paling banyak yang disimpan.",
                en=f"This event has {most} news items already, the most that are kept.",
            ),
            "announcements_full",
        )
