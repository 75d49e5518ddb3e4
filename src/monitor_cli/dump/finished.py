"""Used rows as they leave this package: in local time, at their schools, only what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Kind, Shape, Table
from monitor_cli.dump import zones
from monitor_cli.dump.problems import ROW
from monitor_cli.dump.references import LESSON_AT, SCHOOL_ID, with_school
from monitor_cli.dump.values import HAS_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.dump.references import Used

_MICROSECONDS_A_DAY = 86_400_000_000


def events_of(shape: Shape, wanted: Iterable[str]) -> list[str]:
    """The wanted events of a table, in its order."""
    among = frozenset(wanted)
    return [n for n, column in shape.columns.items() if column.kind is Kind.EVENT and n in among]


def finished(
    shape: Shape, frame: pl.DataFrame, wanted: frozenset[str], used: Used, where: zones.Zones
) -> pl.DataFrame:
    """The wanted columns of used rows, events in local time, each with `<name>_has_time` beside.

    Lessons get the `school_id` of their class; rows for a lesson, its place, `lesson_at`; views of
    a diary, where their local time depends on the school, a row for each school of the student,
    with its `school_id`. `ROW` stays where it is wanted.
    """
    events = events_of(shape, wanted)
    extra: list[str] = []
    if shape.table is Table.LESSONS:
        frame = frame if SCHOOL_ID in frame.columns else with_school(frame, used)
        extra = [SCHOOL_ID]
    if zones.has_offsets(frame, events):
        if len(where.zones) > 1:
            if shape.table is Table.DIARY_VIEWS:
                frame, extra = _at_schools(frame, used), [SCHOOL_ID]
            frame = _with_zone(frame, used, where)
        frame = zones.local(frame, events, where)
    names = [name for name in shape.columns if name in wanted]
    names += [name + HAS_TIME for name in events] + [name for name in extra if name not in names]
    names += [LESSON_AT] if LESSON_AT in frame.columns else []
    names += [ROW] if ROW in wanted else []
    return frame.select(names)


def times_of_day(wall: pl.Series) -> tuple[bool, bool]:
    """Whether there are times as they were written, and whether one of them is not 00:00:00."""
    times = wall.drop_nulls()
    return bool(len(times)), bool((times.to_physical() % _MICROSECONDS_A_DAY != 0).any())


def _at_schools(views: pl.DataFrame, used: Used) -> pl.DataFrame:
    """A row for each view and school of the student, with `school_id`."""
    if Table.STUDENTS not in used:
        id_type = None
        if Table.SCHOOLS in used:
            id_type = used.frame(Table.SCHOOLS).schema[SCHOOL_ID]
        return views.with_columns(pl.lit(None, dtype=id_type).alias(SCHOOL_ID))
    homes = used.frame(Table.STUDENTS).select(pl.col("person_id").alias("student_id"), SCHOOL_ID)
    homes = homes.unique().sort(pl.all())
    return views.join(
        homes, on="student_id", how="inner", validate="m:m", maintain_order="left_right"
    )


def _with_zone(frame: pl.DataFrame, used: Used, where: zones.Zones) -> pl.DataFrame:
    """The zone of each row's school, found by its own school or by its lesson's."""
    if SCHOOL_ID in frame.columns:
        schools, on = where.schools, SCHOOL_ID
    elif Table.LESSONS in used:
        lessons, on = used.frame(Table.LESSONS).select("lesson_id", SCHOOL_ID), "lesson_id"
        at_school = lessons.join(where.schools, on=SCHOOL_ID, how="left", validate="m:1")
        schools = at_school.select(on, zones.ZONE)
    else:
        return frame
    return frame.join(schools, on=on, how="left", validate="m:1", maintain_order="left")
