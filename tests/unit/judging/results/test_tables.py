"""Tables as workbooks: what a spreadsheet finds in them."""

import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from judging.results import Table, as_csv, as_json, as_xlsx

MAKASSAR = ZoneInfo("Asia/Makassar")
SENT = datetime(2026, 11, 24, 20, 30, 15, 999, tzinfo=UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(data: bytes, number: int = 1) -> ET.Element:
    return ET.fromstring(ZipFile(BytesIO(data)).read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - ours


def cells_of(data: bytes, number: int = 1) -> dict[str, tuple[str, str]]:
    """What stands in each cell, with its type: `inlineStr` or `n`."""
    return {
        cell.attrib["r"]: (cell.attrib.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet_of(data, number).iter(f"{MAIN}c")
    }


def test_a_workbook_holds_texts_numbers_and_times_of_the_zone() -> None:
    evil = '=HYPERLINK("https://jahat.example";"Klik")'
    rows = ((evil, -1.5, SENT), ("{=1+1}", 3, None), ("https://a.example\x00\x1b", None, None), ("x" * 40_000, 0, SENT))
    table = Table(("tim", "poin", "terkirim"), rows, MAKASSAR)
    data = as_xlsx(table, "Balai", {"=acara": "@balai"}, SENT)
    assert data == as_xlsx(table, "Balai", {"=acara": "@balai"}, SENT)
    cells = cells_of(data)
    assert cells["A1"] == ("inlineStr", "tim")
    assert cells["C1"] == ("inlineStr", "terkirim (Asia/Makassar)")
    assert cells["A2"] == ("inlineStr", evil)
    assert cells["A3"] == ("inlineStr", "{=1+1}")
    assert cells["B2"] == ("n", "-1.5")
    assert "B4" not in cells
    # 25 November 2026, 04:30:15 in Makassar, as days since 1900.
    assert cells["C2"][0] == "n"
    assert float(cells["C2"][1]) == pytest.approx(46351 + (4 * 3600 + 30 * 60 + 15) / 86400, abs=1e-6)
    assert len(cells["A5"][1]) == 32_767
    assert cells_of(data, 2)["A1"] == ("inlineStr", "=acara")
    names = ZipFile(BytesIO(data)).namelist()
    assert not any(b"<f>" in ZipFile(BytesIO(data)).read(name) for name in names)
    assert not any("hyperlink" in name.lower() or b"<hyperlink" in ZipFile(BytesIO(data)).read(name) for name in names)
    pane = next(sheet_of(data).iter(f"{MAIN}pane"))
    assert (pane.attrib["ySplit"], pane.attrib["state"]) == ("1", "frozen")
    widths = [float(one.attrib["width"]) for one in sheet_of(data).iter(f"{MAIN}col")]
    assert all(9 <= width <= 61 for width in widths)


def test_the_same_times_stand_in_all_kinds() -> None:
    table = Table(("terkirim",), ((SENT,),), MAKASSAR)
    assert b"2026-11-25T04:30:15.000999+08:00" in as_csv(table)
    assert as_json(table) == b'[{"terkirim":"2026-11-25T04:30:15.000999+08:00"}]'


def test_an_empty_table_and_one_too_long() -> None:
    assert cells_of(as_xlsx(Table(("tim",), ()), "Kosong", {}, SENT)) == {"A1": ("inlineStr", "tim")}
    with pytest.raises(ValueError, match="a sheet holds"):
        as_xlsx(Table(("n",), ((1,),) * 1_000_001), "Penuh", {}, SENT)


def test_memory_does_not_grow_with_the_rows() -> None:
    row = ("Tim " + "a" * 200, 1.5, SENT, "umpan balik " * 20)
    table = Table(("tim", "poin", "terkirim", "kata"), (row,) * 4_000, MAKASSAR)
    tracemalloc.start()
    as_xlsx(table, "Balai", {}, SENT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000
