"""Event times → naive local times of the row's school. Source: `dump.md`, «Time».

A zone belongs to the dtype of a Polars column, so a column is converted once per distinct zone;
where no row has an offset, nothing is converted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from monitor_cli import clock
from monitor_cli.dump import faults
from monitor_cli.dump.moments import OFFSET, WALL
from monitor_cli.dump.options import SCHOOL
from monitor_cli.dump.values import AT_OFFSET, HAS_TIME, Typed
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

ZONE = "__zone"
"""UInt8: the place of a row's zone in `Zones.zones`; null is the first."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of a dump, the configured one first, and the zone of each school.

    `schools`: `school_id`, `ZONE`.
    """

    zones: tuple[tzinfo, ...]
    schools: pl.DataFrame


def zone_of_settings(key: str, name: str) -> tzinfo:
    """The zone that a key of the settings names.

    Raises:
        SettingsError: there is none of that name.
    """
    try:
        return _known(name)
    except ValueError as error:
        shown = faults.shown(name)
        raise SettingsError(
            words(f"{key}: нет часового пояса «{shown}»", f"{key}: no time zone «{shown}»"),
            remedy=words(
                "Например: Europe/Moscow, UTC+5, +05:00, МСК+2",
                "Such as Europe/Moscow, UTC+5, +05:00, МСК+2",
            ),
        ) from error


def source_zone(name: str) -> tzinfo | None:
    """The zone of event times without an offset; None: the school's own."""
    return None if name.casefold() == SCHOOL else zone_of_settings("source_tz", name)


def zones_of(schools: pl.DataFrame, default: tzinfo) -> Zones:
    """The zones of used schools (`school_id`, `timezone`).

    Raises:
        DumpError: a school's zone is none.
    """
    found: list[tzinfo] = [default]
    places: dict[str, int] = {}
    for name in schools["timezone"].drop_nulls().unique(maintain_order=True):
        try:
            zone = _known(name)
        except ValueError as error:
            school = schools.filter(pl.col("timezone") == name).item(0, "school_id")
            raise faults.bad_zone(str(school), name) from error
        if zone not in found:
            found.append(zone)
        places[name] = found.index(zone)
    place = pl.col("timezone").replace_strict(places, default=0, return_dtype=pl.UInt16)
    return Zones(tuple(found), schools.select("school_id", place.alias(ZONE)))


@cache
def _known(name: str) -> tzinfo:
    """A zone that both Python and Polars know.

    Raises:
        ValueError: there is none.
    """
    zone = clock.zone(name)
    try:
        pl.select(_in_zone(pl.lit(0).cast(WALL), zone))
    except pl.exceptions.PolarsError as error:
        message = f"{name!r} is not a time zone"
        raise ValueError(message) from error
    return zone


def source_offsets(read: Typed, source: tzinfo) -> tuple[Typed, pl.Series | None]:
    """Give times of day without an offset that of the zone in which they were declared to be.

    Of an hour that the clock shows twice the first is meant; one that it skips is no time. Also
    returns the rows that do not parse.
    """
    wall, timed, *known = read.columns
    name = wall.name
    frame = pl.DataFrame(
        [wall, timed.alias(HAS_TIME), *(offset.alias(AT_OFFSET) for offset in known)]
    )
    at = pl.col(name)
    if isinstance(source, ZoneInfo):
        utc = (
            at.dt.replace_time_zone(source.key, ambiguous="earliest", non_existent="null")
            .dt.convert_time_zone("UTC")
            .dt.replace_time_zone(None)
        )
        declared = (at - utc).dt.total_seconds()
    else:
        fixed = source.utcoffset(None) or timedelta()
        declared = pl.when(at.is_not_null()).then(int(fixed.total_seconds()))
    offset = pl.when(pl.col(HAS_TIME)).then(declared).cast(OFFSET)
    if known:
        offset = pl.coalesce(AT_OFFSET, offset)
    frame = frame.with_columns(offset.alias(AT_OFFSET))
    skipped = frame.select(pl.col(HAS_TIME).fill_null(value=False) & pl.col(AT_OFFSET).is_null())
    bad = skipped.to_series()
    columns = (wall, timed, frame[AT_OFFSET].alias(name + AT_OFFSET))
    if not bad.any():
        return replace(read, columns=columns), read.bad
    wall, timed = wall.set(bad, None), timed.set(bad, None)
    return replace(
        read, columns=(wall, timed, columns[2])
    ), bad if read.bad is None else read.bad | bad


def has_offsets(frame: pl.DataFrame, events: Iterable[str]) -> bool:
    """Whether any row must be converted at all."""
    return any(
        name + AT_OFFSET in frame.columns and frame[name + AT_OFFSET].count() for name in events
    )


def local(frame: pl.DataFrame, events: Iterable[str], zones: Zones) -> pl.DataFrame:
    """Convert events with an offset to the zone of each row (`ZONE`, if there are several)."""
    return frame.with_columns(
        _local(name, zones.zones if ZONE in frame.columns else zones.zones[:1])
        for name in events
        if name + AT_OFFSET in frame.columns
    )


def _local(name: str, zones: tuple[tzinfo, ...]) -> pl.Expr:
    """The local time of an event; one without an offset is local already."""
    utc = pl.col(name) - pl.duration(seconds=pl.col(name + AT_OFFSET))
    converted = _in_zone(utc, zones[0])
    for place, zone in enumerate(zones[1:], start=1):
        converted = pl.when(pl.col(ZONE) == place).then(_in_zone(utc, zone)).otherwise(converted)
    known = pl.col(name + AT_OFFSET).is_not_null()
    return pl.when(known).then(converted).otherwise(pl.col(name)).alias(name)


def _in_zone(utc: pl.Expr, zone: tzinfo) -> pl.Expr:
    """Naive UTC → naive time by the clock of `zone`."""
    if isinstance(zone, ZoneInfo):
        return (
            utc.dt.replace_time_zone("UTC")
            .dt.convert_time_zone(zone.key)
            .dt.replace_time_zone(None)
        )
    return utc + pl.lit(zone.utcoffset(None), dtype=pl.Duration("us"))
