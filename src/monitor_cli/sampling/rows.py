"""Rows by their place: what another frame holds there, and rows repeated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.sampling.plan import Plan


@dataclass(frozen=True, slots=True)
class Registers:
    """The schools of a range, what they consist of and who is in them; rows in order of schools.

    The columns are told where the frames are made: `schools.py`, `people.py`.
    """

    plan: Plan
    schools: pl.DataFrame
    classes: pl.DataFrame
    staff: pl.DataFrame
    posts: pl.DataFrame
    students: pl.DataFrame

    def of_school(self, name: str) -> pl.Expr:
        """A column of `schools`, by the column `school_at`."""
        return at(self.schools[name], pl.col("school_at"))

    def of_class(self, name: str) -> pl.Expr:
        """A column of `classes`, by the column `class_at`."""
        return at(self.classes[name], pl.col("class_at"))

    def of_teacher(self, name: str) -> pl.Expr:
        """A column of `staff`, by the column `staff_at`."""
        return at(self.staff[name], pl.col("staff_at"))

    def of_student(self, name: str) -> pl.Expr:
        """A column of `students`, by the column `student_at`."""
        return at(self.students[name], pl.col("student_at"))


def at(values: pl.Series | Sequence[object], place: pl.Expr) -> pl.Expr:
    """The value at a place, for each row."""
    return pl.lit(values if isinstance(values, pl.Series) else pl.Series(values)).gather(place)


def repeated(frame: pl.DataFrame, times: str, nth: str) -> pl.DataFrame:
    """Each row as often as its column `times` says, numbered from 0 in a column `nth` (Int64)."""
    numbers = pl.int_ranges(0, pl.col(times)).alias(nth)
    return frame.filter(pl.col(times) > 0).with_columns(numbers).explode(nth)


def by_weeks(frame: pl.DataFrame, weeks: int, *order: str) -> pl.DataFrame:
    """Each row once a week of the dump, sorted by `order`: a column `week` (Int64), 0 the first."""
    numbers = pl.DataFrame({"week": range(weeks)}, schema={"week": pl.Int64})
    return frame.join(numbers, how="cross").sort(*order)
