"""What the rows look like in a file: headers, types, texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Kind, Table
from monitor_cli.dump.aliases import of_column

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST_YEAR = 2100
_TYPED: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
    Kind.ID: lambda ids: ids.cast(pl.Int64),
    Kind.DATE: lambda days: days.cast(pl.Int32).cast(pl.Date),
    Kind.EVENT: lambda seconds: (seconds * 1_000_000).cast(pl.Datetime("us")),
    Kind.CLOCK: lambda minutes: (minutes * 60_000_000_000).cast(pl.Time),
    Kind.INT: lambda number: number.cast(pl.Int32),
    Kind.PARALLEL: lambda number: number.cast(pl.Int32),
    Kind.STUDY_YEAR: lambda number: number.cast(pl.Int32),
}
_PREFIXES = {
    "school_id": "s",
    "class_id": "c",
    "person_id": "p",
    "student_id": "p",
    "teacher_id": "p",
    "substitute_id": "p",
    "lesson_id": "l",
    "mark_id": "m",
    "homework_id": "h",
}


class Format(StrEnum):
    """A format that samples are written in."""

    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Style:
    """How files are written. `encoding`: as Python calls it; `text_ids`: ids with a letter."""

    format: Format = Format.PARQUET
    encoding: str = "utf-8"
    separator: str = ","
    text_ids: bool = False


def of_table(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that the table has, in its order; what was only needed for making goes."""
    return frame.select(name for name in SHAPES[table].columns if name in frame.columns)


def typed(table: Table, frame: pl.DataFrame, style: Style) -> pl.DataFrame:
    """The columns in the types of a Parquet file: whole numbers become dates, moments, times."""
    shown: list[pl.Expr] = []
    for column in SHAPES[table].columns.values():
        if column.name not in frame.columns:
            continue
        cell = pl.col(column.name)
        if column.kind is Kind.ID and style.text_ids:
            cell = pl.lit(_PREFIXES[column.name]) + cell.cast(pl.String)
        elif column.kind in _TYPED and not frame.schema[column.name].is_temporal():
            cell = _TYPED[column.kind](cell)
        elif column.kind is Kind.LABEL and frame.schema[column.name].is_integer():
            cell = cell.cast(pl.Int32)
        shown.append(cell.alias(column.name))
    return frame.select(shown)


def in_words(table: Table, frame: pl.DataFrame, *, spoilt: bool) -> pl.DataFrame:
    """The typed columns as they stand in a CSV file: Russian headers, «да» and «нет».

    `spoilt`: a moment of an impossible year is written as one of an impossible hour.
    """
    shown: list[pl.Expr] = []
    for column in SHAPES[table].columns.values():
        if column.name not in frame.columns:
            continue
        cell = pl.col(column.name)
        if column.kind is Kind.BOOL:
            cell = pl.when(cell).then(pl.lit("да")).when(~cell).then(pl.lit("нет"))
        elif column.kind is Kind.EVENT and spoilt:
            impossible = cell.dt.strftime("2026-%m-%d 25:%M:%S")
            written = cell.dt.strftime("%Y-%m-%d %H:%M:%S")
            cell = pl.when(cell.dt.year() > _LAST_YEAR).then(impossible).otherwise(written)
        shown.append(cell.alias(of_column(table, column.name)[0]))
    return frame.select(shown)
