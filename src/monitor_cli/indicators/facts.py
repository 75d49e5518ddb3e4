"""The columns that declarations may speak of, one namespace a fact. A row is of one week."""

from __future__ import annotations

import polars as pl

EVERY = pl.lit(value=True)
"""Every row of the fact."""


class Person:
    """A row is a counted person at a place (teachers, students, parents).

    Columns: `activated`, `viewed`, `esia`, `category`: Boolean.
    """

    activated = pl.col("activated")
    viewed = pl.col("viewed")
    esia = pl.col("esia")
    category = pl.col("category")


class Class:
    """A row is a class: `active` Boolean, `lessons` Int64 (counted as the rules say)."""

    active = pl.col("active")
    lessons = pl.col("lessons")


class Lesson:
    """A row is a lesson of the week that has ended.

    Columns: `has_topic`, `has_homework`, `has_mark`, `has_absence`, `was_late`, `has_comment`,
    `is_conducted`: Boolean.
    """

    has_topic = pl.col("has_topic")
    has_homework = pl.col("has_homework")
    has_mark = pl.col("has_mark")
    has_absence = pl.col("has_absence")
    was_late = pl.col("was_late")
    has_comment = pl.col("has_comment")
    is_conducted = pl.col("is_conducted")


class Mark:
    """A row is a mark for a lesson of the week.

    Columns: `day`, `monday` Datetime (00:00 of the lesson's day and of its week's Monday);
    `created`, `updated` Datetime, `updated` null where it has no time of day; `has_time`,
    `tracked`, `two_shifts` Boolean; `as_of` Datetime, the moment whose state is counted, null for
    all that the dump has.
    """

    day = pl.col("day")
    monday = pl.col("monday")
    created = pl.col("created")
    updated = pl.col("updated")
    has_time = pl.col("has_time")
    tracked = pl.col("tracked")
    two_shifts = pl.col("two_shifts")
    as_of = pl.col("as_of")


class Homework:
    """A row is a lesson of the week or, with `follows`, of the week after.

    Columns: `follows` Boolean; `day` Datetime (00:00 of the lesson's day); `as_of` Datetime, the
    moment whose state is counted, null for all that the dump has; `ended` Boolean, whether the
    lesson had by then; `issued` Datetime, the
    earliest issue or update of homework for a next lesson since the window opened, null where
    there is none; `ends` Datetime, null where the lesson has no times; `undated` Int64, homework
    rows for a next lesson whose stamp has no time of day.
    """

    follows = pl.col("follows")
    day = pl.col("day")
    as_of = pl.col("as_of")
    ended = pl.col("ended")
    issued = pl.col("issued")
    ends = pl.col("ends")
    undated = pl.col("undated")
