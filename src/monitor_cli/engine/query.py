"""What is asked of a week, and which tables and columns of the dump answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.errors import UsageError
from monitor_cli.indicators import BY_KEY, CATALOGUE
from monitor_cli.indicators.spec import Fact, Integral, Together
from monitor_cli.language import words
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import date, datetime
    from fractions import Fraction

    from monitor_cli.clock import Week
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.language import Words
    from monitor_cli.result import Block
    from monitor_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Query:
    """A week, a level, filters as typed, and what to show of the rows.

    `grains`: keys under the school to sum up by besides those of the level. `number`: the numbers
    of lessons are wanted, too, `names` those of students and parents. `given`: who was to give each
    lesson and who stood in, and the lessons that were cancelled. `also`: further weeks to count in
    the same pass; with `held_only`, those of them in which the dump has a lesson. `like`: one
    school, by its id, its name or a fragment of it. `tables`: what to read besides what is counted.
    `as_of`: the moment, by each school's clock, whose state is asked for; without one, all that the
    dump has. `instead_of`: the settings that others are tried instead of: the schools that change
    sides are told.
    """

    week: Week
    level: Level = Level.SCHOOL
    municipalities: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    block: Block | None = None
    sort: str | None = None
    below: Fraction | None = None
    limit: int | None = None
    compare: bool = True
    grains: tuple[tuple[str, ...], ...] = ()
    number: bool = False
    names: bool = False
    given: bool = False
    also: tuple[Week, ...] = ()
    held_only: bool = False
    like: str | None = None
    tables: frozenset[Table] = frozenset()
    as_of: datetime | None = None
    instead_of: Settings | None = None

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks to measure, the latest first: that asked for, the one before, further ones."""
        before = (self.week.previous,) if self.compare else ()
        return tuple(sorted({self.week, *before, *self.also}, reverse=True))


WEEK_COLUMNS: Mapping[Table, frozenset[str]] = {
    Table.SCHOOLS: frozenset(
        {"school_id", "school", "municipality", "region", "shifts", "timezone"}
    ),
    Table.CLASSES: frozenset(
        {"class_id", "school_id", "class", "parallel", "study_year", "status", "shift"}
    ),
    Table.STAFF: frozenset(
        {
            "person_id",
            "school_id",
            "name",
            "role",
            "birth_year",
            "is_activated",
            "activated_at",
            "has_esia_login",
            "esia_login_at",
            "category",
            "active_from",
            "active_to",
        }
    ),
    Table.STUDENTS: frozenset(
        {
            "person_id",
            "school_id",
            "class_id",
            "is_activated",
            "activated_at",
            "active_from",
            "active_to",
        }
    ),
    Table.PARENTS: frozenset(
        {"person_id", "school_id", "student_id", "is_activated", "activated_at"}
    ),
    Table.LESSONS: frozenset(
        {
            "lesson_id",
            "class_id",
            "subject",
            "group",
            "teacher_id",
            "substitute_id",
            "date",
            "number",
            "starts_at",
            "ends_at",
            "topic",
            "comment",
            "is_conducted",
            "is_cancelled",
        }
    ),
    Table.MARKS: frozenset({"mark_id", "lesson_id", "work_type", "created_at", "updated_at"}),
    Table.ATTENDANCE: frozenset({"lesson_id", "student_id", "status", "created_at"}),
    Table.HOMEWORK: frozenset(
        {"homework_id", "lesson_id", "text", "has_files", "issued_at", "updated_at"}
    ),
    Table.DIARY_VIEWS: frozenset({"student_id", "viewer_role", "viewed_at"}),
    Table.LOGINS: frozenset({"person_id", "school_id", "role", "logged_at"}),
}
"""The columns that a week reads of each table: those it counts by and all that can set a row
aside. They do not depend on the indicators asked for: the same rows are used whatever is shown."""

UNCOUNTED: Mapping[Table, frozenset[str]] = {
    Table.MARKS: frozenset({"mark_id"}),
    Table.ATTENDANCE: frozenset({"student_id", "created_at"}),
    Table.HOMEWORK: frozenset({"homework_id"}),
}
"""Those that can only set a row aside: of a dataset, whose rows are checked, they are not read,
unless a state is asked for: `created_at` of an absence says whether it was seen then."""


