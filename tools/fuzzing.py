"""What `tools/fuzz.py` feeds, and what must hold of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.dump import ReadOptions
from monitor_cli.dump.find import find
from monitor_cli.dump.problems import set_aside
from monitor_cli.dump.tables import read_table
from monitor_cli.dump.values import DestroyedIdError, typed
from monitor_cli.errors import MonitorError
from tests.pollution import clean
from tests.pollution.clean import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SUFFIXES = {"csv": ".csv", "json": ".json", "xlsx": ".xlsx", "ods": ".ods", "zip": ".zip"}
_KINDS = {
    column.kind: (shape.table, column)
    for shape in SHAPES.values()
    for column in shape.columns.values()
}
_TABLES = (Table.MARKS, Table.LESSONS, Table.SCHOOLS)


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """Small sound inputs, by name; the first byte chooses the table."""
    grids = clean.tables()
    if target == "values":
        for number, text in enumerate(
            ("2026-11-16 20:59:59.123+03:00", "16.11.2026 9:00", "08:30", "да", "2,25708E+18", "5Б")
        ):
            yield str(number), bytes([number]) + text.encode()
        return
    for number, table in enumerate(_TABLES):
        for form in Form:
            if form.suits(target):
                data = clean.content(table, grids[table][:4], form)
                yield f"{table}-{form.name}", bytes([number]) + data


def target_of(target: str, work: Path) -> Callable[[bytes], None]:
    """What is done with an input."""
    if target == "values":
        return _value
    paths = [work / f"{table}{_SUFFIXES[target]}" for table in _TABLES]

    def run(data: bytes) -> None:
        choice = data[0] % len(paths) if data else 0
        paths[choice].write_bytes(data[1:])
        _file(paths[choice])

    return run


def _file(path: Path) -> None:
    """A file is read or refused, and each of its rows is used or counted under a reason."""
    try:
        parts = find(path).parts
        for table, found in parts.items():
            shape = SHAPES[table]
            rows = read_table(shape, tuple(found), frozenset(shape.columns), ReadOptions(), None)
            if rows.frame.height + set_aside(rows.tally) != rows.read:
                message = f"{rows.frame.height} used, {rows.tally} of {rows.read} rows"
                raise AssertionError(message)
    except MonitorError as error:
        _is_brief(error)


def _value(data: bytes) -> None:
    """A cell is a value, none, or bad, in each column."""
    raw = pl.Series("cell", [data[1:].decode("utf-8", errors="replace"), None], dtype=pl.String)
    for table, column in _KINDS.values():
        try:
            read = typed(table, column, raw)
        except DestroyedIdError:
            continue
        if not read.columns[0].is_null()[1]:
            message = f"{table}.{column.name} reads a value where none is"
            raise AssertionError(message)


def _is_brief(error: MonitorError) -> None:
    for text in error.message():
        if not 1 <= len(text.splitlines()) <= 3:  # noqa: PLR2004
            message = f"no message of one to three lines: {text!r}"
            raise AssertionError(message)
