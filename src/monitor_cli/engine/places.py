"""The places that have a row at a level, in the order of every output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope


@dataclass(frozen=True, slots=True)
class Frames:
    """What places are found in, unfiltered.

    `schools` and `teachers` as the functions of those names return them, `classes` as that of
    `facts.py`, `lessons` as `Lessons.places` of `lessons.py`, `students` the `week` and
    `class_id` of `people.student_rows` (`None` without that table).
    """

    schools: pl.DataFrame
    classes: pl.DataFrame
    lessons: pl.DataFrame
    students: pl.DataFrame | None
    teachers: pl.DataFrame


SCHOOL_KEYS = ("region", "municipality", "school_id", "school")


def schools(dump: Dump) -> pl.DataFrame:
    """The register of schools: `school_id`, `school`, `municipality`, `region`, `shifts`.

    A school without a name is called by its id.
    """
    return (
        dump.tables[Table.SCHOOLS]
        .frame.select(
            "school_id",
            pl.col("school").fill_null(pl.col("school_id").cast(pl.String)),
            "municipality",
            "region",
            "shifts",
        )
        .collect()
    )


def teachers(dump: Dump, lessons: pl.DataFrame) -> pl.DataFrame:
    """The names of those who teach: `school_id`, `teacher_id`, `teacher`.

    The name is that of the staff row at the school, else of a row at any school, else null.
    """
    if "teacher_id" not in lessons.columns:
        return lessons.select("school_id", teacher_id="school_id", teacher=pl.lit("")).clear()
    taught = (
        lessons.select("school_id", "teacher_id")
        .filter(pl.col("teacher_id").is_not_null())
        .unique()
    )
    if Table.STAFF not in dump.tables:
        return taught.with_columns(teacher=pl.lit(None, pl.String))
    named = (
        dump.tables[Table.STAFF]
        .frame.select("school_id", "person_id", "name")
        .filter(pl.col("name").is_not_null())
        .collect()
    )
    here = named.group_by("school_id", "person_id", maintain_order=True).agg(here=pl.last("name"))
    anywhere = named.group_by("person_id", maintain_order=True).agg(anywhere=pl.last("name"))
    return (
        taught.join(
            here,
            left_on=["school_id", "teacher_id"],
            right_on=["school_id", "person_id"],
            how="left",
            validate="1:1",
        )
        .join(anywhere, left_on="teacher_id", right_on="person_id", how="left", validate="m:1")
        .select("school_id", "teacher_id", teacher=pl.coalesce("here", "anywhere"))
    )


def under_schools(level: Level, week: Week, scope: Scope, frames: Frames) -> pl.DataFrame:
    """The places of a level under the school: `school_id` and the keys of its grain.

    A class has a row when it is active or has a counted student or a lesson in the week or in
    the one after; a parallel, subject or teacher, when such a class or lesson is there
    (`indicators.md`, «Levels»).
    """
    held = scope.keep(frames.lessons).filter(pl.col("week").is_in([week.monday, week.next.monday]))
    if level is Level.SUBJECT:
        return held.select("school_id", "subject").unique()
    if level is Level.TEACHER:
        return (
            held.select("school_id", "teacher_id")
            .filter(pl.col("teacher_id").is_not_null())
            .unique()
        )
    ids = [held["class_id"]]
    now = frames.classes.filter(pl.col("week") == week.monday)
    if not scope.by_lesson:
        ids.append(now.filter("active")["class_id"])
        if frames.students is not None:
            here = frames.students.filter(pl.col("week") == week.monday)
            ids.append(here["class_id"].drop_nulls())
    known = pl.concat(ids).unique()
    places = scope.keep(now).filter(pl.col("class_id").is_in(known.implode()))
    if level is Level.PARALLEL:
        return places.select("school_id", "parallel").unique()
    return places.select(
        "school_id",
        "parallel",
        "class_id",
        pl.col("class").fill_null(pl.col("class_id").cast(pl.String)),
    )


_DIGITS = re.compile(r"(\d+)")


def _text(value: str | None) -> tuple[bool, str]:
    """Null first; without case, «ё» with «е»."""
    if value is None:
        return (False, "")
    return (True, value.casefold().replace("ё", "е"))


def natural(value: str) -> list[tuple[int, int, str]]:
    """As text, but digits as numbers: №2 before №10."""
    pieces = _DIGITS.split(value.casefold().replace("ё", "е"))
    return [
        (0, int(piece), "") if number else (1, 0, piece)
        for number, piece in ((index % 2 == 1, piece) for index, piece in enumerate(pieces))
        if piece
    ]


def _id(value: str | int | None) -> tuple[int, int, str]:
    """Integers as numbers, before texts."""
    if isinstance(value, int):
        return (0, value, "")
    return (1, 0, value or "")


def ordered(rows: Iterable[Mapping[str, object]], level: Level) -> list[Mapping[str, object]]:
    """Sort places by their keys as `cli.md`, «Order», says."""

    def key(row: Mapping[str, object]) -> tuple[object, ...]:
        order: list[object] = []
        for name in level.keys:
            value = row[name]
            if name == "school":
                order.insert(len(order) - 1, natural(str(value)))
            elif name in ("class", "teacher"):
                order.insert(len(order) - 1, _text(value))  # type: ignore[arg-type]
            elif name.endswith("_id"):
                order.append(_id(value))  # type: ignore[arg-type]
            elif name == "parallel":
                order.append((value is None, value or 0))
            else:
                order.append(_text(value))  # type: ignore[arg-type]
        # Texts that differ in nothing but case or «ё» tie: last of all they stand as written.
        order.append([str(row[name] or "") for name in level.keys])
        return tuple(order)

    return sorted(rows, key=key)
