"""Names and order for rows that are known by ids: what an officer calls a school, a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine import places
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from monitor_cli.columns import Table
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.week import Counting

_ORDER = ((Level.SCHOOL, ()), (Level.CLASS, ("parallel", "class_id", "class")))
_ACROSS = ((Level.SUBJECT, ("subject",)), (Level.TEACHER, ("teacher_id", "teacher")))
PERSON_ID, PERSON_NAME = "person_id", "person"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the places of a dump that has been counted."""

    dump: Dump
    counting: Counting

    def of_schools(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put `region`, `municipality`, `school` beside `school_id`."""
        schools = self.counting.frames.schools.select(places.SCHOOL_KEYS)
        return rows.join(schools, on="school_id", how="left", validate="m:1")

    def of_classes(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put `class` beside `class_id`: the id where it has no name, null without a class."""
        classes = (
            self.counting.frames.classes.select("class_id", "class")
            .unique("class_id")
            .with_columns(pl.col("class").fill_null(pl.col("class_id").cast(pl.String)))
        )
        return rows.join(classes, on="class_id", how="left", validate="m:1")

    def of_teachers(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put `teacher` beside `teacher_id`."""
        taught = rows.select("school_id", "teacher_id")
        named = places.teachers(self.dump, taught)
        return rows.join(named, on=["school_id", "teacher_id"], how="left", validate="m:1")

    def of_persons(self, rows: pl.DataFrame, table: Table) -> pl.DataFrame:
        """Put `person` beside `person_id`: what `table` names them last, the id without a name.

        In the order of `rows`.
        """
        register = self.dump.tables[table].frame.filter(pl.col("name").is_not_null())
        named = (
            register.select("school_id", PERSON_ID, pl.col("name").alias(PERSON_NAME))
            .join(rows.lazy(), on=["school_id", PERSON_ID], how="semi", maintain_order="left")
            .collect()
            .unique(["school_id", PERSON_ID], keep="last", maintain_order=True)
        )
        return rows.join(
            named,
            on=["school_id", PERSON_ID],
            how="left",
            validate="1:1",
            maintain_order="left",
        ).with_columns(pl.col(PERSON_NAME).fill_null(pl.col(PERSON_ID).cast(pl.String)))

    def of_lessons(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put the names beside the ids of what a lesson is known by."""
        return self.of_teachers(self.of_classes(self.of_schools(rows)))


def in_order(rows: pl.DataFrame, *last: str) -> pl.DataFrame:
    """Sort named rows as `cli.md`, «Order», says, then by date, number and the columns `last`."""
    by: list[pl.Expr] = []
    for level, names in (*_ORDER, *_ACROSS):
        if all(name in rows.columns for name in names):
            rows = _ranked(rows, level)
            by.append(pl.col(f"rank.{level}"))
    if "date" in rows.columns:
        by.append(pl.col("date"))
    if "number" in rows.columns:
        by += [pl.col("number").cast(pl.Int64, strict=False), pl.col("number")]
    by += [pl.col(name) for name in last]
    return rows.sort(by).select(pl.exclude("^rank\\..*$"))


def _ranked(rows: pl.DataFrame, level: Level) -> pl.DataFrame:
    """Number the different places of a level among `rows` in their order."""
    distinct = rows.select(level.keys).unique()
    found = places.ordered(distinct.with_row_index("row").iter_rows(named=True), level)
    order = pl.Series([place["row"] for place in found], dtype=pl.UInt32)
    numbered = distinct[order].with_row_index(f"rank.{level}")
    return rows.join(numbered, on=level.keys, how="left", validate="m:1", nulls_equal=True)
