"""Workbooks whose cells are text as it is, and whose bytes are the same for the same content."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import Reference
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from openpyxl.chart._chart import ChartBase
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
Face = Font
"""How a text looks."""

PLAIN = Font(name=_FONT, size=10)
BOLD = Font(name=_FONT, size=10, bold=True)
TITLE = Font(name=_FONT, size=14, bold=True)
_BARS = Font(name=_FONT, size=7, color="3E6FA3")
_LINKED = Font(name=_FONT, size=10, underline="single", color="0B57A4")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_TITLES = Alignment(horizontal="left", vertical="bottom", wrap_text=True, indent=1)
_TITLES_OF_FIGURES = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
_ALONG = Alignment(vertical="top")
_NUMBER = Alignment(vertical="top", horizontal="right")
_LINE_HEIGHT = 13.5
"""In points: programs other than Excel do not fit a row to wrapped text by themselves."""
_LETTERS = 1.1
"""Letters of our font to a character of width, which is a digit of Excel's own."""

_HIGHEST = 400
"""In points: Excel takes no row that is much higher."""


class Figure(NamedTuple):
    """A number or a date, its format, the colour of its digits and of its ground (RGB)."""

    value: float | date
    pattern: str
    colour: str | None = None
    fill: str | None = None


class Link(NamedTuple):
    """A text that leads to a row of a sheet of the same workbook."""

    text: str
    sheet: str
    row: int


class Spread(NamedTuple):
    """A text over several columns, which takes the room of all of them."""

    text: str
    columns: int


class Bars(NamedTuple):
    """A sparkline in signs: paler and lower than text, so that rows of it stay apart."""

    text: str


Cell = str | int | Figure | Link | Spread | Bars | None


class _Style(NamedTuple):
    """How a cell looks: what Excel keeps once, however many cells look so."""

    font: Font
    alignment: Alignment
    pattern: str
    colour: str | None = None
    fill: str | None = None

    @property
    def key(self) -> _Key:
        """What tells it from others: fonts and alignments are the same objects throughout."""
        font, alignment, *rest = self
        return (id(font), id(alignment), *rest)


_Key = tuple[object, ...]


