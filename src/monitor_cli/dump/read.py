"""A part of a table, whatever its format, with the columns that only its path bears."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import aliases, faults
from monitor_cli.dump.parts import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.dump.raw import Raw

    Reader = Callable[[Part, frozenset[str] | None, ReadOptions], Iterator[Raw]]


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows) of a part, piece by piece.

    Raises:
        DumpError: a structural fault of the file, or a required column is missing.
    """
    if not part.address and not _is_file(part.bytes_at.file):
        raise faults.not_a_file(part.path)
    for piece in _reader(part.format)(part, asked, options):
        raw = _with_hive(piece, asked, options)
        _require(raw, options)
        yield raw


def head(part: Part, asked: frozenset[str], options: ReadOptions) -> Raw | None:
    """The columns of a part without a row, where the file itself declares their types.

    Raises:
        DumpError: as `read`, as far as can be told without its rows.
    """
    if part.format is not Format.PARQUET or part.bytes_at.archive is not None:
        return None
    if not _is_file(part.path):
        return None
    from monitor_cli.dump import parquet

    raw = _with_hive(parquet.head(part, asked, options), asked, options)
    _require(raw, options)
    return raw


def _reader(form: Format) -> Reader:
    """The reader of a format: each is loaded when a part of its format is met."""
    if form is Format.CSV:
        from monitor_cli.dump.delimited import read
    elif form is Format.PARQUET:
        from monitor_cli.dump.parquet import read
    elif form is Format.WORKBOOK:
        from monitor_cli.dump.workbooks import read
    elif form is Format.JSON:
        from monitor_cli.dump.api import read
    else:
        from monitor_cli.dump.remote import read
    return read


def _is_file(path: Path) -> bool:
    """Whether a regular file is there (and not a pipe, which never ends).

    Raises:
        DumpError: that cannot be told.
    """
    try:
        return path.is_file()
    except OSError as error:
        raise faults.unreadable(path, error) from error


def _with_hive(raw: Raw, asked: frozenset[str] | None, options: ReadOptions) -> Raw:
    """Add the columns of the path's `name=value` levels that the file itself lacks."""
    known = aliases.headers(raw.part.table, options.columns)
    for name, value in raw.part.hive:
        column = known.get(aliases.normal(name))
        if column is None or column in raw.columns:
            continue
        frame = raw.frame
        if asked is None or column in asked:
            frame = frame.with_columns(pl.lit(value, dtype=pl.String).alias(column))
        raw = replace(raw, frame=frame, columns=raw.columns | {column})
    return raw


def _require(raw: Raw, options: ReadOptions) -> None:
    """Refuse a part without a required column; the config may name the municipality instead."""
    table = raw.part.table
    missing = [
        column.name
        for column in SHAPES[table].columns.values()
        if column.required and column.name not in raw.columns
    ]
    if table is Table.SCHOOLS and options.municipality and "municipality" in missing:
        missing.remove("municipality")
    if missing:
        alias = aliases.of_column(table, missing[0])
        raise faults.missing_columns(raw.part.path, table, missing, alias, raw.headers)
