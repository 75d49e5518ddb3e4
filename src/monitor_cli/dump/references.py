"""Rows that point at other tables: to nothing, or to the school whose clock and place they share.

Source: `dump.md`, the table of keys and references; «used rows» are those that passed all checks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.lookup import Ids
from monitor_cli.dump.notices import class_of_another_school, unknown_reference
from monitor_cli.dump.problems import ROW, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.columns import Reference, Shape
    from monitor_cli.dump.tables import Rows
    from monitor_cli.result import Notice

SCHOOL_ID = "school_id"
Missing = Counter["tuple[Reference, bool]"]
"""Rows that name what is not there, by reference; true: it is there, but at another school."""
LESSON_AT = "lesson_at"
"""UInt32: the place of a row's lesson among the used lessons in the order of their ids."""


class Used:
    """The used rows of the tables read so far, as later tables refer to them."""

    def __init__(self) -> None:
        """No table is read yet."""
        self._frames: dict[Table, Callable[[], pl.DataFrame]] = {}
        self._ids: dict[tuple[Table, str], Ids] = {}

    def add(self, table: Table, frame: Callable[[], pl.DataFrame]) -> None:
        """Remember how to come by the used rows of a table, or by their ids and schools."""
        self._frames[table] = frame

    def add_ids(self, table: Table, rows: pl.DataFrame) -> None:
        """Remember the ids of used rows, and the schools of lessons."""
        ids = [name for name in (*SHAPES[table].ids, SCHOOL_ID) if name in rows.columns]
        kept = rows.select(list(dict.fromkeys(ids)))
        self._frames[table] = lambda: kept

    def __contains__(self, table: Table) -> bool:
        """Whether the table is read."""
        return table in self._frames

    def frame(self, table: Table) -> pl.DataFrame:
        """The used rows."""
        return self._frames[table]()

    def ids(self, table: Table, column: str) -> Ids:
        """The ids in a column of the used rows."""
        if (table, column) not in self._ids:
            self._ids[table, column] = Ids.of(self.frame(table)[column])
        return self._ids[table, column]


def check(rows: Rows, used: Used) -> Missing:
    """Set aside rows whose strict references name nothing used; count those of the others.

    A reference to a table that was not read is not checked. A class of another school is none
    for a student: the student is in no class then.
    """
    missing = Missing()
    for reference in rows.shape.references:
        if reference.table not in used:
            continue
        if rows.shape.table is Table.STUDENTS and reference.table is Table.CLASSES:
            known = _own_class(rows, used).fill_null(value=True)
            unknown = None if known.all() else ~known
        elif reference.table is Table.LESSONS:
            unknown = _placed(rows, used.ids(Table.LESSONS, reference.target))
        else:
            ids = used.ids(reference.table, reference.target)
            unknown = ids.unknown(rows.frame[reference.column])
        if unknown is None:
            continue
        if rows.findings is not None:
            left = rows.frame.filter(unknown).select(ROW)
            code = Reason.UNKNOWN_REFERENCE
            named = (reference.column,)
            rows.findings.of_rows(rows, code, left, named, used=not reference.strict)
        if reference.strict:
            rows.set_aside(~unknown, Reason.UNKNOWN_REFERENCE)
            continue
        elsewhere = _elsewhere(rows, reference, used, unknown)
        missing[reference, True] += elsewhere
        missing[reference, False] += int(unknown.sum()) - elsewhere
        if rows.shape.table is Table.STUDENTS:
            column = rows.frame[reference.column].set(unknown, None)
            rows.frame = rows.frame.with_columns(column)
    return missing


def _elsewhere(rows: Rows, reference: Reference, used: Used, unknown: pl.Series) -> int:
    """How many students name a class that is there, but at another school."""
    if rows.shape.table is not Table.STUDENTS or reference.table is not Table.CLASSES:
        return 0
    named = rows.frame[reference.column].filter(unknown)
    strange = used.ids(reference.table, reference.target).unknown(named)
    return len(named) - (0 if strange is None else int(strange.sum()))


def _placed(rows: Rows, lessons: Ids) -> pl.Series | None:
    """Give each row the place of its lesson, which all that is counted of it goes by.

    Returns:
        The rows whose lesson is none: Boolean, or None where there is no such row.
    """
    at = lessons.places(rows.frame["lesson_id"]).alias(LESSON_AT)
    rows.frame = rows.frame.with_columns(at)
    return at.is_null() if at.null_count() else None


def notices(shape: Shape, missing: Missing) -> list[Notice]:
    """The warnings for rows that name what is not there, by reference."""
    return [
        class_of_another_school(count)
        if elsewhere
        else unknown_reference(f"{shape.table}.{reference.column}", reference.table, count)
        for reference in shape.references
        for elsewhere in (True, False)
        if (count := missing.get((reference, elsewhere)))
    ]


def with_school(lessons: pl.DataFrame, used: Used) -> pl.DataFrame:
    """Give lessons the school of their class: a column `school_id`."""
    return _with_school_of_class(lessons, used, SCHOOL_ID)


def _own_class(students: Rows, used: Used) -> pl.Series:
    """Whether a student's class is a used one of the student's school; null without a class."""
    theirs = _with_school_of_class(students.frame.select("class_id", SCHOOL_ID), used, "__theirs")
    same = (pl.col("__theirs") == pl.col(SCHOOL_ID)).fill_null(value=False)
    return theirs.select(pl.when(pl.col("class_id").is_not_null()).then(same)).to_series()


def _with_school_of_class(frame: pl.DataFrame, used: Used, name: str) -> pl.DataFrame:
    """Add the school of the class `class_id`, as a column `name`."""
    if Table.CLASSES not in used:
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(name))
    schools = used.frame(Table.CLASSES).select("class_id", pl.col(SCHOOL_ID).alias(name))
    return frame.join(schools, on="class_id", how="left", validate="m:1", maintain_order="left")
