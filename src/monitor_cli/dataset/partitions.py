"""Partitions of a dataset: ranges of schools, whose rows lie together in the files of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset import faults
from monitor_cli.dataset.spans import ANYWHERE, SCHOOL, Span, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.manifest import File
    from monitor_cli.dataset.reading import Reach


@dataclass(frozen=True, slots=True)
class Partition:
    """The schools from one id to another, both included, in the order of the dataset's files.

    `schools`: how many of those asked for. `files`: the files that may hold their rows.
    """

    first: int | str | None
    last: int | str | None
    schools: int
    files: frozenset[str]

    @property
    def rows(self) -> pl.Expr:
        """Whether a row is of one of these schools."""
        if self.first is None:
            return pl.lit(value=True)
        return pl.col(SCHOOL).is_between(pl.lit(self.first), pl.lit(self.last))

    def of(self, files: Sequence[File]) -> list[File]:
        """Those of the files of a table that may hold rows of these schools."""
        everywhere = self.first is None
        return [
            file for file in files if file.path in self.files or (everywhere and file.week is None)
        ]


REGISTERS = Partition(None, None, 0, frozenset())
"""The registers of every school, and nothing of any week."""


def partitions(
    snapshot: Snapshot,
    schools: pl.DataFrame,
    files: Sequence[File],
    count: int,
) -> tuple[Partition, ...]:
    """Cut the schools into at most `count` ranges of about as many rows each.

    Where there is no school there is one partition, of everything.

    Args:
        snapshot: what is read.
        schools: `school_id`, different and rising; `rows` Int64, how many each has.
        files: the files to read, of all tables.
        count: 1 or more.
    """
    held = _held(snapshot.folder, files)
    if schools.is_empty():
        return (Partition(None, None, 0, frozenset(held)),)
    before = pl.col("rows").cum_sum() - pl.col("rows")
    ranges = (
        schools.group_by(before * count // pl.col("rows").sum(), maintain_order=True)
        .agg(first=pl.first(SCHOOL), last=pl.last(SCHOOL), schools=pl.len())
        .select("first", "last", "schools")
    )
    return tuple(
        Partition(
            first,
            last,
            length,
            frozenset(path for path, span in held.items() if span.meets(Span(first, last))),
        )
        for first, last, length in ranges.iter_rows()
    )


def rows_by_school(snapshot: Snapshot, files: Iterable[File]) -> pl.DataFrame:
    """How many rows of lessons the schools of the register have in the files of weeks given.

    Returns:
        `school_id`, rising, and `rows` Int64, at least 1.

    Raises:
        DumpError: the register is not as an import left it.
    """
    registers = []
    for file in snapshot.manifest.of(Table.SCHOOLS):
        register = snapshot.folder / file.path
        try:
            registers.append(pl.read_parquet(register, columns=[SCHOOL]))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise faults.damaged(register) from error
    ids = pl.concat(registers).unique()
    counted = [ids.head(0).with_columns(rows=pl.lit(0, pl.Int64))]
    for file in files:
        if file.table is Table.LESSONS:
            try:
                rows = pl.read_parquet(snapshot.folder / file.path, columns=[SCHOOL])
            except (OSError, pl.exceptions.PolarsError):
                # A file that cannot be read is named by the partitions that need it.
                continue
            counted.append(rows.group_by(SCHOOL).agg(rows=pl.len().cast(pl.Int64)))
    summed = pl.concat(counted).group_by(SCHOOL).agg(pl.col("rows").sum())
    return (
        ids.join(summed, on=SCHOOL, how="left", validate="1:1")
        .select(SCHOOL, pl.col("rows").fill_null(0) + 1)
        .sort(SCHOOL)
    )


def rows_reached(snapshot: Snapshot, reach: Mapping[Table, Reach]) -> int:
    """How many rows the weeks within `reach` have, of the tables that it names."""
    files = (file for table in reach for file in snapshot.manifest.of(table))
    return sum(file.rows for file in reached(files, reach))


def reached(files: Iterable[File], reach: Mapping[Table, Reach] | None) -> list[File]:
    """The files of registers, and those of the weeks within `reach`."""
    return [file for file in files if _within(file.week, file.table, reach)]


def _within(week: date | None, table: Table, reach: Mapping[Table, Reach] | None) -> bool:
    if week is None or reach is None or table not in reach:
        return True
    first, last = reach[table]
    return first <= week and (last is None or week <= last)


def _held(folder: Path, files: Sequence[File]) -> dict[str, Span]:
    """The schools in each file, by its own statistics.

    Files of one table and week follow each other in the order of schools: what is not to be read
    lies between its neighbours. Those of a register are in no order.
    """
    series: dict[tuple[Table, date | None], list[File]] = {}
    for file in files:
        series.setdefault((file.table, file.week), []).append(file)
    held = {}
    for (_, week), of_week in series.items():
        spans = [span_of(folder / file.path) for file in of_week]
        for place, file in enumerate(of_week):
            known = spans[place]
            if known is None and week is not None:
                before = [span for span in spans[:place] if span is not None]
                after = [span for span in spans[place + 1 :] if span is not None]
                known = Span(before[-1].last if before else None, after[0].first if after else None)
            held[file.path] = known or ANYWHERE
    return held
