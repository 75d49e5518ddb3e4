"""«Своевременная выдача ДЗ»: homework for the next lesson, against the timetable of next week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.clock import at, days_after, hours_after
from monitor_cli.columns import Table
from monitor_cli.indicators.facts import Homework
from monitor_cli.indicators.spec import Evidence, Extra, Fact, Quotient, indicator
from monitor_cli.language import words
from monitor_cli.result import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from monitor_cli.settings import Settings


def deadline(rules: Settings) -> pl.Expr:
    """When homework for the next lesson is late: the moment itself is."""
    return at(days_after(Homework.day, 1), rules.timely_homework.deadline)


def opens(rules: Settings) -> pl.Expr:
    """Since when homework for the next lesson counts for this one."""
    return days_after(Homework.day, -rules.timely_homework.days_before)


def _within(sums: Mapping[str, int]) -> int | None:
    return None if sums["without_end"] else sums["within_3h"]


@indicator(
    block=Block.JOURNAL,
    title=words("Своевременная выдача ДЗ", "Timely homework"),
    short=words("ДЗ в срок", "Timely homework"),
    ru="Уроки недели, на следующий урок которых задание выдано или обновлено до 13:00 дня после "
    "урока, к числу уроков следующей недели.",
    formula=words(
        "уроки недели со своевременным ДЗ / уроки следующей недели",
        "lessons of the week with timely homework / lessons of the week after",
    ),
    source=words(
        "За неделю до урока и до 13:00 следующего за ним дня; к урокам в расписании следующей "
        "недели; рекомендовано в течение 3 часов после урока.",
        "From a week before the lesson to 13:00 of the day after it; against the lessons of next "
        "week's timetable; recommended within 3 hours of the lesson.",
    ),
    ours=words(
        "Следующий урок — того же класса, предмета и подгруппы в ближайший день, когда такие уроки "
        "есть. Значение не ограничено 100 %. Смены не важны.",
        "The next lesson is of the same class, subject and group on the nearest later day that has "
        "any. The value is not capped at 100 %. Shifts do not matter.",
    ),
    fact=Fact.HOMEWORK,
    reads=(Table.LESSONS, Table.HOMEWORK),
    evidence=(Evidence(Table.HOMEWORK, "issued_at"), Evidence(Table.HOMEWORK, "updated_at")),
    extras=(
        Extra("lessons", words("уроков", "lessons")),
        Extra("next_week_lessons", words("уроков на следующей неделе", "lessons next week")),
        Extra("within_3h", words("в рекомендованные часы", "in the recommended hours"), _within),
        Extra("no_time", words("без часов", "without a time")),
    ),
)
def timely_homework(rules: Settings) -> Quotient:
    """Lessons of the week with timely homework for a next lesson, to lessons of the week after."""
    rule = rules.timely_homework
    due = (deadline(rules) <= Homework.as_of).fill_null(value=True)
    here, there = ~Homework.follows & due, Homework.follows
    timely = Homework.issued < deadline(rules)
    recommended = Homework.issued <= hours_after(Homework.ends, rule.recommended_hours)
    return Quotient(
        numerator=here & timely.fill_null(value=False),
        denominator=there if rule.denominator == "next_week" else here,
        among="lessons",
        counts={
            "lessons": here,
            "next_week_lessons": there,
            "within_3h": here & recommended.fill_null(value=False),
            "without_end": here & Homework.ends.is_null(),
            "no_time": here * Homework.undated,
        },
        still=~Homework.follows & Homework.ended & ~due & ~timely.fill_null(value=False),
    )
