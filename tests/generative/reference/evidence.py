"""What an indicator loses, one by one: each lesson, person and class counted by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.generative.reference import rules as ruling
from tests.generative.reference.answer import Week, _indicators, _tables_read
from tests.generative.reference.counting import Place
from tests.generative.reference.places import Filters
from tests.generative.reference.tables import Cells, check
from tests.generative.reference.world import World

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Lost = Counter[tuple[str, str]]
"""How many rows are lost of each school and lesson, person, class or component."""
_ACCOUNTS = ("teacher_activation", "student_activation", "parent_activation")


def lost(
    tables: dict[str, list[Cells]],
    day: date,
    *,
    config: ruling.Config | None = None,
    columns: dict[str, list[str]] | None = None,
    as_of: datetime | None = None,
    **filtered: Collection[str],
) -> dict[str, Lost | None]:
    """By indicator, «the rows that keep it from 100 %»; None where it is not available."""
    rules = ruling.merged(config)
    filters = Filters(**filtered)
    indicators = _indicators(filters)
    dump = check(tables, columns or {}, _tables_read(indicators, "school", filters))
    week = Week(World(dump, rules, as_of), day - timedelta(days=day.weekday()), filters, indicators)
    return {key: None if key in week.wanting else _lost(key, week) for key in indicators}


def _lost(key: str, week: Week) -> Lost:
    found: Lost = Counter()
    for place in week.schools.values():
        school = place.school_id
        if key == "school_activity":
            valued, reached = week.components(school)
            found.update((school, component) for component in valued if component not in reached)
            continue
        parts = _ACCOUNTS if key == "account_activation" else (key,)
        for part in parts:
            for name, alone in _one_by_one(part, place):
                count = week.counting.count(part, alone)
                assert count.numerator is not None
                assert count.denominator is not None
                of = count.extras["lessons"] if key == "timely_homework" else count.denominator
                assert of is not None
                found[school, name] += of - count.numerator
    return +found


def _one_by_one(key: str, place: Place) -> Iterator[tuple[str, Place]]:
    """Each thing that the indicator counts at a place, as a place of its own."""
    nothing = Place(place.school_id)
    if key in {"teacher_activation", "teacher_esia", "teacher_category"}:
        yield from ((one, replace(nothing, teachers={one})) for one in place.teachers)
    elif key in {"student_activation", "parent_engagement"}:
        yield from ((one, replace(nothing, students={one})) for one in place.students)
    elif key == "parent_activation":
        yield from ((one, replace(nothing, parents={one})) for one in place.parents)
    elif key == "timetable_filling":
        for one in place.active_classes:
            yield one, replace(nothing, active_classes={one}, lessons=place.lessons)
    else:
        for lesson in place.lessons:
            yield str(lesson.row["lesson_id"]), replace(nothing, lessons=[lesson])
