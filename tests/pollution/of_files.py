"""Pollutions of files that are no text: of the whole file, and of cells as they are stored."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

import polars as pl

from monitor_cli.columns import Kind, Shape
from monitor_cli.dump.aliases import TABLES
from tests.pollution import clean
from tests.pollution.clean import Form, Grid
from tests.pollution.of_bytes import DirtyBytes
from tests.pollution.outcome import Aside, Refused, Same, Warned
from tests.unit.dump import books

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Stored: TypeAlias = str | float | date | datetime | time | None
"""A cell as a workbook stores it; None is an error, such as `#REF!`."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the text that it came to, if it was ever computed."""

    text: str | None


Rows: TypeAlias = "list[list[Stored | Formula]]"
_TIMES = frozenset({Kind.DATE, Kind.EVENT, Kind.CLOCK})
_NUMBERS = frozenset({Kind.ID, Kind.INT, Kind.BOOL, Kind.STUDY_YEAR})
_LONG_ID = 2257077130866233197
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_NATIVE: dict[Kind, pl.DataType | type[pl.DataType]] = {
    Kind.ID: pl.Int64,
    Kind.INT: pl.Int32,
    Kind.BOOL: pl.Int8,
    Kind.STUDY_YEAR: pl.Int16,
    Kind.DATE: pl.Date,
    Kind.EVENT: pl.Datetime("ms"),
}


@dataclass(frozen=True, slots=True)
class OfFiles:
    """A pollution of a file of one of the `forms`; `clause` is the passage that it tests."""

    name: str
    clause: str
    forms: frozenset[Form]
    make: Callable[[Shape, Grid, Form], Iterator[DirtyBytes]]


FILES: list[OfFiles] = []
BOOKS = (Form.XLSX, Form.ODS, Form.XLS)


def files(
    clause: str, *forms: Form
) -> Callable[[Callable[[Shape, Grid, Form], Iterator[DirtyBytes]]], None]:
    """Enter a pollution of files."""

    def enter(make: Callable[[Shape, Grid, Form], Iterator[DirtyBytes]]) -> None:
        FILES.append(OfFiles(make.__name__, clause, frozenset(forms), make))

    return enter


def book(
    form: Form,
    sheets: Mapping[str, Rows],
    *,
    hidden: Iterable[str] = (),
    since_1904: bool = False,
) -> bytes:
    """A workbook of cells as they are stored."""
    if form is Form.XLS:
        return books.xls(sheets, hidden=hidden, since_1904=since_1904)
    if form is Form.ODS:
        cells = {name: [map(_of_ods, row) for row in rows] for name, rows in sheets.items()}
        return books.ods(cells, hidden=hidden)

    def of_xlsx(cell: Stored | Formula) -> str:
        return _of_xlsx(cell, _FIRST_DAYS[since_1904])

    pages = {name: books.sheet(map(of_xlsx, row) for row in rows) for name, rows in sheets.items()}
    properties = '<workbookPr date1904="1"/>' if since_1904 else ""
    return books.xlsx(pages, hidden=hidden, properties=properties)


def _of_xlsx(cell: Stored | Formula, first_day: date) -> str:
    if isinstance(cell, Formula):
        stored = "" if cell.text is None else f"<v>{escape(cell.text)}</v>"
        return f'<c t="{"n" if cell.text is None else "str"}"><f>A1</f>{stored}</c>'
    if isinstance(cell, date | time):
        return f'<c s="{_style(cell)}"><v>{serial(cell, first_day)!r}</v></c>'
    if isinstance(cell, str):
        return books.text_cell(cell)
    return '<c t="e"><v>#REF!</v></c>' if cell is None else f"<c><v>{cell}</v></c>"


def _style(cell: date | time) -> int:
    return 2 if isinstance(cell, datetime | time) else 1


def _of_ods(cell: Stored | Formula) -> str:
    kind, stored, shown = "string", "", ""
    if isinstance(cell, Formula):
        if cell.text is None:
            return '<table:table-cell table:formula="of:=[.A1]"/>'
        stored, shown = ' table:formula="of:=[.A1]"', cell.text
    elif cell is None:
        stored, shown = ' table:formula="of:=[.#REF!]" calcext:value-type="error"', "#REF!"
    elif isinstance(cell, time):
        kind, stored = "time", f' office:time-value="{cell.strftime("PT%HH%MM%SS")}"'
    elif isinstance(cell, date):
        kind, stored = "date", f' office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, str):
        return books.ods_cell(cell)
    else:
        kind, stored = "float", f' office:value="{cell}"'
    inside = f"<text:p>{escape(shown)}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{stored}>{inside}</table:table-cell>'


def serial(moment: date | time, first_day: date) -> float:
    """A moment as spreadsheets count it."""
    midnight = datetime(first_day.year, first_day.month, first_day.day)
    if isinstance(moment, time):
        return (datetime.combine(first_day, moment) - midnight) / timedelta(days=1)
    if isinstance(moment, datetime):
        return (moment - midnight) / timedelta(days=1)
    return (moment - first_day).days


