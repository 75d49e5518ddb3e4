"""A small invented dump without a fault, as text, and the files it can stand in."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.aliases import of_column
from tests.unit.dump import books

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Grid = list[list[str]]
"""The header, then the rows of a table."""

MONDAY = date(2026, 11, 9)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SCHOOLS = (1, 2)
_CLASSES = {11: (1, "5А"), 12: (1, "10Б"), 21: (2, "7В")}
_SUBJECTS = ("Алгебра", "Русский язык", "Физика")


class Form(Enum):
    """A format of a table's file: its suffix and how the text stands in it."""

    COMMA = ".csv"
    SEMICOLON = ".csv (;, BOM, CRLF)"
    WINDOWS = ".csv (tab, Windows-1251)"
    QUOTED = ".csv (all cells quoted)"
    PARQUET = ".parquet"
    XLSX = ".xlsx"
    ODS = ".ods"
    XLS = ".xls"

    @property
    def is_text(self) -> bool:
        """Whether bytes of the file can be changed one by one and mean something."""
        return self is not Form.PARQUET and not self.is_workbook

    @property
    def suffix(self) -> str:
        """What the name of a file of this form ends with."""
        return self.value.split()[0]

    @property
    def in_columns(self) -> bool:
        """Whether the file is read as a large one is: column by column, as far as that goes."""
        return self in (Form.SEMICOLON, Form.WINDOWS)

    @property
    def is_workbook(self) -> bool:
        """Whether the table is a sheet of the file, which bears its name."""
        return self in (Form.XLSX, Form.ODS, Form.XLS)

    @property
    def has_header_row(self) -> bool:
        """Whether the names of the columns are a row like the others."""
        return self is not Form.PARQUET

    @property
    def separator(self) -> bytes:
        """What stands between two cells of text."""
        return {Form.SEMICOLON: b";", Form.WINDOWS: b"\t"}.get(self, b",")

    def can_hold(self, grid: Grid) -> bool:
        """Whether the encoding has all the letters; XML has no control characters."""
        text = "".join(cell for row in grid for cell in row)
        if self is Form.WINDOWS:
            return len(text.encode("cp1251", errors="ignore")) == len(text)
        return not self.is_workbook or _CONTROL.search(text) is None

    def line(self, row: int) -> int:
        """The line, or the row of Parquet, in which a row stands (0 is the header)."""
        return row + 1 if self.has_header_row else row


def tables() -> dict[Table, Grid]:
    """The dump, a new copy each time: all tables with all their columns, every row used."""
    rows: Mapping[Table, Iterator[tuple[object, ...]]] = {
        Table.SCHOOLS: (
            (n, f"СОШ № {n}", "Озёрный", "Заречный край", n, "Europe/Moscow") for n in _SCHOOLS
        ),
        Table.CLASSES: (
            (n, school, name, name[:-1], 2026, "active", 1)
            for n, (school, name) in _CLASSES.items()
        ),
        Table.STAFF: _staff(),
        Table.STUDENTS: _students(),
        Table.PARENTS: _parents(),
        Table.LESSONS: _lessons(),
        Table.MARKS: _marks(),
        Table.ATTENDANCE: _attendance(),
        Table.HOMEWORK: _homework(),
        Table.DIARY_VIEWS: (
            (700 + n, ("parent", "student", "staff")[n % 3], _moment(n, 19)) for n in range(12)
        ),
        Table.LOGINS: ((700 + n, _school_of(n), "student", _moment(n, 8)) for n in range(12)),
        Table.FINAL_MARKS: ((700 + n, "Алгебра", "1 четверть", 4, 11) for n in range(12)),
    }
    return {
        table: [list(SHAPES[table].columns), *([str(cell) for cell in row] for row in rows[table])]
        for table in Table
    }


