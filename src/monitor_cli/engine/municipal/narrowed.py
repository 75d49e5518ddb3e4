"""A counted week seen at some of its schools: nothing is read or counted again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from monitor_cli.engine.week import CountedWeek


def settled(counted: CountedWeek) -> CountedWeek:
    """The same, its sums added up once for all the views of it."""
    counting = counted.counting
    return replace(counted, counting=replace(counting, sums=counting.sums.settled()))


def narrowed(counted: CountedWeek, schools: pl.Series) -> CountedWeek:
    """What was counted at `schools` alone: `school_id`, as in the dump.

    Places, sums and totals are theirs; the lessons one by one, the rows set aside and the warnings
    of the dump are those of all schools.
    """
    kept = pl.col("school_id").is_in(schools.implode())
    counting = counted.counting
    frames = counting.frames
    return replace(
        counted,
        counting=replace(
            counting,
            scope=replace(counting.scope, schools=schools),
            frames=replace(
                frames,
                schools=frames.schools.filter(kept),
                classes=frames.classes.filter(kept),
                lessons=frames.lessons.filter(kept),
                teachers=frames.teachers.filter(kept),
            ),
            sums=counting.sums.within(schools),
        ),
        schools={week: frame.filter(kept) for week, frame in counted.schools.items()},
        left=counted.left.filter(kept),
    )
