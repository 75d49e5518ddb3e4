"""A dump on its way into a dataset: which weeks and schools it holds, and its rows by week.

Source: `dump.md`. A dump holds, of a school: the weeks in which it has lessons of it, for lessons
and what belongs to them; the weeks in which it has rows of it, for views and logins; a register, if
it has a row of the school there or any lesson of the school. A table that the dump does not have
it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from monitor_cli.columns import ID_DOMAINS, SHAPES, Kind, Table
from monitor_cli.dataset.layout import OF_LESSONS, OF_OWN_WEEK
from monitor_cli.dataset.manifest import MIDNIGHT, TIMED, Source, TableCounts
from monitor_cli.dataset.shape import SORTED_BY, WEEK, laid_out, text_kinds, week_of
from monitor_cli.dump.checked import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.passing import Passing

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
PLACE = "__place"
"""UInt32: the place of a lesson among all of the dump, by week, school, class and id."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The checked tables of a dump, and what it holds.

    `lessons`: `lesson_id`, `school_id`, `class_id`, `WEEK`, sorted by week, school, class, id.
    `holds`: for each table `school_id` and `WEEK` (null in registers), each pair once.
    """

    tables: dict[Table, Checked]
    lessons: pl.DataFrame
    holds: Mapping[Table, pl.DataFrame]

    @classmethod
    def of(cls, dump: Dump) -> Incoming:
        """What a dump holds; its rows are still those of the dump."""
        tables = {
            table: Checked(one.frame, one.columns, one.midnight, one.counts)
            for table, one in dump.tables.items()
        }
        lessons = (
            tables[Table.LESSONS]
            .frame.select("lesson_id", "school_id", "class_id", week_of(Table.LESSONS))
            .collect()
            .sort(WEEK, "school_id", "class_id", "lesson_id")
        )
        held_weeks = lessons.select("school_id", WEEK).unique(maintain_order=True)
        no_week = pl.lit(None, dtype=pl.Date).alias(WEEK)
        holds = {}
        if Table.FINAL_MARKS in tables:
            tables[Table.FINAL_MARKS] = _marks_at_schools(tables)
        if Table.DIARY_VIEWS in tables:
            tables[Table.DIARY_VIEWS] = _views_at_schools(tables)
        for table, checked in tables.items():
            if table in OF_LESSONS:
                holds[table] = held_weeks
            elif table in OF_OWN_WEEK:
                own = checked.frame.select("school_id", week_of(table))
                holds[table] = own.unique(maintain_order=True).collect()
            else:
                theirs = checked.frame.select("school_id").collect()
                schools = [theirs, held_weeks.select("school_id")]
                every = pl.concat(schools, how="vertical_relaxed")
                holds[table] = every.unique(maintain_order=True).with_columns(no_week)
        return cls(tables, lessons, holds)

    def text_ids(self) -> frozenset[str]:
        """The kinds of ids that are text in it."""
        return text_kinds(checked.frame for checked in self.tables.values())

    def with_ids(self, text_ids: frozenset[str]) -> Incoming:
        """The same with ids of these kinds as text."""
        # Text is in another order than integers.
        lessons = as_ids(self.lessons, text_ids).sort(WEEK, "school_id", "class_id", "lesson_id")
        holds = {table: as_ids(held, text_ids) for table, held in self.holds.items()}
        return Incoming(self.tables, lessons, holds)

    def register(self, table: Table, text_ids: frozenset[str]) -> pl.DataFrame:
        """The rows of a table without weeks, in the order of the dump."""
        return laid_out(table, self.tables[table].frame.collect(), text_ids)

    def by_week(
        self, table: Table, text_ids: frozenset[str]
    ) -> Iterator[tuple[date, Callable[[], pl.LazyFrame]]]:
        """The rows of a table week by week, sorted; a week is made when it is asked for."""
        frame = self.tables[table].frame.collect()
        if table in OF_LESSONS:
            yield from placed(table, frame, self.lessons, text_ids)
            return
        weeks = frame.select(week_of(table)).to_series()
        for monday in weeks.unique().sort():
            yield monday, partial(_own_week, table, frame, weeks == monday, text_ids)


def _own_week(
    table: Table, frame: pl.DataFrame, here: pl.Series, text_ids: frozenset[str]
) -> pl.LazyFrame:
    return laid_out(table, frame.filter(here), text_ids).sort(SORTED_BY[table]).lazy()


def as_ids(frame: Frame, text_ids: frozenset[str]) -> Frame:
    """A frame with the ids of these kinds as text."""
    names = frame.collect_schema().names()
    text = [name for name in names if ID_DOMAINS.get(name) in text_ids]
    return frame.with_columns(pl.col(text).cast(pl.String)) if text else frame


def placed(
    table: Table, frame: pl.DataFrame, lessons: pl.DataFrame, text_ids: frozenset[str]
) -> Iterator[tuple[date, Callable[[], pl.LazyFrame]]]:
    """Rows that belong to `lessons` (sorted by week), week by week, with school and class.

    Rows of lessons that are not among them are left out.
    """
    known = lessons.with_row_index(PLACE)
    frame = as_ids(frame, text_ids)
    place = frame.select("lesson_id").join(
        known.select("lesson_id", PLACE),
        on="lesson_id",
        how="left",
        validate="m:1",
        maintain_order="left",
    )[PLACE]
    bounds = known.group_by(WEEK, maintain_order=True).agg(
        first=pl.col(PLACE).min(), last=pl.col(PLACE).max()
    )
    order = [PLACE] if table is Table.LESSONS else [PLACE, SORTED_BY[table][-1]]

    def made(here: pl.Series) -> pl.LazyFrame:
        at = place.filter(here)
        rows = frame.filter(here).with_columns(
            at, *(lessons[name].gather(at) for name in ("school_id", "class_id"))
        )
        if not _is_sorted(rows, order):
            rows = rows.sort(order)
        return laid_out(table, rows, text_ids).lazy()

    for monday, first, last in bounds.iter_rows():
        here = place.is_between(first, last)
        if here.any():
            yield monday, partial(made, here)


def _is_sorted(rows: pl.DataFrame, order: list[str]) -> bool:
    """Whether rows stand in strictly growing order already, which saves sorting them."""
    first, last = pl.col(order[0]), pl.col(order[-1])
    rises = (first > first.shift(1)) | ((first == first.shift(1)) & (last > last.shift(1)))
    return bool(rows.select(rises.slice(1).all()).item())


def _marks_at_schools(tables: Mapping[Table, Checked]) -> Checked:
    """Final marks with a school: that of the class, else of the student; null is neither known."""
    marks = tables[Table.FINAL_MARKS].frame.collect()
    of_class = tables[Table.CLASSES].frame.select("class_id", of_class="school_id").collect()
    marks = _joined(marks, of_class, "class_id")
    if Table.STUDENTS in tables:
        students = tables[Table.STUDENTS].frame.select(
            student_id="person_id", of_student="school_id"
        )
        marks = _joined(marks, students.collect().unique("student_id", keep="last"), "student_id")
    else:
        marks = marks.with_columns(of_student=pl.lit(None, dtype=of_class.schema["of_class"]))
    return replace(
        tables[Table.FINAL_MARKS],
        frame=marks.with_columns(school_id=pl.coalesce("of_class", "of_student")).lazy(),
    )


def _views_at_schools(tables: Mapping[Table, Checked]) -> Checked:
    """Views of a diary with a row for each school of the student; null is not known."""
    views = tables[Table.DIARY_VIEWS]
    if "school_id" in views.frame.collect_schema():
        return views
    if Table.STUDENTS not in tables:
        schools = tables[Table.SCHOOLS].frame.collect_schema()["school_id"]
        unknown = pl.lit(None, dtype=schools).alias("school_id")
        return replace(views, frame=views.frame.with_columns(unknown))
    students = tables[Table.STUDENTS].frame.select("school_id", student_id="person_id")
    homes = students.unique().sort(pl.all()).collect()
    rows = views.frame.collect().join(
        homes, on="student_id", how="inner", validate="m:m", maintain_order="left_right"
    )
    return replace(views, frame=rows.lazy())


def _joined(marks: pl.DataFrame, schools: pl.DataFrame, on: str) -> pl.DataFrame:
    return marks.join(schools, on=on, how="left", validate="m:1", maintain_order="left")


def source(dump: Dump, number: int, snapshot: int, source_tz: str, *, sample: bool) -> Source:
    """What the dataset remembers of a dump beside its rows."""
    problems: dict[str, dict[str, int]] = {}
    for problem in dump.problems:
        problems.setdefault(problem.table, {})[problem.reason] = problem.rows
    return Source(
        number,
        snapshot,
        source_tz,
        sample,
        {
            table: TableCounts(
                tuple(name for name in SHAPES[table].columns if name in checked.columns),
                _stamps(table, checked),
                checked.counts.read,
                checked.counts.used,
                checked.counts.repeated,
                checked.counts.set_aside,
                problems.get(table.value, {}),
            )
            for table, checked in dump.tables.items()
        },
        dump.warnings,
    )


def _stamps(table: Table, checked: Checked | Passing) -> dict[str, str]:
    """For each event with values whether all are midnight as written."""
    events = [name for name, c in SHAPES[table].columns.items() if c.kind is Kind.EVENT]
    if not events:
        return {}
    filled = checked.frame.select(pl.col(events).count()).collect().row(0, named=True)
    return {
        name: MIDNIGHT if name in checked.midnight else TIMED for name in events if filled[name]
    }
