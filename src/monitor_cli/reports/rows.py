"""Rows of a report: sums at schools and below → places of a level, named and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import polars as pl

from monitor_cli.engine import filters, places
from monitor_cli.engine.placed import outside
from monitor_cli.errors import UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monitor_cli.engine.filters import Scope
    from monitor_cli.levels import Level
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked


def scope_of_registers(asked: Asked, schools: pl.DataFrame, classes: pl.DataFrame) -> Scope:
    """What the filters of places leave, where lessons are not read.

    Args:
        asked: the filters.
        schools: as `places.schools`.
        classes: as `facts.classes`.

    Raises:
        UsageError: a value names nothing.
    """
    none = schools.select("school_id", subject="school", teacher_id="school_id").clear()
    teachers = none.select("school_id", "teacher_id", teacher="subject")
    frames = places.Frames(schools, classes, none, None, teachers)
    return filters.resolve(asked.query(), frames)


def searched(asked: Asked, schools: pl.DataFrame) -> pl.DataFrame:
    """The schools whose name or id has the text of `search` in it.

    Raises:
        UsageError: there is none.
    """
    if asked.search is None:
        return schools
    text = filters.folded(asked.search)
    found = [
        text in filters.folded(name) or text in str(school_id)
        for name, school_id in schools.select("school", "school_id").iter_rows()
    ]
    if not any(found):
        raise UsageError(
            words(
                f"--search {asked.search}: таких школ нет",
                f"--search {asked.search}: there is no such school",
            ),
            remedy=words(
                "нужна часть названия или ID школы; все школы: monitor registry",
                "a part of a school's name or id is needed; all schools: monitor registry",
            ),
        )
    return schools.filter(pl.Series(found, dtype=pl.Boolean))


def pooled(rows: pl.DataFrame, level: Level, also: Sequence[str] = ()) -> pl.DataFrame:
    """Sum whole numbers up to the places of a level of schools or above, and keys besides.

    A number that is null in every row of a place stays null: it is not available there.
    """
    keys = [*level.keys, *also]
    sums = [name for name in rows.columns if name not in {*places.SCHOOL_KEYS, *keys}]
    return rows.group_by(keys).agg(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).cast(pl.Int64).sum()).alias(name)
        for name in sums
    )


def by_place(
    rows: pl.DataFrame, level: Level
) -> Iterator[tuple[tuple[Value, ...], Mapping[str, Value]]]:
    """The keys of each row as the output shows them and the row, in the order of every output."""
    for row in places.ordered(rows.iter_rows(named=True), level):
        yield (
            tuple(outside(name, row[name]) for name in level.keys),
            cast("Mapping[str, Value]", row),
        )


def cells(rows: pl.DataFrame, level: Level, columns: Sequence[Column]) -> list[tuple[Value, ...]]:
    """The rows as cells, in the order of every output: the keys of the level, then `columns`."""
    return [
        (*keys, *(row[column.key] for column in columns)) for keys, row in by_place(rows, level)
    ]


def looked_up(
    name: str, known: Mapping[Any, object], dtype: pl.DataType | type[pl.DataType]
) -> pl.Expr:
    """A column with what each of its values stands for; null where it is none of those known."""
    if not known:
        return pl.when(pl.col(name).is_null()).then(pl.lit(None, dtype)).alias(name)
    values = pl.Series([*known.values()], dtype=dtype)
    found = pl.col(name).replace_strict([*known], values, default=None, return_dtype=dtype)
    return found.cast(dtype)


def limited(rows: Sequence[tuple[Value, ...]], limit: int | None) -> Sequence[tuple[Value, ...]]:
    """No more rows than `limit`."""
    return rows if limit is None else rows[:limit]
