"""From a path to checked tables: the only face of this package.

Source: `dump.md`. Order of the checks of a row: ragged line, missing value, value that does not
parse, repetition and shared key, reference to nothing; each row is used, repeated or set aside
under one reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Kind, Shape, Table
from monitor_cli.dump import faults, keys, references, zones
from monitor_cli.dump.find import find
from monitor_cli.dump.findings import Findings, refuse
from monitor_cli.dump.options import ReadOptions
from monitor_cli.dump.problems import ROW, Reason, listed, set_aside
from monitor_cli.dump.tables import Rows, read_table
from monitor_cli.dump.values import HAS_TIME, UNKNOWN_ROLE
from monitor_cli.errors import DumpError
from monitor_cli.language import plural_ru, words
from monitor_cli.result import Notice, Problem
from monitor_cli.verdict import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monitor_cli.dump.find import Found

__all__ = ["Checked", "Counts", "Dump", "Findings", "ReadOptions", "load"]

_DOMAINS = {
    "school_id": "school",
    "class_id": "class",
    "person_id": "person",
    "student_id": "person",
    "teacher_id": "person",
    "substitute_id": "person",
    "lesson_id": "lesson",
    "mark_id": "mark",
    "homework_id": "homework",
}
_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a table: used + repeated + set_aside == read."""

    read: int
    used: int
    repeated: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A table of which only used rows are left.

    `frame`: every wanted column, typed (one that the dump lacks is null throughout), and beside
    each wanted event `<name>_has_time` (Boolean, false for a bare date, null without a value).
    Events are naive Datetime("us") in the local time of the row's school. Ids are Int64 if all
    ids of their kind in the tables read are canonical decimals, else String. Lessons also have
    `school_id`; diary views too, and a row for each school of the student.

    `columns`: all columns of the table that the dump holds. `midnight`: wanted events that have
    values, none of them with a time of day other than 00:00:00 as written.
    """

    frame: pl.LazyFrame
    columns: frozenset[str]
    midnight: frozenset[str]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Dump:
    """The tables that are wanted and there, what was not used of them, and what to say of it."""

    tables: Mapping[Table, Checked]
    problems: tuple[Problem, ...]
    warnings: tuple[Notice, ...]


def load(path: Path, wanted: Mapping[Table, frozenset[str]], options: ReadOptions) -> Dump:
    """Read the wanted columns of the wanted tables of a dump, and check every row of these tables.

    Keys, references to wanted tables and values that no row may lack are read and checked too.

    Raises:
        DumpError: a structural fault; with `strict`, any row that is set aside.
        SettingsError: an option that names no zone, encoding, separator or column.
    """
    source = zones.source_zone(options.source_tz)
    default = zones.zone_of_settings("timezone", options.timezone)
    found, findings = find(path), options.findings
    _require(path, found, wanted, findings)
    tables = [table for table in Table if table in wanted and table in found.parts]
    read = {
        table: read_table(
            SHAPES[table],
            tuple(found.parts[table]),
            _asked(SHAPES[table], wanted),
            options,
            source,
        )
        for table in tables
    }
    _unify_ids(read)
    warnings = _not_read(found)
    used: dict[Table, Rows] = {}
    checked: dict[Table, Checked] = {}
    where = zones.Zones(
        (default,), pl.DataFrame(schema={"school_id": pl.Int64, zones.ZONE: pl.UInt16})
    )
    for table, rows in read.items():
        keys.settle(rows, options)
        warnings += references.check(rows, used)
        warnings += _unknown_roles(rows)
        if findings is None or table not in findings.lost:
            used[table] = rows
        if table is Table.SCHOOLS:
            try:
                where = zones.zones_of(rows.frame, default)
            except DumpError as error:
                refuse(error, findings, table)
            _fill_places(rows, options)
        if table is Table.LESSONS:
            references.add_school(rows, used)
        checked[table] = _finished(rows, wanted[table], used, where)
    problems = listed({table: rows.tally for table, rows in read.items()})
    if findings is not None:
        findings.locate(read, options)
    if options.strict and any(Reason(problem.reason).sets_aside for problem in problems):
        raise faults.strict_refusal([p for p in problems if Reason(p.reason).sets_aside])
    return Dump(checked, problems, tuple(warnings))


def _require(
    path: Path,
    found: Found,
    wanted: Mapping[Table, frozenset[str]],
    findings: Findings | None,
) -> None:
    """Refuse a dump without its required tables, or with a wanted one in a format not read."""
    for table in Table:
        if table in wanted and table in found.unread:
            refuse(faults.unread_format(*found.unread[table][0]), findings, table)
    missing = [
        table
        for table in Table
        if table in wanted
        and SHAPES[table].required
        and table not in found.parts
        and table not in found.unread
    ]
    if missing:
        refuse(faults.missing_tables(path, missing, found.seen), findings)


def _asked(shape: Shape, wanted: Mapping[Table, frozenset[str]]) -> frozenset[str]:
    """The columns to read: wanted, key, needed in each row, references to wanted tables."""
    asked = set(wanted[shape.table]) | set(shape.key)
    asked |= {name for name, column in shape.columns.items() if column.needed_in_row}
    asked |= {reference.column for reference in shape.references if reference.table in wanted}
    if not shape.key:
        asked |= set(shape.columns)
    if shape.table is Table.SCHOOLS:
        asked.add("timezone")
    if shape.table is Table.CLASSES and "parallel" in asked:
        asked.add("class")
    return frozenset(asked)


def _unify_ids(read: Mapping[Table, Rows]) -> None:
    """Make ids of one kind text in all tables where they are text in one."""
    places: dict[str, list[tuple[Rows, str]]] = {}
    for rows in read.values():
        for name, column in rows.shape.columns.items():
            if column.kind is Kind.ID and name in rows.frame.columns:
                places.setdefault(_DOMAINS[name], []).append((rows, name))
    for domain in places.values():
        if any(rows.frame.schema[name] == pl.String for rows, name in domain):
            for rows, name in domain:
                rows.frame = rows.frame.with_columns(pl.col(name).cast(pl.String))


def _fill_places(schools: Rows, options: ReadOptions) -> None:
    """Name the region and the municipality of schools that have none, where the config does."""
    named = {"region": options.region, "municipality": options.municipality}
    schools.frame = schools.frame.with_columns(
        pl.col(name).fill_null(pl.lit(text))
        for name, text in named.items()
        if text and name in schools.frame.columns
    )


def _finished(
    rows: Rows, wanted: frozenset[str], used: Mapping[Table, Rows], where: zones.Zones
) -> Checked:
    """The used rows in local time, with the columns that were asked for."""
    shape, frame = rows.shape, rows.frame
    events = [n for n, c in shape.columns.items() if c.kind is Kind.EVENT and n in wanted]
    tally = rows.tally
    counts = Counts(rows.read, frame.height, tally[Reason.REPEATED], set_aside(tally))
    midnight = frozenset(name for name in events if _is_midnight(frame[name]))
    extra = []
    if shape.table is Table.LESSONS:
        extra = ["school_id"]
    if shape.table is Table.DIARY_VIEWS:
        frame, extra = _at_schools(frame, used), ["school_id"]
    if zones.has_offsets(frame, events):
        if len(where.zones) > 1:
            frame = _with_zone(frame, used, where)
        frame = zones.local(frame, events, where)
    names = [name for name in shape.columns if name in wanted]
    names += [name + HAS_TIME for name in events] + [name for name in extra if name not in names]
    return Checked(frame.select(names).lazy(), rows.columns, midnight, counts)


def _is_midnight(wall: pl.Series) -> bool:
    """Whether there are times and all of them are 00:00:00."""
    times = wall.drop_nulls()
    return bool(len(times)) and not (times.to_physical() % _MICROSECONDS_A_DAY != 0).any()


def _at_schools(views: pl.DataFrame, used: Mapping[Table, Rows]) -> pl.DataFrame:
    """A row for each view and school of the student, with `school_id`."""
    students = used.get(Table.STUDENTS)
    if students is None:
        id_type = used[Table.SCHOOLS].frame.schema["school_id"] if Table.SCHOOLS in used else None
        return views.with_columns(pl.lit(None, dtype=id_type).alias("school_id"))
    places = students.frame.select(pl.col("person_id").alias("student_id"), "school_id").unique()
    return views.join(
        places.sort(pl.all()),
        on="student_id",
        how="inner",
        validate="m:m",
        maintain_order="left_right",
    )


def _with_zone(frame: pl.DataFrame, used: Mapping[Table, Rows], where: zones.Zones) -> pl.DataFrame:
    """The zone of each row's school, found by its own school or by its lesson's."""
    if Table.LESSONS not in used and "school_id" not in frame.columns:
        return frame
    if "school_id" in frame.columns:
        schools, on = where.schools, "school_id"
    else:
        lessons, on = used[Table.LESSONS].frame.select("lesson_id", "school_id"), "lesson_id"
        at_school = lessons.join(where.schools, on="school_id", how="left", validate="m:1")
        schools = at_school.select(on, zones.ZONE)
    return frame.join(schools, on=on, how="left", validate="m:1", maintain_order="left")


def _not_read(found: Found) -> list[Notice]:
    """The warning that names copies of files."""
    if not found.copies:
        return []
    names, count = faults.enumerated(found.copies), len(found.copies)
    files = plural_ru(count, "файл похож", "файла похожи", "файлов похожи")
    return [
        Notice(
            "not_read",
            words(
                f"{count} {files} на копии и не прочитаны: {names}",
                f"Not read, as the names are those of copies: {names}",
            ),
        )
    ]


def _unknown_roles(rows: Rows) -> list[Notice]:
    """The warning for roles of staff that are not known and count as «other»."""
    if UNKNOWN_ROLE not in rows.frame.columns:
        return []
    unknown = rows.frame.filter(pl.col(UNKNOWN_ROLE)).select(ROW)
    count = unknown.height
    if not count:
        return []
    if rows.findings is not None:
        rows.findings.of_rows(rows, "unknown_role", unknown, ("role",), effect=Effect.USED)
    lines = plural_ru(count, "строке", "строках", "строках")
    return [
        Notice(
            "unknown_role",
            words(
                f"staff.role: в {count} {lines} неизвестная роль, она считается «other»",
                f"staff.role: {count} rows have an unknown role, which counts as «other»",
            ),
        )
    ]
