"""Tables as files: CSV that no spreadsheet runs, JSON, and workbooks (XLSX)."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter

Value = str | int | float | datetime | None

MOST_ROWS = 1_000_000
"""A sheet of a workbook holds 1,048,576."""
_LONGEST_CELL = 32_767
_WIDEST, _NARROWEST = 60, 9

_UTC = ZoneInfo("UTC")
_AFTER_PART = re.compile(r"([;\t]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula, or skips to reach one; the wide forms too."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; texts are as people wrote them, times are told in `zone`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    zone: ZoneInfo = _UTC

    def local(self, moment: datetime) -> datetime:
        """A time in the table's zone."""
        return moment.astimezone(self.zone)


def as_csv(table: Table) -> bytes:
    """CSV for spreadsheets: UTF-8 with its mark, CRLF. A text that could start a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(name) for name in table.columns])
    writer.writerows([_told(value, table) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_json(table: Table) -> bytes:
    """A list of objects."""
    return msgspec.json.encode(objects(table))


def objects(table: Table) -> list[dict[str, Any]]:
    """The rows as objects; times with their offset."""
    return [
        {
            name: table.local(value).isoformat() if isinstance(value, datetime) else value
            for name, value in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def as_xlsx(table: Table, title: str, notes: Mapping[str, str], made_at: datetime) -> bytes:
    """A workbook: the table with its header kept in sight, then `notes` on a sheet of their own.

    Texts are texts, whatever they begin with; numbers are numbers, and times are times of the table's zone, which
    stands in their column's name. Rows go to a file as they are written, so memory holds one. The same values make
    the same bytes. Raises ValueError for more than `MOST_ROWS` rows.
    """
    if len(table.rows) > MOST_ROWS:
        raise ValueError(f"a sheet holds {MOST_ROWS} rows")
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    when = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"})
    plain = book.add_format({"valign": "top"})
    long = book.add_format({"valign": "top", "text_wrap": True})
    sheet = book.add_worksheet("Tabel")
    sheet.freeze_panes(1, 0)
    widths = [_width(name, [row[n] for row in table.rows]) for n, name in enumerate(table.columns)]
    timed = {n for n in range(len(widths)) if any(isinstance(row[n], datetime) for row in table.rows)}
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    for n, name in enumerate(table.columns):
        sheet.write_string(0, n, f"{name} ({table.zone.key})" if n in timed else name, head)
    for y, row in enumerate(table.rows, 1):
        for x, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(y, x, value[:_LONGEST_CELL], long if widths[x] == _WIDEST else plain)
            elif isinstance(value, datetime):
                sheet.write_datetime(y, x, table.local(value).replace(tzinfo=None, microsecond=0), when)
            elif value is not None:
                sheet.write_number(y, x, value, plain)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    about = book.add_worksheet("Keterangan")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, _WIDEST)
    for y, (name, told) in enumerate(notes.items()):
        about.write_string(y, 0, name, head)
        about.write_string(y, 1, told[:_LONGEST_CELL], long)
    book.close()
    return file.getvalue()


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also behind spaces, or where it parts cells at semicolons."""
    text = _AFTER_PART.sub(r"\1'", text)
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip(" \u00a0\u3000").startswith(_STARTS) else text


def _told(value: Value, table: Table) -> str | int | float | None:
    if isinstance(value, datetime):
        return table.local(value).isoformat()
    return inert(value) if isinstance(value, str) else value


def _width(name: str, values: Sequence[Value]) -> int:
    def of(value: Value) -> int:
        if isinstance(value, datetime):
            return 19
        return max((len(line) for line in value.splitlines()), default=0) if isinstance(value, str) else 8

    return min(_WIDEST, max(_NARROWEST, len(name) + 3, *(of(value) + 2 for value in values), 0))