def reach(query: Query) -> dict[Table, tuple[date, date | None]]:
    """The Mondays of the first and the last week (None: all that follow) of what is counted.

    The next lesson of a lesson, with the homework due for it, may be in any later week.
    """
    first, last = query.weeks[-1].monday, query.weeks[0].monday
    counted = (Table.MARKS, Table.ATTENDANCE, Table.DIARY_VIEWS)
    return {
        **dict.fromkeys((Table.LESSONS, Table.HOMEWORK), (first, None)),
        **dict.fromkeys(counted, (first, last)),
    }


def held(query: Query, covered: Container[date]) -> Query:
    """The query without what `held_only` leaves out; `covered` are the Mondays of weeks held."""
    if not query.held_only:
        return query
    return replace(query, also=tuple(week for week in query.also if week.monday in covered))


def selected(query: Query) -> tuple[Indicator, ...]:
    """The indicators to show in totals, in catalogue order.

    Raises:
        UsageError: one is asked for that a filter or the level does not have.
    """
    narrowed = _narrowed_to(query)
    for key in query.indicators:
        if narrowed not in BY_KEY[key].levels:
            raise UsageError(
                words(
                    f"показателя {key} нет под фильтром --{narrowed}",
                    f"there is no indicator {key} under the filter --{narrowed}",
                ),
                remedy=_levels_of(BY_KEY[key]),
            )
    chosen = tuple(
        item
        for item in CATALOGUE
        if narrowed in item.levels
        and (not query.indicators or item.key in query.indicators)
        and (query.block is None or item.block is query.block or item.key in query.indicators)
    )
    if not any(query.level in item.levels for item in chosen):
        raise UsageError(
            words(
                f"ни одного из выбранных показателей нет на уровне {query.level}",
                f"none of the chosen indicators exists at level {query.level}",
            ),
            remedy=_levels_of(chosen[0]) if chosen else None,
        )
    if query.sort is not None and query.sort not in {
        item.key for item in chosen if query.level in item.levels
    }:
        raise UsageError(
            words(
                f"--sort {query.sort}: такого показателя нет среди показанных",
                f"--sort {query.sort}: no such indicator among those shown",
            )
        )
    return chosen


def _narrowed_to(query: Query) -> Level:
    """The level whose indicators the filters leave."""
    if query.subjects or query.teachers:
        return Level.SUBJECT if query.subjects else Level.TEACHER
    return Level.CLASS if query.classes else Level.SCHOOL


def _levels_of(indicator: Indicator) -> Words:
    levels = ", ".join(level for level in Level if level in indicator.levels)
    return words(f"{indicator.key} есть на уровнях: {levels}", f"{indicator.key} has: {levels}")


def needed(chosen: Iterable[Indicator], *rules: Settings) -> tuple[Indicator, ...]:
    """`chosen` and what they are made of under any of `rules`, in catalogue order."""
    keys: set[str] = set()
    waiting = [item.key for item in chosen]
    while waiting:
        key = waiting.pop()
        if key in keys:
            continue
        keys.add(key)
        for declared in (BY_KEY[key].declare(one) for one in rules):
            if isinstance(declared, Together):
                waiting.extend(declared.parts)
            elif isinstance(declared, Integral):
                waiting.extend(declared.components)
    return tuple(item for item in CATALOGUE if item.key in keys)


def counted_for(query: Query, rules: Settings) -> tuple[Indicator, ...]:
    """The indicators that a query needs under its own rules and those tried instead of."""
    others = () if query.instead_of is None else (query.instead_of,)
    return needed(selected(query), rules, *others)


def wanted(
    query: Query, indicators: Iterable[Indicator], *, checked: bool = False
) -> dict[Table, frozenset[str]]:
    """The tables to read, with their columns; fewer of rows that are `checked` already."""
    tables = {Table.SCHOOLS, Table.CLASSES, Table.LESSONS}
    for item in indicators:
        tables.update(item.reads)
        if item.fact is Fact.PARENTS:
            tables.add(Table.STUDENTS)
    if query.level in (Level.CLASS, Level.PARALLEL) or query.classes:
        tables.add(Table.STUDENTS)
    if query.level is Level.TEACHER or query.teachers or ("teacher_id",) in query.grains:
        tables.add(Table.STAFF)
    tables |= query.tables
    unread = UNCOUNTED if checked and query.as_of is None else {}
    columns = {
        table: WEEK_COLUMNS[table] - unread.get(table, frozenset())
        for table in Table
        if table in tables
    }
    if query.names:
        for table in (Table.STUDENTS, Table.PARENTS):
            if table in columns:
                columns[table] |= {"name"}
    return columns
