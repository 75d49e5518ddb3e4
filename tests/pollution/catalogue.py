"""Pollutions of the cells of a table, in every form of file, each with the clause it tests."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import Column, Kind, Shape, Table
from tests.pollution.outcome import Aside, Outcome, Refused, Same, Warned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.pollution.clean import Grid


class Dirty(NamedTuple):
    """What a pollution made of a table, which variant of it, and what must follow."""

    variant: str
    content: Grid
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OfCells:
    """A pollution of cells; `clause` is the passage of the description of dumps that it tests."""

    name: str
    clause: str
    make: Callable[[Shape, Grid], Iterator[Dirty]]
    of_header: bool = False
    """Whether it needs a header that is a row like others, which Parquet's is not."""


CELLS: list[OfCells] = []


def cells(
    clause: str, *, of_header: bool = False
) -> Callable[[Callable[[Shape, Grid], Iterator[Dirty]]], None]:
    """Enter a pollution of cells."""

    def enter(make: Callable[[Shape, Grid], Iterator[Dirty]]) -> None:
        CELLS.append(OfCells(make.__name__, clause, make, of_header))

    return enter


def _changed(grid: Grid, row: int, column: str, cell: str) -> Grid:
    at = grid[0].index(column)
    return [
        [cell if (number, place) == (row, at) else text for place, text in enumerate(cells)]
        for number, cells in enumerate(grid)
    ]


def _each(grid: Grid, column: str, change: Callable[[str], str]) -> Grid:
    at = grid[0].index(column)
    return [
        [change(text) if number and place == at else text for place, text in enumerate(cells)]
        for number, cells in enumerate(grid)
    ]


def _column(grid: Grid, column: str, instead: Mapping[str, str]) -> Grid:
    """Write other texts in a column, wherever these stand in it."""
    return _each(grid, column, lambda text: instead.get(text, text))


def _of_kind(shape: Shape, *kinds: Kind) -> list[Column]:
    return [column for column in shape.columns.values() if column.kind in kinds]


def _row(grid: Grid) -> int:
    """A row in the middle, to which something happens."""
    return len(grid) // 2


# ------------------------------------------------------------------------------ keys, references


