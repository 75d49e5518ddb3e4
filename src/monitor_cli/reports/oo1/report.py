"""`monitor form oo1`: the parts of the federal form that a dump can fill."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import facts, places
from monitor_cli.engine.people import counted_on
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.language import normalised, words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import rows as placing
from monitor_cli.reports import told
from monitor_cli.reports.oo1 import sheets
from monitor_cli.reports.people import staff
from monitor_cli.reports.people.staff import Category

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

TABLES = (Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.STUDENTS)
_AT = ["school_id", "parallel"]
_SHIFT_WORDS = {"первая": 1, "вторая": 2, "третья": 3}
_GROUPS = {
    Category.METHODIST: "highest",
    Category.MENTOR: "highest",
    Category.HIGHEST: "highest",
    Category.FIRST: "first",
    Category.FIT: "fit",
    Category.OTHER: "other",
    Category.NONE: "none",
}
"""The columns of the form; педагог-методист and педагог-наставник presuppose the highest."""


def form_oo1(
    path: Path,
    settings: Settings,
    asked: Asked,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """What of the form there is on the last day asked for, at a level down to the school.

    Raises:
        UsageError: a level that it does not have; a filter that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked.require(DOWN_TO_SCHOOL)
    wanted = {table: WEEK_COLUMNS[table] for table in TABLES}
    wanted[Table.STAFF] |= {"position"}
    made = with_dump(
        lambda options: read_by(options, path, wanted, {}, as_imported),
        read_options(settings),
        partial(_made, asked),
    )
    return replace(made, sample=sample)


def shift_of(text: str | None) -> int | None:
    """The shift that a text names: «2», «2 смена», «вторая»; None for any other."""
    folded = normalised(text or "")
    word = folded.partition(" ")[0]
    shift = _SHIFT_WORDS.get(word, int(word) if word.isascii() and word.isdecimal() else 0)
    return shift if shift in sheets.SHIFTS else None


def _made(asked: Asked, dump: Dump) -> Report:
    schools = places.schools(dump)
    classes = facts.classes(dump, [asked.week])
    scope = placing.scope_of_registers(asked, schools, classes)
    left = scope.keep(schools)
    shown = [_classes(asked, dump, left, scope.keep(classes).filter("active"))]
    if Table.STAFF in dump.tables:
        members = staff.composed(dump, counted_on(asked.last), asked.week.school_year)
        teachers = scope.keep(members).filter(pl.col("role") == "teacher").drop("position").unique()
        shown += _teachers(asked, left, teachers)
    when = told.day(asked.last)
    return Report(
        name=sheets.NAME,
        title=words(
            f"Форма № ОО-1 на {when.ru}: что есть в выгрузке",
            f"Form OO-1 on {when.en}: what the dump has of it",
        ),
        main=sheets.CLASSES,
        sheets=(*shown, sheets.what_is_missing()),
        head=told.head(asked),
        problems=dump.problems,
        warnings=[*dump.warnings, *_wanting(dump)],
        day=asked.last,
    )


def _classes(asked: Asked, dump: Dump, left: pl.DataFrame, active: pl.DataFrame) -> Sheet:
    """A row a place and parallel: classes and students, in all and by shift."""
    shifts = {text: shift_of(text) for text in active["shift"].unique()}
    said = placing.looked_up("shift", shifts, pl.Int64)
    # In a school of one shift every class is of that one.
    alone = pl.when(pl.col("shifts") == 1).then(1)
    held = active.join(
        left.select("school_id", "shifts"), on="school_id", how="inner", validate="m:1"
    ).with_columns(shift=pl.coalesce(said, alone))
    counts = [_by_shift(held, "classes", pl.len())]
    if Table.STUDENTS in dump.tables:
        ids = left["school_id"].implode()
        students = dump.tables[Table.STUDENTS].frame.filter(counted_on(asked.last)).collect()
        students = students.filter(pl.col("school_id").is_in(ids)).select(
            "school_id", "person_id", "class_id"
        )
        placed = students.join(
            held.select("class_id", "parallel", "shift"),
            on="class_id",
            how="left",
            validate="m:1",
        )
        inside = placed.filter(pl.col("parallel").is_not_null()).select(["school_id", "person_id"])
        nowhere = placed.filter(pl.col("parallel").is_null()).join(
            inside, on=["school_id", "person_id"], how="anti"
        )
        within = placed.filter(pl.col("parallel").is_not_null())
        found = pl.concat([within, nowhere])
        counts.append(_by_shift(found, "students", pl.col("person_id").n_unique()))
    rows = pl.concat([count.select(_AT) for count in counts]).unique()
    for count in counts:
        rows = rows.join(count, on=_AT, how="left", validate="1:1", nulls_equal=True)
    names = [column.key for column in sheets.OF_CLASSES[1:]]
    rows = rows.with_columns(
        pl.col(name).fill_null(0) if name in rows.columns else pl.lit(None, pl.Int64).alias(name)
        for name in names
    )
    rows = rows.join(left.select(places.SCHOOL_KEYS), on="school_id", how="inner", validate="m:1")
    if asked.level is not Level.SCHOOL:
        rows = placing.pooled(rows, asked.level, ["parallel"])
    rows = rows.sort("parallel", nulls_last=True)
    titled = (sheets.CLASSES, words("Классы и ученики", "Classes and students"))
    return _sheet(asked, titled, rows, sheets.OF_CLASSES, names)


