"""Indicators over weeks, counted in one pass: a value a week, gaps where there was no school."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli import clock
from monitor_cli.dataset import faults, layout
from monitor_cli.engine import places, rollup
from monitor_cli.engine.counter import NOTHING, at_once
from monitor_cli.engine.course import Course
from monitor_cli.engine.measures import Measures, Place
from monitor_cli.engine.placed import named_places, outside, region_of, sums_at
from monitor_cli.engine.query import Query
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.clock import Week
    from monitor_cli.engine.counter import Counter
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.levels import Level
    from monitor_cli.result import Measure, Problem, Shown
    from monitor_cli.settings import Settings

__all__ = ["Course", "Query", "State", "Trend", "trend"]

Keys = tuple[object, ...]


class State(Enum):
    """Which of a dataset's earlier states."""

    WEEKLY = "weekly"
    """Of each week the one at the end of the Monday after it."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Indicators over weeks, the earliest first: at each place, and over everything left.

    `complete`: whether all schools left could be counted.
    """

    weeks: tuple[Week, ...]
    level: Level
    indicators: Sequence[Shown]
    rows: Sequence[Course]
    totals: Sequence[Course]
    problems: Sequence[Problem]
    warnings: Sequence[Notice]
    complete: bool


def trend(  # noqa: PLR0913
    path: Path,
    settings: Settings,
    query: Query,
    count: int,
    *,
    as_imported: date | State | None = None,
    counter: Counter = at_once,
) -> Trend:
    """Count `query` in its week and the `count` - 1 before.

    `as_imported`: of a dataset, as it was at the end of that day, or each week also as it was
    known then.

    Raises:
        UsageError: a filter, a level or an indicator that cannot be had; no such earlier state;
            earlier states of what is no dataset.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    weeks = weeks_until(query.week, count)
    states = _states(path, weeks, settings) if as_imported is State.WEEKLY else None
    day = None if isinstance(as_imported, State) else as_imported

    def counted_in(weeks: Sequence[Week], as_imported: date | None) -> CountedWeek:
        """All `weeks` in one pass."""
        asked = replace(query, week=weeks[-1], also=tuple(weeks[:-1]), compare=False)
        return counter(path, settings, asked, NOTHING, as_imported=as_imported)[0]

    counted = counted_in(weeks, day)
    found = Courses.of(counted, weeks, settings)
    uncounted = counted.counting.uncounted
    if states is not None:
        found, lost = _with_then(found, counted_in, settings, states)
        uncounted = tuple(dict.fromkeys([*uncounted, *lost]))
    return Trend(
        weeks=weeks,
        level=query.level,
        indicators=counted.measures.shown(counted.regions),
        rows=found.rows,
        totals=found.totals,
        problems=counted.dump.problems,
        warnings=[
            *uncounted,
            *counted.dump.warnings,
            *counted.notices,
            *_gaps(counted, weeks),
            *_unknown(weeks, states),
        ],
        complete=not uncounted,
    )


def weeks_until(last: Week, count: int) -> tuple[Week, ...]:
    """The `count` weeks that end with `last`, the earliest first."""
    weeks = [last]
    for _ in range(count - 1):
        weeks.append(weeks[-1].previous)
    return tuple(reversed(weeks))


class Courses(NamedTuple):
    """The courses of the places, and those over everything."""

    rows: list[Course]
    totals: list[Course]

    @classmethod
    def of(cls, counted: CountedWeek, weeks: tuple[Week, ...], settings: Settings) -> Courses:
        """Put the sums of the weeks together, place by place."""
        counting = counted.counting
        level = counting.query.level
        shown = counted.measures.indicators
        of_week = {week: Measures.of(shown, settings, counted.available, week) for week in weeks}
        on, frames = sums_at(counted, counting.query.level)
        sums = {
            week: {
                tuple(row[name] for name in on): row for row in frames[week].iter_rows(named=True)
            }
            for week in weeks
        }
        held = _held(counted, on)
        rows: list[Course] = []
        for place in places.ordered(_places(counted, weeks), level):
            at = tuple(place[name] for name in on)
            known = held.get(at, frozenset())
            by_week = [
                of_week[week].at(level, Place(sums[week].get(at, {}), None), [region_of(place)])
                for week in weeks
            ]
            keys = {name: outside(name, place[name]) for name in level.keys}
            rows += _courses(keys, weeks, by_week, known)
        pooled = [
            of_week[week].totals(
                Place(
                    rollup.pool(counted.schools[week], (), counted.indicators, settings).row(
                        0, named=True
                    ),
                    None,
                ),
                counted.regions,
            )
            for week in weeks
        ]
        everywhere = frozenset().union(*held.values())
        return cls(rows, list(_courses(None, weeks, pooled, everywhere)))


def _courses(
    place: Mapping[str, str | int | None] | None,
    weeks: tuple[Week, ...],
    by_week: Sequence[Mapping[str, Measure]],
    held: frozenset[date],
) -> Iterable[Course]:
    """The courses of a place; a week without a lesson there is a gap if other weeks have one."""
    seen = [not held or week.monday in held for week in weeks]
    for key in by_week[0]:
        measures = tuple(
            measures[key] if here and measures[key].value is not None else None
            for measures, here in zip(by_week, seen, strict=True)
        )
        yield Course(key, place, weeks, measures)


def _places(counted: CountedWeek, weeks: Sequence[Week]) -> Iterable[Mapping[str, object]]:
    """The places that have a row in some week; what they are called now."""
    counting = counted.counting
    if not counting.scope.below_school:
        left = counted.schools[weeks[-1]]
    else:
        lessons = counting.scope.keep(counting.frames.lessons)
        inside = [lessons["school_id"]]
        if not counting.scope.by_lesson:
            inside.append(counting.scope.keep(counting.frames.classes)["school_id"])
        schools = pl.concat(inside).unique()
        left = counted.schools[weeks[-1]].filter(pl.col("school_id").is_in(schools.implode()))
    named = pl.concat(named_places(counted, counting.query.level, left, week) for week in weeks)
    return named.unique(maintain_order=True).iter_rows(named=True)


def _held(counted: CountedWeek, on: Sequence[str]) -> dict[Keys, frozenset[date]]:
    """The Mondays of the weeks in which each place has a lesson."""
    counting = counted.counting
    lessons = counting.scope.keep(counting.frames.lessons)
    above = [name for name in on if name in ("region", "municipality")]
    if above:
        schools = counted.schools[counting.query.week].select("school_id", *above)
        lessons = lessons.join(schools, on="school_id", how="inner", validate="m:1")
    weeks = [week.monday for week in counting.query.weeks]
    mondays: dict[Keys, set[date]] = {}
    for monday, *at in (
        lessons.filter(pl.col("week").is_in(weeks)).select("week", *on).unique().iter_rows()
    ):
        mondays.setdefault(tuple(at), set()).add(monday)
    return {at: frozenset(found) for at, found in mondays.items()}


def _states(
    path: Path, weeks: Sequence[Week], settings: Settings
) -> dict[Week, tuple[date, Path] | None]:
    """The day after each week and the state of the dataset at its end; `None` before any import."""
    if not layout.is_dataset(path):
        raise faults.no_dataset(path)
    where = clock.zone(settings.timezone)
    found: dict[Week, tuple[date, Path] | None] = {}
    refusal: UsageError | None = None
    for week in weeks:
        day = week.next.monday
        try:
            found[week] = (day, layout.find(path, day, where).folder)
        except UsageError as error:
            found[week], refusal = None, error
    if refusal is not None and not any(found.values()):
        raise refusal
    return found


def _with_then(
    now: Courses,
    counted_in: Callable[[Sequence[Week], date], CountedWeek],
    settings: Settings,
    states: Mapping[Week, tuple[date, Path] | None],
) -> tuple[Courses, list[Notice]]:
    """Put beside each value what was known of it on the day after its week.

    A state is counted once for all weeks that it was the last of. The notices name the schools that
    could not be counted.
    """
    of_state: dict[Path, list[Week]] = {}
    days: dict[Path, date] = {}
    for week, state in states.items():
        if state is not None:
            of_state.setdefault(state[1], []).append(week)
            days[state[1]] = state[0]
    then: dict[tuple[str, Keys], dict[Week, Measure | None]] = {}
    uncounted: list[Notice] = []
    for folder, weeks in of_state.items():
        try:
            counted = counted_in(weeks, days[folder])
        except UsageError:
            # What the filters name was not there yet.
            continue
        uncounted += counted.counting.uncounted
        found = Courses.of(counted, tuple(weeks), settings)
        for course in (*found.rows, *found.totals):
            of_course = then.setdefault(_identity(course), {})
            of_course.update(zip(course.weeks, course.measures, strict=True))
    beside = Courses(*([_beside(one, then) for one in courses] for courses in now))
    return beside, uncounted


def _beside(
    course: Course, then: Mapping[tuple[str, Keys], Mapping[Week, Measure | None]]
) -> Course:
    known = then.get(_identity(course), {})
    return replace(course, then=tuple(known.get(week) for week in course.weeks))


def _identity(course: Course) -> tuple[str, Keys]:
    """The indicator and the ids of the place: names may have changed since."""
    place = course.place or {}
    ids = {"school": "school_id", "class": "class_id", "teacher": "teacher_id"}
    return course.indicator, tuple(place[ids.get(name, name)] for name in place)


def _gaps(counted: CountedWeek, weeks: Sequence[Week]) -> list[Notice]:
    """Say which weeks have no lesson at all, and whose next week is wanting."""
    available = counted.available
    empty = [week for week in weeks if week.monday not in available.covered]
    notices = []
    if empty:
        named = ", ".join(week.iso for week in empty)
        notices.append(
            Notice(
                "not_covered",
                words(
                    f"нет уроков недель, на графике пропуски: {named}",
                    f"no lessons of these weeks, they are gaps: {named}",
                ),
            )
        )
    ahead = [
        item
        for item in counted.measures.indicators
        if item.key in available.looks_ahead and item.key not in available.wanting
    ]
    short = [
        week
        for week in weeks
        if week.monday in available.covered and week.next.monday not in available.covered
    ]
    if ahead and short:
        ru, en = (", ".join(item.title[at] for item in ahead) for at in (0, 1))
        named = ", ".join(week.iso for week in short)
        notices.append(
            Notice(
                "no_next_week",
                words(
                    f"нет уроков следующей недели, пропуски в {named}: {ru}",
                    f"no lessons of the week after, gaps in {named}: {en}",
                ),
            )
        )
    return notices


def _unknown(weeks: Sequence[Week], states: Mapping[Week, object] | None) -> list[Notice]:
    """Say of which weeks nothing was imported by the day after them."""
    if states is None:
        return []
    named = ", ".join(week.iso for week in weeks if states[week] is None)
    if not named:
        return []
    return [
        Notice(
            "not_imported_then",
            words(
                f"к понедельнику после этих недель импорта ещё не было: {named}",
                f"there was no import by the Monday after these weeks: {named}",
            ),
        )
    ]
