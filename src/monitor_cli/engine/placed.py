"""The places of a level in what was counted: their sums by week, their names, their measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.engine import count, places, rollup
from monitor_cli.engine.measures import Place
from monitor_cli.levels import Level
from monitor_cli.result import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from monitor_cli.clock import Week
    from monitor_cli.engine.query import Query
    from monitor_cli.engine.week import CountedWeek


def rows_at(counted: CountedWeek, level: Level) -> list[Row]:
    """The places of a level that was counted, in the schools left, with their measures."""
    query = counted.counting.query
    on, frames = sums_at(counted, level)
    named = named_places(counted, level, counted.left, query.week)
    sums = {
        week: {tuple(row[name] for name in on): row for row in frame.iter_rows(named=True)}
        for week, frame in frames.items()
    }
    rows = []
    for place in places.ordered(named.iter_rows(named=True), level):
        key = tuple(place[name] for name in on)
        found = place_of(query, {week: of_week.get(key) for week, of_week in sums.items()})
        keys = {name: outside(name, place[name]) for name in level.keys}
        rows.append(Row(keys, counted.measures.at(level, found, [region_of(place)])))
    return rows


def sums_at(counted: CountedWeek, level: Level) -> tuple[tuple[str, ...], dict[Week, pl.DataFrame]]:
    """The sums at the places of a level: the columns that tell a place, and a frame a week."""
    if level.pools_schools:
        pooled = {
            week: rollup.pool(frame, level.keys, counted.indicators, counted.measures.rules)
            for week, frame in counted.schools.items()
        }
        return level.keys, pooled
    if level is Level.SCHOOL:
        return ("school_id",), dict(counted.schools)
    grain = count.GRAINS[level]
    return ("school_id", *grain), counted.counting.summed(grain)


def named_places(
    counted: CountedWeek, level: Level, left: pl.DataFrame, week: Week
) -> pl.DataFrame:
    """The places of a level that have a row in `week`, of the schools `left`."""
    if level.pools_schools:
        return left.select(level.keys).unique()
    if level is Level.SCHOOL:
        return left.select(level.keys)
    scope, frames = counted.counting.scope, counted.counting.frames
    under = places.under_schools(level, week, scope, frames)
    named = under.join(left.select(places.SCHOOL_KEYS), on="school_id", how="inner", validate="m:1")
    if level is not Level.TEACHER:
        return named
    return named.join(frames.teachers, on=["school_id", "teacher_id"], how="left", validate="1:1")


def place_of(query: Query, sums: Mapping[Week, Mapping[str, object] | None]) -> Place:
    """The sums of a place in the weeks of the query; without a row it has none."""
    before = (sums[query.week.previous] or {}) if query.compare else None
    return Place(sums[query.week] or {}, before)


def region_of(keys: Mapping[str, object]) -> str | None:
    """The region that a place lies in, whose thresholds hold there."""
    region = keys["region"]
    return region if isinstance(region, str) else None


def outside(name: str, value: object) -> str | int | None:
    """A key as the output shows it: ids are text."""
    if value is None or (name == "parallel" and isinstance(value, int)):
        return value
    return str(value)
