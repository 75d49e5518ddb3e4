"""Whose counts stand: what is said of a snapshot's rows was said of the dumps they come from.

A dump's counts of a table stand while some week or school of the table is as that dump had it, and
while no later dump has brought the table. So counts of one dump are those of the dump itself; a
faulty row that several standing dumps held is counted in each.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dataset.manifest import MIDNIGHT
from monitor_cli.dump.dump import Counts
from monitor_cli.dump.notices import class_of_another_school, unknown_reference, unknown_role
from monitor_cli.dump.problems import Reason, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from monitor_cli.dataset.manifest import Source
    from monitor_cli.dump.problems import Tally
    from monitor_cli.result import Notice, Problem


def left_standing(
    sources: Sequence[Source], holding: Collection[tuple[int, Table]]
) -> tuple[Source, ...]:
    """The dumps whose counts stand, each with those of its tables for which they do.

    `holding`: the dumps, by number, that hold something of a table.
    """
    latest = {table: source.number for source in sources for table in source.tables}
    left = []
    for source in sources:
        number = source.number
        tables = {
            table: counts
            for table, counts in source.tables.items()
            if (number, table) in holding or latest[table] == number
        }
        if tables:
            said = tuple(
                notice
                for notice in source.notices
                if not notice.place or Table(_table_of(notice)) in tables
            )
            left.append(replace(source, tables=tables, notices=said))
    return tuple(left)


def problems_of(sources: Iterable[Source], wanted: Collection[Table]) -> tuple[Problem, ...]:
    """The rows not used, of the tables that are wanted."""
    return listed(tallies_of(sources, wanted))


def tallies_of(sources: Iterable[Source], wanted: Collection[Table]) -> dict[Table, Tally]:
    """The rows not used by reason, of the tables that are wanted."""
    tallies: dict[Table, Tally] = {}
    for source in sources:
        for table, counts in source.tables.items():
            if table in wanted:
                tally = tallies.setdefault(table, Counter())
                tally.update({Reason(name): rows for name, rows in counts.problems.items()})
    return tallies


def notices_of(sources: Sequence[Source], wanted: Collection[Table]) -> tuple[Notice, ...]:
    """The warnings, as a dump of the tables that are wanted would give them; counts are added."""
    found: dict[tuple[object, ...], list[Notice]] = {}
    for source in sources:
        for notice in source.notices:
            if notice.place and not {_table_of(notice), notice.target or _table_of(notice)} <= {
                table.value for table in wanted
            }:
                continue
            key = (notice.code, notice.place, notice.target) if notice.place else notice
            found.setdefault(key, []).append(notice)
    return tuple(_together(found[key]) for key in sorted(found, key=lambda key: _rank(found[key])))


def _together(notices: Sequence[Notice]) -> Notice:
    """One warning for those of several dumps about the same column."""
    first = notices[0]
    if len(notices) == 1 or not first.place:
        return first
    rows = sum(notice.rows for notice in notices)
    if first.target:
        return unknown_reference(first.place, first.target, rows)
    return unknown_role(rows) if first.code == "unknown_role" else class_of_another_school(rows)


def _rank(notices: Sequence[Notice]) -> tuple[int, int, bool]:
    """The order in which a dump says them: by table, references first, as they are declared."""
    notice = notices[0]
    if not notice.place:
        return (-1, 0, False)
    table, _, column = notice.place.partition(".")
    columns = [reference.column for reference in SHAPES[Table(table)].references]
    place = columns.index(column) if column in columns else len(columns)
    return (list(Table).index(Table(table)), place, bool(notice.target))


def _table_of(notice: Notice) -> str:
    return notice.place.partition(".")[0]


def counts_of(sources: Iterable[Source], table: Table) -> Counts:
    """What became of the rows of a table in the files of the dumps."""
    counts = [source.tables[table] for source in sources if table in source.tables]
    return Counts(
        sum(one.read for one in counts),
        sum(one.used for one in counts),
        sum(one.repeated for one in counts),
        sum(one.set_aside for one in counts),
    )


def columns_of(sources: Iterable[Source], table: Table) -> frozenset[str]:
    """The columns that some dump has."""
    return frozenset().union(
        *(source.tables[table].columns for source in sources if table in source.tables)
    )


def midnight_of(sources: Iterable[Source], table: Table) -> frozenset[str]:
    """The events that have values, all of which were written as midnight."""
    said: dict[str, set[str]] = {}
    for source in sources:
        if table in source.tables:
            for name, stamp in source.tables[table].stamps.items():
                said.setdefault(name, set()).add(stamp)
    return frozenset(name for name, stamps in said.items() if stamps == {MIDNIGHT})
