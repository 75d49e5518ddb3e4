"""ODS: sheets as the file stores them, cell by cell; no sheet is in memory whole.

Repeated cells and rows are written once with a count: blank ones cost nothing, others are rows.
Source: `dump.md`, «a sheet of a workbook».
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from monitor_cli.dump import file_faults
from monitor_cli.dump.cells import (
    EPOCH_1900,
    LONGEST_TEXT,
    Cell,
    Gatherer,
    Rows,
    Sheet,
    SheetRow,
    Unknown,
    number,
)
from monitor_cli.dump.markup import PIECE, Handler, feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor_cli.dump.archive import Archive

KIND = "ODS"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_LARGEST = 1 << 30
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_HOURS = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_DAY = re.compile(r"(?:1899|19\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]|30)")
_ERROR = re.compile(r"#|Err:")
_NUMBERS = {"float", "percentage", "currency"}
_STORED = {
    **dict.fromkeys(_NUMBERS, "office:value"),
    "date": "office:date-value",
    "boolean": "office:boolean-value",
}
"""Type of a cell → the attribute that holds its value."""
_ASIDE = {"office:annotation", "table:shapes"}
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}


class Book:
    """An ODS workbook: its sheets and how to read their cells."""

    def __init__(self, archive: Archive, shown: Path) -> None:
        """Look through the content for its sheets.

        Raises:
            DumpError: the workbook is encrypted, damaged or not safe to read.
        """
        self._archive, self._shown = archive, shown
        names = ["/".join(member.levels) for member in archive.members]
        if _MANIFEST in names:
            manifest = _Manifest()
            for _ in self._read(names.index(_MANIFEST), manifest):
                pass
            if manifest.encrypted:
                raise file_faults.encrypted(shown, KIND)
        if _CONTENT not in names:
            raise file_faults.damaged(shown, KIND)
        self._content = names.index(_CONTENT)
        outline = _Outline()
        for _ in self._read(self._content, outline):
            pass
        self.sheets = tuple(Sheet(name, style in outline.hidden) for name, style in outline.tables)
        self._places = list(zip(outline.begins, outline.ends, strict=True))
        self.epoch = outline.epoch

    def rows(self, sheet: int) -> Rows:
        """The rows of a sheet."""
        cells = _Cells(self._shown)
        return Rows(cells, self._rows(*self._places[sheet], cells))

    def _rows(self, first: int, end: int, cells: _Cells) -> Iterator[SheetRow]:
        if first == end:
            return
        for _ in feed(self._between(first, end), cells, self._shown, KIND):
            ready, cells.runs = cells.runs, []
            for row, times, found in ready:
                for number_ in range(row, row + times):
                    yield SheetRow(number_, found)

    def _between(self, first: int, end: int) -> Iterator[bytes]:
        """The bytes of a sheet; what is before and behind it is read for its checksum alone."""
        at, name = 0, b""
        with self._archive.opened(self._content, self._shown) as stream:
            while piece := stream.read(PIECE):
                inside = piece[max(0, first - at) : max(0, end - at)]
                at += len(piece)
                name = name or inside[1:].split(maxsplit=1)[0] if inside else name
                if inside:
                    yield inside
        yield b"</" + name + b">"

    def _read(self, member: int, handler: Handler) -> Iterator[None]:
        if self._archive.members[member].size > _LARGEST:
            raise file_faults.workbook_too_large(self._shown, f"{_LARGEST >> 20} MB")
        with self._archive.opened(member, self._shown) as stream:
            pieces = iter(lambda: stream.read(PIECE), b"")
            yield from feed(pieces, handler, self._shown, KIND)


class _Manifest(Handler):
    """Whether any part of the workbook is encrypted."""

    encrypted = False
    drops_prefixes = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self.depth += 1
        if name == "manifest:encryption-data":
            self.encrypted = True


class _Outline(Handler):
    """The sheets with the bytes between which they stand, hidden styles, and the first day."""

    drops_prefixes = False

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, str]] = []
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.hidden: set[str] = set()
        self.epoch = EPOCH_1900
        self._above: list[str] = []
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "table:table" and self._above[-1:] == ["office:spreadsheet"]:
            self.tables.append(
                (attributes.get("table:name", ""), attributes.get("table:style-name", ""))
            )
            self.begins.append(self.position())
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)
        elif name == "table:null-date":
            day = attributes.get("table:date-value", "")[: len("1899-12-30")]
            if _DAY.fullmatch(day):
                self.epoch = date.fromisoformat(day)
        self._above.append(name)

    def end(self, name: str) -> None:
        self.depth -= 1
        self._above.pop()
        if name == "table:table" and self._above[-1:] == ["office:spreadsheet"]:
            self.ends.append(self.position())


class _Cells(Gatherer):
    """The cells of a sheet, gathered into runs of equal rows."""

    drops_prefixes = False

    def __init__(self, shown: Path) -> None:
        super().__init__()
        self._shown = shown
        self.runs: list[tuple[int, int, dict[int, Cell]]] = []
        self._tables = self._aside = 0
        self._row, self._rows, self._column, self._columns = 1, 1, 0, 1
        self._cells: dict[int, Cell] = {}
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._length = self._paragraphs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "table:table":
            self._tables += 1
        elif self._tables != 1:
            return
        elif name == "table:table-row":
            self._cells, self._column = {}, 0
            self._rows = self._count(attributes, "table:number-rows-repeated")
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._columns = self._count(attributes, "table:number-columns-repeated")
            self._cell, self._texts = attributes, []
            self._length = self._paragraphs = 0
        elif name in _ASIDE:
            self._aside += 1
        elif name == "text:p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self.text("\n")
        elif name == "text:s":
            self.text(" " * min(self._count(attributes, "text:c"), LONGEST_TEXT))
        elif name in _SIGNS:
            self.text(_SIGNS[name])

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "table:table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._end_cell(_value(self._cell or {}, "".join(self._texts), self._length))
        elif name in _ASIDE:
            self._aside -= 1
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self, cell: Cell) -> None:
        self._cell = None
        beyond = min(self._column + self._columns, _LAST_COLUMN)
        if cell != "":
            for column in range(self._column, beyond):
                if self.only is None or column in self.only:
                    self._cells[column] = cell
        self._column = beyond

    def _end_row(self) -> None:
        if self._cells:
            if self._row + self._rows - 1 > _LAST_ROW:
                raise file_faults.workbook_too_large(self._shown, f"{_LAST_ROW} rows")
            self.runs.append((self._row, self._rows, self._cells))
        self._row += self._rows

    def text(self, data: str) -> None:
        if self._cell is not None and self._paragraphs and not self._aside:
            self._length += len(data)
            if self._length <= LONGEST_TEXT:
                self._texts.append(data)

    def _count(self, attributes: dict[str, str], name: str) -> int:
        """How often a cell or row stands; once where nothing is said."""
        written = attributes.get(name, "1")
        if not written.isdecimal() or not written.isascii() or len(written) > len("1000000000"):
            raise file_faults.damaged(self._shown, KIND)
        return max(1, int(written))


def _value(cell: dict[str, str], shown: str, length: int) -> Cell:
    """The value of a cell with these attributes, which shows a text of this length."""
    is_formula = "table:formula" in cell
    failed = is_formula and _ERROR.match(shown) is not None
    if length > LONGEST_TEXT or failed or cell.get("calcext:value-type") == "error":
        return Unknown.CELL
    kind = cell.get("office:value-type", "")
    if kind in _STORED:
        stored = cell.get(_STORED[kind], "")
        return number(stored) if kind in _NUMBERS else stored or Unknown.CELL
    if kind == "time":
        found = _HOURS.fullmatch(cell.get("office:time-value", ""))
        return f"{found[1]}:{found[2]}:{found[3]}" if found else Unknown.CELL
    if not kind and is_formula and not shown:
        return Unknown.CELL
    return cell.get("office:string-value") or shown
