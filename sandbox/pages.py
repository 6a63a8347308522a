"""The pages of a document as pictures: what a provider's `draw_pages` gives, and its limits.

A PDF is a program for a large and often broken interpreter, so it is only ever opened inside the sandbox. What comes
out is bare pixels; pictures are made of them on this side (`sandbox.pixels`), so that no byte of the document and
none that its reader wrote reaches a browser.
"""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.limits import MIB
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What drawing one document may cost. `side` and `small_side` bound the longer side of a picture, in pixels."""

    pages: int = 30
    side: int = 1600
    small_side: int = 400
    memory_bytes: int = 512 * MIB
    tmp_bytes: int = 128 * MIB
    pids: int = 32
    page_seconds: int = 20
    seconds: float = 240.0


class PagesStatus(StrEnum):
    """How the drawing ended. Everything but `OK` is for whoever made the document to mend."""

    OK = "ok"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MANY = "too_many"
    TOO_HEAVY = "too_heavy"


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page and its size in pixels. `file` and `small` are names in the folder that was given."""

    number: int
    width: int
    height: int
    file: str
    small: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What became of a document. `message` says what to do; `pages` is empty unless the status is OK."""

    status: PagesStatus
    message: Text
    pages: tuple[Page, ...] = ()


def drawn(pages: tuple[Page, ...]) -> Drawing:
    """All pages are there."""
    count = len(pages)
    return Drawing(
        PagesStatus.OK,
        Text(f"{count} halaman siap dilihat.", f"{count} page{'' if count == 1 else 's'} can be seen."),
        pages,
    )


def locked() -> Drawing:
    """Nobody can open it without a password."""
    return Drawing(
        PagesStatus.LOCKED,
        Text(
            "PDF ini dikunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi.",
            "This PDF is locked with a password. Save it without one, then upload it again.",
        ),
    )


def broken(page: int | None = None) -> Drawing:
    """The reader gave up: on the whole, or on a page."""
    if page is None:
        return Drawing(
            PagesStatus.BROKEN,
            Text(
                "PDF ini rusak atau bukan PDF sungguhan. Ekspor ulang dari aplikasi asalnya, lalu unggah lagi.",
                "This PDF is damaged, or none at all. Export it anew from where it was made, then upload it again.",
            ),
        )
    return Drawing(
        PagesStatus.BROKEN,
        Text(
            f"Halaman {page} tidak dapat digambar. Ekspor ulang PDF dari aplikasi asalnya, lalu unggah lagi.",
            f"Page {page} cannot be drawn. Export the PDF anew from where it was made, then upload it again.",
        ),
    )


def too_many(found: int, most: int) -> Drawing:
    """More pages than the rules allow."""
    return Drawing(
        PagesStatus.TOO_MANY,
        Text(
            f"PDF ini {found} halaman, paling banyak {most}. Kurangi halamannya, lalu unggah lagi.",
            f"This PDF has {found} pages, and {most} is the most. Leave some out, then upload it again.",
        ),
    )


def too_heavy(page: int | None = None) -> Drawing:
    """It takes more time or memory than a document may."""
    where_id, where_en = ("", "It") if page is None else (f"Halaman {page} ", f"Page {page}")
    return Drawing(
        PagesStatus.TOO_HEAVY,
        Text(
            f"{where_id}{'t' if where_id else 'T'}erlalu berat untuk digambar: gambarnya terlalu besar atau terlalu "
            "rumit. Perkecil gambar saat mengekspor PDF, lalu unggah lagi.",
            f"{where_en} is too heavy to be drawn: its images are too large or too intricate. Make them smaller when "
            "you export the PDF, then upload it again.",
        ),
    )
