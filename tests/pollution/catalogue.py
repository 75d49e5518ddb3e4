"""The catalogue of pollutions: what is done to a clean table, and the clause it tests.

A pollution of cells is done to a table in every form of file; one of bytes, to text files only.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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


class DirtyBytes(NamedTuple):
    """The same of the bytes of a text file."""

    variant: str
    content: bytes
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OfCells:
    """A pollution of cells; `clause` is the passage of the description of dumps that it tests."""

    name: str
    clause: str
    make: Callable[[Shape, Grid], Iterator[Dirty]]
    of_header: bool = False
    """Whether it needs a header that is a row like others, which Parquet's is not."""


@dataclass(frozen=True, slots=True)
class OfBytes:
    """A pollution of the bytes of a text file with a `separator`."""

    name: str
    clause: str
    make: Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]


CELLS: list[OfCells] = []
BYTES: list[OfBytes] = []
CYRILLIC_TABLES = frozenset(
    {Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.STUDENTS, Table.LESSONS, Table.MARKS}
)
"""Tables with a text in Russian, whose bytes tell an encoding."""


def cells(
    clause: str, *, of_header: bool = False
) -> Callable[[Callable[[Shape, Grid], Iterator[Dirty]]], None]:
    """Enter a pollution of cells."""

    def enter(make: Callable[[Shape, Grid], Iterator[Dirty]]) -> None:
        CELLS.append(OfCells(make.__name__, clause, make, of_header))

    return enter


def bytes_of_text(
    clause: str,
) -> Callable[[Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]], None]:
    """Enter a pollution of bytes."""

    def enter(make: Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]) -> None:
        BYTES.append(OfBytes(make.__name__, clause, make))

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
    moments = ("вчера", "31.02.2026 10:00", "2026-11-16 25:00:00", "03/04/2026", "2026-13-01")
    tokens = {
        Kind.EVENT: ("bad_timestamp", moments),
        Kind.DATE: ("bad_date", ("вчера", "31.02.2026", "03/04/2026", "2026-13-01", "99")),
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
    for word in ("Итого", "Всего:", "ИТОГО по школе"):
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
    decomposed = [[unicodedata.normalize("NFD", cell) for cell in cells] for cells in grid]
    yield Dirty("decomposed letters", decomposed, Same(decomposed))


# ------------------------------------------------------------------------------------------- bytes


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


@bytes_of_text("a ragged line … the row is set aside")
def ragged(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    row = len(lines) // 2
    aside = Aside("ragged_line", (row,))
    end = b"\r\n" if lines[row].endswith(b"\r\n") else b"\n"
    line = lines[row].removesuffix(end)
    variants = {
        "a cell less": line[: line.rfind(separator)],
        "a cell more": line + separator + b"1",
        "an empty cell more": line + separator,
        "a cell": b"x",
        "another separator": line.replace(separator, b"/"),
    }
    for name, dirty in variants.items():
        yield DirtyBytes(name, b"".join([*lines[:row], dirty + end, *lines[row + 1 :]]), aside)


@bytes_of_text("a ragged line … the row is set aside")
def cut_short(shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    last = len(lines) - 1
    cut = lines[last].rfind(separator)
    aside = Aside("ragged_line", (last,))
    yield DirtyBytes("in the last line", b"".join([*lines[:-1], lines[last][:cut]]), aside)
    yield DirtyBytes("behind the header", lines[0], Aside("", tuple(range(1, last + 1))))
    yield DirtyBytes("nothing left", b"", Refused((shape.table,)))
    yield DirtyBytes("no last line feed", data.rstrip(b"\r\n"), Same())


@bytes_of_text('`"` quotes with embedded newlines; where one row stops must be known')
def quotes(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    if b'"' in data:
        return
    lines = _lines(data)
    row = len(lines) // 2
    first, rest = lines[row].split(separator, 1)
    opened = b"".join([*lines[:row], b'"' + first + separator + rest, *lines[row + 1 :]])
    yield DirtyBytes("opened and never closed", opened, Refused((), row))
    closed = b"".join([*lines[:row], b'"' + first + b'"x' + separator + rest, *lines[row + 1 :]])
    yield DirtyBytes("more behind the quote", closed, Aside("ragged_line", (row,)))


@bytes_of_text("CRLF or LF")
def line_ends(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    plain = data.replace(b"\r\n", b"\n")
    lines = _lines(plain)
    mixed = [line[:-1] + b"\r\n" if n % 2 else line for n, line in enumerate(lines)]
    yield DirtyBytes("mixed", b"".join(mixed), Same())
    yield DirtyBytes("CR alone", plain.replace(b"\n", b"\r"), Same())
    blank = b"".join(line + b"\n" for line in lines)
    yield DirtyBytes("blank lines", blank, Same())


@bytes_of_text("two columns claim one name …; separators")
def trailing_separators(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.removesuffix(end).split(end)
    everywhere = end.join(line + separator for line in lines) + end
    yield DirtyBytes("everywhere", everywhere, Same())
    rows = end.join([lines[0], *(line + separator for line in lines[1:])]) + end
    yield DirtyBytes("not in the header", rows, Aside("ragged_line", tuple(range(1, len(lines)))))


@bytes_of_text("a file can't be decoded … what was found instead")
def wrong_bytes(shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    row = len(lines) // 2
    nul = [*lines[:row], lines[row].replace(separator, b"\0" + separator, 1), *lines[row + 1 :]]
    yield DirtyBytes("NUL", b"".join(nul), Refused((), row))
    if not data.isascii() and shape.table in CYRILLIC_TABLES and "Ф".encode("cp1251") not in data:
        other = lines[row][:1] + "Школа".encode("cp1251") + lines[row][1:]
        mixed = b"".join([*lines[:row], other, *lines[row + 1 :]])
        yield DirtyBytes("two encodings", mixed, Refused((), row))


@bytes_of_text("UTF-8 with BOM")
def marks_of_byte_order(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    plain = data.removeprefix(b"\xef\xbb\xbf")
    bom = b"\xef\xbb\xbf"
    yield DirtyBytes("two", bom + bom + plain, Same())
    lines = _lines(plain)
    row = len(lines) // 2
    joined = b"".join([bom, *lines[:row], bom, *lines[row:]])
    yield DirtyBytes("before a row", joined, Same())
    headers = b"".join([bom, *lines[:row], bom, lines[0], *lines[row:]])
    yield DirtyBytes("files joined", headers, Aside("repeated_header", (row,), added=True))


@bytes_of_text("UTF-16")
def wide_letters(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    yield DirtyBytes("with a mark", text.encode("utf-16"), Same())


@bytes_of_text("a file can't be decoded")
def other_formats(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    yield DirtyBytes("a page", b"<!DOCTYPE html><html><body>" + data, Refused())
    yield DirtyBytes("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Refused())
