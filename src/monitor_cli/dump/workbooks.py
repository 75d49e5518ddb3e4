"""A sheet of a workbook → its rows as text, whatever the workbook's format.

Preamble and totals are no rows; a row with a cell whose value the workbook does not hold is set
aside. Source: `dump.md`, «a sheet of a workbook», «preamble lines», «Values».
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES
from monitor_cli.dump import aliases, faults, file_faults, furniture, ods, xls, xlsx
from monitor_cli.dump.archive import Archive
from monitor_cli.dump.cells import Unknown, plain, reader
from monitor_cli.dump.furniture import LOOKED_AT
from monitor_cli.dump.heading import Heading, heading
from monitor_cli.dump.raw import Around, Broken, Raw
from monitor_cli.dump.sniffing import OLE_MAGIC, ZIP_MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from monitor_cli.columns import Table
    from monitor_cli.dump.cells import Book, Cell, Rows, SheetRow
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.dump.sources import Source

_CHUNK = 20_000
_LOOKED_INTO = 512
_NAMED_BY_TWO = 2
"""Known headers from which a sheet is that of a table."""


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows) as String, chunk by chunk.

    Raises:
        DumpError: the workbook cannot be read, no sheet or more than one bears the headers, or two
            headers claim one column.
    """
    known = aliases.headers(part.table, options.columns)
    book = part.bytes_at.book or opened(part.bytes_at, part.path)
    number = part.sheet
    if number is None:
        number = _headed(book, part, known)
    rows = book.rows(number)
    first = _first(rows)
    found = _heading(first, known, book.epoch)
    if found is None:
        raise faults.empty_file(part.path, part.table)
    at = sorted(found.headers)
    headers = tuple(found.headers[column] for column in at)
    try:
        positions = aliases.resolve(headers, known)
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    columns = {name: at[position] for name, position in positions.items()}
    rows.only(frozenset(columns.values()))
    gathered = _Gathered(part, found.headers, columns, asked, book.epoch)
    gathered.around.above = tuple(
        row.number for row in first[: found.first] if any(map(_says, row.cells.values()))
    )
    for row in chain(first[found.last + 1 :], rows.rows):
        gathered.take(row)
        if len(gathered.at) + len(gathered.broken) >= _CHUNK:
            yield gathered.raw()
    gathered.end()
    yield gathered.raw()


class _Gathered:
    """Rows on their way into a frame."""

    def __init__(
        self,
        part: Part,
        heading: Mapping[int, str],
        columns: Mapping[str, int],
        asked: frozenset[str] | None,
        epoch: date,
    ) -> None:
        self._part, self._columns = part, columns
        self._headers = tuple(heading[column] for column in sorted(heading))
        self._wanted = [name for name in columns if asked is None or name in asked]
        kinds = SHAPES[part.table].columns
        self._read = {column: reader(kinds[name].kind, epoch) for name, column in columns.items()}
        self._leftmost = sorted(columns.values())
        self._header = {column: heading[column] for column in self._leftmost}
        self._totals: list[tuple[int, dict[int, Cell]]] = []
        self.around = Around()
        self.at: list[int] = []
        self.broken: list[Broken] = []
        self._rows: list[dict[int, str]] = []

    def take(self, row: SheetRow) -> None:
        """A row; one that looks like totals waits for a row below it that does not."""
        cells = {column: row.cells[column] for column in self._leftmost if column in row.cells}
        if not any(map(_says, cells.values())):
            return
        first = cells[min(cells)]
        if isinstance(first, str) and furniture.is_totals([first]):
            self._totals.append((row.number, cells))
            return
        for number, waiting in self._totals:
            self._add(number, waiting)
        self._totals = []
        self._add(row.number, cells)

    def end(self) -> None:
        """Nothing follows: what looked like totals is."""
        self.around.totals = tuple(number for number, _ in self._totals)

    def _add(self, number: int, cells: dict[int, Cell]) -> None:
        if cells == self._header:
            self.broken.append(Broken(number, None, again=True))
            return
        if Unknown.CELL in cells.values():
            self.broken.append(Broken(number, None, unread=True))
            return
        self._rows.append({column: self._read[column](cell) for column, cell in cells.items()})
        self.at.append(number)

    def raw(self) -> Raw:
        """The rows gathered, which begin anew."""
        frame = pl.DataFrame(
            {name: [row.get(self._columns[name]) for row in self._rows] for name in self._wanted},
            schema=dict.fromkeys(self._wanted, pl.String),
        )
        line = self.at.__getitem__
        broken, again = tuple(self.broken), sum(one.again for one in self.broken)
        self.at, self.broken, self._rows = [], [], []
        return Raw(
            self._part,
            frame,
            frozenset(self._columns),
            self._headers,
            line,
            again=again,
            broken=broken,
            unread=len(broken) - again,
            around=self.around,
        )


def _says(cell: Cell) -> bool:
    """Whether a cell is not blank."""
    return not isinstance(cell, str) or bool(cell.strip())


def opened(source: Source, shown: Path) -> Book:
    """Open a workbook by what it is, not by its suffix.

    Raises:
        DumpError: it is no workbook, or encrypted, damaged or not safe to read.
        OSError: it cannot be opened.
    """
    with source.file.open("rb") as file:
        begins = file.read(_LOOKED_INTO)
    if begins.startswith(OLE_MAGIC):
        return xls.Book(source.file, shown)
    if not begins.startswith(ZIP_MAGIC):
        raise file_faults.not_a_workbook(shown, _kind(begins))
    archive = Archive(source.file, shown)
    names = {"/".join(member.levels) for member in archive.members}
    if "content.xml" in names:
        return ods.Book(archive, shown)
    return xlsx.Book(archive, shown)


def _kind(begins: bytes) -> str:
    """What stands instead of a workbook, as far as its first bytes tell."""
    if not begins:
        return "пустой файл / an empty file"
    text = begins.lstrip(b"\xef\xbb\xbf \r\n\t")
    return "HTML/XML" if text.startswith(b"<") else "CSV/TXT"


def _first(rows: Rows) -> list[SheetRow]:
    """The rows among which a header is looked for."""
    first: list[SheetRow] = []
    for row in rows.rows:
        first.append(row)
        if len(first) == LOOKED_AT:
            break
    return first


def _heading(rows: list[SheetRow], known: Mapping[str, str], epoch: date) -> Heading | None:
    text = plain(epoch)
    texts = [{column: text(cell) for column, cell in row.cells.items()} for row in rows]
    # A cell that was merged with the one above may hold a blank.
    named = [{column: name for column, name in row.items() if name.strip()} for row in texts]
    return heading(named, known)


def _headed(book: Book, part: Part, known: Mapping[str, str]) -> int:
    """The one visible sheet that bears the headers of a table."""
    visible = [number for number, sheet in enumerate(book.sheets) if not sheet.hidden]
    found = {number: _heading(_first(book.rows(number)), known, book.epoch) for number in visible}
    headed = [number for number in visible if _is_of(part.table, found[number])]
    if len(headed) == 1:
        return headed[0]
    if not headed and len(visible) == 1 and found[visible[0]] is not None:
        return visible[0]
    names = [book.sheets[number].name for number in headed or visible]
    if headed:
        raise file_faults.two_sheets(part.path, part.table, names)
    raise file_faults.no_sheet(part.path, part.table, names)


def _is_of(table: Table, found: Heading | None) -> bool:
    """Whether a heading names enough columns of a table, as many as it requires."""
    required = sum(column.required for column in SHAPES[table].columns.values())
    return found is not None and found.known >= min(_NAMED_BY_TWO, required)
