"""The lessons of a dump, held lean: a row a lesson, its place a number.

All that lessons, marks and homework are counted by lies here. A lesson's *place* is its
combination of the keys asked for (week, school; further down a class, a subject, a teacher): facts
are summed up by its number first, and the keys are put to the sums.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.clock import hours_after
from monitor_cli.columns import Table
from monitor_cli.dump.lookup import Ids
from monitor_cli.dump.references import LESSON_AT
from monitor_cli.engine.persons import marked
from monitor_cli.engine.until import ended
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.query import Query
    from monitor_cli.settings import Settings

MOMENT = pl.Datetime("us")
PLACE = "place"
OF_CLASS = ("school_id", "parallel", "class_id")
"""The keys that a lesson has from its class."""


def keys_asked(query: Query) -> tuple[str, ...]:
    """The keys of a lesson, and so of its marks and homework, that the level and filters need."""
    asked = ["week", "school_id"]
    further = {name for grain in query.grains for name in grain}
    if query.level in (Level.PARALLEL, Level.CLASS) or query.classes or "class_id" in further:
        asked += ["parallel", "class_id"]
    if query.level is Level.SUBJECT or query.subjects or "subject" in further:
        asked.append("subject")
    if query.level is Level.TEACHER or query.teachers or "teacher_id" in further:
        asked.append("teacher_id")
    if "date" in further:
        asked.append("date")
    return tuple(asked)


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons that are not cancelled, from the week before on.

    `weeks`: those to measure, the latest first.
    `frame`: in the order of `ids`, without them: `class_number` UInt32 (row of `classes`), `date`
    Date, `place` UInt32 (row of `places`), `subject`, `group` Categorical, `ends` Datetime (null
    where the lesson has no times), `has_topic`, `has_comment`, `is_conducted` Boolean; `number`
    Categorical where slots are counted or it is asked for; `assigned_id`, `substitute_id` where
    `given` is.
    `ids`: their `lesson_id`. `rows`: the row of `frame` for each of the dump's used lessons in the
    order of their ids, null for one that is not here. `classes`: a row a class, `school_id`,
    `parallel`, `class_id`.
    `places`: a row a combination of keys that has a lesson.
    `covered`: the Mondays of the weeks in which the dump has a lesson row, cancelled or not.
    `as_of`: the moment whose state is asked for.
    `cancelled`: where `given` is asked for, those that are: `class_number`, `date`, `subject`,
    `assigned_id`, `substitute_id`.
    """

    weeks: tuple[Week, ...]
    frame: pl.DataFrame
    ids: Ids
    rows: pl.Series
    classes: pl.DataFrame
    places: pl.DataFrame
    covered: frozenset[date]
    as_of: datetime | None = None
    cancelled: pl.DataFrame | None = None

    def without_rows(self) -> Lessons:
        """What is left to tell of them when they have been counted: their places."""
        return replace(
            self,
            frame=self.frame.clear(),
            ids=Ids(self.ids.values.clear()),
            rows=self.rows.clear(),
            classes=self.classes.clear(),
            cancelled=None if self.cancelled is None else self.cancelled.clear(),
        )

    def at_keys(self, sums: pl.DataFrame) -> pl.DataFrame:
        """Put the keys in the stead of `place`."""
        return pl.concat(
            [self.places[sums[PLACE]], sums.drop(PLACE)],
            how="horizontal",
        )

    def rows_of(self, piece: pl.DataFrame) -> pl.Series:
        """The row of `frame` for each row of another table: UInt32, null where it is not here."""
        if LESSON_AT in piece.columns:
            return self.rows.gather(piece[LESSON_AT])
        return self.ids.places(piece["lesson_id"])

    def ended(self) -> pl.Series | None:
        """Whether each lesson of `frame` had ended by `as_of`; None without one."""
        if self.as_of is None:
            return None
        return self.frame.select(ended(self.as_of)).to_series()

    def measured(self, *, follows: bool = False) -> pl.Series:
        """Whether each of `places` is in one of `weeks`, or in one that `follows` one of them."""
        weeks = [week.next if follows else week for week in self.weeks]
        return self.places["week"].is_in([week.monday for week in weeks])


