"""`monitor grades`: attainment by final marks, without them by current ones, at any level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import facts, filters, places
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.errors import UsageError
from monitor_cli.language import normalised, words
from monitor_cli.levels import Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import rows as placing
from monitor_cli.reports import told
from monitor_cli.reports.asked import Asked
from monitor_cli.reports.grades import journal, sheets, wanting
from monitor_cli.reports.grades.current import Current, current
from monitor_cli.reports.grades.final import Final, final
from monitor_cli.reports.grades.lessons import KEYS, Placed, grain, lessons_in
from monitor_cli.reports.grades.tallies import COUNTS, OUTCOMES, outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.language import Words
    from monitor_cli.report import Value
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

COLUMNS = {
    **{
        table: WEEK_COLUMNS[table]
        for table in (
            Table.SCHOOLS,
            Table.CLASSES,
            Table.STAFF,
            Table.STUDENTS,
            Table.LESSONS,
            Table.ATTENDANCE,
        )
    },
    Table.MARKS: WEEK_COLUMNS[Table.MARKS] | {"student_id", "value"},
    Table.FINAL_MARKS: frozenset({"student_id", "class_id", "subject", "period", "value"}),
}
_PERIOD = sheets.PERIOD.key


@dataclass(frozen=True, slots=True)
class AskedGrades(Asked):
    """What attainment is asked for.

    `by`: `final` or `current` marks, by default what there is. `periods`: the periods of final
    marks to show, as typed; all without.
    """

    by: str | None = None
    periods: tuple[str, ...] = ()


def grades(
    path: Path,
    settings: Settings,
    asked: AskedGrades,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """Attainment, quality and СОУ of the places of a level, and their journal in the period.

    Raises:
        UsageError: a filter or a period that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    first, last = asked.weeks[-1].monday, asked.week.monday
    reach = dict.fromkeys((Table.LESSONS, Table.MARKS, Table.ATTENDANCE), (first, last))
    made = with_dump(
        lambda options: read_by(options, path, COLUMNS, reach, as_imported),
        read_options(settings),
        partial(_made, settings, asked),
    )
    return replace(made, sample=sample)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found: the dump and its lessons, what is left of them, the marks."""

    dump: Dump
    asked: AskedGrades
    lessons: Lessons
    scope: Scope
    placed: Placed
    schools: pl.DataFrame
    classes: pl.DataFrame
    current: Current | None
    final: Final | None

    def places(self) -> pl.DataFrame:
        """The places that have a row: schools left, and under them what has a lesson or a mark."""
        names = list(grain(self.asked.level))
        at = self.placed.at.filter(self.placed.within).unique()
        held = self.placed.places.select(pl.all().gather(at))
        seen = [held.select(names)]
        if self.final is not None:
            seen.append(self.scope.keep(self.final.units).select(names))
        found = pl.concat(seen).unique()
        if names != ["school_id"] or self.scope.below_school:
            return found
        return self.scope.keep(self.schools).select(names)


def _made(settings: Settings, asked: AskedGrades, dump: Dump) -> Report:
    lessons = lessons_in(dump, asked, settings)
    schools, classes = places.schools(dump), facts.classes(dump, [asked.week])
    finals = None
    by_final = wanting.has_final(dump) if asked.by is None else asked.by == sheets.FINAL
    if by_final and wanting.has_final(dump):
        finals = final(dump, asked, lessons.places)
    scope = filters.resolve(
        asked.query(*KEYS),
        places.Frames(
            schools,
            classes,
            _keys_seen(asked, lessons, finals),
            None,
            places.teachers(dump, lessons.places),
        ),
    )
    placed = Placed.of(lessons, asked, scope, ["subject"])
    marks = current(dump, placed, asked) if wanting.has_current(dump) else None
    found = _Found(dump, asked, lessons, scope, placed, schools, classes, marks, finals)
    shown = _by_final(found) if by_final else [_by_current(found)]
    title = (
        words("Успеваемость по итоговым отметкам", "Attainment by final marks")
        if by_final
        else words("Успеваемость по текущим отметкам", "Attainment by current marks")
    )
    days = told.period(asked)
    return Report(
        name=sheets.NAME,
        title=title if by_final else words(f"{title.ru}, {days.ru}", f"{title.en}, {days.en}"),
        main=sheets.GRADES,
        sheets=(*shown, _journal(found)),
        head={**told.head(asked), "basis": sheets.FINAL if by_final else sheets.CURRENT},
        problems=dump.problems,
        warnings=[*dump.warnings, *_said(found, by_final=by_final)],
        day=asked.last,
    )


def _keys_seen(asked: Asked, lessons: Lessons, finals: Final | None) -> pl.DataFrame:
    """All that filters may name: the keys of lessons and of final marks."""
    if not asked.subjects and not asked.teachers:
        return lessons.places
    names = ["school_id", *KEYS]
    seen = [lessons.places.select(names)]
    if finals is not None:
        seen.append(finals.units.select(names))
    return pl.concat(seen).unique()


def _by_final(found: _Found) -> list[Sheet]:
    """The grades by period, and what they are in all."""
    if found.final is None:
        return [_sheet(found, None, None, None)]
    units = found.scope.keep(found.final.units)
    if found.scope.teachers is not None:
        units = units.filter(pl.col("teacher_id").is_not_null())
    shown = _chosen(units[_PERIOD].unique().to_list(), found.asked.periods)
    units = units.filter(pl.col(_PERIOD).is_in(shown))
    names = list(grain(found.asked.level))
    at_schools = outcomes(units, ["school_id", _PERIOD])
    at_places = at_schools if names == ["school_id"] else outcomes(units, [*names, _PERIOD])
    return [_sheet(found, at_places, at_schools, shown), _in_all(at_schools, shown)]


def _by_current(found: _Found) -> Sheet:
    """The grades of averages."""
    if found.current is None:
        return _sheet(found, None, None, None)
    names = list(grain(found.asked.level))
    at_schools = found.current.outcomes(["school_id"])
    at_places = at_schools if names == ["school_id"] else found.current.outcomes(names)
    return _sheet(found, at_places, at_schools, None)


def _chosen(known: Sequence[str | None], asked: Sequence[str]) -> list[str]:
    """The periods to show, in order.

    Raises:
        UsageError: one typed is none of those that the dump has.
    """
    ordered = sorted((one for one in known if one is not None), key=places.natural)
    if not asked:
        return ordered
    typed = {normalised(one): one for one in asked}
    for folded, one in typed.items():
        if folded not in {normalised(name) for name in ordered}:
            there = ", ".join(ordered)
            raise UsageError(
                words(f"--period {one}: такого периода нет", f"--period {one}: no such period"),
                remedy=words(f"есть: {there}", f"there are: {there}") if there else None,
            )
    return [one for one in ordered if normalised(one) in typed]


def _named(found: _Found, sums: pl.DataFrame, also: Sequence[str]) -> pl.DataFrame:
    """Sums at places with all keys of the level; above schools summed up."""
    level = found.asked.level
    rows = sums.join(
        found.schools.select(places.SCHOOL_KEYS), on="school_id", how="inner", validate="m:1"
    )
    if level.pools_schools:
        return placing.pooled(rows, level, also)
    if level is Level.CLASS:
        named = found.classes.select(
            "class_id", pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
        )
        return rows.join(named, on="class_id", how="left", validate="m:1")
    if level is Level.TEACHER:
        names = places.teachers(found.dump, rows)
        return rows.join(names, on=["school_id", "teacher_id"], how="left", validate="m:1")
    return rows


def _sheet(
    found: _Found,
    at_places: pl.DataFrame | None,
    at_schools: pl.DataFrame | None,
    periods: Sequence[str] | None,
) -> Sheet:
    """The main sheet: a row a place and, where there are any, a period."""
    level, limit = found.asked.level, found.asked.limit
    names = list(grain(level))
    also = [] if periods is None else [_PERIOD]
    rows = found.places()
    if periods is not None:
        rows = rows.join(pl.DataFrame({_PERIOD: periods}, schema={_PERIOD: pl.String}), how="cross")
    summed = [*COUNTS, *OUTCOMES]
    if at_places is None:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in summed)
    else:
        rows = rows.join(
            at_places, on=[*names, *also], how="left", validate="1:1", nulls_equal=True
        ).with_columns(pl.col(summed).fill_null(0))
    held = _named(found, rows, also)
    if periods is not None:
        order = {period: at for at, period in enumerate(periods)}
        held = held.sort(placing.looked_up(_PERIOD, order, pl.Int64))
    cells = [
        (*keys, *((row[_PERIOD],) if also else ()), *sheets.of_grades(row))
        for keys, row in placing.by_place(held, level)
    ]
    columns = (
        *told.key_columns(level, cells),
        *((sheets.PERIOD,) if also else ()),
        *sheets.OF_GRADES,
    )
    totals: tuple[Value, ...] | None = None
    if at_schools is not None and (periods is None or len(periods) == 1):
        blank = (None,) * (len(columns) - len(sheets.OF_GRADES))
        totals = (*blank, *sheets.of_grades(_summed(at_schools)))
    return Sheet(
        sheets.GRADES,
        words("Успеваемость", "Attainment"),
        told.seldom(columns, cells, sheets.SELDOM),
        placing.limited(cells, limit),
        totals=totals,
        rows_in_all=None if limit is None else len(cells),
        note=_note(found),
    )


def _note(found: _Found) -> Words | None:
    if found.final is None or found.asked.level is not Level.TEACHER:
        return None
    return words(
        "учитель итоговой отметки – тот, кто один ведёт предмет в классе; где их несколько "
        "(подгруппы), отметка стоит без учителя",
        "the teacher of a final mark is the only one of the subject in the class; where there are "
        "several (subgroups), the mark stands under none",
    )


def _in_all(at_schools: pl.DataFrame, periods: Sequence[str]) -> Sheet:
    """A row a period: the sums of all schools left."""
    rows: list[tuple[Value, ...]] = [
        (period, *sheets.of_grades(_summed(at_schools.filter(pl.col(_PERIOD) == period))))
        for period in periods
    ]
    columns = told.seldom((sheets.PERIOD, *sheets.OF_GRADES), rows, sheets.SELDOM)
    return Sheet(sheets.PERIODS, words("Всего по периодам", "In all by period"), columns, rows)


def _summed(at_schools: pl.DataFrame) -> dict[str, object]:
    return at_schools.select(pl.col(*COUNTS, *OUTCOMES).sum()).row(0, named=True)


def _journal(found: _Found) -> Sheet:
    """The journal of the period: a row a place."""
    level, names = found.asked.level, list(grain(found.asked.level))
    parts = [journal.lesson_sums(found.placed)]
    two: list[pl.DataFrame] = []
    if found.current is not None:
        parts.append(found.current.written)
        two = [found.current.with_two(names), found.current.with_two(["school_id"])]
    if wanting.has_attendance(found.dump):
        marked = None if found.current is None else found.current.marked
        parts.append(journal.attendance_sums(found.dump, found.placed, marked))
    rows = found.places()
    for part in [*parts, *two[:1]]:
        added = [name for name in part.columns if name not in {*names, "subject"}]
        summed = part.group_by(names).agg(pl.col(added).sum())
        rows = rows.join(
            summed, on=names, how="left", validate="1:1", nulls_equal=True
        ).with_columns(pl.col(added).fill_null(0))
    wanted = ["lessons", "seats", "absences", "students_with_two", *COUNTS]
    rows = rows.with_columns(
        pl.lit(None, pl.Int64).alias(name) for name in wanted if name not in rows.columns
    )
    held = _named(found, rows, [])
    cells = [(*keys, *sheets.of_journal(row)) for keys, row in placing.by_place(held, level)]
    sums = rows.select(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in wanted
    ).row(0, named=True)
    if two:
        sums["students_with_two"] = two[1]["students_with_two"].sum()
    columns = (*told.key_columns(level, cells), *sheets.OF_JOURNAL)
    days = told.period(found.asked)
    return Sheet(
        sheets.JOURNAL,
        words(f"Журнал за {days.ru}: текущие отметки", f"Journal of {days.en}: current marks"),
        columns,
        placing.limited(cells, found.asked.limit),
        totals=(*(None,) * len(level.keys), *sheets.of_journal(sums)),
        rows_in_all=None if found.asked.limit is None else len(cells),
    )


def _said(found: _Found, *, by_final: bool) -> list[Notice]:
    """What is not available, and which rows of final marks are not counted."""
    said = wanting.notices(found.dump, by_final=by_final)
    return said if found.final is None else [*said, *wanting.of_final(found.final)]
