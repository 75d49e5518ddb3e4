"""What lessons of a period lack, subjects without a mark, classes without a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.reports.asked import Asked


def lessons_lacking(
    lessons: Lessons, marked: pl.Series | None, classes: pl.DataFrame, asked: Asked
) -> list[pl.DataFrame]:
    """Count at each school the lessons, subjects and classes, and what of them lacks what.

    A lesson has times if it has a beginning or an end, a teacher if it has one or a substitute. A
    subject, as written, has marks if any of its lessons of the period bears one. `classes` as
    `facts.classes`; only active ones are counted.

    Returns:
        Frames of `school_id` and counts, Int64.
    """
    frame = lessons.frame
    school = lessons.classes["school_id"].gather(frame["class_number"])
    rows = frame.select(
        "date",
        "subject",
        school,
        lessons.classes["class_id"].gather(frame["class_number"]),
        teacher=pl.coalesce("assigned_id", "substitute_id").is_not_null(),
        topic=pl.col("has_topic"),
        number=pl.col("number").is_not_null(),
        times=pl.col("ends").is_not_null(),
        marked=pl.lit(value=False) if marked is None else marked,
    ).filter(pl.col("date").is_between(asked.first, asked.last))
    of_lessons = rows.group_by("school_id").agg(
        lessons=pl.len().cast(pl.Int64),
        **{
            f"lessons_without_{name}": (~pl.col(name)).sum().cast(pl.Int64)
            for name in ("teacher", "topic", "number", "times")
        },
    )
    named = rows.filter(pl.col("subject").is_not_null())
    of_subjects = (
        named.group_by("school_id", "subject")
        .agg(pl.col("marked").any())
        .group_by("school_id")
        .agg(
            subjects=pl.len().cast(pl.Int64),
            subjects_without_marks=(~pl.col("marked")).sum().cast(pl.Int64),
        )
    )
    taught = rows.select("class_id").unique().with_columns(taught=True)
    of_classes = (
        classes.filter("active")
        .join(taught, on="class_id", how="left", validate="m:1")
        .group_by("school_id")
        .agg(
            classes=pl.len().cast(pl.Int64),
            classes_without_lessons=pl.col("taught").is_null().sum().cast(pl.Int64),
        )
    )
    return [of_lessons, of_subjects, of_classes]
