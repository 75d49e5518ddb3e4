"""The columns of a dataset's files: typed, plain, the same in every file of a table.

Ids are Int64, or String where some id of their kind is no canonical integer; times are naive
Datetime("us") by the clock of the school, with `<name>_has_time` beside an event. The hours of a
lesson stand on its day, as other engines know no times without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import ID_DOMAINS, SHAPES, Kind, Table
from monitor_cli.dataset import faults
from monitor_cli.dataset.layout import OF_LESSONS, OF_OWN_WEEK
from monitor_cli.dump.values import HAS_TIME, dtype
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from monitor_cli.dataset.manifest import File

MOMENT = pl.Datetime("us")
WEEK = "week"

SORTED_BY = {
    Table.LESSONS: ("school_id", "class_id", "lesson_id"),
    Table.MARKS: ("school_id", "class_id", "lesson_id", "mark_id"),
    Table.ATTENDANCE: ("school_id", "class_id", "lesson_id", "student_id"),
    Table.HOMEWORK: ("school_id", "class_id", "lesson_id", "homework_id"),
    Table.DIARY_VIEWS: (
        "school_id",
        "student_id",
        "viewed_at",
        "viewer_role",
        "viewed_at_has_time",
    ),
    Table.LOGINS: ("school_id", "person_id", "logged_at", "role", "logged_at_has_time"),
}
"""The order of rows in a week; the columns of a key are different in every row. Registers keep the
order of the dump, in which the last row of a person stands for the name."""


def schema(table: Table, text_ids: frozenset[str]) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns of a table's files, in order, with their dtypes."""
    shape = SHAPES[table]
    found: dict[str, pl.DataType | type[pl.DataType]] = {}
    for name in ("school_id", "class_id"):
        if name in _placed_by(table):
            found[name] = _id(name, text_ids)
    for name, column in shape.columns.items():
        if column.kind is Kind.ID:
            found[name] = _id(name, text_ids)
        elif column.kind is Kind.CLOCK:
            found[name] = MOMENT
        else:
            found[name] = dtype(column)
        if column.kind is Kind.EVENT:
            found[name + HAS_TIME] = pl.Boolean()
    return found


def _placed_by(table: Table) -> tuple[str, ...]:
    """The columns that say to which school and class a row belongs."""
    if table in OF_LESSONS:
        return ("school_id", "class_id")
    if table in OF_OWN_WEEK or table is Table.FINAL_MARKS or "school_id" in SHAPES[table].columns:
        return ("school_id",)
    return ()


def _id(name: str, text_ids: frozenset[str]) -> pl.DataType:
    return pl.String() if ID_DOMAINS[name] in text_ids else pl.Int64()


def text_kinds(frames: Iterable[pl.LazyFrame]) -> frozenset[str]:
    """The kinds of ids that are text in some frame."""
    return frozenset(
        ID_DOMAINS[name]
        for frame in frames
        for name, kind in frame.collect_schema().items()
        if name in ID_DOMAINS and kind == pl.String
    )


def laid_out(table: Table, frame: pl.DataFrame, text_ids: frozenset[str]) -> pl.DataFrame:
    """A frame with the columns of a file, in order and typed as there; others are left out."""
    columns = []
    for name, kind in schema(table, text_ids).items():
        column = pl.col(name)
        if kind == MOMENT and frame.schema[name] == pl.Time:
            column = pl.col("date").dt.combine(column)
        columns.append(column.cast(kind).alias(name))
    return frame.select(columns)


def read_as(table: Table, name: str) -> pl.Expr:
    """A column of a file as a checked table has it: the hour of a lesson without its day."""
    column = SHAPES[table].columns.get(name)
    if column is not None and column.kind is Kind.CLOCK:
        return pl.col(name).dt.time()
    return pl.col(name)


def week_of(table: Table) -> pl.Expr:
    """The Monday of a row of lessons, or of a table that has its own week, as `WEEK`."""
    moment = "date" if table is Table.LESSONS else OF_OWN_WEEK[table]
    return pl.col(moment).dt.truncate("1w").cast(pl.Date).alias(WEEK)


def scanned(
    folder: Path, files: Sequence[File], columns: Sequence[str] | None = None
) -> pl.LazyFrame:
    """The rows of files of a snapshot; one that is not as long as it was is refused.

    `columns`: which of them are wanted, so that of a dataset elsewhere no others are brought here.

    Raises:
        DumpError: a file is not as an import left it; a store does not answer or let in.
    """
    if columns is not None and places.address_of(folder) is not None:
        from monitor_cli.dataset.elsewhere import brought

        return pl.scan_parquet(brought(folder, files, columns), glob=False)
    paths = [folder / file.path for file in files]
    for path, file in zip(paths, files, strict=True):
        try:
            length = path.stat().st_size
        except OSError as error:
            raise faults.damaged(path) from error
        if length != file.size:
            raise faults.damaged(path)
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)
