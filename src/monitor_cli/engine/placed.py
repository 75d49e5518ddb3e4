"""The places of a level in what was counted: their sums by week, their names, their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.engine import count, places, rollup
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from monitor_cli.clock import Week
    from monitor_cli.engine.week import Counting
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.settings import Settings


def sums_at(
    counting: Counting,
    schools: Mapping[Week, pl.DataFrame],
    indicators: Sequence[Indicator],
    rules: Settings,
) -> tuple[tuple[str, ...], dict[Week, pl.DataFrame]]:
    """The sums at the places of the level: the columns that tell a place, and a frame a week.

    `schools`: as `CountedWeek` has them.
    """
    level = counting.query.level
    if level.pools_schools:
        pooled = {
            week: rollup.pool(frame, level.keys, indicators, rules)
            for week, frame in schools.items()
        }
        return level.keys, pooled
    if level is Level.SCHOOL:
        return ("school_id",), dict(schools)
    grain = count.GRAINS[level]
    return ("school_id", *grain), counting.summed(grain)


def named_places(counting: Counting, left: pl.DataFrame, week: Week) -> pl.DataFrame:
    """The places of the query's level that have a row in `week`, of the schools `left`."""
    level = counting.query.level
    if level.pools_schools:
        return left.select(level.keys).unique()
    if level is Level.SCHOOL:
        return left.select(level.keys)
    under = places.under_schools(level, week, counting.scope, counting.frames)
    named = under.join(left.select(places.SCHOOL_KEYS), on="school_id", how="inner", validate="m:1")
    if level is not Level.TEACHER:
        return named
    return named.join(
        counting.frames.teachers, on=["school_id", "teacher_id"], how="left", validate="1:1"
    )


def region_of(keys: Mapping[str, object]) -> str | None:
    """The region that a place lies in, whose thresholds hold there."""
    region = keys["region"]
    return region if isinstance(region, str) else None


def outside(name: str, value: object) -> str | int | None:
    """A key as the output shows it: ids are text."""
    if value is None or (name == "parallel" and isinstance(value, int)):
        return value
    return str(value)
