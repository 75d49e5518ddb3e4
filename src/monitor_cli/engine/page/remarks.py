"""What is amiss in the data of schools, as far as their own rows tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.lessons import PLACE
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.engine.week import CountedWeek, Counting
    from monitor_cli.result import Row

REMARKS = {
    "classes_without_lessons": words(
        "действующих классов без уроков на неделе", "active classes without a lesson in the week"
    ),
    "lessons_without_teacher": words("уроков недели без учителя", "lessons without a teacher"),
    "lessons_without_hours": words(
        "уроков недели без времени начала и конца", "lessons without a beginning or an end"
    ),
    "marks_without_hour": words(
        "оценок без часов: в срок или нет, не узнать",
        "marks without an hour: in time or not is unknown",
    ),
    "homework_without_hour": words(
        "заданий без часов: в срок или нет, не узнать",
        "homework without an hour: in time or not is unknown",
    ),
    "shifts_unknown": words(
        "число смен не указано: принята одна", "the number of shifts is not given: one is assumed"
    ),
}
"""What is said, in the order of the page."""

_COUNT = "count"


Amiss = Mapping[str, Mapping[str, int]]
"""By remark and school id, how many times."""


def remarks(
    counted: CountedWeek, of_lessons: Amiss, schools: Iterable[Row]
) -> dict[str, list[tuple[str, int]]]:
    """What is amiss at each of `schools`, and how many times; only what is there.

    Args:
        counted: a week counted by class and by teacher, too.
        of_lessons: as `lessons_amiss` returns it.
        schools: the schools left, with their measures.

    Returns:
        By id, the remarks in the order of `REMARKS`.
    """
    found: dict[str, Mapping[str, int]] = {
        "classes_without_lessons": _counts(_classes_without_lessons(counted)),
        **of_lessons,
        "shifts_unknown": _counts(counted.left.filter(~pl.col("shifts_known"))),
    }
    told = {}
    rows = tuple(schools)
    found |= {code: _without_hour(rows, key) for code, key in _NO_TIME.items()}
    for row in rows:
        school = str(row.keys["school_id"])
        told[school] = [(code, n) for code in REMARKS if (n := found[code].get(school, 0))]
    return told


_NO_TIME: Mapping[str, str] = {
    "marks_without_hour": "timely_marks",
    "homework_without_hour": "timely_homework",
}


def _without_hour(schools: Iterable[Row], key: str) -> dict[str, int]:
    """How many rows of an indicator have no hour at each school."""
    numbers = {}
    for row in schools:
        number = row.measures[key].extras.get("no_time") if key in row.measures else None
        numbers[str(row.keys["school_id"])] = number if isinstance(number, int) else 0
    return numbers


def _counts(rows: pl.DataFrame) -> dict[str, int]:
    """How many rows each school has."""
    counted = rows.group_by("school_id").agg(pl.len().cast(pl.Int64).alias(_COUNT))
    return {str(school): count for school, count in counted.iter_rows()}


def _classes_without_lessons(counted: CountedWeek) -> pl.DataFrame:
    counting = counted.counting
    monday = counting.query.week.monday
    held = counting.scope.keep(counting.frames.lessons).filter(pl.col("week") == monday)
    return counting.scope.keep(counting.frames.classes).filter(
        pl.col("week") == monday,
        "active",
        ~pl.col("class_id").is_in(held["class_id"].unique().implode()),
    )


def lessons_amiss(counting: Counting) -> dict[str, dict[str, int]]:
    """The lessons of the week without a teacher, and without hours, by school."""
    places = counting.lessons.places.with_row_index(PLACE)
    held = counting.scope.keep(places).filter(pl.col("week") == counting.query.week.monday)
    numbers = counting.lessons.frame.group_by(PLACE).agg(
        pl.len().cast(pl.Int64).alias("lessons"),
        pl.col("ends").null_count().cast(pl.Int64).alias("without_hours"),
    )
    at = held.select(
        pl.col(PLACE).cast(numbers.schema[PLACE]),
        "school_id",
        nobody=pl.col("teacher_id").is_null(),
    )
    by_school = (
        at.join(numbers, on=PLACE, how="inner", validate="1:1")
        .group_by("school_id")
        .agg(
            pl.col("lessons").filter(pl.col("nobody")).sum(),
            pl.col("without_hours").sum(),
        )
    )
    rows = [(str(school), *numbers) for school, *numbers in by_school.iter_rows()]
    return {
        "lessons_without_teacher": {school: count for school, count, _ in rows},
        "lessons_without_hours": {school: count for school, _, count in rows},
    }
