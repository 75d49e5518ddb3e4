"""The timetable and the planning of the first week: classes short of lessons, lessons without plan.

Both are what the indicators `timetable_filling` and `lesson_planning` count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine import facts, homework
from monitor_cli.engine.lessons import bearing
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Share

if TYPE_CHECKING:
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.settings import Settings

TIMETABLE, PLANNING = BY_KEY["timetable_filling"], BY_KEY["lesson_planning"]


def timetable(classes: pl.DataFrame, lessons: Lessons, rules: Settings) -> pl.DataFrame:
    """The active classes with their lessons of the week.

    Returns:
        `school_id`, `class_id`, `class`, `parallel`, `lessons` (counted as the rules say), `filled`
        Boolean, `missing` Int64, how many lessons it is short of.
    """
    share = _share(TIMETABLE, rules)
    rows = facts.class_rows(classes, lessons, rules)
    named = classes.select(
        "class_id", pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
    )
    least = rules.timetable_filling.min_lessons
    return (
        rows.filter(share.of)
        .select(
            "school_id",
            "class_id",
            "parallel",
            "lessons",
            filled=share.where,
            missing=(least - pl.col("lessons")).clip(lower_bound=0),
        )
        .join(named, on="class_id", how="left", validate="1:1")
    )


def planning(dump: Dump, lessons: Lessons, rules: Settings) -> pl.DataFrame:
    """The lessons of the week by class, subject and who is to give them.

    Returns:
        `school_id`, `parallel`, `class_id`, `subject`, `teacher_id`, `lessons`, `unplanned`, Int64.
    """
    borne = {}
    if Table.HOMEWORK in dump.tables:
        given = homework.given(dump, lessons)
        borne["has_homework"] = bearing(lessons, [given["at"]]).alias("has_homework")
    held = facts.lesson_rows(dump, lessons, borne)
    share = _share(PLANNING, rules)
    own = ("class_number", "subject", "assigned_id", "substitute_id")
    rows = lessons.frame.select(own)[held["at"]].with_columns(
        held.select(unplanned=share.lost)["unplanned"]
    )
    keys = ["class_number", "subject", "teacher_id"]
    summed = (
        rows.with_columns(teacher_id=pl.coalesce("substitute_id", "assigned_id"))
        .group_by(keys)
        .agg(lessons=pl.len().cast(pl.Int64), unplanned=pl.col("unplanned").sum().cast(pl.Int64))
        .sort(keys)
    )
    of_class = lessons.classes.select("school_id", "parallel", "class_id")
    return pl.concat(
        [of_class[summed["class_number"]], summed.drop("class_number")], how="horizontal"
    ).with_columns(pl.col("subject").cast(pl.String))


def _share(indicator: Indicator, rules: Settings) -> Share:
    declared = indicator.declare(rules)
    if not isinstance(declared, Share):
        message = f"{indicator.key} is no share of rows"
        raise TypeError(message)
    return declared
