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
from monitor_cli.dataset.gathering import Buffer, Gathered, Packed, bucket_of, week_of_bucket
from monitor_cli.dataset.layout import OF_LESSONS, OF_OWN_WEEK
from monitor_cli.dataset.manifest import MIDNIGHT, TIMED, Source, TableCounts
from monitor_cli.dataset.shape import SORTED_BY, WEEK, laid_out, text_kinds, week_of
from monitor_cli.dump.lookup import Ids
from monitor_cli.dump.options import SCHOOL
from monitor_cli.dump.references import LESSON_AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from monitor_cli.dataset.disk import Disk
    from monitor_cli.dump.checked import Checked
    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.passing import Passing

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
PLACE = "__place"
"""UInt32: the place of a lesson among all of the dump, by week, school, class and id."""
LESSON_ORDER = (WEEK, "school_id", "class_id", "lesson_id")


@dataclass(frozen=True, slots=True)
class Incoming:
    """The rows of a dump, gathered by week, and what it holds.

    `tables`: of a table with weeks by the buckets of `gathering`, else all in one. Rows that belong
    to lessons have their `PLACE` among `gathered` instead of `lesson_id`.
    `lessons`: `lesson_id`, `school_id`, `class_id`, `WEEK`, sorted by week, school, class, id.
    `holds`: for each table `school_id` and `WEEK` (null in registers), each pair once.
    `moved`: where ids have become text, the place in `lessons` of each of the gathered places.
    """

    tables: dict[Table, Gathered]
    lessons: pl.DataFrame
    holds: Mapping[Table, pl.DataFrame]
    moved: pl.Series | None = None

    @classmethod
    def of(cls, dump: Dump, disk: Disk) -> Incoming:
        """Let all rows of a dump pass, and gather them.

        Raises:
            DumpError: a file turns out to be damaged.
            OSError: the disk refuses.
        """
        return _Arrival(dump, disk).gathered()

    def text_ids(self) -> frozenset[str]:
        """The kinds of ids that are text in it."""
        frames = [self.lessons, *(one.empty for one in self.tables.values())]
        return text_kinds(frame.lazy() for frame in frames)

    def with_ids(self, text_ids: frozenset[str]) -> Incoming:
        """The same with ids of these kinds as text."""
        holds = {table: as_ids(held, text_ids) for table, held in self.holds.items()}
        lessons = as_ids(self.lessons, text_ids)
        if lessons.schema == self.lessons.schema:
            return replace(self, holds=holds)
        # Text is in another order than integers.
        lessons = lessons.with_row_index(PLACE).sort(LESSON_ORDER)
        places = pl.int_range(lessons.height, dtype=pl.UInt32, eager=True)
        moved = places.clone().scatter(lessons[PLACE], places)
        return replace(self, lessons=lessons.drop(PLACE), holds=holds, moved=moved)

    def register(self, table: Table, text_ids: frozenset[str]) -> pl.DataFrame:
        """The rows of a table without weeks, in the order of the dump."""
        gathered = self.tables[table]
        return laid_out(table, gathered.rows(gathered.buckets), text_ids)

    def by_week(
        self, table: Table, text_ids: frozenset[str]
    ) -> Iterator[tuple[date, int, Callable[[], Iterator[pl.DataFrame]]]]:
        """The rows of a table week by week: how many; in sorted pieces, made when asked for."""
        gathered = self.tables[table]
        weeks: dict[date, list[int]] = {}
        for bucket in gathered.buckets:
            weeks.setdefault(week_of_bucket(bucket), []).append(bucket)
        # The blocks of schools are in order while the schools are.
        apart = self.moved is None and "school" not in text_ids - self.text_ids()
        for monday, buckets in weeks.items():
            blocks = [[one] for one in buckets] if apart else [buckets]
            made = partial(self._pieces, table, gathered, blocks, text_ids)
            yield monday, gathered.height(buckets), made

    def _pieces(
        self,
        table: Table,
        gathered: Gathered,
        blocks: list[list[int]],
        text_ids: frozenset[str],
    ) -> Iterator[pl.DataFrame]:
        for together in blocks:
            frame = gathered.rows(together)
            if table not in OF_LESSONS or table is Table.LESSONS:
                yield in_order(laid_out(table, frame, text_ids), SORTED_BY[table])
                continue
            if self.moved is not None:
                frame = frame.with_columns(self.moved.gather(frame[PLACE]).alias(PLACE))
            yield _at_lessons(table, as_ids(frame, text_ids), self.lessons, text_ids)


