"""A dataset read as a dump: the weeks that are wanted, lazily; its rows are checked already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli import clock
from monitor_cli.columns import SHAPES, Kind, Table
from monitor_cli.dataset import faults, layout, standing
from monitor_cli.dataset.layout import BY_WEEK
from monitor_cli.dataset.partitions import reached
from monitor_cli.dataset.shape import read_as, scanned, schema
from monitor_cli.dump import dump as checked_dump
from monitor_cli.dump import zones
from monitor_cli.dump.dump import Checked, Dump, Passing
from monitor_cli.dump.faults import strict_refusal
from monitor_cli.dump.options import SCHOOL
from monitor_cli.dump.problems import Reason
from monitor_cli.dump.references import Used
from monitor_cli.dump.values import HAS_TIME
from monitor_cli.language import words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.manifest import File
    from monitor_cli.dataset.partitions import Partition
    from monitor_cli.dump.options import ReadOptions

EVERYTHING: Mapping[Table, frozenset[str]] = {
    table: frozenset(shape.columns) for table, shape in SHAPES.items()
}
PIECE_ROWS = 1 << 19
"""Rows that are counted at a time: two row groups."""
Reach = tuple["date", "date | None"]
"""The Mondays of the first and the last week to read; None: all that follow."""


def load_all(path: Path, options: ReadOptions) -> Dump:
    """All tables of a dump, or of a dataset that is to be imported as one.

    Raises:
        DumpError, SettingsError: as `dump.load`.
        UsageError: the times of the dataset are of another default zone.
    """
    if not layout.is_dataset(path):
        return checked_dump.load(path, EVERYTHING, options)
    snapshot = layout.find(path, None, clock.zone(options.timezone))
    theirs = snapshot.manifest.timezone
    if clock.zone(theirs) != clock.zone(options.timezone):
        raise faults.other_zone(path, options.timezone, theirs)
    return load(snapshot, EVERYTHING, options)


def covered(snapshot: Snapshot) -> frozenset[date]:
    """The Mondays of the weeks with a lesson row."""
    files = snapshot.manifest.of(Table.LESSONS)
    return frozenset(file.week for file in files if file.week is not None and file.rows)


def load(
    snapshot: Snapshot,
    wanted: Mapping[Table, frozenset[str]],
    options: ReadOptions,
    reach: Mapping[Table, Reach] | None = None,
    partition: Partition | None = None,
) -> Dump:
    """The wanted columns of the wanted tables; of those in `reach` only these weeks.

    `partition`: only the rows of its schools.

    Counts and warnings are those of whole tables of the dumps that stand behind the rows.

    Raises:
        DumpError: a file is not as an import left it; with `strict`, any row was set aside.
        SettingsError: an option that names no zone.
    """
    zones.source_zone(options.source_tz)
    zones.zone_of_settings("timezone", options.timezone)
    manifest = snapshot.manifest
    sources = manifest.sources
    tables: dict[Table, Checked | Passing] = {}
    for table in manifest.tables:
        if table in wanted:
            files = reached(manifest.of(table), reach)
            if partition is not None:
                files = partition.of(files)
            columns = _columns(table, wanted[table], options)
            names = _names(table, wanted[table])
            frame = _rows(snapshot, table, files, partition, names).select(columns)
            if table not in BY_WEEK:
                pieces: tuple[pl.LazyFrame, ...] = ()
            elif partition is None:
                pieces = _pieces(frame, files)
            else:
                each = (_rows(snapshot, table, [file], partition) for file in files)
                pieces = tuple(rows.select(columns) for rows in each)
            tables[table] = Checked(
                frame,
                standing.columns_of(sources, table),
                standing.midnight_of(sources, table) & wanted[table],
                standing.counts_of(sources, table),
                pieces,
            )
    tallies = standing.tallies_of(sources, wanted.keys())
    said = [*standing.notices_of(sources, wanted.keys()), *_other_times(snapshot, options)]
    used = Used()
    if Table.STUDENTS in tables:
        students = tables[Table.STUDENTS].frame.select("person_id")
        if partition is None or Table.PARENTS not in tables:
            used.add(Table.STUDENTS, students.collect)
        else:
            everywhere = _rows(snapshot, Table.STUDENTS, manifest.of(Table.STUDENTS))
            children = tables[Table.PARENTS].frame.select(person_id="student_id")
            used.add(Table.STUDENTS, lambda: _known(students, children, everywhere))
    told = {table: tally.copy for table, tally in tallies.items()}
    dump = Dump(tables, told, (said.copy,), used, covered(snapshot))
    aside = [problem for problem in dump.problems if Reason(problem.reason).sets_aside]
    if options.strict and aside:
        raise strict_refusal(aside)
    return dump


def _known(
    students: pl.LazyFrame, children: pl.LazyFrame, everywhere: pl.LazyFrame
) -> pl.DataFrame:
    """The `person_id` of `students`, and of those `children` who are students `everywhere`.

    A child at another school is known there and makes no place; one at none is not known.
    """
    here = students.collect()
    elsewhere = (
        children.drop_nulls().unique().join(here.lazy(), on="person_id", how="anti").collect()
    )
    if not elsewhere.height:
        return here
    named = pl.col("person_id").is_in(elsewhere["person_id"].implode())
    return pl.concat([here, everywhere.select("person_id").filter(named).collect()])


def _pieces(frame: pl.LazyFrame, files: Sequence[File]) -> tuple[pl.LazyFrame, ...]:
    """The rows of files that follow each other, some row groups of one of them at a time."""
    pieces = []
    begin = 0
    for file in files:
        pieces += [
            frame.slice(begin + row, min(PIECE_ROWS, file.rows - row))
            for row in range(0, file.rows, PIECE_ROWS)
        ]
        begin += file.rows
    return tuple(pieces)


def _rows(
    snapshot: Snapshot,
    table: Table,
    files: Sequence[File],
    partition: Partition | None = None,
    names: Sequence[str] | None = None,
) -> pl.LazyFrame:
    """The rows of files of a table, those of a partition alone; of `names`, if only they matter."""
    if not files:
        return pl.LazyFrame(schema=schema(table, snapshot.manifest.text_ids))
    frame = scanned(snapshot.folder, files, names)
    return frame if partition is None else frame.filter(partition.rows)


def _names(table: Table, wanted: frozenset[str]) -> list[str]:
    """The columns of the files that those of a table are made of."""
    shape = SHAPES[table]
    names = [name for name in shape.columns if name in wanted]
    names += [name + HAS_TIME for name in names if shape.columns[name].kind is Kind.EVENT]
    if table in (Table.LESSONS, Table.DIARY_VIEWS):
        names.append("school_id")
    return names


def _columns(table: Table, wanted: frozenset[str], options: ReadOptions) -> list[pl.Expr]:
    """The columns of a table as `Checked` has it."""
    names = _names(table, wanted)
    columns = [read_as(table, name) for name in names]
    if table is not Table.SCHOOLS:
        return columns
    named = {"region": options.region, "municipality": options.municipality}
    return [
        column.fill_null(pl.lit(named[name])) if named.get(name) else column
        for name, column in zip(names, columns, strict=True)
    ]


def _other_times(snapshot: Snapshot, options: ReadOptions) -> list[Notice]:
    """Say that settings of time are others than those by which times were made local."""
    said = []
    theirs = snapshot.manifest.timezone
    if clock.zone(theirs) != clock.zone(options.timezone):
        said.append(
            Notice(
                "other_timezone",
                words(
                    f"время в наборе – по поясу {theirs}, как при импорте; timezone = "
                    f"{options.timezone} на него не действует",
                    f"times of the dataset are those of {theirs}, as imported; timezone = "
                    f"{options.timezone} does not change them",
                ),
            )
        )
    imported = {source.source_tz.casefold() for source in snapshot.manifest.sources}
    asked = options.source_tz.casefold()
    if asked not in {SCHOOL, *imported}:
        said.append(
            Notice(
                "other_source_tz",
                words(
                    f"время в наборе уже местное; source_tz = {options.source_tz} на него не "
                    "действует",
                    f"times of the dataset are local already; source_tz = {options.source_tz} "
                    "does not change them",
                ),
            )
        )
    return said
