"""The slides of an invented team: a small PDF, made from the team's card without any library."""

import textwrap

from hackathon.cards import Answers

WIDTH, HEIGHT = 960, 540
"""Of a slide, in points: 16 to 9."""

_LETTERS = 58
"""What fits into a line of text at 28 points."""

_BOTH = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /%s >>"


def slides_of(team: str, agency: str, card: Answers) -> bytes:
    """Four slides: who, what it is made from, where it errs, who watches over it."""
    return document(
        [
            _slide(card.name, f"{card.summary}\n\nTim {team}, {agency}. Data contoh.", first=True),
            _slide("Data yang dipakai", card.data_used),
            _slide("Batas yang diketahui", card.limits),
            _slide("Pengawasan manusia", card.human_oversight),
        ]
    )


def document(slides: list[str]) -> bytes:
    """A PDF of pages that are drawn by these orders. The same orders give the same bytes."""
    pages = range(5, 5 + 2 * len(slides), 2)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(slides)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>",
        _BOTH % "Helvetica-Bold",
        _BOTH % "Helvetica",
    ]
    for page, slide in zip(pages, slides, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {page + 1} 0 R "
            "/Resources << /Font << /B 3 0 R /R 4 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(slide.encode('cp1252', 'replace'))} >>\nstream\n{slide}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (end + trailer).encode("ascii")


def _slide(title: str, text: str, *, first: bool = False) -> str:
    ground, ink = ("0.05 0.09 0.16", "1 1 1") if first else ("0.96 0.96 0.95", "0.05 0.09 0.16")
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, _LETTERS) or [""])]
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return (
        f"{ground} rg 0 0 {WIDTH} {HEIGHT} re f 0.82 0.14 0.16 rg 72 432 56 6 re f {ink} rg "
        f"BT /B 44 Tf 72 360 Td ({_escaped(title)}) Tj ET BT /R 28 Tf 40 TL 72 290 Td {shown} ET"
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