def _moment(text: str) -> date | datetime | time:
    if ":" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if "-" in text else time.fromisoformat(text)


def _rows(grid: Grid) -> Rows:
    return [list(row) for row in grid]


def _with(grid: Grid, row: int, column: str, cell: Stored | Formula) -> Rows:
    dirty = _rows(grid)
    dirty[row][grid[0].index(column)] = cell
    return dirty


def _of_column(grid: Grid, column: str, change: Callable[[int, str], Stored]) -> Rows:
    """Store the cells of a column that are not empty otherwise, by their row and text."""
    at = grid[0].index(column)
    dirty = _rows(grid)
    for number, row in enumerate(grid[1:], 1):
        dirty[number][at] = change(number, row[at]) if row[at] else ""
    return dirty


def _outer(shape: Shape) -> tuple[str, str]:
    """The first and the last column."""
    names = list(shape.columns)
    return names[0], names[-1]


# --------------------------------------------------------------------------------- the whole file


@files("a file can't be decoded … what was found instead", Form.PARQUET, *BOOKS)
def damaged_file(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    whole = clean.content(shape.table, grid, form)
    for part, name in ((2, "half"), (10, "a tenth")):
        yield DirtyBytes(f"{name} of it", whole[: len(whole) // part], Refused())
    yield DirtyBytes("without its end", whole[: -len(whole) // 8], Refused())
    yield DirtyBytes("nothing", b"", Refused())
    yield DirtyBytes("zeros", bytes(len(whole)), Refused())
    yield DirtyBytes("zeros in the middle", _hollow(whole), Refused())


def _hollow(whole: bytes) -> bytes:
    third = len(whole) // 3
    return whole[:third] + bytes(third) + whole[2 * third :]


@files("Found by looking at the bytes; a file can't be decoded", *Form)
def other_format(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    for other in (Form.COMMA, Form.PARQUET, *BOOKS):
        if form.suffix == other.suffix:
            continue
        fits = form.is_workbook and other.is_workbook
        content = partial(clean.content, shape.table, grid, other)
        yield DirtyBytes(other.name.lower(), content, Same() if fits else Refused())
    if not form.is_text:
        page = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
        yield DirtyBytes("a page", page, Refused())


# ---------------------------------------------------------------------------------------- workbooks


@files("*In a row*: … never guessed and never dropped in silence", *BOOKS)
def error_cell(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    row = len(grid) // 2
    for column in _outer(shape):
        content = partial(book, form, {shape.table: _with(grid, row, column, None)})
        yield DirtyBytes(f"{column}=#REF!", content, Aside("unread_cell", (row,)))


@files("*In a row*: … never guessed and never dropped in silence", Form.XLSX, Form.ODS)
def formula(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    row = len(grid) // 2
    for column in _outer(shape):
        cell = grid[row][grid[0].index(column)]
        never = partial(book, form, {shape.table: _with(grid, row, column, Formula(None))})
        yield DirtyBytes(f"{column} never computed", never, Aside("unread_cell", (row,)))
        known = partial(book, form, {shape.table: _with(grid, row, column, Formula(cell))})
        yield DirtyBytes(f"{column} computed", known, Same())


@files("Values: ISO and `dd.mm.yyyy` dates, Excel serial dates", *BOOKS)
def days_and_hours(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    def mixed(number: int, text: str) -> Stored:
        if number % 3 == 1 and "-" in text:
            return f"{text[8:10]}.{text[5:7]}.{text[:4]}{text[10:]}"
        return text if number % 3 else _moment(text)

    for column in shape.columns.values():
        if column.kind not in _TIMES:
            continue
        native = _of_column(grid, column.name, lambda _, text: _moment(text))
        yield DirtyBytes(
            f"{column.name} stored", partial(book, form, {shape.table: native}), Same()
        )
        content = partial(book, form, {shape.table: _of_column(grid, column.name, mixed)})
        yield DirtyBytes(f"{column.name} mixed with texts", content, Same())
        since = partial(book, form, {shape.table: native}, since_1904=True)
        if form is not Form.ODS:
            yield DirtyBytes(f"{column.name} since 1904", since, Same())
        bare = _of_column(
            grid, column.name, lambda _, text: serial(_moment(text), _FIRST_DAYS[False])
        )
        content = partial(book, form, {shape.table: bare})
        yield DirtyBytes(f"{column.name} without a format", content, Same())


@files("Values; ids … must never pass through a float", *BOOKS)
def numbers(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    row = len(grid) // 2
    for column in shape.columns.values():
        if column.kind in _NUMBERS:
            native = _of_column(grid, column.name, lambda _, text: int(text))
            content = partial(book, form, {shape.table: native})
            yield DirtyBytes(f"{column.name} stored as numbers", content, Same())
        if column.kind is Kind.ID:
            for number in (_LONG_ID, float(_LONG_ID)):
                content = partial(book, form, {shape.table: _with(grid, row, column.name, number)})
                yield DirtyBytes(f"{column.name}={number}", content, Refused((column.name,), row))


@files("preamble lines above the header … are recognised", *BOOKS)
def heading(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    names = grid[0]
    above: list[Stored | Formula] = [*names[:1], *([""] * (len(names) - 2)), "Прочее"]
    below: list[Stored | Formula] = ["", *names[1:]]
    merged = [above, below, *_rows(grid)[1:]]
    yield DirtyBytes("of two rows", partial(book, form, {shape.table: merged}), Same())
    title: Rows = [["Отчёт за период"], [], ["Школа", "№ 1"], []]
    yield DirtyBytes(
        "below a title", partial(book, form, {shape.table: [*title, *_rows(grid)]}), Same()
    )
    aside: Rows = [["", "", *row] for row in _rows(grid)]
    yield DirtyBytes("two columns aside", partial(book, form, {shape.table: aside}), Same())


@files("a sheet of a workbook (`dump.xlsx`, sheet `marks` / «Оценки»)", *BOOKS)
def sheets(shape: Shape, grid: Grid, form: Form) -> Iterator[DirtyBytes]:
    table, rows = shape.table, _rows(grid)
    other: Rows = [["Справка"], ["Лист для справок", 5.0]]
    for name in TABLES[table]:
        if not name.isascii():
            yield DirtyBytes(f"«{name}»", partial(book, form, {name.capitalize(): rows}), Same())
    yield DirtyBytes("another first", partial(book, form, {"Лист1": other, table: rows}), Same())
    unnamed = partial(book, form, {"Лист1": other, "Лист2": rows})
    yield DirtyBytes("known by its header", unnamed, Same())
    hidden = partial(book, form, {table: rows, f"{table} 2": rows}, hidden=[f"{table} 2"])
    yield DirtyBytes("a hidden one", hidden, Warned("not_read"))
    half = len(rows) // 2
    parts = partial(book, form, {f"{table} 1": rows[:half], f"{table} 2": [rows[0], *rows[half:]]})
    yield DirtyBytes("two of one table", parts, Same())
    both = partial(book, form, {"Лист1": rows, "Лист2": rows})
    yield DirtyBytes("two with the header", both, Refused())


# ------------------------------------------------------------------------------------------ Parquet


@files("Values; ids …; a timestamp with an offset is converted", Form.PARQUET)
def native_types(shape: Shape, grid: Grid, _form: Form) -> Iterator[DirtyBytes]:
    frame = pl.DataFrame(
        [pl.Series(name, cells, dtype=pl.String) for name, *cells in zip(*grid, strict=True)]
    )
    filled = frame.select(pl.when(pl.all() != "").then(pl.all()))
    kinds = {name: _NATIVE.get(column.kind) for name, column in shape.columns.items()}
    native = filled.select(_cast(pl.col(name), kind) for name, kind in kinds.items())
    yield DirtyBytes("all", partial(_parquet, native), Same())
    texts = [name for name, column in shape.columns.items() if column.kind is Kind.TEXT]
    labelled = native.with_columns(pl.col(texts).cast(pl.Categorical))
    yield DirtyBytes("categories", partial(_parquet, labelled), Same())
    row = len(grid) // 2
    for name, column in shape.columns.items():
        if column.kind is Kind.EVENT:
            local = pl.col(name).dt.replace_time_zone("Europe/Moscow").dt.convert_time_zone("UTC")
            zoned = native.with_columns(local)
            yield DirtyBytes(f"{name} in UTC", partial(_parquet, zoned), Same())
        if column.kind is Kind.ID:
            whole = native.with_columns(pl.col(name).cast(pl.Float64))
            yield DirtyBytes(f"{name} as floats that are exact", partial(_parquet, whole), Same())
            at = pl.int_range(pl.len()) == row - 1
            rounded = whole.with_columns(pl.when(at).then(2.25708e18).otherwise(name).alias(name))
            refused = Refused((name,), row)
            yield DirtyBytes(f"{name} as floats that are not", partial(_parquet, rounded), refused)
            if column.needed_in_row:
                empty = native.with_columns(pl.when(~at).then(name).alias(name))
                gone = Aside("missing_value", (row,))
                yield DirtyBytes(f"{name} without a value", partial(_parquet, empty), gone)
        if column.required:
            lists = native.with_columns(pl.concat_list(name))
            yield DirtyBytes(f"{name} of lists", partial(_parquet, lists), Refused((name,)))


def _cast(cells: pl.Expr, kind: pl.DataType | type[pl.DataType] | None) -> pl.Expr:
    if kind == pl.Date:
        return cells.str.to_date("%Y-%m-%d")
    if isinstance(kind, pl.Datetime):
        return cells.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms")
    return cells if kind is None else cells.cast(kind)


def _parquet(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()