def _by_shift(rows: pl.DataFrame, name: str, count: pl.Expr) -> pl.DataFrame:
    """`count` of the rows of each school and parallel: in all, by shift, without one."""
    at = {f"{name}_{shift}": pl.col("shift") == shift for shift in sheets.SHIFTS}
    at[f"{name}_unknown"] = pl.col("shift").is_null()
    parts = [rows.group_by(_AT).agg(count.cast(pl.Int64).alias(name))]
    for key, of_shift in at.items():
        parts.append(rows.filter(of_shift).group_by(_AT).agg(count.cast(pl.Int64).alias(key)))
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.join(part, on=_AT, how="left", validate="1:1", nulls_equal=True)
    return joined.with_columns(pl.exclude(_AT).fill_null(0))


def _teachers(asked: Asked, left: pl.DataFrame, teachers: pl.DataFrame) -> list[Sheet]:
    """A row a place: its teachers by category, and by age."""
    groups = [column.key for column in sheets.OF_CATEGORIES[1:]]
    grouped = teachers.with_columns(group=placing.looked_up("category", _GROUPS, pl.String))
    known = grouped["group"].null_count() == 0
    by_category = grouped.group_by("school_id").agg(
        pl.len().cast(pl.Int64).alias("persons"),
        *((pl.col("group") == name).sum().cast(pl.Int64).alias(name) for name in groups if known),
    )
    parts = (
        (
            (sheets.CATEGORIES, words("Учителя по категориям", "Teachers by category")),
            by_category,
            sheets.OF_CATEGORIES,
        ),
        (
            (sheets.AGE_BANDS, words("Учителя по возрасту", "Teachers by age")),
            staff.by_age(teachers, ["school_id"]),
            sheets.OF_AGES,
        ),
    )
    shown = []
    for titled, sums, columns in parts:
        names = [column.key for column in columns]
        rows = left.select(places.SCHOOL_KEYS).join(
            sums, on="school_id", how="left", validate="1:1"
        )
        rows = rows.with_columns(
            pl.col(name).fill_null(0)
            if name in sums.columns
            else pl.lit(None, pl.Int64).alias(name)
            for name in names
        )
        if asked.level is not Level.SCHOOL:
            rows = placing.pooled(rows, asked.level)
        shown.append(_sheet(asked, titled, rows, columns, names))
    return shown


def _sheet(
    asked: Asked,
    titled: tuple[str, Words],
    rows: pl.DataFrame,
    columns: Sequence[Column],
    summed: Sequence[str],
) -> Sheet:
    """A sheet whose rows begin with the keys of the level, and the sums of `summed`."""
    cells = placing.cells(rows, asked.level, columns)
    sums = rows.select(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in summed
    ).row(0, named=True)
    totals: tuple[Value, ...] = (
        *(None,) * len(asked.level.keys),
        *(sums.get(column.key) for column in columns),
    )
    limit = asked.limit
    return Sheet(
        *titled,
        told.seldom(
            (*told.key_columns(asked.level, cells), *columns), cells, sheets.OF_SOME_SCHOOLS
        ),
        placing.limited(cells, limit),
        totals=totals,
        rows_in_all=None if limit is None else len(cells),
    )


def _wanting(dump: Dump) -> list[Notice]:
    wanting = {
        Table.STUDENTS: words("ученики", "students"),
        Table.STAFF: words("учителя", "teachers"),
    }
    said = [
        told.missing(table, what) for table, what in wanting.items() if table not in dump.tables
    ]
    return [*said, *told.of_staff(dump)]
