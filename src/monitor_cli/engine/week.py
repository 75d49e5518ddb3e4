"""The indicators of a week: from a dump and a query to a result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset.layout import is_dataset
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import count, facts, filters, homework, marks, people, places, rollup
from monitor_cli.engine.available import coverage, examine, said_of_schools
from monitor_cli.engine.cutting import cut
from monitor_cli.engine.lessons import PLACE, bearing, lessons_of
from monitor_cli.engine.measures import Measures
from monitor_cli.engine.placed import place_of, region_of, rows_at
from monitor_cli.engine.query import Query, counted_for, held, needed, reach, selected
from monitor_cli.engine.query import wanted as tables_wanted
from monitor_cli.engine.sides import changed, counted_alike
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.indicators.spec import Fact
from monitor_cli.levels import Level
from monitor_cli.result import WeekResult

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.available import Available
    from monitor_cli.engine.evidence.witness import Witness
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import ChangedSide, Measure, Notice, Row
    from monitor_cli.settings import Settings

__all__ = ["Query", "measure", "read_options"]


def measure(
    path: Path,
    settings: Settings,
    query: Query,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> WeekResult:
    """Compute what `query` asks of the dump at `path` under the rules of `settings`.

    `as_imported`: of a dataset, as it was at the end of that day.

    Raises:
        UsageError: a filter, a level or an indicator that cannot be had; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    indicators, within = counted_for(query, settings), reach(query)
    tables = tables_wanted(query, indicators, checked=is_dataset(path))
    result = with_dump(
        lambda options: read_by(options, path, tables, within, as_imported),
        read_options(settings),
        partial(_measured, settings, query),
    )
    return replace(result, sample=sample)


def _measured(settings: Settings, query: Query, dump: Dump) -> WeekResult:
    """What the query asks of a dump that is open."""
    counted = CountedWeek.counted(dump, settings, query)
    return told(counted, rows_at(counted, query.level), sides_changed(counted))


def sides_changed(counted: CountedWeek) -> tuple[ChangedSide, ...] | None:
    """The schools left that change sides under the settings typed; None where none were."""
    before = counted.counting.query.instead_of
    return None if before is None else changed(counted, counted.under(before))


def told(
    counted: CountedWeek, rows: Sequence[Row], changed_sides: Sequence[ChangedSide] | None
) -> WeekResult:
    """The result for `rows`, the places of the level that was asked for, before any are cut."""
    query, rules = counted.counting.query, counted.measures.rules
    missed = {
        (region_of(row.keys), key)
        for row in rows
        for key, one in row.measures.items()
        if one.reached is False
    }
    return WeekResult(
        week=query.week,
        level=query.level,
        indicators=counted.measures.shown(counted.regions),
        rows=cut(rows, query),
        totals=counted.totals(),
        problems=counted.dump.problems,
        warnings=counted.warnings(),
        missed=frozenset(key for _, key in missed),
        missed_firm=frozenset(
            key for region, key in missed if not rules.is_placeholder(key, region)
        ),
        compared=query.compare,
        sample=False,
        complete=not counted.counting.uncounted,
        as_of=query.as_of,
        changed_sides=changed_sides,
    )


