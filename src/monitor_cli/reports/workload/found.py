"""What of the lessons of a period the filters leave, at the places of every level."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine import facts, filters, people, places
from monitor_cli.engine.available import examine
from monitor_cli.engine.count import GRAINS
from monitor_cli.levels import Level
from monitor_cli.reports import coverage
from monitor_cli.reports.workload import sheets
from monitor_cli.reports.workload.lessons import COUNTS, EVIDENT, KEEPING, UNIT, given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.reports.asked import Asked
    from monitor_cli.settings import Settings
    from monitor_cli.settings.model import Workload

_TEACHER = ["school_id", "teacher_id"]
_OF_PLACES = (*COUNTS, "teachers", "over", "under", "without_teacher")
"""What adds up from schools on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the filters leave of the lessons of a period.

    `classes`: as `facts.classes`, of the last week. `units`: `lessons.UNIT` and `COUNTS`.
    `weeks`: `school_id`, the number of `weeks` of the period in which it has lessons.
    `of_teachers`: `school_id`, `teacher_id`, also those of the register who have no lesson.
    `unknown`: the counts that the dump cannot tell.
    """

    asked: Asked
    rules: Workload
    schools: pl.DataFrame
    classes: pl.DataFrame
    names: pl.DataFrame
    units: pl.DataFrame
    weeks: pl.DataFrame
    of_teachers: pl.DataFrame
    unknown: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether all lessons of the teachers left are there, so that their load is known."""
        return not (self.asked.classes or self.asked.subjects or "assigned" in self.unknown)

    def at(self, level: Level) -> pl.DataFrame:
        """The places of a level: its keys, `COUNTS`, `hours` and what else it has columns for."""
        if level is Level.TEACHER:
            return self._known(self._teachers())
        if level is Level.SCHOOL:
            return self._known(self._schools())
        if level.pools_schools:
            return self._known(_pooled(self._schools(), level.keys))
        return self._known(self._under(level))

    def total(self) -> Mapping[str, object]:
        """The sums over everything left."""
        return self._known(_pooled(self._schools(), ())).row(0, named=True)

    def _known(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows without the numbers that the dump cannot tell."""
        unknown = set(self.unknown)
        if "lessons" in unknown:
            unknown |= {"hours", "over", "under", "without_teacher"}
        if not self.whole:
            unknown |= {"over", "under"}
        return rows.with_columns(
            pl.lit(None, rows.schema[name]).alias(name) for name in rows.columns if name in unknown
        )

    def _teachers(self) -> pl.DataFrame:
        """A row a teacher of a school."""
        held = self.units.join(
            self.classes.select("class_id", "class"), on="class_id", how="left", validate="m:1"
        )
        shown = pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
        summed = (
            held.sort("parallel", "class", "class_id", nulls_last=True)
            .group_by(_TEACHER)
            .agg(
                pl.col(COUNTS).sum(),
                subjects=pl.col("subject").drop_nulls().unique().sort(),
                classes=shown.unique(maintain_order=True),
            )
        )
        lists = ("subjects", "classes")
        load = self._load() if self.whole else pl.lit(None, pl.String)
        return (
            self.of_teachers.join(summed, on=_TEACHER, how="left", validate="1:1")
            .join(self.names, on=_TEACHER, how="left", validate="1:1")
            .join(self.schools.select(places.SCHOOL_KEYS), on="school_id", validate="m:1")
            .join(self.weeks, on="school_id", how="left", validate="m:1")
            .with_columns(
                pl.col(COUNTS).fill_null(0),
                *(pl.col(name).list.join(", ").replace("", None).alias(name) for name in lists),
            )
            .with_columns(hours=pl.col("lessons") / pl.col("weeks"), load=load)
        )

    def _load(self) -> pl.Expr:
        """Over, within or under; null at a school without lessons. Compared in whole numbers."""
        lessons, weeks = pl.col("lessons"), pl.col("weeks")
        return (
            pl.when(lessons > self.rules.hours_max * weeks)
            .then(pl.lit(sheets.OVER))
            .when(lessons < self.rules.hours_min * weeks)
            .then(pl.lit(sheets.UNDER))
            .when(weeks.is_not_null())
            .then(pl.lit(sheets.WITHIN))
        )

    def _schools(self) -> pl.DataFrame:
        """A row a school left."""
        loads = (
            self._teachers()
            .group_by("school_id")
            .agg(
                teachers=pl.len().cast(pl.Int64),
                over=(pl.col("load") == sheets.OVER).sum().cast(pl.Int64),
                under=(pl.col("load") == sheets.UNDER).sum().cast(pl.Int64),
            )
        )
        summed = _summed(self.units, ["school_id"]).drop("teachers")
        return (
            self.schools.select(places.SCHOOL_KEYS)
            .join(summed, on="school_id", how="left", validate="1:1")
            .join(loads, on="school_id", how="left", validate="1:1")
            .join(self.weeks, on="school_id", how="left", validate="1:1")
            .with_columns(pl.col(_OF_PLACES).fill_null(0))
            .with_columns(hours=pl.col("lessons") / pl.col("weeks"))
        )

    def _under(self, level: Level) -> pl.DataFrame:
        """A row a parallel, class or subject of a school with a lesson."""
        rows = (
            _summed(self.units, ["school_id", *GRAINS[level]])
            .join(self.schools.select(places.SCHOOL_KEYS), on="school_id", validate="m:1")
            .join(self.weeks, on="school_id", how="left", validate="m:1")
            .with_columns(hours=pl.col("lessons") / pl.col("weeks"))
        )
        if level is not Level.CLASS:
            return rows
        named = self.classes.select(
            "class_id", pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
        )
        return rows.join(named, on="class_id", how="left", validate="1:1")


def _summed(units: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The sums at `keys`, with how many teach there and the lessons that nobody was to give."""
    nobody = pl.col("lessons").filter(pl.col("teacher_id").is_null())
    return units.group_by(keys).agg(
        pl.col(COUNTS).sum(),
        teachers=pl.col("teacher_id").drop_nulls().n_unique().cast(pl.Int64),
        without_teacher=nobody.sum(),
    )


def _pooled(schools: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Schools summed up; hours in a way that does not depend on their order."""
    sums = [pl.col(_OF_PLACES).sum(), pl.col("hours").drop_nulls()]
    if keys:
        rows = schools.group_by(keys).agg(sums)
    else:
        rows = schools.select(pl.col(_OF_PLACES).sum(), pl.col("hours").drop_nulls().implode())
    hours = [math.fsum(parts) if parts else None for parts in rows["hours"].to_list()]
    return rows.with_columns(pl.Series("hours", hours, dtype=pl.Float64))


def found_in(dump: Dump, lessons: Lessons, asked: Asked, settings: Settings) -> Found:
    """Count the lessons of the period and leave what the filters leave.

    Raises:
        UsageError: a filter that names nothing.
    """
    unknown = _unknown(dump, settings, covered=coverage.is_covered(asked, lessons.covered))
    schools, classes = places.schools(dump), facts.classes(dump, asked.weeks)
    summed = given(dump, lessons, facts.shifts(schools, classes, asked.weeks), asked, settings)
    keys = summed.units.select(UNIT)
    if Table.STAFF in dump.tables and "assigned" not in unknown:
        staff = people.teacher_rows(dump, [asked.week], settings)
        keys = pl.concat([keys, staff.select("school_id", teacher_id="person_id")], how="diagonal")
    now = classes.filter(pl.col("week") == asked.week.monday)
    names = places.teachers(dump, keys)
    scope = filters.resolve(asked.query(), places.Frames(schools, now, keys, None, names))
    of_teachers = scope.keep(keys).filter(pl.col("teacher_id").is_not_null())
    return Found(
        asked,
        settings.workload,
        _left(scope, schools, keys),
        now,
        names,
        scope.keep(summed.units),
        summed.weeks,
        of_teachers.select(_TEACHER).unique(),
        unknown,
    )


def _left(scope: Scope, schools: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The schools in which the filters leave something."""
    left = scope.keep(schools)
    if not scope.below_school:
        return left
    return left.filter(pl.col("school_id").is_in(scope.keep(keys)["school_id"].unique().implode()))


def _unknown(dump: Dump, settings: Settings, *, covered: bool) -> frozenset[str]:
    """The counts that the dump cannot tell: they are not available, never 0."""
    if not covered:
        return frozenset(COUNTS)
    columns = dump.tables[Table.LESSONS].columns
    unknown: set[str] = set()
    if KEEPING.key in examine(dump, [KEEPING], settings, ())[0].wanting:
        unknown.update(EVIDENT)
    if "is_conducted" not in columns:
        unknown.add("by_tick")
    if "teacher_id" not in columns:
        unknown.update(("assigned", "handed_over"))
    if "substitute_id" not in columns:
        unknown.update(("handed_over", "taken"))
    if "is_cancelled" not in columns:
        unknown.add("cancelled")
    return frozenset(unknown)
