"""Plain PDFs, and checks that their pages are drawn and what is wrong with one is a value."""

from pathlib import Path

from sandbox.conformance.bench import LABEL, Bench, expect
from sandbox.errors import Cancelled
from sandbox.pages import Drawing, PageLimits, PagesStatus
from sandbox.provider import Cancel

_PNG = b"\x89PNG\r\n\x1a\n"
_LIMITS = PageLimits(pages=3, side=320, small_side=80, seconds=60.0)


def pdf(contents: list[bytes], *, box: str = "0 0 320 180", trailer: str = "") -> bytes:
    """A PDF with a page for each content stream, nothing packed; `trailer` adds entries to the trailer."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
    ]
    for number, content in enumerate(contents):
        font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {4 + 2 * number} 0 R /Resources {font} >>"
        objects.append(page.encode())
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    body, starts = bytearray(b"%PDF-1.4\n"), []
    for number, text in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    body += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{body.rindex(b'xref')}\n%%EOF\n".encode()
    return bytes(body)


def words(text: str) -> bytes:
    """A content stream that writes a line."""
    return f"BT /F 24 Tf 20 80 Td ({text}) Tj ET".encode()


def draws_each_page(bench: Bench) -> None:
    drawing, folder = _draw(bench, pdf([words("satu"), words("dua")]))
    expect(drawing.status is PagesStatus.OK and [page.number for page in drawing.pages] == [1, 2], drawing)
    for page in drawing.pages:
        expect((page.width, page.height) == (320, 180), page)
        expect((folder / page.file).read_bytes().startswith(_PNG), page)
        expect((folder / page.small).read_bytes().startswith(_PNG), page)
    expect(
        sorted(path.name for path in folder.iterdir()) == ["001-small.png", "001.png", "002-small.png", "002.png"],
        folder,
    )
    bench.expect_nothing_left()


def tells_what_is_wrong_with_a_document(bench: Bench) -> None:
    for data, status in (
        (pdf([words("x")] * 4), PagesStatus.TOO_MANY),
        (b"%PDF-1.7\nbukan apa-apa", PagesStatus.BROKEN),
        (b"", PagesStatus.BROKEN),
        (b"PK\x03\x04 sebuah zip", PagesStatus.BROKEN),
    ):
        drawing, _ = _draw(bench, data)
        expect(drawing.status is status and drawing.pages == () and drawing.message.id, (data[:20], drawing))
    bench.expect_nothing_left()


def stops_drawing_when_cancelled(bench: Bench) -> None:
    cancel = Cancel()
    cancel.set()
    try:
        _draw(bench, pdf([words("satu")]), cancel)
    except Cancelled:
        bench.expect_nothing_left()
        return
    expect(False, "a cancelled drawing went on")


def _draw(bench: Bench, data: bytes, cancel: Cancel | None = None) -> tuple[Drawing, Path]:
    folder = bench.source({})
    document = folder.with_suffix(".pdf")
    document.write_bytes(data)
    return bench.provider.draw_pages(document, folder, limits=_LIMITS, label=LABEL, cancel=cancel), folder


CHECKS = (draws_each_page, tells_what_is_wrong_with_a_document, stops_drawing_when_cancelled)