@dataclass(frozen=True, slots=True)
class CountedWeek:
    """A dump counted for a week.

    `indicators`: those shown and those they are made of. `schools`: by week, a row a school with
    all sums (`rollup.complete_schools`). `left`: of the week asked for, those in which the filters
    leave something.
    """

    dump: Dump
    counting: Counting
    indicators: tuple[Indicator, ...]
    available: Available
    notices: tuple[Notice, ...]
    schools: Mapping[Week, pl.DataFrame]
    left: pl.DataFrame
    measures: Measures
    counts: Counts

    @classmethod
    def of(cls, dump: Dump, counts: Counts, counting: Counting, rules: Settings) -> CountedWeek:
        """Make of the sums what is made of other indicators, under the thresholds of `rules`."""
        shown = selected(counting.query)
        query = counting.query
        indicators = needed(shown, rules)
        available, notices = examine(dump, indicators, rules, counting.covered, query.as_of)
        schools = {
            week: rollup.complete_schools(
                frame, indicators, rules, partial(available.has_value, week=week)
            )
            for week, frame in counting.schools().items()
        }
        measures = Measures.of(shown, rules, available, query.week)
        left = counting.left(schools[query.week])
        said = tuple(notices)
        return cls(dump, counting, indicators, available, said, schools, left, measures, counts)

    @classmethod
    def counted(
        cls, dump: Dump, settings: Settings, query: Query, witness: Witness | None = None
    ) -> CountedWeek:
        """Count what `query` asks of a dump that is open."""

        def counts(rules: Settings, indicators: Sequence[Indicator]) -> Counting:
            return Counting.of(dump, query, rules, indicators, witness)

        return cls.by(dump, settings, query, counts)

    @classmethod
    def by(cls, dump: Dump, settings: Settings, query: Query, counts: Counts) -> CountedWeek:
        """What `counts` finds in the rows of a dump."""
        return cls.of(dump, counts, counts(settings, counted_for(query, settings)), settings)

    def under(self, rules: Settings) -> CountedWeek:
        """The same dump under other rules; counted again only where they count otherwise."""
        counting = self.counting
        if not counted_alike(self.measures.rules, rules):
            counting = self.counts(rules, needed(self.measures.indicators, rules))
        return CountedWeek.of(self.dump, self.counts, counting, rules)

    @property
    def regions(self) -> list[str | None]:
        """The regions of the schools left."""
        return self.left["region"].unique().to_list()

    def totals(self) -> dict[str, Measure]:
        """The measures over everything that the filters leave."""
        rules = self.measures.rules
        pooled = {
            week: rollup.pool(frame, (), self.indicators, rules).row(0, named=True)
            for week, frame in self.schools.items()
        }
        return self.measures.totals(place_of(self.counting.query, pooled), self.regions)

    def warnings(self) -> list[Notice]:
        """What is to be said of the dump, of what is not available and of the schools."""
        week, rules = self.counting.query.week, self.measures.rules
        return [
            *self.counting.uncounted,
            *self.dump.warnings,
            *self.notices,
            *coverage(week, self.available, self.measures.indicators),
            *said_of_schools(self.left, week, self.indicators, rules, self.available),
        ]


Counts = Callable[["Settings", Sequence["Indicator"]], "Counting"]
"""Counts the rows of a dump under settings, for indicators."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A dump counted: its registers, what the filters leave of them, its lessons, the sums.

    `uncounted`: the schools of which nothing is told, as their rows could not be read.
    """

    query: Query
    scope: Scope
    frames: places.Frames
    lessons: Lessons
    shifts: pl.DataFrame
    sums: count.Sums
    uncounted: tuple[Notice, ...] = ()

    @property
    def covered(self) -> frozenset[date]:
        """The Mondays of the weeks in which the dump has a lesson."""
        return self.lessons.covered

    @classmethod
    def of(  # noqa: PLR0913, PLR0917
        cls,
        dump: Dump,
        query: Query,
        rules: Settings,
        indicators: Sequence[Indicator],
        witness: Witness | None = None,
        within: Callable[[Query, places.Frames], Scope] = filters.resolve,
    ) -> Counting:
        """Count what the filters leave, as `within` finds it."""
        schools = places.schools(dump)
        declared = count.declared_sums(
            (item for item in indicators if dump.tables.keys() >= set(item.reads)), rules
        )
        lessons, query, classes, persons = _read(dump, query, rules, declared)
        shifts = facts.shifts(schools, classes, query.weeks)
        teachers = places.teachers(dump, lessons.places)
        frames = places.Frames(schools, classes, lessons.places, None, teachers)
        scope = within(query, frames)
        sums = count.Sums(dict.fromkeys([(), count.GRAINS[query.level], *query.grains]))

        def add(fact: Fact, rows: pl.DataFrame) -> None:
            left = scope.keep(rows)
            sums.add(fact, left, declared[fact])
            if witness is not None:
                witness.see(fact, left)

        for fact, rows in persons:
            if fact is Fact.STUDENTS:
                frames = replace(frames, students=rows.select("week", "class_id").unique())
            if fact in declared:
                add(fact, rows)
        if Fact.CLASSES in declared:
            add(Fact.CLASSES, facts.class_rows(classes, lessons, rules))
        if witness is not None:
            witness.look_at(lessons, scope)
        for fact, rows in _of_lessons(dump, lessons, shifts, rules, (declared, witness)).items():
            # Summed up already at the finest keys asked for: their rows carry the sums on.
            carried = {name: pl.col(name) for name in declared[fact]}
            sums.add(fact, scope.keep(rows), carried)
        return cls(query, scope, frames, lessons, shifts, sums)

    def places(self, level: Level) -> pl.DataFrame:
        """The places of a level under the school that the filters leave."""
        return places.under_schools(level, self.query.week, self.scope, self.frames)

    def left(self, schools: pl.DataFrame) -> pl.DataFrame:
        """Those of `schools` in which the filters leave a class or a lesson in the week."""
        if not self.scope.below_school:
            return schools
        level = Level.CLASS
        if self.scope.by_lesson:
            level = Level.SUBJECT if self.scope.teachers is None else Level.TEACHER
        left = self.places(level)["school_id"].unique()
        return schools.filter(pl.col("school_id").is_in(left.implode()))

    def schools(self) -> dict[Week, pl.DataFrame]:
        """The schools that the filters of places leave, with the sums of all filters, by week."""
        register = self.scope.keep(self.frames.schools)
        shifts = self.shifts.select("week", "school_id", shifts_known=~pl.col("unknown"))
        return {
            week: register.join(
                shifts.filter(pl.col("week") == week.monday).drop("week"),
                on="school_id",
                how="left",
                validate="1:1",
            ).join(sums, on="school_id", how="left", validate="1:1")
            for week, sums in self.summed(()).items()
        }

    def summed(self, grain: tuple[str, ...]) -> dict[Week, pl.DataFrame]:
        """The sums at `school_id` and `grain`, by week."""
        sums = self.sums.at(grain)
        if sums is None:
            none = self.frames.lessons.select("school_id", *grain).clear()
            return dict.fromkeys(self.query.weeks, none)
        return {
            week: sums.filter(pl.col("week") == week.monday).drop("week")
            for week in self.query.weeks
        }


