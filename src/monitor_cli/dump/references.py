"""Rows that point at other tables: to nothing, or to the school whose clock and place they share.

Source: `dump.md`, the table of keys and references; «used rows» are those that passed all checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.problems import ROW, Reason
from monitor_cli.language import plural_ru, words
from monitor_cli.result import Notice
from monitor_cli.verdict import Effect

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
        if rows.findings is not None:
            left = rows.frame.filter(~known).select(ROW)
            effect = Effect.SET_ASIDE if reference.strict else Effect.USED
            code = Reason.UNKNOWN_REFERENCE
            rows.findings.of_rows(rows, code, left, (reference.column,), effect=effect)
        if reference.strict:
            rows.set_aside(known, Reason.UNKNOWN_REFERENCE)
            continue
        notices.append(_unknown(rows, reference, (~known).arg_true().len()))
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
    classes, schools = used.get(Table.CLASSES), used.get(Table.SCHOOLS)
    if classes is None:
        id_type = schools.frame.schema[SCHOOL_ID] if schools is not None else pl.Int64
        rows.frame = rows.frame.with_columns(pl.lit(None, dtype=id_type).alias(SCHOOL_ID))
    else:
        rows.frame = _looked_up(rows.frame, "class_id", classes, "class_id", SCHOOL_ID)


def _own_class(students: Rows, classes: Rows) -> pl.Series:
    """Whether a student's class is a used one of the student's school; null without a class."""
    ids = students.frame.select("class_id", SCHOOL_ID)
    theirs = _looked_up(ids, "class_id", classes, "class_id", "__theirs")
    same = (pl.col("__theirs") == pl.col(SCHOOL_ID)).fill_null(value=False)
    return theirs.select(pl.when(pl.col("class_id").is_not_null()).then(same)).to_series()


def _looked_up(
    frame: pl.DataFrame,
    column: str,
    target: Rows,
    key: str,
    name: str,
) -> pl.DataFrame:
    """The school of the row of `target` that `column` names, as a column `name`."""
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
