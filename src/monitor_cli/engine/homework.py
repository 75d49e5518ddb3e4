"""Homework: for the next lesson of a series, by the day after, and not earlier than a week before.

A *series* is a class, subject and group; a *meeting*, its lessons of one day. What is given for a
lesson is due at its meeting and belongs to the meeting before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.clock import DAYS, days_after
from monitor_cli.columns import Table
from monitor_cli.engine.count import add_up
from monitor_cli.engine.lessons import MOMENT, PLACE, bounds
from monitor_cli.engine.persons import flags
from monitor_cli.engine.until import ended, happened, seen
from monitor_cli.language import normalised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.settings import Settings


def given(dump: Dump, lessons: Lessons) -> pl.DataFrame:
    """The homework for `lessons`.

    Homework is a row with text or files, or any row of a table without a column of texts.

    Returns:
        `at` UInt32, the row of `lessons.frame`; `issued`, `updated` Datetime, null where there is
        none or no time of day.
    """
    table = dump.tables[Table.HOMEWORK]
    is_homework = pl.col("text").is_not_null() | pl.col("has_files").fill_null(value=False)
    if "text" not in table.columns:
        is_homework = pl.lit(value=True)

    timed = pl.col("issued_at_has_time") & pl.col("updated_at_has_time")
    updated = timed & happened("updated_at", lessons.as_of)

    def lean(piece: pl.DataFrame) -> pl.DataFrame:
        piece = seen(piece, "issued_at", lessons.as_of)
        return (
            piece.with_columns(lessons.rows_of(piece).alias("at"))
            .filter(is_homework, pl.col("at").is_not_null())
            .select(
                "at",
                issued=pl.when("issued_at_has_time").then("issued_at"),
                updated=pl.when(updated).then("updated_at"),
            )
        )

    return pl.concat(table.each(lean), rechunk=True)


def counted(
    homework: pl.DataFrame,
    lessons: Lessons,
    rules: Settings,
    sums: Mapping[str, pl.Expr],
    see: Callable[[pl.DataFrame], None] | None = None,
) -> pl.DataFrame:
    """Count each lesson in its own week and, as one that `follows`, in the week before.

    Args:
        homework: as `given` returns it.
        lessons: with the week after, too.
        rules: the settings.
        sums: what to sum up over the rows of `Fact.HOMEWORK` (`indicators.facts.Homework`).
        see: is shown these rows, with `place` and `at` (row of `lessons.frame`).

    Returns:
        The keys of `lessons.places` and the sums.
    """
    rule = rules.timely_homework
    frame = lessons.frame.with_row_index("at")
    if rule.homework_link == "given":
        link, of_homework = None, homework["at"]
        day = frame["date"].gather(of_homework).cast(MOMENT)
        issued = _earliest(homework, of_homework, day, rule.days_before)
        found = _spread(issued, frame.height)
    else:
        link, previous_day = meetings(lessons)
        due = link.gather(homework["at"])
        day = previous_day.gather(due).cast(MOMENT)
        issued = _earliest(homework, due - 1, day, rule.days_before)
        found = _spread(issued, len(previous_day))
    rows = frame.select(
        PLACE,
        "at",
        "ends",
        "class_number",
        day=pl.col("date").cast(MOMENT),
        as_of=pl.lit(lessons.as_of, MOMENT),
        ended=pl.lit(value=True) if lessons.as_of is None else ended(lessons.as_of),
    )
    columns = found if link is None else found[link]
    rows = pl.concat([rows, columns], how="horizontal")
    if rule.skip_parallels:
        skipped = lessons.classes["parallel"].is_in(list(rule.skip_parallels))
        rows = rows.filter(~skipped.fill_null(value=False).gather(rows["class_number"]))
    parts = []
    for follows in (False, True):
        held = rows.filter(lessons.measured(follows=follows).gather(rows[PLACE]))
        held = held.with_columns(follows=pl.lit(follows))
        if see is not None:
            see(held)
        added = add_up(held, sums, [PLACE])
        week = days_after(pl.col("week"), -DAYS if follows else 0).cast(pl.Date)
        parts.append(lessons.at_keys(added).with_columns(week))
    return pl.concat(parts)


def _earliest(
    homework: pl.DataFrame, link: pl.Series, day: pl.Series, days_before: int
) -> pl.DataFrame:
    """The earliest issue or update since the window opened, and the undated rows, by `link`.

    Args:
        homework: as `given` returns it.
        link: the lesson or meeting that each of its rows belongs to.
        day: 00:00 of the day of that lesson or meeting, null where there is none.
        days_before: how many days before that day the window opens.
    """
    rows = homework.with_columns(link.alias("link"), day.alias("day"))
    opens = days_after(pl.col("day"), -days_before)
    return (
        rows.lazy()
        .filter(pl.col("day").is_not_null())
        .select(
            "link",
            issued=pl.min_horizontal(
                pl.when(pl.col(name) >= opens).then(name) for name in ("issued", "updated")
            ),
            undated=pl.col("issued").is_null(),
        )
        .group_by("link")
        .agg(pl.col("issued").min(), pl.col("undated").sum().cast(pl.Int64))
        .collect()
    )


def _spread(issued: pl.DataFrame, count: int) -> pl.DataFrame:
    """`issued` and `undated` of every lesson or meeting from 0 to `count`, by its number."""
    nothing = pl.Series("issued", [None], MOMENT).new_from_index(0, count)
    none = pl.Series("undated", [0], pl.Int64).new_from_index(0, count)
    return pl.DataFrame(
        [
            nothing.scatter(issued["link"], issued["issued"]),
            none.scatter(issued["link"], issued["undated"]),
        ]
    )


class Meetings(NamedTuple):
    """The number of each lesson's meeting; of each meeting the day of the series' one before.

    That day is null where there is none: a series begins.
    """

    number: pl.Series
    previous: pl.Series


def meetings(lessons: Lessons) -> Meetings:
    """Number the meetings of `lessons`.

    Meetings are numbered through, day by day within a series: where there is a day before, the
    meeting before has the number before, and its next lessons are these.
    """
    frame = lessons.frame
    subject, group = frame["subject"], frame["group"]
    names = pl.concat([subject.unique(), group.unique()]).unique()
    folded = _codes(names)
    width = len(folded) + 1
    days = frame["date"].to_physical().cast(pl.Int64)
    first, last = bounds(days)
    length = last - first + 1
    slot = (
        (frame["class_number"].cast(pl.Int64) * width + _coded(subject, folded)) * width
        + _coded(group, folded)
    ) * length + (days - first)
    order = slot.arg_sort()
    slot = slot.gather(order)
    begins = slot.ne_missing(slot.shift(1))
    met = slot.filter(begins)
    number = pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(order))
    number = number.scatter(order, begins.cum_sum() - 1)
    goes_on = (met // length == met.shift(1) // length).fill_null(value=False)
    previous = (met.shift(1) % length + first).set(~goes_on, None)
    return Meetings(number, previous.cast(pl.Int32).cast(pl.Date))


def _codes(names: pl.Series) -> dict[str, int]:
    """A number from 1 on for each subject or group: the spellings of one name share it."""
    numbers: dict[str, int] = {}
    return {
        spelling: numbers.setdefault(normalised(spelling), len(numbers) + 1)
        for spelling in names.drop_nulls().cast(pl.String).sort()
    }


def _coded(names: pl.Series, codes: dict[str, int]) -> pl.Series:
    """The number of each name, 0 without one. Int64."""
    spellings = names.unique().drop_nulls()
    physical = names.to_physical()
    _, last = bounds(physical)
    table = flags(last + 1, dtype=pl.Int64)
    numbers = pl.Series([codes[text] for text in spellings], dtype=pl.Int64)
    return table.scatter(spellings.to_physical(), numbers).gather(physical).fill_null(0)