def lessons_of(dump: Dump, query: Query, rules: Settings) -> Lessons:
    """Gather the lessons of a dump that the weeks of a query need, with their places."""
    weeks, keys = query.weeks, keys_asked(query)
    classes = dump.tables[Table.CLASSES].frame.select("class_id", "school_id", "parallel")
    by_class = classes.sort("class_id").collect()
    class_ids = Ids(by_class["class_id"])
    covered: set[date] = set()
    givers = (pl.col("teacher_id").alias("assigned_id"), pl.col("substitute_id"))

    def lean(piece: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        covered.update(piece["date"].dt.truncate("1w").unique().to_list())
        since = piece.filter(pl.col("date") >= weeks[-1].monday)
        off = pl.col("is_cancelled").fill_null(value=False)
        held = since.filter(~off)
        lessons = held.select(
            "lesson_id",
            class_ids.places(held["class_id"]).alias("class_number"),
            "date",
            pl.col("subject", "group").cast(pl.Categorical),
            *_only_where_asked(keys, rules, number=query.number),
            *(givers if query.given else ()),
            _ends(rules).alias("ends"),
            pl.col("is_conducted").fill_null(value=False),
            has_topic=pl.col("topic").is_not_null(),
            has_comment=pl.col("comment").is_not_null(),
        )
        if not query.given:
            return lessons, None
        gone = since.filter(off)
        number = class_ids.places(gone["class_id"]).alias("class_number")
        subject = pl.col("subject").cast(pl.Categorical)
        return lessons, gone.select(number, "date", subject, *givers)

    parts = dump.tables[Table.LESSONS].each(lean)
    frame = pl.concat((lessons for lessons, _ in parts), rechunk=True)
    cancelled = [gone for _, gone in parts if gone is not None]
    del parts
    if not frame["lesson_id"].is_sorted():
        frame = frame.sort("lesson_id")
    places, place = _places(frame, by_class, keys)
    ids = Ids(frame["lesson_id"])
    used = frame.drop("lesson_id", "teacher_id", strict=False).with_columns(place)
    used_ids = dump.ids(Table.LESSONS, "lesson_id")
    rows = ids.places(used_ids.values) if used_ids else ids.values.clear()
    known = frozenset(covered) if dump.weeks is None else dump.weeks
    gone = pl.concat(cancelled) if cancelled else None
    return Lessons(weeks, used, ids, rows, by_class, places, known, query.as_of, gone)


def bearing(lessons: Lessons, places: Iterable[pl.Series]) -> pl.Series:
    """Whether each row of `lessons.frame` is among `places` (UInt32, without null)."""
    return marked(lessons.frame.height, places)


def _only_where_asked(keys: Sequence[str], rules: Settings, *, number: bool) -> list[pl.Expr]:
    """The teacher (the substitute where there is one), and the number of the lesson."""
    asked = []
    if "teacher_id" in keys:
        asked.append(pl.coalesce("substitute_id", "teacher_id").alias("teacher_id"))
    if number or rules.timetable_filling.count == "slots":
        asked.append(pl.col("number").cast(pl.Categorical))
    return asked


def _ends(rules: Settings) -> pl.Expr:
    """When a lesson ends: as written, or the usual length after its start."""
    start = pl.col("date").dt.combine(pl.col("starts_at"))
    return pl.coalesce(
        pl.col("date").dt.combine(pl.col("ends_at")),
        hours_after(start, rules.timely_homework.lesson_minutes / 60),
    ).cast(MOMENT)


def _places(
    lessons: pl.DataFrame, classes: pl.DataFrame, keys: Sequence[str]
) -> tuple[pl.DataFrame, pl.Series]:
    """The combinations of `keys` that lessons have, and the number of each lesson's.

    A combination is told by one integer, made of the number of each key's value.
    """
    of_class = [name for name in OF_CLASS if name in keys]
    class_code, class_values = _numbered(classes.select(of_class))
    week_code, week_values = _weeks(lessons["date"])
    numbers = [week_code, class_code.gather(lessons["class_number"])]
    values = [week_values, class_values]
    for name in ("subject", "teacher_id", "date"):
        if name in keys:
            code, named = _numbered(lessons.select(name))
            numbers.append(code)
            values.append(named)
    combined = numbers[0].cast(pl.Int64)
    for code, named in zip(numbers[1:], values[1:], strict=True):
        combined = combined * named.height + code
    found = Ids.of(combined)
    place = _dense(found.values, combined).alias(PLACE)
    rest, columns = found.values, []
    for named in reversed(values):
        columns.append(named[rest % named.height])
        rest = rest // named.height
    return pl.concat(columns, how="horizontal").select(keys), place


def _weeks(dates: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """The number of each day's week, and the Mondays of all weeks between, as `week`."""
    week = (dates.to_physical() + _MONDAY) // 7
    first, last = bounds(week)
    mondays = pl.int_range(first, last + 1, eager=True) * 7 - _MONDAY
    return week - first, mondays.cast(pl.Int32).cast(pl.Date).alias("week").to_frame()


def bounds(numbers: pl.Series) -> tuple[int, int]:
    """The least and the greatest of integers; 0 and 0 where there is none."""
    span = numbers.to_frame("number").select(
        pl.col("number").min().fill_null(0).alias("least"),
        pl.col("number").max().fill_null(0).alias("greatest"),
    )
    return int(span.item(0, "least")), int(span.item(0, "greatest"))


def _numbered(rows: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """The number of each row among the different ones, and these. One column, or few rows."""
    values = rows.unique(maintain_order=True)
    numbers = values.with_row_index("code")
    joined = rows.join(
        numbers,
        on=rows.columns,
        how="left",
        validate="m:1",
        nulls_equal=True,
        maintain_order="left",
    )
    return joined["code"], values


_MONDAY = 3
"""1970-01-01, day 0 of a Date, lay three days after a Monday."""
_WIDEST = 50_000_000


def _dense(values: pl.Series, codes: pl.Series) -> pl.Series:
    """The place of each code among `values` (rising, all of them there): UInt32."""
    if not len(values) or values[-1] >= _WIDEST:
        return Ids(values).places(codes)
    table = pl.Series([0], dtype=pl.UInt32).new_from_index(0, values[-1] + 1)
    table = table.scatter(values, pl.int_range(len(values), dtype=pl.UInt32, eager=True))
    return table.gather(codes)
