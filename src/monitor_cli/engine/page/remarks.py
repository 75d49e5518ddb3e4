"""What is amiss in the data of a school, as far as its own rows tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.lessons import PLACE
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.result import Measure

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


def remarks(counted: CountedWeek, measures: Mapping[str, Measure]) -> list[tuple[str, int]]:
    """What is amiss at the schools left, and how many times; only what is there.

    Args:
        counted: a week counted by class and by teacher, too.
        measures: of the school, by indicator.
    """
    counting = counted.counting
    week, frame = counting.query.week, counting.lessons.frame
    places = counting.lessons.places.with_row_index("at")
    held = counting.scope.keep(places).filter(pl.col("week") == week.monday)
    here = frame.filter(frame[PLACE].is_in(held["at"].implode()))
    without_teacher = held.filter(pl.col("teacher_id").is_null())["at"]
    active = counting.scope.keep(counting.frames.classes).filter(
        pl.col("week") == week.monday, "active"
    )
    found = {
        "classes_without_lessons": active.filter(
            ~pl.col("class_id").is_in(held["class_id"].implode())
        ).height,
        "lessons_without_teacher": here.filter(
            pl.col(PLACE).is_in(without_teacher.implode())
        ).height,
        "lessons_without_hours": here["ends"].null_count(),
        "marks_without_hour": _no_time(measures, "timely_marks"),
        "homework_without_hour": _no_time(measures, "timely_homework"),
        "shifts_unknown": counted.left.filter(~pl.col("shifts_known")).height,
    }
    return [(code, found[code]) for code in REMARKS if found[code]]


def _no_time(measures: Mapping[str, Measure], key: str) -> int:
    number = measures[key].extras.get("no_time")
    return number if isinstance(number, int) else 0