def _read(
    dump: Dump, query: Query, rules: Settings, facts_of: Container[Fact]
) -> tuple[Lessons, Query, pl.DataFrame, Iterable[tuple[Fact, pl.DataFrame]]]:
    """The lessons; the query without weeks not held; the classes; the rows of persons.

    Where the weeks are known beforehand, as of a dataset, whose rows are checked too, lessons and
    persons are read side by side.
    """
    if dump.weeks is None:
        lessons = lessons_of(dump, query, rules)
        query = held(query, lessons.covered)
        classes = facts.classes(dump, query.weeks)
        return lessons, query, classes, people.rows_of(dump, classes, query, rules, facts_of)
    within = held(query, dump.weeks)
    classes = facts.classes(dump, within.weeks)
    with ThreadPoolExecutor(1) as pool:
        persons = pool.submit(list, people.rows_of(dump, classes, within, rules, facts_of))
        lessons = lessons_of(dump, query, rules)
        return lessons, within, classes, persons.result()


def _of_lessons(
    dump: Dump,
    lessons: Lessons,
    shifts: pl.DataFrame,
    rules: Settings,
    asked: tuple[Mapping[Fact, Mapping[str, pl.Expr]], Witness | None],
) -> dict[Fact, pl.DataFrame]:
    """The sums of lessons, marks and homework at the keys of `lessons.places`.

    `asked`: what to sum up, and who is shown the rows.
    """
    sums, witness = asked
    rows: dict[Fact, pl.DataFrame] = {}
    borne: dict[str, pl.Series] = {}
    if Table.MARKS in dump.tables:
        keep = None if witness is None else witness.of_marks
        wanted = marks.Wanted(sums[Fact.MARKS], keep) if Fact.MARKS in sums else None
        counted = marks.counted(dump, lessons, shifts, rules, wanted)
        borne["has_mark"] = counted.marked.alias("has_mark")
        if counted.sums is not None:
            rows[Fact.MARKS] = lessons.at_keys(counted.sums)
        if witness is not None:
            witness.take_marks(counted.kept)
    if Table.HOMEWORK in dump.tables:
        given = homework.given(dump, lessons)
        borne["has_homework"] = bearing(lessons, [given["at"]]).alias("has_homework")
        if Fact.HOMEWORK in sums:
            see = None if witness is None else partial(witness.see, Fact.HOMEWORK)
            of_homework = sums[Fact.HOMEWORK]
            rows[Fact.HOMEWORK] = homework.counted(given, lessons, rules, of_homework, see)
            if witness is not None:
                witness.homework = given
    if Fact.LESSONS in sums:
        held = facts.lesson_rows(dump, lessons, borne)
        if witness is not None:
            witness.see(Fact.LESSONS, held)
        added = count.add_up(held, sums[Fact.LESSONS], [PLACE])
        rows[Fact.LESSONS] = lessons.at_keys(added)
    return rows