class Sheet:
    """A sheet under construction: rows are appended and never come back."""

    def __init__(self, sheet: Worksheet, widths: Sequence[int]) -> None:
        """Begin with an empty sheet whose columns are as wide as `widths` characters."""
        self._sheet = sheet
        self._widths = widths
        self._rows = 0
        self._pools: dict[_Key, list[WriteOnlyCell]] = {}
        self._spare: dict[_Key, list[WriteOnlyCell]] = {}

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._rows

    def header(self, titles: Sequence[str | Spread], figures: Collection[int] = ()) -> None:
        """Append a row of titles; those of the columns `figures`, from 1, stand to the right."""
        cells: list[WriteOnlyCell] = []
        for title in titles:
            at = len(cells) + 1
            alignment = _TITLES_OF_FIGURES if at in figures else _TITLES
            text, columns = title if isinstance(title, Spread) else (title, 1)
            cells += self._spread(text, columns, BOLD, alignment, at)
        for cell in cells:
            cell.fill = _HEADER
        self._fit(titles)
        self._append(cells)

    def row(self, values: Sequence[Cell], font: Font = PLAIN) -> None:
        """Append a row: integers and figures are numbers, all else is text, formulas too."""
        cells: list[WriteOnlyCell] = []
        for value in values:
            if isinstance(value, Spread):
                cells += self._spread(value.text, value.columns, font, _WRAPPED, len(cells) + 1)
            else:
                cells.append(self._made(value, font, len(cells)))
        self._fit(values)
        self._append(cells)

    def _spread(
        self, text: str, columns: int, font: Font, alignment: Alignment, at: int
    ) -> list[WriteOnlyCell]:
        """The cells of a text over `columns` columns, from the one at `at` on."""
        if columns > 1:
            row, last = self._rows + 1, at + columns - 1
            first, last_letter = get_column_letter(at), get_column_letter(last)
            self._sheet.merged_cells.add(f"{first}{row}:{last_letter}{row}")
        rest = [self._cell(None, font, alignment) for _ in range(columns - 1)]
        return [self._cell(text, font, alignment), *rest]

    def line(self, text: str = "", font: Font = PLAIN) -> None:
        """Append a text that runs on over the columns beside it."""
        self._sheet.row_dimensions[self._rows + 1].height = _LINE_HEIGHT * font.size / PLAIN.size
        self._append([self._cell(text, font, _ALONG)] if text else [])

    def paragraph(self, text: str) -> None:
        """Append a text that wraps at the last column."""
        self.row([Spread(text, len(self._widths))])

    def filtered(self, rows: int) -> None:
        """Have the last `rows` rows, and the header before them, filtered by any column."""
        last = get_column_letter(len(self._widths))
        self._sheet.auto_filter.ref = f"A{self._rows - rows}:{last}{self._rows}"

    def cells(self, column: int, first: int, last: int) -> Reference:
        """Rows `first` to `last` of a column, both from 1: what a chart is drawn from."""
        return Reference(self._sheet, min_col=column, min_row=first, max_row=last)

    def block(self, first: tuple[int, int], last: tuple[int, int]) -> Reference:
        """Cells between two corners, each a column and a row, from 1."""
        return Reference(
            self._sheet, min_col=first[0], min_row=first[1], max_col=last[0], max_row=last[1]
        )

    def halves(self) -> list[tuple[int, int]]:
        """The first and last columns of the left and of the right half of the sheet."""
        half, taken = sum(self._widths) / 2, 0
        for at, width in enumerate(self._widths, start=1):
            taken += width
            if taken >= half:
                return [(1, at), (at + 1, len(self._widths))]
        return [(1, len(self._widths))]

    def draw(self, chart: ChartBase, columns: tuple[int, int], rows: int) -> None:
        """Put a chart over the next `rows` rows, from the first to the last of `columns`.

        The rows are yet to be left free.
        """
        first, last = columns
        chart.anchor = TwoCellAnchor(
            _from=AnchorMarker(col=first - 1, row=self._rows),
            to=AnchorMarker(col=last, row=self._rows + rows),
        )
        self._sheet.add_chart(chart)

    def break_page(self) -> None:
        """Have what follows begin a new page."""
        self._sheet.row_breaks.append(Break(id=self._rows))

    def leave(self, rows: int) -> None:
        """Append empty rows of the usual height."""
        for _ in range(rows):
            self._sheet.row_dimensions[self._rows + 1].height = _LINE_HEIGHT
            self._append([])

    def _fit(self, values: Sequence[Cell]) -> None:
        """Make the next row as high as its highest cell."""
        lines, at = 1, 0
        for value in values:
            columns = value.columns if isinstance(value, Spread) else 1
            room = max(1, int(sum(self._widths[at : at + columns]) * _LETTERS) - 2)
            told = _told(value)
            if len(told) > room or "\n" in told:
                wrapped = (textwrap.wrap(part, room) for part in told.split("\n"))
                lines = max(lines, sum(max(1, len(part)) for part in wrapped))
            at += columns
        self._sheet.row_dimensions[self._rows + 1].height = min(lines * _LINE_HEIGHT, _HIGHEST)

    def _append(self, cells: Sequence[WriteOnlyCell]) -> None:
        self._sheet.append(cells)
        self._rows += 1
        # They are written: the next row may have them.
        self._spare = {key: [*pool] for key, pool in self._pools.items()}

    def _made(
        self, value: str | int | Figure | Link | Bars | None, font: Font, at: int
    ) -> WriteOnlyCell:
        if isinstance(value, Figure):
            return self._figure(value, font)
        if isinstance(value, Bars):
            return self._cell(value.text, _BARS, _WRAPPED)
        if isinstance(value, Link):
            # A cell of its own: a link would stay with it.
            cell = WriteOnlyCell(self._sheet, None)
            self._dress(cell, _Style(_LINKED, _WRAPPED, "@"))
            cell.value, cell.data_type = value.text, "s"
            place = f"{get_column_letter(at + 1)}{self._rows + 1}"
            target = f"{quote_sheetname(value.sheet)}!A{value.row}"
            cell.hyperlink = Hyperlink(ref=place, location=target)
            return cell
        return self._cell(value, font, _NUMBER if isinstance(value, int) else _WRAPPED)

    def _cell(self, value: Value, font: Font, alignment: Alignment) -> WriteOnlyCell:
        text = isinstance(value, str)
        cell = self._dressed(_Style(font, alignment, "@" if text else "General"))
        cell.value = value
        if text:
            cell.data_type = "s"
        return cell

    def _figure(self, figure: Figure, font: Font) -> WriteOnlyCell:
        style = _Style(font, _NUMBER, figure.pattern, figure.colour, figure.fill)
        cell = self._dressed(style)
        cell.value = figure.value
        # A date brings its own format along.
        cell.number_format = figure.pattern
        return cell

    def _dressed(self, style: _Style) -> WriteOnlyCell:
        """A cell of that style: one of those that earlier rows had, where there is one.

        To dress a cell takes far longer than to write it.
        """
        key = style.key
        spare = self._spare.get(key)
        if spare:
            return spare.pop()
        cell = WriteOnlyCell(self._sheet, None)
        self._dress(cell, style)
        self._pools.setdefault(key, []).append(cell)
        return cell

    @staticmethod
    def _dress(cell: WriteOnlyCell, style: _Style) -> None:
        font, alignment, pattern, colour, fill = style
        cell.font = font
        if colour is not None:
            cell.font = Font(name=_FONT, size=10, bold=font.bold, color=colour)
        if fill is not None:
            cell.fill = PatternFill("solid", start_color=fill)
        cell.alignment = alignment
        cell.number_format = pattern