def write(folder: Path, grids: Mapping[Table, Grid], forms: Mapping[Table, Form]) -> None:
    """Write the tables, each in its form; `,` where none is named."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, grid in grids.items():
        form = forms.get(table, Form.COMMA)
        path_of(folder, table, form).write_bytes(content(table, grid, form))


def path_of(folder: Path, table: Table, form: Form) -> Path:
    """Where a table stands."""
    return folder / f"{table}{form.suffix}"


def content(table: Table, grid: Grid, form: Form) -> bytes:
    """The file of a table; in Windows-1251, with Russian headers, which tell the encoding."""
    if form is Form.WINDOWS:
        grid = [_in_russian(table, row) for row in grid]
    if form is Form.XLSX:
        cells = ([books.text_cell(cell) for cell in row] for row in grid)
        return books.xlsx({str(table): books.sheet(cells)})
    if form is Form.ODS:
        return books.ods({str(table): [[books.ods_cell(cell) for cell in row] for row in grid]})
    if form is Form.XLS:
        return books.xls({str(table): grid})
    if form is Form.PARQUET:
        file = io.BytesIO()
        pl.DataFrame(
            [pl.Series(name, cells, dtype=pl.String) for name, *cells in zip(*grid, strict=True)]
        ).write_parquet(file)
        return file.getvalue()
    text = io.StringIO(newline="")
    csv.writer(
        text,
        delimiter=form.separator.decode(),
        lineterminator="\r\n" if form is Form.SEMICOLON else "\n",
        quoting=csv.QUOTE_ALL if form is Form.QUOTED else csv.QUOTE_MINIMAL,
    ).writerows(grid)
    encoding = {Form.SEMICOLON: "utf-8-sig", Form.WINDOWS: "cp1251"}.get(form, "utf-8")
    return text.getvalue().encode(encoding)


def _in_russian(table: Table, row: list[str]) -> list[str]:
    """The row with the Russian alias of each cell that is the name of a column."""
    aliases = {
        name: next((alias for alias in of_column(table, name) if not alias.isascii()), name)
        for name in SHAPES[table].columns
    }
    return [aliases.get(cell, cell) for cell in row]


def _school_of(student: int) -> int:
    return 1 if student < 8 else 2


def _moment(number: int, hour: int) -> str:
    day = datetime(2026, 11, 9, hour, 15) + timedelta(days=number, minutes=number)
    return day.isoformat(sep=" ")


def _staff() -> Iterator[tuple[object, ...]]:
    for n in range(4):
        entered = _moment(-100 + n, 9)
        yield (
            *(500 + n, 1 + n // 2, f"Сотрудник {n}", "teacher", "учитель"),
            *(1, entered, 1, entered, "Первая", 1980 + n, "2020-09-01", ""),
        )


def _students() -> Iterator[tuple[object, ...]]:
    places = (11, 11, 11, 11, 12, 12, 12, 12, 21, 21, 21, 21)
    for n, place in enumerate(places):
        entered = _moment(-90 + n, 9)
        yield 700 + n, _school_of(n), place, f"Ученик {n}", 1, entered, "2024-09-01", ""


def _parents() -> Iterator[tuple[object, ...]]:
    for n in range(12):
        yield 900 + n, _school_of(n), 700 + n, f"Родитель {n}", n % 2, _moment(-80 + n, 9)


def _lessons() -> Iterator[tuple[object, ...]]:
    number = 1000
    for day in (MONDAY + timedelta(days=n) for n in range(19)):
        for place in _CLASSES if day.weekday() < 5 else ():
            number += 1
            subject = _SUBJECTS[number % 3]
            teacher = 500 + number % 2 if place != 21 else 502
            yield (
                *(number, place, subject, "", teacher, "", day, number % 3 + 1),
                *("08:30", "09:10", f"Тема {number}", "Заметка", 1, 0),
            )


def _marks() -> Iterator[tuple[object, ...]]:
    for n in range(45):
        day = n // 3 + 2 * (n // 15)
        kind = "Ответ на уроке" if n % 3 else "Контрольная работа"
        yield 5000 + n, 1001 + n, _pupil(n), kind, 4, _moment(day, 12), _moment(day, 13)


def _attendance() -> Iterator[tuple[object, ...]]:
    said = ("absent", "ill", "pass", "late", "present")
    for n in range(30):
        yield 1001 + n, _pupil(n), said[n % 5], _moment(n // 3 + 2 * (n // 15), 12)


def _homework() -> Iterator[tuple[object, ...]]:
    for n in range(40):
        issued = _moment((n + 3) // 3 + 2 * (n // 15) - 1, 10)
        yield 8000 + n, 1004 + n, f"Упражнение {n}", 0, issued, issued


def _pupil(lesson: int) -> int:
    """A pupil of the class of the lesson `1001 + lesson`."""
    return (700, 704, 708)[lesson % 3]
