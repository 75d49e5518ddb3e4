"""Cells of a sheet, as a workbook stores them, → the texts that a column of a dump is read from.

A number in a column of days or hours is a serial date; an id beyond 15 digits, which no
spreadsheet keeps, is written so that it is refused. Source: `dump.md`, «Values» and «Ids».
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from monitor_cli.columns import Kind
from monitor_cli.dump.markup import Handler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EXACT_BELOW = 1e15
"""Spreadsheets keep 15 digits of a number."""
_LAST_SERIAL = 80_000
_LEAP_BUG = 61
"""Excel's 1900 has a 29 February: serials before this one are a day off."""
_MILLISECONDS_A_DAY = 86_400_000
_DAYS_AND_HOURS = frozenset({Kind.DATE, Kind.EVENT, Kind.CLOCK})
LONGEST_TEXT = 1 << 20


class Unknown(Enum):
    """A cell whose value the workbook does not hold."""

    CELL = "an error (#REF!), a formula without a stored value, or a text beyond all bounds"


class Serial(NamedTuple):
    """A number that its cell shows as a date or time; `timed`: the format shows hours."""

    number: float
    timed: bool


Cell: TypeAlias = str | float | Serial | Unknown


class SheetRow(NamedTuple):
    """A row of a sheet: its number there, from 1, and its cells by column, from 0."""

    number: int
    cells: dict[int, Cell]


class Gatherer(Handler):
    """What puts cells into rows: the rows that are ready, and the columns that are wanted."""

    def __init__(self) -> None:
        """Want all columns."""
        super().__init__()
        self.rows: list[SheetRow] = []
        self.only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet that hold anything, in its order, and who gathers them."""

    gatherer: Gatherer
    rows: Iterator[SheetRow]

    def only(self, columns: frozenset[int]) -> None:
        """From here on, read these columns alone."""
        self.gatherer.only = columns


def gathered(gatherer: Gatherer, pieces: Iterator[object]) -> Rows:
    """The rows that are ready behind each of the pieces."""

    def rows() -> Iterator[SheetRow]:
        for _ in pieces:
            ready, gatherer.rows = gatherer.rows, []
            yield from ready

    return Rows(gatherer, rows())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, and whether it is hidden."""

    name: str
    hidden: bool


def plain(epoch: date) -> Callable[[Cell], str]:
    """The text of a cell as people see it, for headings."""
    return reader(Kind.TEXT, epoch)


def reader(kind: Kind, epoch: date) -> Callable[[Cell], str]:
    """How a cell of a column of this kind becomes text; not for broken cells."""
    as_serial = kind in _DAYS_AND_HOURS

    def text(cell: Cell) -> str:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, Serial):
            return _moment(cell.number, epoch, timed=cell.timed) or number_text(cell.number)
        if isinstance(cell, Unknown):
            return ""
        if as_serial:
            return _moment(cell, epoch, timed=False) or number_text(cell)
        return number_text(cell)

    return text


def number_text(number: float) -> str:
    """A number as text: integers without a point, none beyond the digits that are exact."""
    if abs(number) >= _EXACT_BELOW:
        return f"{number:.14E}"
    return str(int(number)) if number.is_integer() else repr(number)


def _moment(serial: float, epoch: date, *, timed: bool) -> str | None:
    """A serial date as ISO text; below 1 a time of day, without a fraction and hours a day."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    days, fraction = divmod(round(serial * _MILLISECONDS_A_DAY), _MILLISECONDS_A_DAY)
    day = ""
    if days:
        early = epoch == EPOCH_1900 and days < _LEAP_BUG
        day = (epoch + timedelta(days=days + early)).isoformat()
        if not fraction and not timed:
            return day
    hours, rest = divmod(fraction, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, thousandths = divmod(rest, 1000)
    time = f"{hours:02}:{minutes:02}:{seconds:02}" + (f".{thousandths:03}" if thousandths else "")
    return f"{day} {time}".strip()


def number(text: str) -> float | Unknown:
    """The number that a workbook stores as `text`."""
    try:
        value = float(text)
    except ValueError:
        return Unknown.CELL
    return value if math.isfinite(value) else Unknown.CELL


class Book(Protocol):
    """A workbook of any format: its sheets in their order, and the day that serials count from."""

    sheets: tuple[Sheet, ...]
    epoch: date

    def rows(self, sheet: int) -> Rows:
        """The rows of a sheet, by its place."""
        ...