class _Arrival:
    """A dump whose rows are being gathered."""

    def __init__(self, dump: Dump, disk: Disk) -> None:
        self._dump = dump
        self._buffer = Buffer(disk)
        self._tables: dict[Table, Gathered] = {}
        self._held: dict[Table, pl.DataFrame] = {}
        schools = dump.tables[Table.SCHOOLS].frame.select("school_id").collect()["school_id"]
        self._schools = schools.sort()
        self._lessons = pl.DataFrame()
        self._homes: pl.DataFrame | None = None
        self._homes_at_last: pl.DataFrame | None = None
        self._place = self._bucket = pl.Series()
        self._ids = Ids(schools.clear())

    def gathered(self) -> Incoming:
        """Gather table by table, those first that others need."""
        for table in self._dump.tables:
            self._tables[table] = Gathered(self._buffer)
            if table is Table.LESSONS:
                self._gather_lessons()
            elif table in OF_LESSONS:
                self._of_lessons(table)
            elif table in OF_OWN_WEEK:
                self._of_own_week(table)
            else:
                self._register(table)
        held_weeks = self._lessons.select("school_id", WEEK).unique(maintain_order=True)
        no_week = pl.lit(None, dtype=pl.Date).alias(WEEK)
        holds = {}
        for table in self._tables:
            if table in OF_LESSONS:
                holds[table] = held_weeks
            elif table in OF_OWN_WEEK:
                holds[table] = self._held[table]
            else:
                every = [self._held[table], held_weeks.select("school_id")]
                both = pl.concat(every, how="vertical_relaxed")
                holds[table] = both.unique(maintain_order=True).with_columns(no_week)
        return Incoming(self._tables, self._lessons, holds)

    def _gather_lessons(self) -> None:
        table = self._tables[Table.LESSONS]

        def work(piece: pl.DataFrame) -> tuple[Packed, pl.DataFrame]:
            keys = piece.select("lesson_id", "school_id", "class_id", week_of(Table.LESSONS))
            bucket = bucket_of(keys[WEEK], keys["school_id"], self._schools)
            return table.pack(piece, bucket), keys

        by_id = self._kept(Table.LESSONS, work).sort("lesson_id")
        self._ids = Ids(by_id["lesson_id"])
        self._bucket = bucket_of(by_id[WEEK], by_id["school_id"], self._schools)
        ranked = by_id.with_row_index(PLACE).sort(LESSON_ORDER)
        places = pl.int_range(ranked.height, dtype=pl.UInt32, eager=True)
        self._place = places.clone().scatter(ranked[PLACE], places).alias(PLACE)
        self._lessons = ranked.drop(PLACE)

    def _of_lessons(self, table: Table) -> None:
        """Rows that belong to lessons, with the place of theirs instead of its id."""
        gathered = self._tables[table]

        def work(piece: pl.DataFrame) -> Packed:
            at = (
                piece[LESSON_AT]
                if LESSON_AT in piece.columns
                else self._ids.places(piece["lesson_id"])
            )
            rows = piece.drop("lesson_id", LESSON_AT, strict=False)
            return gathered.pack(rows.with_columns(self._place.gather(at)), self._bucket.gather(at))

        gathered.keep(self._dump.tables[table].each(work))

    def _of_own_week(self, table: Table) -> None:
        """Views and logins; of views a row for each school of the student."""
        gathered = self._tables[table]

        def work(piece: pl.DataFrame) -> tuple[Packed, pl.DataFrame]:
            if table is Table.DIARY_VIEWS:
                piece = self._at_schools(piece)
            held = piece.select("school_id", week_of(table))
            bucket = bucket_of(held[WEEK], held["school_id"], self._schools)
            return gathered.pack(piece, bucket), held.unique(maintain_order=True)

        self._held[table] = self._kept(table, work).unique(maintain_order=True)

    def _kept(
        self, table: Table, work: Callable[[pl.DataFrame], tuple[Packed, pl.DataFrame]]
    ) -> pl.DataFrame:
        """Keep what is packed of a table; give what else is made of it."""
        made = self._dump.tables[table].each(work)
        self._tables[table].keep(packed for packed, _ in made)
        return pl.concat([more for _, more in made])

    def _at_schools(self, views: pl.DataFrame) -> pl.DataFrame:
        """Views with a school in each row; null is not known."""
        if "school_id" in views.columns:
            return views
        if self._homes is None:
            unknown = pl.lit(None, dtype=self._schools.dtype).alias("school_id")
            return views.with_columns(unknown)
        return views.join(
            self._homes,
            on="student_id",
            how="inner",
            validate="m:m",
            maintain_order="left_right",
        )

    def _register(self, table: Table) -> None:
        gathered = self._tables[table]

        def work(piece: pl.DataFrame) -> tuple[Packed, pl.DataFrame]:
            if table is Table.FINAL_MARKS:
                piece = self._marks_at_schools(piece)
            ids = ["person_id"] if table is Table.STUDENTS else []
            return gathered.pack(piece), piece.select("school_id", *ids)

        theirs = self._kept(table, work)
        self._held[table] = theirs.select("school_id").unique(maintain_order=True)
        if table is Table.STUDENTS:
            homes = theirs.select("school_id", student_id="person_id")
            self._homes = homes.unique().sort("school_id", "student_id")
            self._homes_at_last = homes.unique("student_id", keep="last")

    def _marks_at_schools(self, marks: pl.DataFrame) -> pl.DataFrame:
        """Final marks with a school: that of the class, else of the student; null is neither."""
        classes = self._dump.tables[Table.CLASSES].frame
        of_class = classes.select("class_id", of_class="school_id").collect()
        marks = _joined(marks, of_class, "class_id")
        if self._homes_at_last is None:
            unknown = pl.lit(None, dtype=of_class.schema["of_class"])
            marks = marks.with_columns(of_student=unknown)
        else:
            homes = self._homes_at_last.select("student_id", of_student="school_id")
            marks = _joined(marks, homes, "student_id")
        school = pl.coalesce("of_class", "of_student").alias("school_id")
        return marks.with_columns(school).drop("of_class", "of_student")


