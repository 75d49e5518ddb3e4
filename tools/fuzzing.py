"""What `tools/fuzz.py` feeds, and what must hold of it."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import delimited, plain
from monitor_cli.dump.dump import ReadOptions
from monitor_cli.dump.find import find
from monitor_cli.dump.problems import set_aside
from monitor_cli.dump.tables import read_table
from monitor_cli.dump.values import DestroyedIdError, typed
from monitor_cli.errors import MonitorError
from tests.pollution import clean
from tests.pollution.clean import Form
from tests.unit.dump.books import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pollution.clean import Grid

_SUFFIXES = {
    "csv": ".csv",
    "plain": ".csv",
    "json": ".json",
    "xlsx": ".xlsx",
    "ods": ".ods",
    "xls": ".xls",
    "zip": ".zip",
    "parquet": ".parquet",
}
_FORMS = {
    "csv": (Form.COMMA, Form.SEMICOLON, Form.WINDOWS, Form.QUOTED),
    "plain": (Form.COMMA, Form.SEMICOLON, Form.WINDOWS),
    "xls": (Form.XLS,),
    "parquet": (Form.PARQUET,),
}
"""What a target begins with; of JSON, sheets and archives there are seeds of their own."""
_INSIDE = {"xlsx": "xl/worksheets/s1.xml", "ods": "content.xml"}
"""The part of a workbook that is mutated: of the whole, the checksums would refuse nearly all."""
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
        for name, data in _files(target, table, grids[table][:4]):
            yield f"{table}-{name}", bytes([number]) + data


def _files(target: str, table: Table, grid: Grid) -> Iterator[tuple[str, bytes]]:
    """Small sound files of a table, or parts of them that are mutated."""
    for form in _FORMS.get(target, ()):
        yield form.name, clean.content(table, grid, form)
    if target in _INSIDE:
        yield "part", _members(_whole(target, table, grid))[_INSIDE[target]]
    elif target == "parquet":
        yield from _unpacked(grid)
    elif target == "zip":
        yield "archive", zipped({f"{table}.csv": clean.content(table, grid, Form.COMMA)})
    elif target == "json":
        records = [dict(zip(grid[0], row, strict=True)) for row in grid[1:]]
        yield "list", json.dumps(records, ensure_ascii=False).encode()
        yield "lines", "\n".join(map(json.dumps, records)).encode()
        yield "api", json.dumps(_OF_API, ensure_ascii=False).encode()


def _unpacked(grid: Grid) -> Iterator[tuple[str, bytes]]:
    """Parquet whose pages are not compressed, so that mutated ones reach the decoder."""
    columns = dict(zip(grid[0], zip(*grid[1:], strict=True), strict=True))
    for version in ("1.0", "2.0"):
        file = io.BytesIO()
        pq.write_table(
            pa.table(columns), file, compression="none", data_page_version=version, row_group_size=2
        )
        yield f"pages-{version}", file.getvalue()
    file = io.BytesIO()
    pl.DataFrame(columns).select(
        pl.col(grid[0][0]).str.to_integer(strict=False), pl.col(grid[0][1:])
    ).write_parquet(file, compression="uncompressed")
    yield "integers", file.getvalue()


_OF_API = {
    "lessons": [
        {
            "id": 1,
            "id_str": "1",
            "date": "2026-11-16T00:00:00",
            "eduGroup": 11,
            "subject": {"name": "Алгебра"},
            "works": [{"id": 5, "type": 7, "createdDate": "2026-11-16T08:00:00.123"}],
            "teachers": [500],
            "status": "Closed",
        }
    ],
    "marks": [{"id": 3, "lesson": 1, "person": 700, "workType": 7, "date": "2026-11-16T08:00:00"}],
}


def _whole(target: str, table: Table, grid: Grid) -> bytes:
    return clean.content(table, grid, Form.XLSX if target == "xlsx" else Form.ODS)


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def target_of(target: str, work: Path) -> Callable[[bytes], None]:
    """What is done with an input."""
    if target == "values":
        return _value
    paths = [work / f"{table}{_SUFFIXES[target]}" for table in _TABLES]
    grids = clean.tables()
    around = (
        [_members(_whole(target, table, grids[table][:1])) for table in _TABLES]
        if target in _INSIDE
        else []
    )

    def run(data: bytes) -> None:
        choice = data[0] % len(paths) if data else 0
        content = data[1:]
        if around:
            content = zipped({**around[choice], _INSIDE[target]: content})
        paths[choice].write_bytes(content)
        _alike(paths[choice]) if target == "plain" else _file(paths[choice])

    return run


def _alike(path: Path) -> None:
    """Column by column, as large files are read, a file is what it is line by line."""
    small = delimited.SMALL, plain.LOADED_FOR
    by_line = _file(path)
    delimited.SMALL = plain.LOADED_FOR = 0
    try:
        by_column = _file(path)
    finally:
        delimited.SMALL, plain.LOADED_FOR = small
    if by_line != by_column:
        message = f"by line {by_line}, by column {by_column}"
        raise AssertionError(message)


def _file(path: Path) -> list[object]:
    """A file is read or refused, and each of its rows is used or counted under a reason.

    Returns what was read, to be compared.
    """
    found: list[object] = []
    try:
        parts = find(path).parts
        for table, of_table in parts.items():
            shape = SHAPES[table]
            rows = read_table(shape, tuple(of_table), frozenset(shape.columns), ReadOptions(), None)
            if rows.frame.height + set_aside(rows.tally) != rows.read:
                message = f"{rows.frame.height} used, {rows.tally} of {rows.read} rows"
                raise AssertionError(message)
            found.append((rows.frame.rows(), dict(rows.tally)))
    except MonitorError as error:
        _is_brief(error)
        found.append(error.message())
    return found


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