def _told(value: Cell) -> str:
    """A text about as long as the cell; a figure never wraps."""
    if isinstance(value, Link | Spread | Bars):
        return value.text
    return "" if value is None or isinstance(value, Figure) else str(value)


def _in_footer(name: str) -> str:
    """A name in a footer, where «&» begins a code, and is doubled to be itself."""
    return name.replace("&", "&&")


class Book:
    """A workbook under construction, row by row, in little memory."""

    def __init__(self, made: datetime) -> None:
        """Begin an empty one that says it was made at `made`."""
        self._book = Workbook(write_only=True)
        self._made = made.replace(tzinfo=None, microsecond=0)
        properties = self._book.properties
        properties.creator = PROGRAM
        properties.created = properties.modified = self._made

    def sheet(
        self,
        name: str,
        widths: Sequence[int],
        *,
        header_rows: int,
        header_columns: int = 0,
        folded: Collection[int] = (),
    ) -> Sheet:
        r"""Add a sheet for A4 across, whose first rows stay in sight and on each page.

        Args:
            name: at most 31 characters, none of `[]:*?/\`.
            widths: of the columns, in characters.
            header_rows: how many rows stay.
            header_columns: how many columns stay.
            folded: the columns, from 1, that are hidden until their group is opened.
        """
        sheet: Worksheet = self._book.create_sheet(name)
        for at, width in enumerate(widths, start=1):
            column = sheet.column_dimensions[get_column_letter(at)]
            column.width = width
            if at in folded:
                column.outlineLevel = 1
                column.hidden = True
        # The button that opens a group stands over the column before it.
        sheet.sheet_properties.outlinePr.summaryRight = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3)
        sheet.oddFooter.left.text = _in_footer(name)
        sheet.oddFooter.right.text = "&P / &N"
        if header_rows:
            sheet.freeze_panes = f"{get_column_letter(header_columns + 1)}{header_rows + 1}"
            sheet.print_title_rows = f"1:{header_rows}"
        return Sheet(sheet, widths)

    def saved(self) -> bytes:
        """The file: no entry bears the time at which it was written."""
        file = io.BytesIO()
        self._book.save(file)
        return packed(file.getvalue(), self._made)


def packed(content: bytes, made: datetime) -> bytes:
    """A workbook packed again: no entry bears the time at which it was written, but `made`."""
    stamp = made.isoformat().encode() + b"Z"
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in written.namelist():
            entry_content = written.read(name)
            if name == "docProps/core.xml":
                entry_content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", entry_content)
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            again.writestr(entry, entry_content)
    return file.getvalue()
