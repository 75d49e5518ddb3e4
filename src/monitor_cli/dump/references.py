"""Rows that point at other tables: to nothing, or to the school whose clock and place they share.

Source: `dump.md`, the table of keys and references; «used rows» are those that passed all checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.problems import Reason
from monitor_cli.language import plural_ru, words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.columns import Reference
    from monitor_cli.dump.tables import Rows

SCHOOL_ID = "school_id"


def check(rows: Rows, used: Mapping[Table, Rows]) -> list[Notice]:
    """Set aside rows whose strict references name nothing used; warn of the others.

    A reference to a table that was not read is not checked. A class of another school is none
    for a student: the student is in no class then.
    """
    notices: list[Notice] = []
    for reference in rows.shape.references:
        target = used.get(reference.table)
        if target is None:
            continue
        if rows.shape.table is Table.STUDENTS and reference.table is Table.CLASSES:
            known = _own_class(rows, target)
        else:
            ids = target.frame[reference.target].unique()
            if _all_known(rows.frame[reference.column], ids):
                continue
            known = rows.frame[reference.column].is_in(ids.implode())
        known = known.fill_null(value=True)
        if known.all():
            continue
        if reference.strict:
            rows.set_aside(known, Reason.UNKNOWN_REFERENCE)
            continue
        named = rows.frame[reference.column].filter(~known)
        elsewhere = int(named.is_in(target.frame[reference.target].unique().implode()).sum())
        if elsewhere:
            notices.append(_of_another_school(elsewhere))
        if elsewhere < len(named):
            notices.append(_unknown(rows, reference, len(named) - elsewhere))
        if rows.shape.table is Table.STUDENTS:
            column = rows.frame[reference.column].set(~known, None)
            rows.frame = rows.frame.with_columns(column)
    return notices


def _all_known(column: pl.Series, ids: pl.Series) -> bool:
    """Whether a sorted column names nothing but `ids`: a run of one id is looked up once."""
    if not column.is_sorted():
        return False
    runs = column.filter((column != column.shift(1)).fill_null(value=True))
    return bool(runs.is_in(ids.implode()).fill_null(value=True).all())


def add_school(rows: Rows, used: Mapping[Table, Rows]) -> None:
    """Give lessons the school of their class: a column `school_id`."""
    rows.frame = _looked_up(rows.frame, "class_id", used.get(Table.CLASSES), "class_id", SCHOOL_ID)


def _own_class(students: Rows, classes: Rows) -> pl.Series:
    """Whether a student's class is a used one of the student's school; null without a class."""
    theirs = _looked_up(
        students.frame.select("class_id", SCHOOL_ID), "class_id", classes, "class_id", "__theirs"
    )
    same = (pl.col("__theirs") == pl.col(SCHOOL_ID)).fill_null(value=False)
    return theirs.select(pl.when(pl.col("class_id").is_not_null()).then(same)).to_series()


def _looked_up(
    frame: pl.DataFrame, column: str, target: Rows | None, key: str, name: str
) -> pl.DataFrame:
    """The school of the row of `target` that `column` names, as a column `name`."""
    if target is None:
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(name))
    schools = target.frame.select(pl.col(key).alias(column), pl.col(SCHOOL_ID).alias(name))
    return frame.join(schools, on=column, how="left", validate="m:1", maintain_order="left")


def _unknown(rows: Rows, reference: Reference, count: int) -> Notice:
    """The warning for a reference that only warns."""
    here = f"{rows.shape.table}.{reference.column}"
    lines = plural_ru(count, "строке", "строках", "строках")
    return Notice(
        "unknown_reference",
        words(
            f"{here}: в {count} {lines} указано то, чего нет в таблице {reference.table}",
            f"{here}: {count} rows name what the table {reference.table} does not hold",
        ),
    )


def _of_another_school(count: int) -> Notice:
    """The warning for students whose class is there, but at another school."""
    lines = plural_ru(count, "строке", "строках", "строках")
    return Notice(
        "unknown_reference",
        words(
            f"students.class_id: в {count} {lines} указан класс другой школы; "
            "такой ученик посчитан в своей школе, но ни в одном классе",
            f"students.class_id: {count} rows name a class of another school; "
            "such a student is counted at the student's own school, but in no class",
        ),
    )
