"""From a path to checked tables: the only face of this package.

Source: `dump.md`. Order of the checks of a row: ragged line, missing value, value that does not
parse, repetition and shared key, reference to nothing; each row is used, repeated or set aside
under one reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from monitor_cli.columns import ID_DOMAINS, SHAPES, Shape, Table
from monitor_cli.dump import faults, keys, references, zones
from monitor_cli.dump.checked import Checked, Counts
from monitor_cli.dump.find import find
from monitor_cli.dump.finished import events_of, finished, times_of_day
from monitor_cli.dump.notices import unknown_role
from monitor_cli.dump.options import ReadOptions
from monitor_cli.dump.passing import Opened, Passing, TextIdsError, opened
from monitor_cli.dump.problems import ROW, Reason, Tally, listed
from monitor_cli.dump.tables import Rows, read_table
from monitor_cli.dump.values import UNKNOWN_ROLE
from monitor_cli.errors import DumpError
from monitor_cli.language import plural_ru, words
from monitor_cli.result import Notice, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, tzinfo
    from pathlib import Path

    from monitor_cli.dump.find import Found
    from monitor_cli.dump.findings import Findings
    from monitor_cli.dump.lookup import Ids

__all__ = ["Checked", "Counts", "Dump", "Passing", "ReadOptions", "load", "with_dump"]

T = TypeVar("T")

_NAMED = frozenset(reference.table for shape in SHAPES.values() for reference in shape.references)
"""The tables that others refer to."""


@dataclass(frozen=True, slots=True)
class Dump:
    """The tables that are wanted and there, what was not used of them, and what to say of it.

    Large tables may be `Passing`: what is told of their rows is known when they have passed, and
    asking for it lets them. `weeks`: the Mondays of the weeks with a lesson row, where the lessons
    read are not all.
    """

    tables: Mapping[Table, Checked | Passing]
    _tallies: Mapping[Table, Callable[[], Tally]]
    _warnings: tuple[Callable[[], list[Notice]], ...]
    _used: references.Used
    weeks: frozenset[date] | None = None

    def ids(self, table: Table, column: str) -> Ids | None:
        """The ids of the used rows of a table that others refer to; None where it is not read.

        To those of lessons, `lesson_at` points.
        """
        return self._used.ids(table, column) if table in self._used else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The rows that were not used, by table and reason."""
        return listed({table: tally() for table, tally in self._tallies.items()})

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """What was read otherwise than one may think, by table."""
        return tuple(notice for said in self._warnings for notice in said())


def with_dump(
    loaded: Callable[[ReadOptions], Dump], options: ReadOptions, work: Callable[[Dump], T]
) -> T:
    """Do `work` on a dump in which large texts pass by where they may.

    Where an id turns out to be a text, it is done again on one that holds them.
    """
    try:
        return work(loaded(replace(options, hopeful=True)))
    except TextIdsError:
        return work(loaded(options))


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
    if findings is not None:
        findings.found = found
    _require(path, found, wanted, findings)
    read = dict(_read(found, wanted, options, source))
    texts = _unify_ids(read)
    copies = [*_not_read(found), *found.notices]
    warnings: list[Callable[[], list[Notice]]] = [lambda: copies]
    tallies: dict[Table, Callable[[], Tally]] = {}
    used = references.Used()
    tables: dict[Table, Checked | Passing] = {}
    where = zones.Zones(
        (default,), pl.DataFrame(schema={"school_id": pl.Int64, zones.ZONE: pl.UInt16})
    )
    for table, rows in read.items():
        if isinstance(rows, Opened):
            passing = Passing(rows, wanted[table], texts[table], used, where)
            tallies[table] = partial(getattr, passing, "tally")
            warnings.append(partial(getattr, passing, "notices"))
            if table in _NAMED:
                used.add(table, passing.register)
            tables[table] = passing
            continue
        keys.settle(rows, options)
        said = references.notices(rows.shape, references.check(rows, used)) + _unknown_roles(rows)
        warnings.append(partial(list, said))
        tallies[table] = partial(Tally, rows.tally)
        if table is Table.SCHOOLS:
            where = _zones(rows, where, options)
            _fill_places(rows, options)
        if table is Table.LESSONS:
            rows.frame = references.with_school(rows.frame, used)
        if table in _NAMED and (findings is None or table not in findings.lost):
            used.add_ids(table, rows.frame)
        numbered = frozenset() if findings is None else frozenset({ROW})
        tables[table] = _checked(rows, wanted[table] | numbered, used, where)
    dump = Dump(tables, tallies, tuple(warnings), used)
    if findings is not None:
        findings.locate({t: rows for t, rows in read.items() if isinstance(rows, Rows)}, options)
    if options.strict and (amiss := [p for p in dump.problems if Reason(p.reason).sets_aside]):
        raise faults.strict_refusal(amiss)
    return dump


