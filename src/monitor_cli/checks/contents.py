"""What the tables of a dump hold, and what they should hold and do not.

Source: `dump.md`, «Not an error but said».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.checks.names import near, spelled_variously
from monitor_cli.checks.times import at_schools
from monitor_cli.clock import Week
from monitor_cli.columns import Table
from monitor_cli.dump.faults import shown
from monitor_cli.dump.problems import ROW
from monitor_cli.engine import facts
from monitor_cli.engine.available import coverage, examine
from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import normalised, words
from monitor_cli.verdict import Remark, WeekRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.findings import Findings
    from monitor_cli.settings import Settings

_OF_SCHOOLS = (
    Table.CLASSES,
    Table.STAFF,
    Table.STUDENTS,
    Table.PARENTS,
    Table.LESSONS,
    Table.MARKS,
    Table.ATTENDANCE,
    Table.HOMEWORK,
    Table.DIARY_VIEWS,
    Table.LOGINS,
)
"""The tables in which every school should have a row, if any has."""


def school_names(dump: Dump) -> dict[object, str]:
    """What each school is called, by its id; one without a name by the id."""
    rows = dump.tables[Table.SCHOOLS].frame.select("school_id", "school").collect().iter_rows()
    return {school_id: shown(str(name or school_id)) for school_id, name in rows}


def weeks(dump: Dump) -> tuple[WeekRows, ...]:
    """The weeks that the dump covers, in order."""
    cancelled = pl.col("is_cancelled").fill_null(value=False)
    rows = (
        dump.tables[Table.LESSONS]
        .frame.group_by(pl.col("date").dt.truncate("1w").alias("week"))
        .agg(
            pl.len().cast(pl.Int64).alias("lessons"),
            cancelled.cast(pl.Int64).sum().alias("cancelled"),
            pl.col("school_id").n_unique().cast(pl.Int64).alias("schools"),
        )
        .sort("week")
        .collect()
    )
    return tuple(WeekRows(Week(monday), *counts) for monday, *counts in rows.iter_rows())


def wanting(
    dump: Dump, settings: Settings, reported: Week, covered: Sequence[WeekRows]
) -> Iterator[Remark]:
    """What keeps indicators of the `reported` week from being counted."""
    mondays = [one.week.monday for one in covered]
    available, notices = examine(dump, CATALOGUE, settings, mondays)
    for notice in (*notices, *coverage(reported, available, CATALOGUE)):
        yield Remark._make((notice.code, None, 1, notice.message, (), ()))


def schools_without_rows(dump: Dump, names: Mapping[object, str]) -> Iterator[Remark]:
    """The schools without a row in a table in which another school has one, by such tables."""
    wanting: dict[object, list[str]] = {}
    for table in _OF_SCHOOLS:
        if table not in dump.tables:
            continue
        present = (
            at_schools(dump, table).select(pl.col("school_id").drop_nulls().unique()).collect()
        )
        if present.height:
            for school in names.keys() - set(present.to_series()):
                wanting.setdefault(school, []).append(table.value)
    alike: dict[tuple[str, ...], list[str]] = {}
    for school, tables in wanting.items():
        alike.setdefault(tuple(tables), []).append(names[school])
    for lacking, schools in sorted(alike.items()):
        listed = ", ".join(lacking)
        yield Remark(
            "no_rows",
            lacking[0] if len(lacking) == 1 else None,
            len(schools),
            words(
                f"школы без единой строки в {listed}: {len(schools)} из {len(names)}",
                f"schools without a row in {listed}: {len(schools)} of {len(names)}",
            ),
            tuple(sorted(schools)),
        )


def classes_without_lessons(
    dump: Dump, names: Mapping[object, str], reported: Week
) -> Iterator[Remark]:
    """The classes that are active in the `reported` week and have no lesson at all."""
    taught = dump.tables[Table.LESSONS].frame.select(pl.col("class_id").unique()).collect()
    idle = (
        facts.classes(dump, (reported,))
        .filter("active", ~pl.col("class_id").is_in(taught.to_series().implode()))
        .select("school_id", pl.col("class").fill_null(pl.col("class_id").cast(pl.String)))
    )
    if idle.height:
        examples = sorted(
            f"{shown(name)} ({names.get(school, str(school))})" for school, name in idle.iter_rows()
        )
        yield Remark(
            "no_lessons",
            Table.CLASSES.value,
            idle.height,
            words(
                f"действующих классов без единого урока: {idle.height}",
                f"active classes without a lesson: {idle.height}",
            ),
            tuple(examples),
        )


def marks_on_cancelled_lessons(
    dump: Dump, names: Mapping[object, str], findings: Findings | None
) -> Iterator[Remark]:
    """The marks for lessons that are cancelled, and the schools that they are of."""
    if Table.MARKS not in dump.tables:
        return
    cancelled = (
        dump.tables[Table.LESSONS]
        .frame.filter(pl.col("is_cancelled").fill_null(value=False))
        .select("lesson_id", "school_id")
    )
    found = (
        dump.tables[Table.MARKS]
        .frame.select("lesson_id", *(() if findings is None else (ROW,)))
        .join(cancelled, on="lesson_id", how="inner", validate="m:1")
        .drop("lesson_id")
        .collect()
    )
    if found.height:
        rows = found.height
        yield Remark(
            "cancelled_marks",
            Table.MARKS.value,
            rows,
            words(f"оценок на отменённых уроках: {rows}", f"marks on cancelled lessons: {rows}"),
            tuple(sorted(names.get(one, str(one)) for one in found["school_id"].unique())),
            () if findings is None else findings.places(Table.MARKS, found[ROW]),
        )


def near_work_types(dump: Dump, settings: Settings) -> Iterator[Remark]:
    """The work types that look like a tracked one and are none."""
    if Table.MARKS not in dump.tables:
        return
    rule = settings.timely_marks
    tracked = (*rule.work_types, *rule.aliases)
    known = {normalised(name) for name in tracked}
    counts = (
        dump.tables[Table.MARKS]
        .frame.drop_nulls("work_type")
        .group_by("work_type")
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .sort("work_type")
        .collect()
    )
    for name, rows in counts.iter_rows():
        other = None if normalised(name) in known else near(name, tracked)
        if other is not None:
            yield Remark(
                "near_work_type",
                Table.MARKS.value,
                rows,
                words(
                    f"вид работы «{shown(name)}» (оценок: {rows}) похож на отслеживаемый «{other}»",
                    f"the work type “{shown(name)}” (marks: {rows}) looks like “{other}”, "
                    "which is tracked",
                ),
                (shown(name),),
            )


def alike_subjects(dump: Dump) -> Iterator[Remark]:
    """The subjects that differ by case, «ё» or blanks only."""
    subjects = dump.tables[Table.LESSONS].frame.select(pl.col("subject").unique()).collect()
    for spellings in spelled_variously(subjects.to_series().drop_nulls()):
        texts = tuple(shown(one) for one in spellings)
        listed = words(
            ", ".join(f"«{one}»" for one in texts), ", ".join(f"“{one}”" for one in texts)
        )
        yield Remark(
            "alike_subjects",
            Table.LESSONS.value,
            len(texts),
            words(f"один предмет: {listed.ru}", f"one subject: {listed.en}"),
            texts,
        )


def lessons_of_first_classes(dump: Dump, settings: Settings) -> Iterator[Remark]:
    """The lessons of parallel 1, unless the settings leave them out of timely homework.

    Source: `indicators.md`, «timely_homework», on `skip_parallels`.
    """
    if 1 in settings.timely_homework.skip_parallels or Table.HOMEWORK not in dump.tables:
        return
    first = dump.tables[Table.CLASSES].frame.filter(pl.col("parallel") == 1).select("class_id")
    lessons = (
        dump.tables[Table.LESSONS]
        .frame.filter(pl.col("is_cancelled").fill_null(value=False).not_())
        .join(first, on="class_id", how="semi")
        .select(pl.len())
        .collect()
        .item()
    )
    if lessons:
        yield Remark(
            "first_parallels",
            Table.LESSONS.value,
            lessons,
            words(
                f"уроков первых классов, учтённых в своевременности ДЗ: {lessons}",
                f"lessons of first classes that timely homework counts: {lessons}",
            ),
        )
