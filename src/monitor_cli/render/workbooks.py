"""Workbooks whose cells are text as it is, and whose bytes are the same for the same content."""

from __future__ import annotations

import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from openpyxl.worksheet.worksheet import Worksheet

    Value = str | int | None

PROGRAM = "monitor"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest day that a zip archive can hold: every entry of it bears this one."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FONT = "Arial"
"""Has Cyrillic everywhere."""
_A4 = 9
_HEADER = PatternFill("solid", start_color="DDE6EF")
PLAIN = Font(name=_FONT, size=10)
BOLD = Font(name=_FONT, size=10, bold=True)
TITLE = Font(name=_FONT, size=14, bold=True)
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_ALONG = Alignment(vertical="top")
_NUMBER = Alignment(vertical="top", horizontal="right")
_LINE_HEIGHT = 13.5
"""In points: programs other than Excel do not fit a row to wrapped text by themselves."""
_HIGHEST = 400
"""In points: Excel takes no row that is much higher."""


class Figure(NamedTuple):
    """A number or a date, the format in which it is shown, and the colour of its digits (RGB)."""

    value: float | date
    pattern: str
    colour: str | None = None


class Sheet:
    """A sheet under construction: rows are appended and never come back."""

    def __init__(self, sheet: Worksheet, widths: Sequence[int]) -> None:
        """Begin with an empty sheet whose columns are as wide as `widths` characters."""
        self._sheet = sheet
        self._widths = widths
        self._rows = 0

    def header(self, titles: Sequence[str]) -> None:
        """Append a row of titles."""
        cells = [self._cell(title, BOLD, _WRAPPED) for title in titles]
        for cell in cells:
            cell.fill = _HEADER
        self._append(cells)

    def row(self, values: Sequence[Value | Figure], font: Font = PLAIN) -> None:
        """Append a row: integers and figures are numbers, all else is text, formulas too."""
        lines = max(
            math.ceil(len(value) / max(1, width - 2))
            for value, width in zip((*map(_told, values), ""), (*self._widths, 1), strict=False)
        )
        self._sheet.row_dimensions[self._rows + 1].height = min(
            max(1, lines) * _LINE_HEIGHT, _HIGHEST
        )
        self._append(
            [
                self._figure(value, font)
                if isinstance(value, Figure)
                else self._cell(value, font, _NUMBER if isinstance(value, int) else _WRAPPED)
                for value in values
            ]
        )

    def line(self, text: str = "", font: Font = PLAIN) -> None:
        """Append a text that runs on over the columns beside it."""
        self._append([self._cell(text, font, _ALONG)] if text else [])

    def filtered(self, rows: int) -> None:
        """Have the last `rows` rows, and the header before them, filtered by any column."""
        last = get_column_letter(len(self._widths))
        self._sheet.auto_filter.ref = f"A{self._rows - rows}:{last}{self._rows}"

    def _append(self, cells: Sequence[WriteOnlyCell]) -> None:
        self._sheet.append(cells)
        self._rows += 1

    def _cell(self, value: Value, font: Font, alignment: Alignment) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.number_format = "@"
        cell.font = font
        cell.alignment = alignment
        return cell

    def _figure(self, figure: Figure, font: Font) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._sheet, figure.value)
        cell.number_format = figure.pattern
        cell.font = font
        if figure.colour is not None:
            cell.font = Font(name=_FONT, size=10, bold=font.bold, color=figure.colour)
        cell.alignment = _NUMBER
        return cell


def _told(value: Value | Figure) -> str:
    """A text about as long as the cell; a figure never wraps."""
    return "" if isinstance(value, Figure) else str(value)


class Book:
    """A workbook under construction, row by row, in little memory."""

    def __init__(self, made: datetime) -> None:
        """Begin an empty one that says it was made at `made`."""
        self._book = Workbook(write_only=True)
        self._made = made.replace(tzinfo=None, microsecond=0)
        properties = self._book.properties
        properties.creator = PROGRAM
        properties.created = properties.modified = self._made

    def sheet(self, name: str, widths: Sequence[int], *, header_rows: int) -> Sheet:
        r"""Add a sheet for A4 across, whose first rows stay in sight and on each page.

        Args:
            name: at most 31 characters, none of `[]:*?/\`.
            widths: of the columns, in characters.
            header_rows: how many rows stay.
        """
        sheet: Worksheet = self._book.create_sheet(name)
        for at, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        if header_rows:
            sheet.freeze_panes = f"A{header_rows + 1}"
            sheet.print_title_rows = f"1:{header_rows}"
        return Sheet(sheet, widths)

    def saved(self) -> bytes:
        """The file: no entry bears the time at which it was written."""
        file = io.BytesIO()
        self._book.save(file)
        stamp = self._made.isoformat().encode() + b"Z"
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(file) as written,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again,
        ):
            for name in written.namelist():
                content = written.read(name)
                if name == "docProps/core.xml":
                    content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
                entry = zipfile.ZipInfo(name, _DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                again.writestr(entry, content)
        return packed.getvalue()
