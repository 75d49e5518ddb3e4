"""The rows that indicators count: classes and lessons, from the checked tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.lessons import PLACE, bearing
from monitor_cli.engine.until import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.settings import Settings

ABSENT = ("absent", "ill", "pass")


def classes(dump: Dump, weeks: Iterable[Week]) -> pl.DataFrame:
    """Each class in each of `weeks`.

    Returns:
        `week` Date, `class_id`, `school_id`, `class`, `parallel`, `shift`, `active` Boolean.
    """
    table = dump.tables[Table.CLASSES].frame.collect()
    archived = (pl.col("status") == "archive").fill_null(value=False)
    return pl.concat(
        table.select(
            "class_id",
            "school_id",
            "class",
            "parallel",
            "shift",
            week=pl.lit(week.monday),
            active=~archived & (pl.col("study_year") == week.school_year).fill_null(value=True),
        )
        for week in weeks
    )


def shifts(schools: pl.DataFrame, classes: pl.DataFrame, weeks: Iterable[Week]) -> pl.DataFrame:
    """How many shifts each school has in each of `weeks`, with classes or without any.

    Where the register does not say: the number of different shifts of the active classes, else
    one (`dump.md`, «What can be wrong with it»).

    Returns:
        `week` Date, `school_id`, `shifts` Int64, `unknown` Boolean (neither of them says).
    """
    seen = (
        classes.filter(pl.col("active"), pl.col("shift").is_not_null())
        .group_by("week", "school_id")
        .agg(seen=pl.col("shift").n_unique().cast(pl.Int64))
    )
    return (
        pl.DataFrame({"week": [week.monday for week in weeks]})
        .join(schools.select("school_id", "shifts"), how="cross")
        .join(seen, on=["week", "school_id"], how="left", validate="1:1")
        .select(
            "week",
            "school_id",
            shifts=pl.coalesce("shifts", "seen", 1),
            unknown=pl.coalesce("shifts", "seen").is_null(),
        )
    )


def class_rows(classes: pl.DataFrame, lessons: Lessons, rules: Settings) -> pl.DataFrame:
    """The rows of `Fact.CLASSES`.

    Returns:
        `week`, `school_id`, `class_id`, `parallel`, `active` Boolean, `lessons` Int64: rows, or
        different (date, number) where the rules count slots.
    """
    counted = (
        pl.struct("date", "number").n_unique()
        if rules.timetable_filling.count == "slots"
        else pl.len()
    )
    held = (
        lessons.frame.lazy()
        .group_by("class_number", pl.col("date").dt.truncate("1w").alias("week"))
        .agg(lessons=counted.cast(pl.Int64))
        .collect()
    )
    ids = lessons.classes["class_id"].gather(held["class_number"])
    return classes.join(
        held.with_columns(ids), on=["week", "class_id"], how="left", validate="1:1"
    ).select("week", "school_id", "class_id", "parallel", "active", pl.col("lessons").fill_null(0))


def lesson_rows(dump: Dump, lessons: Lessons, borne: Mapping[str, pl.Series]) -> pl.DataFrame:
    """The rows of `Fact.LESSONS`: the lessons of the weeks with what each of them bears.

    Args:
        dump: whose attendance is read.
        lessons: the lessons.
        borne: `has_mark`, `has_homework` of each of them, where there is such a table.

    Returns:
        `place`, `at` (row of `lessons.frame`) and the columns of `indicators.facts.Lesson`; lessons
        that had not ended have no row.
    """
    frame = lessons.frame.with_row_index("at")
    rows = frame.select(PLACE, "at", "has_topic", "has_comment", "is_conducted").with_columns(
        *({**borne, **_attendance(dump, lessons)}.values())
    )
    names = ("has_mark", "has_homework", "has_absence", "was_late")
    absent = [pl.lit(value=False).alias(name) for name in names if name not in rows.columns]
    held = lessons.measured().gather(rows[PLACE])
    over = lessons.ended()
    return rows.with_columns(absent).filter(held if over is None else held & over)


def _attendance(dump: Dump, lessons: Lessons) -> dict[str, pl.Series]:
    """Whether each lesson has an absence, and whether someone was late for it."""
    if Table.ATTENDANCE not in dump.tables:
        return {}

    def work(piece: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        piece = seen(piece, "created_at", lessons.as_of)
        at = lessons.rows_of(piece)
        held = at.is_not_null()
        absent, late = (
            at.filter(held & piece["status"].is_in(statuses).fill_null(value=False)).unique()
            for statuses in (ABSENT, ("late",))
        )
        return absent, late

    parts = dump.tables[Table.ATTENDANCE].each(work)
    return {
        name: bearing(lessons, [part[index] for part in parts]).alias(name)
        for index, name in enumerate(("has_absence", "was_late"))
    }