@cells("A row that repeats another in every column is one row, counted under `repeated`")
def repeated_row(_shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    at_end = Aside("repeated", (row,))
    yield Dirty("at the end", [*grid, grid[row]], at_end)
    blanks = [f" {cell} " for cell in grid[row]]
    yield Dirty("with blanks", [*grid, blanks], at_end)


@cells("Of rows that share a key and differ, the last one stands; over 1 % of a register: exit 3")
def shared_key(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    others = [
        column
        for column in shape.columns.values()
        if column.name not in shape.key and column.kind in (Kind.TEXT, Kind.EVENT)
    ]
    if not shape.key or not others:
        return
    row = _row(grid)
    cell = "2026-11-10 10:10:10" if others[-1].kind is Kind.EVENT else "Другое"
    later = _changed([grid[0], grid[row]], 1, others[-1].name, cell)[1]
    outcome = Refused((shape.table,)) if shape.register else Aside("duplicate_key", (row,))
    yield Dirty("later row", [*grid, later], outcome)


@cells("… a reference to nothing sets the row aside / … only warns")
def orphan(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for reference in shape.references:
        dirty = _changed(grid, row, reference.column, "987654321")
        strict = Aside("unknown_reference", (row,))
        yield Dirty(
            reference.column, dirty, strict if reference.strict else Warned("unknown_reference")
        )


# ----------------------------------------------------------------------------------------- values


@cells("Missing values: empty, `-`, `—`, `н/д`, `null` in typed columns")
def missing_value(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for column in shape.columns.values():
        if not column.needed_in_row:
            continue
        for token in ("", "  ", "-", "—", "н/д", "Н/Д", "null"):
            dirty = _changed(grid, row, column.name, token)
            yield Dirty(f"{column.name}={token!r}", dirty, Aside("missing_value", (row,)))


@cells("Missing values: empty, `-`, `—`, `н/д`, `null` in typed columns")
def no_value(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for column in _of_kind(shape, Kind.BOOL, Kind.DATE, Kind.EVENT, Kind.INT, Kind.CLOCK, Kind.ID):
        if column.needed_in_row or column.name == "class_id":
            continue
        empty = Same(_changed(grid, row, column.name, ""))
        for token in ("-", "—", "н/д", "NULL", "\u00a0"):
            yield Dirty(f"{column.name}={token!r}", _changed(grid, row, column.name, token), empty)


@cells("*In a row* (unparsable timestamp, unknown status …): the row is set aside, never guessed")
def unreadable_value(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    moments = (
        *("вчера", "31.02.2026 10:00", "2026-11-16 25:00:00", "03/04/2026", "2026-13-01"),
        *("16.11.26", "1026-11-16 10:00", "2026-11-16 10:00:00+25:00"),
    )
    tokens = {
        Kind.EVENT: ("bad_timestamp", moments),
        Kind.DATE: ("bad_date", (*moments[:2], "03/04/2026", "2026-13-01", "99")),
        Kind.CLOCK: ("bad_timestamp", ("утром", "25:00", "8-30")),
        Kind.BOOL: ("bad_value", ("может быть", "2", "x")),
        Kind.INT: ("bad_value", ("много", "1.5", "1,5")),
        Kind.ENUM: ("bad_value", ("неведомо",)),
    }
    for column in _of_kind(shape, *tokens):
        reason, texts = tokens[column.kind]
        if column.name == "role":
            continue
        for text in texts:
            dirty = _changed(grid, row, column.name, text)
            yield Dirty(f"{column.name}={text}", dirty, Aside(reason, (row,)))


@cells("Values: ISO and `dd.mm.yyyy[ HH:MM[:SS]]` dates")
def dates_in_three_notations(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    for column in _of_kind(shape, Kind.EVENT, Kind.DATE):
        numbers = iter(range(len(grid)))

        def notation(text: str, numbers: Iterator[int] = numbers) -> str:
            number = next(numbers)
            if not text or number % 3 == 0:
                return text
            day, _, time = text.partition(" ")
            if number % 3 == 1:
                return f"{day[8:]}.{day[5:7]}.{day[:4]} {time}".strip()
            return f"{day}T{time}" if time else f" {day}\u00a0"

        yield Dirty(column.name, _each(grid, column.name, notation), Same(grid))


@cells("A timestamp … with an offset is converted to the school's zone")
def offsets(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    def utc(text: str) -> str:
        return f"{datetime.fromisoformat(text) - timedelta(hours=3)}Z" if text else text

    for column in _of_kind(shape, Kind.EVENT):
        moscow = _each(grid, column.name, lambda text: f"{text}+03:00" if text else text)
        yield Dirty(f"{column.name} with that of Moscow", moscow, Same(grid))
        yield Dirty(f"{column.name} in UTC", _each(grid, column.name, utc), Same(grid))
        row = _row(grid)
        cell = grid[row][grid[0].index(column.name)]
        one = _changed(grid, row, column.name, utc(cell))
        yield Dirty(f"{column.name} in one row", one, Same(grid))


@cells("`timezone`: IANA, `UTC+5`, `+05:00`, `МСК+2`; anything else is exit 3 and names the school")
def zones(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    if shape.table is not Table.SCHOOLS:
        return
    for zone in ("UTC+3", "+03:00", "МСК", "мск+0", "UTC+03:00"):
        dirty = _changed(grid, 1, "timezone", zone)
        yield Dirty(zone, dirty, Same(dirty))
    for zone in ("Марс", "UTC+25", "Europe/../Moscow", "+3 часа"):
        refused = Refused((f"{grid[1][0]}", zone))
        yield Dirty(zone, _changed(grid, 1, "timezone", zone), refused)


@cells("Values: … NBSP")
def hard_blanks_between_thousands(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    for column in _of_kind(shape, Kind.INT, Kind.STUDY_YEAR):
        for blank in ("\u00a0", "\u202f"):

            def grouped(text: str, blank: str = blank) -> str:
                return f"{text[:-3]}{blank}{text[-3:]}" if len(text) > len("999") else text

            dirty = _each(grid, column.name, grouped)
            if dirty != grid:
                yield Dirty(f"{column.name} U+{ord(blank):04X}", dirty, Same(grid))


@cells("Trailing blanks never matter; NBSP")
def blanks_around(_shape: Shape, grid: Grid) -> Iterator[Dirty]:
    for blank in (" ", "\u00a0", "\u202f", "\u2007", "\u3000"):
        dirty = [grid[0], *([f"{blank}{cell}{blank}" for cell in row] for row in grid[1:])]
        yield Dirty(f"U+{ord(blank):04X}", dirty, Same(grid))


@cells("Values: … decimal comma, «да/нет», `true/false`, `1/0`, `+`, «✓»")
def spellings(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    for column in _of_kind(shape, Kind.BOOL):
        for yes, no in (("да", "нет"), ("TRUE", "FALSE"), ("+", ""), ("✓", "0"), ("1,0", "0,0")):
            said = {"1": yes, "0": no}
            empty = {"1": "1", "0": ""} if not no else {}
            dirty = _column(grid, column.name, said)
            same = _column(grid, column.name, empty)
            yield Dirty(f"{column.name}={yes}", dirty, Same(same))
    for column in _of_kind(shape, Kind.INT, Kind.STUDY_YEAR):
        dirty = _each(grid, column.name, lambda text: f"{text},0" if text else text)
        yield Dirty(f"{column.name} with a decimal comma", dirty, Same(grid))


@cells("Ids … must never pass through a float: `2,25708E+18` is an error that says so")
def destroyed_id(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for column in _of_kind(shape, Kind.ID):
        for cell in ("2,25708E+18", "2.25708E+18"):
            dirty = _changed(grid, row, column.name, cell)
            yield Dirty(f"{column.name}={cell}", dirty, Refused((cell, column.name), row))


@cells("Ids … may also be text")
def text_ids(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for reference in shape.references:
        cell = grid[row][grid[0].index(reference.column)]
        if not cell:
            continue
        dirty = _changed(grid, row, reference.column, f"0{cell}")
        strict = Aside("unknown_reference", (row,))
        yield Dirty(
            reference.column, dirty, strict if reference.strict else Warned("unknown_reference")
        )


# -------------------------------------------------------------------------------- rows and headers


@cells(
    "preamble lines above the header … and a totals row below («Итого») are recognised",
    of_header=True,
)
def furniture(_shape: Shape, grid: Grid) -> Iterator[Dirty]:
    blank = [""] * (len(grid[0]) - 1)
    title = ["Отчёт за период 09.11.2026 – 27.11.2026", *blank]
    yield Dirty("preamble", [title, ["", *blank], *grid], Same(grid))
    if len(grid[0]) > len("123"):
        numbers = [str(number) for number, _ in enumerate(blank, 1)]
        yield Dirty(
            "column numbers", [title, grid[0], [*numbers, str(len(grid[0]))], *grid[1:]], Same(grid)
        )
    for word in ("Итого", "Всего:", "ИТОГО по школе", "Total"):
        yield Dirty(word, [*grid, [word, *blank[1:], "5"]], Same(grid))
    yield Dirty("both", [title, *grid, ["Итого", *blank]], Same(grid))


@cells("Every row of a file is used, `repeated`, or set aside under one reason", of_header=True)
def header_again(_shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    dirty = [*grid[:row], grid[0], *grid[row:]]
    yield Dirty("inside", dirty, Aside("repeated_header", (row,)))


@cells("two columns claim one name")
def header_twice(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    name = next(iter(shape.columns))
    dirty = [[*row, row[grid[0].index(name)]] for row in grid]
    dirty[0][-1] = f"{name.upper()}:"
    yield Dirty(name, dirty, Refused((name,)))


@cells("a required table or column is missing")
def header_missing(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    for column in shape.columns.values():
        if not column.required:
            continue
        at = grid[0].index(column.name)
        without = [[cell for place, cell in enumerate(row) if place != at] for row in grid]
        yield Dirty(f"without {column.name}", without, Refused((column.name,)))
        if "c" in column.name:
            alike = [[name.replace("c", "с") for name in grid[0]], *grid[1:]]
            yield Dirty("Latin с as Cyrillic", alike, Refused((column.name,)))


@cells("Headers are matched without regard to case, «ё»/«е», surrounding blanks, `_`, a colon")
def header_spelled(_shape: Shape, grid: Grid) -> Iterator[Dirty]:
    spelled = [f" {name.upper().replace('_', ' ')}: " for name in grid[0]]
    yield Dirty("blanks, case, colon", [spelled, *grid[1:]], Same(grid))
    order = [[*row[1:], row[0]] for row in grid]
    yield Dirty("another order", order, Same(grid))
    more = [["Примечание", *grid[0]], *(["x", *row] for row in grid[1:])]
    yield Dirty("a column more", more, Same(grid))


@cells("All text is what it is")
def hostile_text(shape: Shape, grid: Grid) -> Iterator[Dirty]:
    row = _row(grid)
    for column in _of_kind(shape, Kind.TEXT):
        for text in ("[/red]", "=1+1", "'); DROP TABLE marks;--", 'а "б" в', "; , \t |", "a\nb"):
            dirty = _changed(grid, row, column.name, text)
            yield Dirty(f"{column.name}={text!r}", dirty, Same(dirty))
        for text in ("\x1b[2Jа", "а\u202eб\u200b", "а\x0bб\x1cв\x85г\u2028д", "\x7f"):
            dirty = _changed(grid, row, column.name, text)
            yield Dirty(f"{column.name}={text!r}", dirty, Same(dirty))
    decomposed = [[unicodedata.normalize("NFD", cell) for cell in cells] for cells in grid]
    yield Dirty("decomposed letters", decomposed, Same(decomposed))
