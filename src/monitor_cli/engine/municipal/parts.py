"""The parts of a report: a week and further sheets a municipality, or a school, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dataset.layout import is_dataset
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine.count import GRAINS
from monitor_cli.engine.municipal import sheets
from monitor_cli.engine.municipal.narrowed import narrowed, settled
from monitor_cli.engine.page.remarks import lessons_amiss, remarks
from monitor_cli.engine.placed import rows_at
from monitor_cli.engine.query import counted_for, reach
from monitor_cli.engine.query import wanted as tables_wanted
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.engine.trend import Courses, weeks_until
from monitor_cli.engine.week import CountedWeek, sides_changed, told
from monitor_cli.levels import Level
from monitor_cli.report import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.query import Query
    from monitor_cli.report import Sheet, Value
    from monitor_cli.result import ChangedSide, Row, WeekResult
    from monitor_cli.settings import Settings

LAST_WEEKS = 8
"""How many weeks the course of the indicators is told over, the one asked for being the last."""


@dataclass(frozen=True, slots=True)
class Municipal:
    """A week counted once for all municipalities and schools.

    `whole`: the week at all schools. `municipalities`: their keys, in the order of every output.
    """

    whole: WeekResult
    municipalities: tuple[Mapping[str, str | int | None], ...]
    _counted: CountedWeek
    _remarks: Mapping[str, Sequence[tuple[str, int]]]
    _sample: bool

    def overview(self) -> WeekResult:
        """The week at the municipalities."""
        rows = rows_at(self._counted, Level.MUNICIPALITY)
        result = told(self._counted, rows, self.whole.changed_sides)
        return replace(result, level=Level.MUNICIPALITY, sample=self._sample)

    def part(self, keys: Mapping[str, str | int | None]) -> Part:
        """The part of a municipality, or of a school, by its keys."""
        if "school_id" not in keys:
            return self._part(self._within(keys), keys)
        counted = self._within({name: keys[name] for name in Level.MUNICIPALITY.keys})
        of_school = pl.col("school_id").cast(pl.String) == keys["school_id"]
        return self._part(narrowed(counted, counted.left.filter(of_school)["school_id"]), keys)

    def parts(self) -> Iterator[Part]:
        """A part a municipality; each is made when it is asked for, and not kept."""
        for keys in self.municipalities:
            yield self._part(self._within(keys), keys)

    def schools(self) -> Iterator[Part]:
        """A part a school, municipality by municipality; each is made when it is asked for."""
        for keys in self.municipalities:
            counted = self._within(keys)
            ids = {str(one): one for one in counted.left["school_id"].to_list()}
            dtype = counted.left.schema["school_id"]
            for row in rows_at(counted, Level.SCHOOL):
                of_school = pl.Series([ids[str(row.keys["school_id"])]], dtype=dtype)
                yield self._part(narrowed(counted, of_school), row.keys)

    def _within(self, keys: Mapping[str, str | int | None]) -> CountedWeek:
        here = pl.lit(value=True)
        for name, value in keys.items():
            here &= pl.col(name).eq_missing(pl.lit(value, pl.String))
        return narrowed(self._counted, self._counted.left.filter(here)["school_id"])

    def _part(self, counted: CountedWeek, keys: Mapping[str, str | int | None]) -> Part:
        rows = rows_at(counted, Level.SCHOOL)
        result = replace(told(counted, rows, self._changed(rows)), sample=self._sample)
        rules, named = counted.measures.rules, sheets.names_of(rows)
        classes, teachers = (rows_at(counted, level) for level in (Level.CLASS, Level.TEACHER))
        made = [
            sheets.of_steps(rows, classes, teachers, rules),
            *self._courses(counted, named, of_school="school" in keys),
            sheets.of_classes(classes, result.indicators, named),
            sheets.of_teachers(teachers, result.indicators, named),
            sheets.of_remarks(rows, self._remarks),
        ]
        return Part(keys, result, tuple(made))

    @staticmethod
    def _courses(
        counted: CountedWeek, named: Mapping[Value, str], *, of_school: bool
    ) -> tuple[Sheet, ...]:
        """The course over the weeks with a lesson in the dump; nothing of one week alone."""
        last = weeks_until(counted.counting.query.week, LAST_WEEKS)
        weeks = tuple(week for week in last if week.monday in counted.available.covered)
        if len(weeks) < 2:  # noqa: PLR2004
            return ()
        courses = Courses.of(counted, weeks, counted.measures.rules)
        return sheets.of_courses(courses, weeks, named, of_school=of_school)

    def _changed(self, rows: Sequence[Row]) -> tuple[ChangedSide, ...] | None:
        """Of the schools that change sides, those of `rows`."""
        if self.whole.changed_sides is None:
            return None
        ids = {row.keys["school_id"] for row in rows}
        return tuple(one for one in self.whole.changed_sides if one.school_id in ids)


def counted(
    path: Path,
    settings: Settings,
    query: Query,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Municipal:
    """Count the dump at `path` once for all that the parts of a report tell.

    The week, the one before, and the course of the last weeks; at schools, classes and teachers.
    Of `query` the week, the filters of places, `compare`, `as_of` and `instead_of` hold.

    Raises:
        UsageError: a filter that names nothing; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked = replace(
        query,
        level=Level.SCHOOL,
        grains=(GRAINS[Level.CLASS], GRAINS[Level.TEACHER]),
        also=weeks_until(query.week, LAST_WEEKS)[:-1],
        held_only=True,
    )
    tables = tables_wanted(asked, counted_for(asked, settings), checked=is_dataset(path))
    within = reach(asked)
    return with_dump(
        lambda options: read_by(options, path, tables, within, as_imported),
        read_options(settings),
        partial(_municipal, settings, asked, sample),
    )


def _municipal(settings: Settings, query: Query, sample: bool, dump: Dump) -> Municipal:  # noqa: FBT001
    whole = settled(CountedWeek.counted(dump, settings, query))
    rows = rows_at(whole, Level.SCHOOL)
    result = replace(told(whole, rows, sides_changed(whole)), sample=sample)
    found = tuple(row.keys for row in rows_at(whole, Level.MUNICIPALITY))
    return Municipal(
        result, found, whole, remarks(whole, lessons_amiss(whole.counting), rows), sample
    )
