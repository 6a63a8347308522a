"""The few pages that stand on the origin of prototypes and are ours: why there is nothing to see."""

from html import escape

from sandbox.model import Text

_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body{{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem}}
body{{color:#1d1d1b;background:#faf9f6}}h1{{font-size:1.5rem;line-height:1.25}}[lang=en]{{color:#5c5b57}}
@media (prefers-color-scheme:dark){{body{{color:#eceae4;background:#191917}}[lang=en]{{color:#a9a79f}}}}
</style></head>
<body><h1>{title}</h1><p>{id}</p><p lang="en">{en}</p></body></html>
"""

OVER = (
    "Prototipe ini tidak menyala",
    Text(
        "Percobaannya sudah berakhir, atau alamat ini keliru. Tutup tab ini, lalu nyalakan lagi dari panel penilaian.",
        "The try-out has ended, or this address is wrong. Close this tab and start it again from the judging panel.",
    ),
)
AWAY = (
    "Prototipe ini ingin membuka situs lain",
    Text(
        "Saat dicoba, prototipe tidak boleh membawa Anda ke situs lain. Kembali dengan tombol Kembali.",
        "While it is tried, a prototype may not take you to another site. Go back with your browser's Back button.",
    ),
)
SILENT = (
    "Prototipe ini tidak menjawab",
    Text(
        "Programnya tidak menerima sambungan, atau jawabannya rusak. Muat ulang halaman; bila tetap begini, lihat "
        "panel penilaian.",
        "The program takes no connection, or its answer is broken. Reload the page; if that does not help, see the "
        "judging panel.",
    ),
)
REFUSED = (
    "Permintaan ini ditolak",
    Text(
        "Halaman prototipe meminta sesuatu yang tidak diizinkan saat dicoba.",
        "The prototype's page asked for something that is not allowed while it is tried.",
    ),
)
TOO_MUCH = (
    "Terlalu banyak sekaligus",
    Text(
        "Halaman prototipe membuka terlalu banyak sambungan, atau mengirim terlalu banyak. Muat ulang sebentar lagi.",
        "The prototype's page opens too many connections, or sends too much. Reload in a moment.",
    ),
)

HEADERS = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex"),
    (b"connection", b"close"),
)


def page(words: tuple[str, Text]) -> bytes:
    """One of them."""
    title, text = words
    return _PAGE.format(title=escape(title), id=escape(text.id), en=escape(text.en)).encode()
