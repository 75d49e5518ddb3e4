"""Event times that cannot be right: entries at night, and times that have not come yet."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli import clock
from monitor_cli.checks.hours import HOURS, hours_off, night_percent
from monitor_cli.columns import SHAPES, Kind, Table
from monitor_cli.dump.faults import shown
from monitor_cli.dump.problems import ROW
from monitor_cli.dump.values import HAS_TIME
from monitor_cli.language import words
from monitor_cli.verdict import Hours, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.findings import Findings
    from monitor_cli.settings import Settings

ENTERED = (
    (Table.MARKS, "created_at"),
    (Table.HOMEWORK, "issued_at"),
    (Table.LOGINS, "logged_at"),
)
"""Where people make entries of their own accord, hour by hour."""


def at_schools(dump: Dump, table: Table, *columns: str) -> pl.LazyFrame:
    """The rows of a table with the columns named and `school_id`.

    It is the row's own, its lesson's, or that of each school of its student; null where the dump
    has no students.
    """
    frame = dump.tables[table].frame
    if "school_id" in frame.collect_schema():
        return frame.select("school_id", *columns)
    if table is Table.DIARY_VIEWS:
        if Table.STUDENTS not in dump.tables:
            known = dump.tables[Table.SCHOOLS].frame.collect_schema()["school_id"]
            return frame.select(*columns, school_id=pl.lit(None, known))
        on, places = "student_id", dump.tables[Table.STUDENTS].frame
        places = places.select("school_id", student_id="person_id").unique()
    else:
        on, places = "lesson_id", dump.tables[Table.LESSONS].frame.select("lesson_id", "school_id")
    return frame.select(on, *columns).join(places, on=on, how="inner", validate="m:m").drop(on)


def entry_hours(
    dump: Dump, names: Mapping[object, str]
) -> tuple[tuple[Hours, ...], tuple[Remark, ...]]:
    """The hours of entries by column, and what is suspicious about them.

    Args:
        dump: a dump without structural faults.
        names: what each school is called, by its id.
    """
    told: list[Hours] = []
    remarks: list[Remark] = []
    for table, column in ENTERED:
        if table not in dump.tables:
            continue
        counts = (
            at_schools(dump, table, column, column + HAS_TIME)
            .filter(
                pl.col(column + HAS_TIME).fill_null(value=False),
                # Midnight to the second is how some journals write «no time».
                pl.col(column).dt.time() != time(),
            )
            .group_by("school_id", pl.col(column).dt.hour().alias("hour"))
            .agg(pl.len().cast(pl.Int64).alias("entries"))
            .collect()
        )
        by_school: dict[object, list[int]] = {}
        for school, hour, entries in counts.iter_rows():
            by_school.setdefault(school, [0] * HOURS)[hour] = entries
        whole = tuple(sum(column) for column in zip(*by_school.values(), strict=True))
        if not whole:
            continue
        told.append(Hours(table.value, column, whole))
        remarks += _suspicious(told[-1], by_school, names)
    return tuple(told), tuple(remarks)


def _suspicious(
    whole: Hours, by_school: Mapping[object, list[int]], names: Mapping[object, str]
) -> Iterator[Remark]:
    """The schools whose clock seems to be off, by how much; else the table, if all of it is."""
    schools: dict[int, list[object]] = {}
    for school, entries in by_school.items():
        off = hours_off(entries)
        if off is not None:
            schools.setdefault(off, []).append(school)
    if not schools and (off := hours_off(whole.entries)) is not None:
        schools[off] = []
    for off, found in sorted(schools.items()):
        entries = [sum(hour) for hour in zip(*(by_school[one] for one in found), strict=True)]
        percent = night_percent(entries or whole.entries)
        here = f"{whole.table}.{whole.column}"
        yield Remark(
            "night_hours",
            whole.table,
            len(found),
            words(
                f"{here}: {percent} % записей между 0 и 6 часами; похоже, время отличается от "
                f"местного на {off:+d} ч",
                f"{here}: {percent} % of the entries lie between 0 and 6 o'clock; the times seem "
                f"to differ from local ones by {off:+d} h",
            ),
            tuple(sorted(names.get(one, str(one)) for one in found)),
        )


def in_the_future(
    dump: Dump, settings: Settings, now: datetime, findings: Findings | None
) -> Iterator[Remark]:
    """Events later than `now` (aware) by the clock of their school, column by column.

    Raises:
        ValueError: a zone that is none; a dump with one is broken, and not looked at here.
    """
    schools = dump.tables[Table.SCHOOLS].frame.select("school_id", "timezone").collect()
    default = now.astimezone(clock.zone(settings.timezone)).replace(tzinfo=None)
    zones = {
        name: now.astimezone(clock.zone(name)).replace(tzinfo=None)
        for name in schools["timezone"].drop_nulls().unique()
    }
    here = pl.col("timezone").replace_strict(zones, default=default, return_dtype=pl.Datetime("us"))
    clocks = schools.select("school_id", now=here)
    earliest = min([default, *zones.values()])
    for table, checked in dump.tables.items():
        events = [
            name
            for name, column in SHAPES[table].columns.items()
            if column.kind is Kind.EVENT and name in checked.columns
        ]
        for name in events:
            row = () if findings is None else (ROW,)
            late = at_schools(dump, table, name, *row).filter(pl.col(name) > earliest).collect()
            late = late.join(clocks, on="school_id", how="left", validate="m:1")
            late = late.filter(pl.col(name) > pl.col("now").fill_null(default))
            if late.height:
                latest = str(late[name].max())
                yield Remark(
                    "future",
                    table.value,
                    late.height,
                    words(
                        f"{table}.{name}: {late.height} – позже нынешнего времени",
                        f"{table}.{name}: {late.height} later than now",
                    ),
                    (shown(latest),),
                    () if findings is None else findings.places(table, late[ROW]),
                )