def _read(
    found: Found,
    wanted: Mapping[Table, frozenset[str]],
    options: ReadOptions,
    source: tzinfo | None,
) -> Iterator[tuple[Table, Rows | Opened]]:
    """The wanted tables that are there: opened to pass by where that can be, else read."""
    for table in Table:
        if table in wanted and table in found.parts:
            how = SHAPES[table], tuple(found.parts[table]), _asked(SHAPES[table], wanted)
            yield table, opened(*how, options, source) or read_table(*how, options, source)


def _zones(schools: Rows, default: zones.Zones, options: ReadOptions) -> zones.Zones:
    """The zones of the schools; where one is none and findings are collected, the default."""
    try:
        return zones.zones_of(schools.frame, default.zones[0])
    except DumpError as error:
        faults.refuse(error, options.findings, Table.SCHOOLS)
        return default


def _checked(
    rows: Rows, wanted: frozenset[str], used: references.Used, where: zones.Zones
) -> Checked:
    """A table that is held, with the columns that were asked for."""
    events = events_of(rows.shape, wanted)
    midnight = [name for name in events if times_of_day(rows.frame[name]) == (True, False)]
    frame = finished(rows.shape, rows.frame, wanted, used, where)
    counts = Counts.of(rows.read, rows.frame.height, rows.tally)
    return Checked(frame.lazy(), rows.columns, frozenset(midnight), counts)


def _require(
    path: Path,
    found: Found,
    wanted: Mapping[Table, frozenset[str]],
    findings: Findings | None,
) -> None:
    """Refuse a dump without its required tables, or with a wanted one in a format not read."""
    for table in Table:
        if table in wanted and table in found.unread:
            faults.refuse(faults.unread_format(*found.unread[table][0]), findings, table)
    missing = [
        table
        for table in Table
        if table in wanted
        and SHAPES[table].required
        and table not in found.parts
        and table not in found.unread
    ]
    if missing:
        faults.refuse(faults.missing_tables(path, missing, found.seen), findings)


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


def _unify_ids(read: Mapping[Table, Rows | Opened]) -> dict[Table, frozenset[str]]:
    """Make ids of one kind text in all tables where they are text in one.

    Returns:
        By table, the names of the ids that are text.
    """
    kinds = {
        ID_DOMAINS[name]
        for table, rows in read.items()
        if isinstance(rows, Rows)
        for name in SHAPES[table].ids
        if name in rows.frame.columns and rows.frame.schema[name] == pl.String
    }
    texts = {}
    for table, rows in read.items():
        asked = rows.asked if isinstance(rows, Opened) else frozenset(rows.frame.columns)
        texts[table] = frozenset(
            name for name in SHAPES[table].ids if name in asked and ID_DOMAINS[name] in kinds
        )
        if isinstance(rows, Rows):
            rows.frame = rows.frame.with_columns(
                pl.col(name).cast(pl.String) for name in texts[table]
            )
    return texts


def _fill_places(schools: Rows, options: ReadOptions) -> None:
    """Name the region and the municipality of schools that have none, where the config does."""
    named = {"region": options.region, "municipality": options.municipality}
    schools.frame = schools.frame.with_columns(
        pl.col(name).fill_null(pl.lit(text))
        for name, text in named.items()
        if text and name in schools.frame.columns
    )


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
        rows.findings.of_rows(rows, "unknown_role", unknown, ("role",), used=True)
    return [unknown_role(count)]
