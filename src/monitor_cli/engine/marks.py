"""Marks, as they pass: what they add up to at each place, and which lessons bear one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.count import add_up
from monitor_cli.engine.lessons import MOMENT, PLACE, bearing
from monitor_cli.engine.until import happened, seen
from monitor_cli.language import normalised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.settings import Settings

T = TypeVar("T")


class Wanted(NamedTuple, Generic[T]):
    """What to make of the rows of `Fact.MARKS` (`indicators.facts.Mark`).

    `sums`: what to sum up. `keep`: what to take from each piece of the rows; for it they also have
    `place`, `at` (row of `lessons.frame`), `mark_id` and `work_type`.
    """

    sums: Mapping[str, pl.Expr]
    keep: Callable[[pl.DataFrame], T] | None = None


class Counted(NamedTuple, Generic[T]):
    """The sums by `place`; whether each row of `lessons.frame` bears a mark; what was kept."""

    sums: pl.DataFrame | None
    marked: pl.Series
    kept: list[T]


def counted(
    dump: Dump,
    lessons: Lessons,
    shifts: pl.DataFrame,
    rules: Settings,
    wanted: Wanted[T] | None,
) -> Counted[T]:
    """Count the marks for lessons of the weeks, entered whenever.

    Args:
        dump: with a table of marks.
        lessons: what a mark may be for.
        shifts: as `facts.shifts` returns them.
        rules: the settings.
        wanted: what to make of the rows; without it only the lessons that bear one are told.
    """
    places = _places(lessons, shifts, rules)
    date, place = lessons.frame["date"], lessons.frame[PLACE]

    edited = pl.col("updated_at_has_time") & happened("updated_at", lessons.as_of)

    def work(piece: pl.DataFrame) -> tuple[pl.DataFrame | None, pl.Series, T | None]:
        piece = seen(piece, "created_at", lessons.as_of)
        at = lessons.rows_of(piece)
        if at.null_count():
            held = at.is_not_null()
            piece, at = piece.filter(held), at.filter(held)
        if wanted is None:
            return None, at.unique(), None
        here = place.gather(at)
        rows = piece.select(
            here,
            *places.select(pl.col("monday", "two_shifts").gather(here)).get_columns(),
            date.gather(at).cast(MOMENT).alias("day"),
            *(() if wanted.keep is None else (at.alias("at"), "mark_id", "work_type")),
            tracked=pl.col("work_type").is_in(_tracked(piece, rules)).fill_null(value=False),
            created="created_at",
            updated=pl.when(edited).then("updated_at"),
            has_time="created_at_has_time",
            as_of=pl.lit(lessons.as_of, MOMENT),
        )
        if places["monday"].null_count():
            rows = rows.filter(pl.col("monday").is_not_null())
        kept = None if wanted.keep is None else wanted.keep(rows)
        return add_up(rows, wanted.sums, [PLACE]), at.unique(), kept

    parts = dump.tables[Table.MARKS].each(work)
    marked = bearing(lessons, [at for _, at, _ in parts])
    kept = [part for _, _, part in parts if part is not None]
    added = [part for part, _, _ in parts if part is not None]
    if wanted is None or not added:
        return Counted(None, marked, kept)
    carried = {name: pl.col(name) for name in wanted.sums}
    return Counted(add_up(pl.concat(added), carried, [PLACE]), marked, kept)


def _places(lessons: Lessons, shifts: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    """Of each of `lessons.places`: `monday` Datetime, null out of the weeks, and `two_shifts`."""
    at_school = shifts.select(
        "week", "school_id", two_shifts=pl.col("shifts") >= rules.timely_marks.two_shifts_from
    )
    here = pl.Series("here", lessons.measured())
    return (
        lessons.places.select("week", "school_id", here)
        .join(
            at_school, on=["week", "school_id"], how="left", validate="m:1", maintain_order="left"
        )
        .select("two_shifts", monday=pl.when("here").then(pl.col("week").cast(MOMENT)))
    )


def _tracked(marks: pl.DataFrame, rules: Settings) -> list[str]:
    """The spellings of the tracked work types and their aliases among those of `marks`."""
    rule = rules.timely_marks
    types = {normalised(name) for name in rule.work_types}
    types |= {
        normalised(alias) for alias, name in rule.aliases.items() if normalised(name) in types
    }
    spellings = marks["work_type"].unique()
    return [text for text in spellings if text is not None and normalised(text) in types]
