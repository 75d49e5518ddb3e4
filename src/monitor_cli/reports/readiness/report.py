"""`monitor readiness`: which schools are ready for the year, and what the others have to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import facts, places
from monitor_cli.engine.available import examine
from monitor_cli.engine.lessons import lessons_of
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import coverage, told
from monitor_cli.reports import rows as placing
from monitor_cli.reports.readiness import lessons as teaching
from monitor_cli.reports.readiness import people, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.language import Words
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

COLUMNS = {
    **{
        table: WEEK_COLUMNS[table]
        for table in (Table.SCHOOLS, Table.CLASSES, Table.LESSONS, Table.HOMEWORK)
    },
    Table.STAFF: WEEK_COLUMNS[Table.STAFF] | {"position"},
    Table.STUDENTS: WEEK_COLUMNS[Table.STUDENTS] | {"name"},
}
_COUNTS = tuple(column.key for column in sheets.NUMBERS if column.key != "planned")
_ACTIVATION = frozenset({"is_activated", "activated_at"})


def readiness(
    path: Path,
    settings: Settings,
    asked: Asked,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """What is to be done before the year begins, by school, in the week asked for.

    Source: `memo.txt`, «Работа перед началом года».

    Raises:
        UsageError: a level that it does not have; a filter that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked.require(DOWN_TO_SCHOOL)
    monday = asked.week.monday
    reach = dict.fromkeys((Table.LESSONS, Table.HOMEWORK), (monday, monday))
    made = with_dump(
        lambda options: read_by(options, path, COLUMNS, reach, as_imported),
        read_options(settings),
        partial(_made, settings, asked),
    )
    return replace(made, sample=sample)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be done at the schools left: the rows of each list, all with `school_id`.

    `staff`, `students` as in `people.py`, `classes`, `planning` as in `lessons.py`; `None` where
    the dump cannot tell. `activation`: whether it tells who has activated an account.
    """

    asked: Asked
    schools: pl.DataFrame
    staff: pl.DataFrame | None
    students: pl.DataFrame | None
    classes: pl.DataFrame | None
    planning: pl.DataFrame | None
    activation: bool

    def counted(self) -> pl.DataFrame:
        """A row a school: `SCHOOL_KEYS` and the numbers, null where the dump cannot tell."""
        parts = []
        if self.staff is not None:
            parts.append(_reasons(self.staff, people.TECHNICAL, people.NOT_ACTIVATED))
        if self.students is not None:
            reasons = (people.PAST_CLASS, people.NO_CLASS, people.TWO_CLASSES)
            parts.append(_reasons(self.students, *reasons).rename({"rows": "students"}))
        if self.classes is not None:
            short = (~pl.col("filled")).sum().cast(pl.Int64)
            rows = self.classes.group_by("school_id")
            parts.append(rows.agg(classes=pl.len().cast(pl.Int64), short_classes=short))
        if self.planning is not None:
            sums = pl.col("lessons", "unplanned").sum()
            parts.append(self.planning.group_by("school_id").agg(sums))
        held = self.schools.select(places.SCHOOL_KEYS)
        for part in parts:
            held = held.join(part, on="school_id", how="left", validate="1:1")
        known = {name for part in parts for name in part.columns}
        if not self.activation:
            known.discard(people.NOT_ACTIVATED)
        return held.select(
            *places.SCHOOL_KEYS,
            *(
                pl.col(name).fill_null(0) if name in known else pl.lit(None, pl.Int64).alias(name)
                for name in _COUNTS
            ),
        )


def _reasons(rows: pl.DataFrame, *reasons: str) -> pl.DataFrame:
    """How many rows a school has, and how many for each reason."""
    return rows.group_by("school_id").agg(
        rows=pl.len().cast(pl.Int64),
        **{why: (pl.col("why") == why).sum().cast(pl.Int64) for why in reasons},
    )


def _found(dump: Dump, lessons: Lessons, asked: Asked, settings: Settings) -> _Found:
    schools, classes = places.schools(dump), facts.classes(dump, [asked.week])
    scope = placing.scope_of_registers(asked, schools, classes)
    covered = coverage.is_covered(asked, lessons.covered)
    staff = students = planning = None
    activation = False
    if Table.STAFF in dump.tables:
        staff = people.staff(dump.tables[Table.STAFF].frame.collect(), asked.week)
        activation = bool(_ACTIVATION & dump.tables[Table.STAFF].columns)
    if staff is not None and not activation:
        staff = staff.with_columns(
            why=pl.when(pl.col("why") != people.NOT_ACTIVATED).then(pl.col("why"))
        )
    if Table.STUDENTS in dump.tables:
        register = dump.tables[Table.STUDENTS].frame.collect()
        students = people.students(register, classes, asked.week)
    held = teaching.timetable(classes, lessons, settings) if covered else None
    if covered and teaching.PLANNING.key not in _wanting(dump, settings)[0]:
        planning = _with_names(dump, teaching.planning(dump, lessons, settings), classes)
    return _Found(
        asked,
        scope.keep(schools),
        _kept(scope, staff),
        _kept(scope, students),
        _kept(scope, held),
        _kept(scope, planning),
        activation,
    )


def _kept(scope: Scope, rows: pl.DataFrame | None) -> pl.DataFrame | None:
    return None if rows is None else scope.keep(rows)


def _with_names(dump: Dump, planning: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    named = classes.select(
        "class_id", pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
    )
    teachers = places.teachers(dump, planning)
    return planning.join(named, on="class_id", how="left", validate="m:1").join(
        teachers, on=["school_id", "teacher_id"], how="left", validate="m:1"
    )


def _wanting(dump: Dump, settings: Settings) -> tuple[frozenset[str], list[Notice]]:
    """Whether planning can be told, and what is said of it."""
    available, said = examine(dump, [teaching.PLANNING], settings, ())
    return available.wanting, said


def _made(settings: Settings, asked: Asked, dump: Dump) -> Report:
    lessons = lessons_of(dump, replace(asked.query(), given=True), settings)
    found = _found(dump, lessons, asked, settings)
    when = told.day(asked.week.monday)
    return Report(
        name=sheets.NAME,
        title=words(
            f"Готовность к учебному году, неделя с {when.ru}",
            f"Readiness for the school year, the week of {when.en}",
        ),
        main=sheets.ROWS,
        sheets=(
            _main(found),
            _list(found, sheets.STAFF, found.staff, sheets.OF_STAFF),
            _list(found, sheets.STUDENTS, found.students, sheets.OF_STUDENTS),
            _list(found, sheets.CLASSES, _short(found.classes), sheets.OF_CLASSES),
            _list(found, sheets.PLANNING, _unplanned(found.planning), sheets.OF_PLANNING),
        ),
        head=told.head(asked),
        problems=dump.problems,
        warnings=[
            *dump.warnings,
            *_said(dump),
            *_wanting(dump, settings)[1],
            *coverage.not_covered(asked, lessons.covered),
        ],
        day=asked.last,
    )


def _said(dump: Dump) -> list[Notice]:
    """What of people the dump cannot tell."""
    said = []
    if Table.STAFF not in dump.tables:
        said.append(told.missing(Table.STAFF, words("сотрудники", "staff")))
    elif not _ACTIVATION & dump.tables[Table.STAFF].columns:
        said.append(coverage.without("staff.is_activated", "кто не активирован", "who is to"))
    if Table.STUDENTS not in dump.tables:
        said.append(told.missing(Table.STUDENTS, words("миграция", "migration")))
    return said


def _main(found: _Found) -> Sheet:
    """A row a place of the level, the sums under them."""
    level, limit = found.asked.level, found.asked.limit
    schools = found.counted()
    said = [sheets.verdicts(row) for row in schools.iter_rows(named=True)]
    verdict = pl.Series("verdict", [one["verdict"] for one in said], dtype=pl.String)
    areas = [pl.Series(name, [one[name] for one in said], dtype=pl.String) for name in sheets.AREAS]
    judged = schools.with_columns(
        verdict,
        *areas,
        schools=pl.lit(1, pl.Int64),
        ready=(verdict == sheets.READY).fill_null(value=False).cast(pl.Int64),
        not_ready=(verdict == sheets.NOT_READY).fill_null(value=False).cast(pl.Int64),
    )
    summed = [column.key for column in sheets.ABOVE] + list(_COUNTS)
    sums = [
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in summed
    ]
    at_school = level is Level.SCHOOL
    rows = judged if at_school else judged.group_by(level.keys).agg(sums)
    columns = (*(sheets.OF_SCHOOL if at_school else sheets.ABOVE), *sheets.NUMBERS)
    cells = [(*keys, *sheets.cells_of(columns, row)) for keys, row in placing.by_place(rows, level)]
    total = judged.select(sums).row(0, named=True)
    return Sheet(
        sheets.ROWS,
        words("Школы", "Schools") if at_school else words("Места", "Places"),
        (*told.key_columns(level, cells), *columns),
        placing.limited(cells, limit),
        totals=(*(None,) * len(level.keys), *sheets.cells_of(columns, total)),
        rows_in_all=None if limit is None else len(cells),
        note=words(
            f"школ готово: {total['ready'] or 0} из {total['schools'] or 0}",
            f"schools ready: {total['ready'] or 0} of {total['schools'] or 0}",
        ),
    )


def _short(classes: pl.DataFrame | None) -> pl.DataFrame | None:
    return None if classes is None else classes.filter(~pl.col("filled")).with_columns(why="filled")


def _unplanned(planning: pl.DataFrame | None) -> pl.DataFrame | None:
    if planning is None:
        return None
    return planning.filter(pl.col("unplanned") > 0).with_columns(why="unplanned")


_TITLES: Mapping[str, Words] = {
    sheets.STAFF: words("Выверка сотрудников", "Staff to reconcile"),
    sheets.STUDENTS: words("Миграция учеников", "Students to migrate"),
    sheets.CLASSES: words("Классы без полного расписания", "Classes short of lessons"),
    sheets.PLANNING: words("Уроки без темы и ДЗ", "Lessons without topic and homework"),
}
_NOTES: Mapping[str, Words] = {
    sheets.CLASSES: words(
        "постоянное это расписание или временное и когда оно опубликовано, в выгрузке не видно",
        "whether a timetable is temporary and when it was published cannot be seen in a dump",
    ),
}


def _list(found: _Found, key: str, rows: pl.DataFrame | None, columns: Sequence[Column]) -> Sheet:
    """What is to be done, school by school."""
    limit = found.asked.limit
    cells: list[tuple[Value, ...]] = []
    if rows is not None:
        order = [name for name in _ORDER if name in rows.columns]
        held = rows.filter(pl.col("why").is_not_null()).join(
            _ranked(found.schools), on="school_id", how="inner", validate="m:1"
        )
        held = held.sort("rank", *order, nulls_last=True)
        cells = [sheets.cells_of(columns, row) for row in held.iter_rows(named=True)]
    return Sheet(
        key,
        _TITLES[key],
        columns,
        placing.limited(cells, limit),
        rows_in_all=None if limit is None else len(cells),
        note=_NOTES.get(key),
    )


_ORDER = ("parallel", "class", "subject", "why", "name", "teacher", "class_id", "person_id")
"""By what the rows of a school stand in order, as far as they have it."""


def _ranked(schools: pl.DataFrame) -> pl.DataFrame:
    """The keys of schools with the `rank` of each in the order of every output."""
    keys = schools.select(places.SCHOOL_KEYS)
    ordered = places.ordered(keys.iter_rows(named=True), Level.SCHOOL)
    return pl.DataFrame(ordered, schema=keys.schema).with_row_index("rank")