def as_ids(frame: Frame, text_ids: frozenset[str]) -> Frame:
    """A frame with the ids of these kinds as text."""
    names = frame.collect_schema().names()
    text = [name for name in names if ID_DOMAINS.get(name) in text_ids]
    return frame.with_columns(pl.col(text).cast(pl.String)) if text else frame


def placed(
    table: Table, frame: pl.DataFrame, lessons: pl.DataFrame, text_ids: frozenset[str]
) -> Iterator[tuple[date, int, Callable[[], Iterator[pl.DataFrame]]]]:
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

    def made(here: pl.Series) -> Iterator[pl.DataFrame]:
        rows = frame.filter(here).with_columns(place.filter(here))
        yield _at_lessons(table, rows, lessons, text_ids)

    for monday, first, last in bounds.iter_rows():
        here = place.is_between(first, last)
        if here.any():
            yield monday, int(here.sum()), partial(made, here)


def _at_lessons(
    table: Table, rows: pl.DataFrame, lessons: pl.DataFrame, text_ids: frozenset[str]
) -> pl.DataFrame:
    """Rows with the `PLACE` of their lesson, in its order, with what `lessons` say of it."""
    rows = in_order(rows, (PLACE, SORTED_BY[table][-1]))
    at = rows[PLACE]
    names = ("school_id", "class_id", "lesson_id")
    return laid_out(table, rows.with_columns(lessons[name].gather(at) for name in names), text_ids)


def in_order(rows: pl.DataFrame, order: tuple[str, ...]) -> pl.DataFrame:
    """Rows sorted by columns that tell them apart; those that are sorted already are left so."""
    rises, same = pl.lit(value=False), pl.lit(value=True)
    for name in order:
        column = pl.col(name)
        rises |= same & (column > column.shift(1))
        same &= column == column.shift(1)
    sorted_already = rows.select(rises.slice(1).fill_null(value=False).all()).item()
    return rows if sorted_already else rows.sort(order)


def _joined(marks: pl.DataFrame, schools: pl.DataFrame, on: str) -> pl.DataFrame:
    return marks.join(schools, on=on, how="left", validate="m:1", maintain_order="left")


def source(dump: Dump, arrived: Incoming) -> Source:
    """What the dataset remembers of a dump; where it comes from is added by who knows."""
    problems: dict[str, dict[str, int]] = {}
    for problem in dump.problems:
        problems.setdefault(problem.table, {})[problem.reason] = problem.rows
    return Source(
        0,
        0,
        SCHOOL,
        False,  # noqa: FBT003
        {
            table: TableCounts(
                tuple(name for name in SHAPES[table].columns if name in checked.columns),
                _stamps(table, checked, arrived.tables[table].filled),
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


def _stamps(table: Table, checked: Checked | Passing, filled: set[str]) -> dict[str, str]:
    """For each event with values whether all are midnight as written."""
    events = [name for name, c in SHAPES[table].columns.items() if c.kind is Kind.EVENT]
    return {
        name: MIDNIGHT if name in checked.midnight else TIMED for name in events if name in filled
    }
