"""The lessons of a period by who was to give them, who gave them, and whether they were given.

A row of `lessons` is a lesson (`indicators.md`, «Lesson of W»), and an hour of load. It is
*assigned* to its `teacher_id`; with another `substitute_id` it is handed over by the one and taken
by the other. It is given by the substitute where there is one, else by the teacher, as everywhere
(`indicators.md`, «Levels»). It is *conducted* if `journal_keeping` counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine import facts, marks
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.reports.asked import Asked
    from monitor_cli.settings import Settings

COUNTS = (
    "assigned",
    "handed_over",
    "taken",
    "lessons",
    "conducted",
    "by_tick",
    "not_conducted",
    "cancelled",
)
"""What is counted of lessons, each a sum over them."""
EVIDENT = ("conducted", "by_tick", "not_conducted")
"""Those that need the journal."""
KEEPING = BY_KEY["journal_keeping"]
UNIT = ("school_id", "parallel", "class_id", "subject", "teacher_id")
"""What the sums are told apart by."""

_NUMBERS = ["class_number", "subject", "teacher_id"]


@dataclass(frozen=True, slots=True)
class Given:
    """The lessons of a period, summed up.

    `units`: `UNIT` (a null teacher: nobody was to give them) and `COUNTS`, Int64.
    `weeks`: `school_id`, and in how many `weeks` of the period it has a lesson, Int64.
    """

    units: pl.DataFrame
    weeks: pl.DataFrame


def given(
    dump: Dump, lessons: Lessons, shifts: pl.DataFrame, asked: Asked, rules: Settings
) -> Given:
    """Sum up the lessons of the days of the period.

    Args:
        dump: with the journal, as far as it has one.
        lessons: with who was to give them (`Query.given`).
        shifts: as `facts.shifts`.
        asked: the period.
        rules: what is conducted.
    """
    held = facts.lesson_rows(dump, lessons, _marked(dump, lessons, shifts, rules))
    within = pl.col("date").is_between(asked.first, asked.last)
    of_lesson = ("class_number", "date", "subject", "assigned_id", "substitute_id")
    rows = lessons.frame.select(of_lesson)[held["at"]]
    rows = rows.with_columns(_conducted(held, rules)).filter(within)
    if lessons.cancelled is None:
        message = "the lessons do not say who was to give them"
        raise ValueError(message)
    parts = [_assigned(rows), _taken(rows), _cancelled(lessons.cancelled.filter(within))]
    summed = (
        pl.concat(parts, how="diagonal_relaxed")
        .group_by(_NUMBERS)
        .agg(pl.col(name).sum().cast(pl.Int64) for name in COUNTS)
        .sort(_NUMBERS)
    )
    of_class = lessons.classes.select("school_id", "parallel", "class_id")
    units = pl.concat([of_class[summed["class_number"]], summed], how="horizontal")
    taught = rows.select(
        of_class["school_id"].gather(rows["class_number"]), week=pl.col("date").dt.truncate("1w")
    )
    weeks = taught.group_by("school_id").agg(weeks=pl.col("week").n_unique().cast(pl.Int64))
    return Given(
        units.with_columns(pl.col("subject").cast(pl.String)).select(*UNIT, *COUNTS), weeks
    )


def _marked(
    dump: Dump, lessons: Lessons, shifts: pl.DataFrame, rules: Settings
) -> Mapping[str, pl.Series]:
    """Which lessons bear a mark, where there are marks."""
    if Table.MARKS not in dump.tables:
        return {}
    marked = marks.counted(dump, lessons, shifts, rules, None).marked
    return {"has_mark": marked.alias("has_mark")}


def _conducted(held: pl.DataFrame, rules: Settings) -> list[pl.Series]:
    """Whether `journal_keeping` counts each lesson, and whether only for the tick."""
    declared = KEEPING.declare(rules)
    if not isinstance(declared, Share):
        message = f"{KEEPING.key} is no share of lessons"
        raise TypeError(message)
    counts = declared.where.fill_null(value=False)
    conducted = held.select(conducted=counts)["conducted"]
    unticked = held.with_columns(is_conducted=pl.lit(value=False)).select(rest=counts)["rest"]
    return [conducted, (conducted & ~unticked).alias("by_tick")]


def _another() -> pl.Expr:
    """Whether somebody stands in who is not the teacher."""
    substitute = pl.col("substitute_id")
    return substitute.is_not_null() & (substitute != pl.col("assigned_id")).fill_null(value=True)


def _assigned(rows: pl.DataFrame) -> pl.DataFrame:
    """A row a lesson that has a teacher, under that teacher."""
    return rows.filter(pl.col("assigned_id").is_not_null()).select(
        "class_number", "subject", teacher_id="assigned_id", assigned=1, handed_over=_another()
    )


def _taken(rows: pl.DataFrame) -> pl.DataFrame:
    """A row a lesson, under who was to give it in the end."""
    return rows.select(
        "class_number",
        "subject",
        "conducted",
        "by_tick",
        teacher_id=pl.coalesce("substitute_id", "assigned_id"),
        lessons=1,
        taken=_another(),
        not_conducted=~pl.col("conducted"),
    )


def _cancelled(rows: pl.DataFrame) -> pl.DataFrame:
    """A row a cancelled lesson, under its teacher; without one, under the substitute."""
    return rows.select(
        "class_number",
        "subject",
        teacher_id=pl.coalesce("assigned_id", "substitute_id"),
        cancelled=1,
    )
